// What the kernel, scripts and scenarios call the algorithms of congestion control.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "ringside/net/config.hpp"

namespace ringside::net {

inline constexpr std::array<std::string_view, 4> congestion_names{"reno", "cubic", "dctcp", "bbr"};
std::string_view name_of(CongestionControl algorithm);  // "none" is nothing that could be asked for
std::optional<CongestionControl> congestion_named(std::string_view name);

}  // namespace ringside::net
