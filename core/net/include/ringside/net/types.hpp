// The identities of the stack: addresses, end points, and the handles by which its user names things.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "ringside/net/ip_address.hpp"

namespace ringside::net {

struct MacAddress {
  std::array<std::uint8_t, 6> octets{};
  constexpr auto operator<=>(const MacAddress&) const = default;
};
// IEEE 802.1Q: a virtual LAN, and how urgent a frame is (0 to 7).
struct VlanTag {
  std::uint16_t id = 0;  // 1 to 4094; 0: of none, the priority is all it says
  std::uint8_t priority = 0;
  constexpr bool operator==(const VlanTag&) const = default;
};
struct VlanTags {
  static constexpr std::size_t most = 2, octets = 4;  // of each
  std::array<VlanTag, most> tag{};                    // the outermost first
  std::uint8_t count = 0;

  constexpr std::size_t size() const { return count * octets; }
};

inline constexpr MacAddress broadcast_mac{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};

struct Endpoint {
  IpAddress address{};
  std::uint16_t port = 0;  // 0: any, the stack chooses
  constexpr auto operator<=>(const Endpoint&) const = default;
};

std::string to_string(MacAddress mac);            // "02:00:00:00:00:01"
std::string to_string(const Endpoint& endpoint);  // "10.0.0.1:80", "[fe80::1]:80"

enum class InterfaceId : std::uint32_t {};
using Device = std::optional<InterfaceId>;  // that a socket is bound to (SO_BINDTODEVICE); none: any
// inet_sk_bound_dev_eq(), inet_bind_conflict(): what one has to do with may concern the other.
constexpr bool may_meet(const Device& one, const Device& other) { return !one || !other || *one == *other; }

// A handle of a TCP or UDP socket. It carries a generation: the id of a socket that is gone names nothing,
// even when its place has been taken by another, up to 1023 times. No socket has the id 0.
enum class SocketId : std::uint32_t {};

}  // namespace ringside::net
