// The options of a run: those of the first lines of a script, which the command line's override.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ringside/packetdrill/error.hpp"
#include "ringside/units/time.hpp"

namespace ringside::packetdrill {

// The family of the sockets: with ipv4_mapped_ipv6 they are of AF_INET6, and IPv4 is on the wire.
enum class IpVersion : std::uint8_t { ipv4, ipv4_mapped_ipv6, ipv6 };

struct Options {
  IpVersion ip_version = IpVersion::ipv4;
  bool own_version = false;  // the script has said it itself
  // Addresses as text, with or without /prefix. What is empty follows from the family.
  std::optional<std::string> local_ip{}, remote_ip{}, gateway_ip{}, netmask_ip{};
  std::uint16_t bind_port = 8080, connect_port = 8080;
  std::optional<std::uint16_t> mtu{};
  std::uint16_t mss =
      0;  // octets of text in the segments of which the device has merged longer ones; 0: none
  Duration tolerance = std::chrono::microseconds{4000};
  double tolerance_percent = 12.5;  // of the time since the event before
  Duration tcp_ts_tick{};           // 0: the values of outbound timestamps are not compared
  bool tcp_ts_ecr_scaled = false;
  bool strict_segments = false;                             // the segments that are sent are not joined
  bool non_fatal_packets = false, non_fatal_calls = false;  // errors that are only reported
  bool send_omit_free = false;                              // no RST for what is left at the end
  bool dry_run = false;
  bool verbose = false;  // the trace is told of scripts that pass, too, and calls are in it
};

// Sets what --name=value says; `value` may be quoted. Options that mean nothing to a simulator (--speed,
// ...) are accepted and set nothing; --define is read by parse_script. Throws ScriptError.
void set_option(Options& options, std::string_view name, std::optional<std::string_view> value,
                std::string_view file, Position at);

}  // namespace ringside::packetdrill
