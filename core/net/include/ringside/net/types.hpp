// The identities of the stack: addresses, end points, and the handles by which its user names things.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ringside::net {

struct MacAddress {
  std::array<std::uint8_t, 6> octets{};
  constexpr auto operator<=>(const MacAddress&) const = default;
};
inline constexpr MacAddress broadcast_mac{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};

// An IPv4 address in host order: 10.0.0.1 is 0x0a000001. 0.0.0.0 means "any" where a local address is asked
// for.
class Ipv4Address {
 public:
  constexpr Ipv4Address() = default;
  constexpr explicit Ipv4Address(std::uint32_t value) : value_{value} {}
  constexpr Ipv4Address(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d)
      : value_{std::uint32_t{a} << 24 | std::uint32_t{b} << 16 | std::uint32_t{c} << 8 | d} {}

  // Four decimal numbers without signs, blanks or leading zeros; anything else is nullopt.
  static std::optional<Ipv4Address> parse(std::string_view text);

  constexpr std::uint32_t value() const { return value_; }
  constexpr bool any() const { return value_ == 0; }
  constexpr bool multicast() const { return value_ >> 28 == 0xe; }
  constexpr bool limited_broadcast() const { return value_ == 0xffffffff; }
  constexpr bool loopback() const { return value_ >> 24 == 127; }
  constexpr auto operator<=>(const Ipv4Address&) const = default;

 private:
  std::uint32_t value_ = 0;
};

struct Endpoint {
  Ipv4Address address{};
  std::uint16_t port = 0;  // 0: any, the stack chooses
  constexpr auto operator<=>(const Endpoint&) const = default;
};

std::string to_string(MacAddress mac);       // "02:00:00:00:00:01"
std::string to_string(Ipv4Address address);  // "10.0.0.1"
std::string to_string(Endpoint endpoint);    // "10.0.0.1:80"

enum class InterfaceId : std::uint32_t {};

// A handle of a TCP or UDP socket. It carries a generation: the id of a socket that is gone names nothing,
// even when its place has been taken by another, up to 1023 times. No socket has the id 0.
enum class SocketId : std::uint32_t {};

}  // namespace ringside::net
