// Facts of a path in words, as all descriptions tell them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ringside/path/path.hpp"

namespace ringside::path {

std::string exact(Duration);  // 2ms, 1500ns: the largest unit that is exact
std::string joined(const std::vector<std::string>&, std::string_view separator);
std::string_view kind(const Hand&);  // call, trap, queue, notify
std::string name_of(const Hand&);    // of a queue or notification; else empty

}  // namespace ringside::path
