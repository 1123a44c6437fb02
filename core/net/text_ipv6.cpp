// IPv6 addresses as text: RFC 4291 section 2.2 is read, RFC 5952 section 4 is written.
#include <array>
#include <charconv>

#include "ringside/net/ip_address.hpp"

namespace ringside::net {
namespace {

constexpr std::size_t groups = 8;

// Groups of up to four hexadecimal digits between colons; an IPv4 address may stand for the last two.
struct Groups {
  std::array<std::uint16_t, groups> value{};
  std::size_t count = 0;

  bool add(std::string_view text, bool last) {
    if (last && text.find('.') != text.npos) return add_ipv4(text);
    if (text.empty() || text.size() > 4 || count == groups) return false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value[count++], 16);
    return error == std::errc{} && end == text.data() + text.size();
  }
  bool add_ipv4(std::string_view text) {
    const auto address = Ipv4Address::parse(text);
    if (!address || count + 2 > groups) return false;
    value[count++] = static_cast<std::uint16_t>(address->value() >> 16);
    value[count++] = static_cast<std::uint16_t>(address->value());
    return true;
  }
  bool add_all(std::string_view text, bool last) {
    while (!text.empty()) {
      const std::size_t colon = text.find(':');
      if (!add(text.substr(0, colon), last && colon == text.npos)) return false;
      if (colon == text.npos) return true;
      text.remove_prefix(colon + 1);
      if (text.empty()) return false;  // "1:"
    }
    return true;
  }
};

std::string hexadecimal(std::uint16_t group) {
  std::array<char, 4> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), group, 16).ptr;
  return {digits.data(), end};
}

struct Run {
  std::size_t begin = 0, length = 0;
};

// RFC 5952 section 4.2: the longest run of zeros, of two or more; the first among equals.
Run longest_zeros(const std::array<std::uint16_t, groups>& value) {
  Run best{.length = 1}, run;
  for (std::size_t i = 0; i < groups; ++i) {
    run = value[i] != 0 ? Run{i + 1, 0} : Run{run.begin, run.length + 1};
    if (run.length > best.length) best = run;
  }
  return best.length > 1 ? best : Run{groups, 0};
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  if (text.find(':') == text.npos) {
    const auto address = Ipv4Address::parse(text);
    return address ? std::optional<IpAddress>{*address} : std::nullopt;
  }
  const std::size_t gap = text.find("::");
  Groups front, back;
  if (!front.add_all(text.substr(0, gap), gap == text.npos)) return std::nullopt;
  if (gap == text.npos) return front.count == groups ? std::optional{ipv6(front.value)} : std::nullopt;
  if (!back.add_all(text.substr(gap + 2), true) || front.count + back.count >= groups) return std::nullopt;
  for (std::size_t i = 0; i < back.count; ++i) front.value[groups - back.count + i] = back.value[i];
  return ipv6(front.value);
}

std::string to_string(const IpAddress& address) {
  if (address.is_ipv4()) return to_string(address.ipv4());
  std::array<std::uint16_t, groups> value{};
  for (std::size_t i = 0; i < groups; ++i)
    value[i] = static_cast<std::uint16_t>(address.words()[i / 2] >> (i % 2 == 0 ? 16 : 0));
  const Run zeros = longest_zeros(value);
  std::string text;
  for (std::size_t i = 0; i < groups; ++i) {
    if (i == zeros.begin) {
      text += "::";
      i += zeros.length - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    text += hexadecimal(value[i]);
  }
  return text;
}

}  // namespace ringside::net
