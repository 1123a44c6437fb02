// An interface: what it was made with, and the addresses of IPv6 that it has come to.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "ringside/net/config.hpp"

namespace ringside::net {

struct Ipv6Assignment {
  IpAddress address{};
  bool tentative = false;   // perhaps another has it: RFC 4862 section 5.4
  bool deprecated = false;  // better taken for nothing new: section 5.5.4
  int solicitations = 0;    // that have asked whether another has it
  Time next{};              // when the next one leaves, or it is no longer tentative
  Time preferred_until = end_of_time, valid_until = end_of_time;
};

struct Interface : InterfaceConfig {
  std::vector<Ipv6Assignment> ipv6{};
  std::uint8_t hop_limit = 64;
  std::uint32_t ipv6_mtu = 0;  // at most the link's
  bool loopback = false;       // what leaves by it comes in by it

  bool has(const IpAddress& wanted) const {
    if (wanted.is_ipv4()) return wanted.ipv4() == address;
    return std::any_of(ipv6.begin(), ipv6.end(),
                       [&](const Ipv6Assignment& own) { return own.address == wanted && !own.tentative; });
  }
  bool tentative(const IpAddress& wanted) const {
    return std::any_of(ipv6.begin(), ipv6.end(),
                       [&](const Ipv6Assignment& own) { return own.address == wanted && own.tentative; });
  }
  std::optional<IpAddress> link_local() const;
  // RFC 4291 section 2.8: the groups of all nodes, and those of solicitations for its addresses.
  bool listens_to(const IpAddress& group) const;
  // The address that packets to `destination` come from: RFC 6724 section 5. None: it has none of IPv6.
  std::optional<IpAddress> source_for(const IpAddress& destination) const;
};

inline constexpr IpAddress all_nodes = IpAddress::ipv6({0xff02, 0, 0, 0, 0, 0, 0, 1});
inline constexpr IpAddress all_routers = IpAddress::ipv6({0xff02, 0, 0, 0, 0, 0, 0, 2});

// Where who looks for an address asks: RFC 4291 section 2.7.1.
constexpr IpAddress solicited_node(const IpAddress& address) {
  return IpAddress{IpAddress::Words{0xff020000, 0, 1, 0xff000000 | (address.words()[3] & 0xffffff)}};
}

// What an IPv6 multicast address is on Ethernet: RFC 2464 section 7.
constexpr MacAddress multicast_mac(const IpAddress& group) {
  const std::uint32_t low = group.words()[3];
  return {{0x33, 0x33, static_cast<std::uint8_t>(low >> 24), static_cast<std::uint8_t>(low >> 16),
           static_cast<std::uint8_t>(low >> 8), static_cast<std::uint8_t>(low)}};
}

}  // namespace ringside::net
