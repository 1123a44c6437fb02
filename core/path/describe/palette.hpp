// Sizes and words that the parts of a drawing share.
#pragma once

#include <string>
#include <string_view>

#include "ringside/path/describe.hpp"
#include "ringside/path/path.hpp"

namespace ringside::path {

inline constexpr double name_font = 13;
inline constexpr double small_font = 10.5;
inline constexpr int slots_width = 38;  // the little slots of a queue
inline constexpr int bolt_width = 11;   // before the name of a notification

// The words that a drawing says besides names, which are the same in all languages.
std::string_view spoken(std::string_view english, Language);

std::string memory_label(const Stage&, Language);  // "copy → user"; empty when the bytes are left alone

}  // namespace ringside::path
