// The names of the socket API, with Linux's numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace ringside::packetdrill {

std::optional<std::int64_t> constant(std::string_view name);

}  // namespace ringside::packetdrill
