// Addresses of IPv4 and IPv6, in host order.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ringside::net {

// 10.0.0.1 is 0x0a000001. 0.0.0.0 means "any" where a local address is asked for.
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

// An address of either version. One of IPv4 is held as IPv4-mapped, ::ffff:10.0.0.1 (RFC 4291
// section 2.5.5.2), which is how sockets of AF_INET6 have it, and which no packet of IPv6 may carry here.
// :: means "any" where a local address is asked for: of both versions (RFC 3493 section 3.7).
class IpAddress {
 public:
  using Words = std::array<std::uint32_t, 4>;

  constexpr IpAddress() = default;
  constexpr IpAddress(Ipv4Address address) : words_{0, 0, mapped, address.value()} {}
  constexpr IpAddress(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d)
      : IpAddress{Ipv4Address{a, b, c, d}} {}
  constexpr explicit IpAddress(const Words& words) : words_{words} {}
  // fd00::1 is ipv6({0xfd00, 0, 0, 0, 0, 0, 0, 1}).
  static constexpr IpAddress ipv6(const std::array<std::uint16_t, 8>& groups) {
    IpAddress address;
    for (std::size_t i = 0; i < groups.size(); ++i)
      address.words_[i / 2] = address.words_[i / 2] << 16 | groups[i];
    return address;
  }

  // What Ipv4Address::parse() takes, and the forms of RFC 4291 section 2.2; anything else is nullopt.
  static std::optional<IpAddress> parse(std::string_view text);

  constexpr bool is_ipv4() const { return words_[2] == mapped && (words_[0] | words_[1]) == 0; }
  constexpr Ipv4Address ipv4() const { return Ipv4Address{words_[3]}; }  // of one that is
  constexpr const Words& words() const { return words_; }

  constexpr bool any() const {  // :: or 0.0.0.0
    return (words_[0] | words_[1] | words_[3]) == 0 && (words_[2] == 0 || words_[2] == mapped);
  }
  constexpr IpAddress any_of_its_version() const { return is_ipv4() ? Ipv4Address{} : IpAddress{}; }
  constexpr bool multicast() const { return is_ipv4() ? ipv4().multicast() : words_[0] >> 24 == 0xff; }
  constexpr bool loopback() const { return is_ipv4() ? ipv4().loopback() : *this == ipv6_loopback(); }
  constexpr bool link_local() const { return words_[0] >> 22 == 0xfe80 >> 6; }  // fe80::/10
  constexpr bool limited_broadcast() const { return is_ipv4() && ipv4().limited_broadcast(); }

  // The first `bits` of 128 are those of the other.
  constexpr bool shares_prefix(const IpAddress& other, int bits) const {
    for (std::size_t i = 0; bits > 0; ++i, bits -= 32) {
      const std::uint32_t mask = bits >= 32 ? ~std::uint32_t{0} : ~std::uint32_t{0} << (32 - bits);
      if (((words_[i] ^ other.words_[i]) & mask) != 0) return false;
    }
    return true;
  }

  constexpr bool operator==(const IpAddress& other) const {  // without a branch: each segment asks
    const Words& o = other.words_;
    return ((words_[0] ^ o[0]) | (words_[1] ^ o[1]) | (words_[2] ^ o[2]) | (words_[3] ^ o[3])) == 0;
  }
  constexpr auto operator<=>(const IpAddress& other) const { return words_ <=> other.words_; }

 private:
  static constexpr std::uint32_t mapped = 0xffff;
  static constexpr IpAddress ipv6_loopback() { return IpAddress{Words{0, 0, 0, 1}}; }

  Words words_{};
};

std::string to_string(Ipv4Address address);       // "10.0.0.1"
std::string to_string(const IpAddress& address);  // the same, or as RFC 5952 has it: "fe80::1"

}  // namespace ringside::net
