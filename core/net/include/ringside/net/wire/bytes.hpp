// Network byte order: the loads and stores that the wire headers are made of.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ringside/net/counters.hpp"
#include "ringside/net/types.hpp"

namespace ringside::net::wire {

using ByteView = std::span<const std::uint8_t>;
using ByteSpan = std::span<std::uint8_t>;

// A header, what is behind it, or why there is none.
template <class Header>
struct Parsed {
  Header header{};
  ByteView payload{};
  DropReason reason = DropReason::none;
  explicit operator bool() const { return reason == DropReason::none; }
};

inline std::uint16_t load16(ByteView from, std::size_t at) {
  return static_cast<std::uint16_t>(from[at] << 8 | from[at + 1]);
}
inline std::uint32_t load32(ByteView from, std::size_t at) {
  return std::uint32_t{load16(from, at)} << 16 | load16(from, at + 2);
}
inline void store16(ByteSpan to, std::size_t at, std::uint16_t value) {
  to[at] = static_cast<std::uint8_t>(value >> 8);
  to[at + 1] = static_cast<std::uint8_t>(value);
}
inline void store32(ByteSpan to, std::size_t at, std::uint32_t value) {
  store16(to, at, static_cast<std::uint16_t>(value >> 16));
  store16(to, at + 2, static_cast<std::uint16_t>(value));
}
inline Ipv4Address load_address(ByteView from, std::size_t at) { return Ipv4Address{load32(from, at)}; }
inline void store_address(ByteSpan to, std::size_t at, Ipv4Address address) {
  store32(to, at, address.value());
}
inline IpAddress load_ipv6_address(ByteView from, std::size_t at) {
  return IpAddress{
      IpAddress::Words{load32(from, at), load32(from, at + 4), load32(from, at + 8), load32(from, at + 12)}};
}
inline void store_ipv6_address(ByteSpan to, std::size_t at, const IpAddress& address) {
  for (const std::uint32_t word : address.words()) store32(to, at, word), at += 4;
}
inline MacAddress load_mac(ByteView from, std::size_t at) {
  MacAddress mac;
  std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(at), mac.octets.size(), mac.octets.begin());
  return mac;
}
inline void store_mac(ByteSpan to, std::size_t at, MacAddress mac) {
  std::copy(mac.octets.begin(), mac.octets.end(), to.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace ringside::net::wire
