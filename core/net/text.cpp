// Addresses, states, errors and drop reasons as text.
#include <array>
#include <charconv>

#include "ringside/net/stack.hpp"

namespace ringside::net {

std::optional<Ipv4Address> Ipv4Address::parse(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    if (i > 0 && (at == end || *at++ != '.')) return std::nullopt;
    if (at == end || *at < '0' || *at > '9') return std::nullopt;
    std::uint8_t octet = 0;
    const auto [next, error] = std::from_chars(at, end, octet);
    const bool leading_zero = next - at > 1 && *at == '0';
    if (error != std::errc{} || leading_zero) return std::nullopt;
    value = value << 8 | octet;
    at = next;
  }
  return at == end ? std::optional{Ipv4Address{value}} : std::nullopt;
}

std::string to_string(MacAddress mac) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t octet : mac.octets) {
    if (!text.empty()) text += ':';
    text += digits[octet >> 4];
    text += digits[octet & 0xf];
  }
  return text;
}

std::string to_string(Ipv4Address address) {
  const std::uint32_t value = address.value();
  return std::to_string(value >> 24) + '.' + std::to_string(value >> 16 & 0xff) + '.' +
         std::to_string(value >> 8 & 0xff) + '.' + std::to_string(value & 0xff);
}

std::string to_string(const Endpoint& endpoint) {
  const std::string address = to_string(endpoint.address);
  return (endpoint.address.is_ipv4() ? address : '[' + address + ']') + ':' + std::to_string(endpoint.port);
}

std::string_view to_string(DropReason reason) {
  constexpr std::array<std::string_view, drop_reasons> names{"none",
                                                             "malformed",
                                                             "bad checksum",
                                                             "other vlan",
                                                             "not for us",
                                                             "unknown protocol",
                                                             "no socket",
                                                             "socket buffer full",
                                                             "backlog full",
                                                             "out of window",
                                                             "old timestamp",
                                                             "bad ack",
                                                             "unexpected signature",
                                                             "connection closed",
                                                             "fragment memory",
                                                             "fragment timeout",
                                                             "ttl exceeded",
                                                             "source routed",
                                                             "no route",
                                                             "fragmentation needed",
                                                             "neighbor unreachable",
                                                             "neighbor queue full",
                                                             "transmit queue full"};
  return names[static_cast<std::size_t>(reason)];
}

std::string_view to_string(TcpState state) {
  constexpr std::array<std::string_view, 11> names{"CLOSED",      "LISTEN",     "SYN-SENT",   "SYN-RECEIVED",
                                                   "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT",
                                                   "CLOSING",     "LAST-ACK",   "TIME-WAIT"};
  return names[static_cast<std::size_t>(state)];
}

std::string_view to_string(Error error) {
  constexpr std::array<std::string_view, 20> names{"none",
                                                   "bad socket",
                                                   "invalid argument",
                                                   "address in use",
                                                   "no ephemeral port",
                                                   "no route",
                                                   "would block",
                                                   "message too long",
                                                   "connection refused",
                                                   "connection reset",
                                                   "timed out",
                                                   "network unreachable",
                                                   "host unreachable",
                                                   "prohibited",
                                                   "protocol error",
                                                   "protocol unavailable",
                                                   "source route failed",
                                                   "host unknown",
                                                   "host isolated",
                                                   "too many sockets"};
  return names[static_cast<std::size_t>(error)];
}

}  // namespace ringside::net
