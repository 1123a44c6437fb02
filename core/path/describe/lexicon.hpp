// The tables that make up the lexicon.
#pragma once

#include <span>

#include "ringside/path/names.hpp"

namespace ringside::path {

std::span<const Named> drawing_words();
std::span<const Named> page_words();

}  // namespace ringside::path
