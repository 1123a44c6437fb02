// The TCP of a time, as a configuration of this one.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "ringside/net/config.hpp"

namespace ringside::net {

enum class Personality : std::uint8_t {
  linux_kernel,  // of today, with the settings that its own tests have (packetdrill's defaults.sh)
  rfc,           // the RFCs of today to the letter: 9293, 5681, 6298, 9438 with 9406
  bsd_42,        // 4.2BSD, 1983: RFC 793 alone
  tahoe,         // 4.3BSD-Tahoe, 1988
  reno,          // 4.3BSD-Reno, 1990
  freebsd,       // FreeBSD's of today, as far as its segments and states go
};

inline constexpr std::array<std::string_view, 6> personality_names{"linux", "rfc",  "bsd-42",
                                                                   "tahoe", "reno", "freebsd"};
std::optional<Personality> personality_named(std::string_view name);
void take_on(Personality personality, TcpConfig& tcp);

}  // namespace ringside::net
