// The words that descriptions say besides names.
#pragma once

#include <string>
#include <string_view>

#include "ringside/path/describe.hpp"
#include "ringside/path/path.hpp"

namespace ringside::path {

// In the language, or as it is when that has no word for it; Language::both: English.
std::string_view spoken(std::string_view english, Language);

std::string memory_label(const Stage&, Language);  // "copy → user"; empty when the bytes are left alone

std::string amount(std::int64_t count, Unit, Language);  // 256 packets, 208 KiB

// What a parameter sets, as it stands and as --set takes it: "256", "208KiB", "8us", "pass".
std::string value_of(const Path&, const Parameter&);

}  // namespace ringside::path
