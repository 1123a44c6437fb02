// How calls answer, and what their arguments are made of.
#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "ringside/net/sockets.hpp"

namespace ringside::net {

inline Returned failed(Errno why) { return {-1, why}; }
inline Returned returned(std::size_t value) { return {static_cast<std::int64_t>(value), Errno::none}; }
inline constexpr Returned success{};
Errno errno_of(Error error);

constexpr bool has(MessageFlags flags, MessageFlag flag) {
  return (flags & static_cast<MessageFlags>(flag)) != 0;
}

// A value of setsockopt() or getsockopt(): of the machine's order, and so is what tests and scripts write.
inline std::optional<std::int32_t> int_in(std::span<const std::uint8_t> value) {
  std::int32_t number = 0;
  if (value.size() < sizeof number) return std::nullopt;  // EINVAL of sk_setsockopt()
  std::memcpy(&number, value.data(), sizeof number);
  return number;
}
// The IP level takes an octet for a number, too.
inline std::optional<std::int32_t> int_or_octet_in(std::span<const std::uint8_t> value) {
  if (value.empty()) return std::nullopt;
  return value.size() < sizeof(std::int32_t) ? std::optional<std::int32_t>{value[0]} : int_in(value);
}
inline bool within(std::int32_t value, std::int32_t least, std::int32_t most) {
  return value >= least && value <= most;
}
// SO_SNDBUF, SO_RCVBUF: the kernel counts its own overhead, too, hence doubles what it is told, within
// net.core.wmem_max, rmem_max and its minimum (sk_setsockopt()).
inline std::int64_t doubled(std::int32_t value, std::int64_t least, Bytes most) {
  return std::max(2 * std::min<std::int64_t>(static_cast<std::uint32_t>(value), most.count), least);
}
// SO_SNDBUFFORCE, SO_RCVBUFFORCE: no more than the sequence space allows (Linux: INT_MAX / 2).
inline constexpr Bytes largest_forced_buffer{std::int64_t{1} << 29};
inline constexpr std::int64_t least_send_buffer = 4608,
                              least_receive_buffer = 2304;  // SOCK_MIN_SNDBUF, _RCVBUF

inline Returned give(std::span<std::uint8_t> out, std::span<const std::uint8_t> value) {
  const std::size_t octets = std::min(out.size(), value.size());
  std::copy_n(value.begin(), octets, out.begin());
  return returned(octets);
}
inline Returned give_int(std::span<std::uint8_t> out, std::int64_t value) {
  const auto number = static_cast<std::int32_t>(value);
  std::array<std::uint8_t, sizeof number> octets;
  std::memcpy(octets.data(), &number, sizeof number);
  return give(out, octets);
}

}  // namespace ringside::net
