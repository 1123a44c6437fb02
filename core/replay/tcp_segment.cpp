#include "tcp_segment.hpp"

#include <algorithm>

namespace ringside::replay {

namespace {

constexpr std::size_t ethernet = 14, tag = 4;  // octets
constexpr std::size_t least_ip = 20, least_tcp = 20;
constexpr std::uint32_t ipv4 = 0x0800, vlan = 0x8100;
constexpr std::uint8_t tcp = 6;

std::uint32_t number(std::span<const std::uint8_t> octets, std::size_t at, std::size_t length) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < length; ++i) value = value << 8 | octets[at + i];
  return value;
}

// Where the IPv4 header begins; nullopt: there is none.
std::optional<std::size_t> behind_ethernet(std::span<const std::uint8_t> frame) {
  std::size_t at = ethernet;
  while (frame.size() >= at && number(frame, at - 2, 2) == vlan) at += tag;
  if (frame.size() < at + least_ip || number(frame, at - 2, 2) != ipv4) return std::nullopt;
  return at;
}

}  // namespace

std::optional<TcpSegment> tcp_segment(std::span<const std::uint8_t> frame) {
  const auto ip = behind_ethernet(frame);
  if (!ip || frame[*ip] >> 4 != 4 || frame[*ip + 9] != tcp) return std::nullopt;
  const bool later_fragment = (number(frame, *ip + 6, 2) & 0x1fff) != 0;
  const std::size_t at = *ip + std::size_t{frame[*ip] & 0x0fU} * 4;
  const std::size_t end = *ip + number(frame, *ip + 2, 2);
  if (later_fragment || at < *ip + least_ip || frame.size() < at + least_tcp) return std::nullopt;
  const std::size_t payload = at + static_cast<std::size_t>(frame[at + 12] >> 4) * 4;
  if (payload < at + least_tcp || end < payload) return std::nullopt;
  const unsigned flags = frame[at + 13];
  TcpSegment segment{.flow = {},
                     .sequence = number(frame, at + 4, 4),
                     .payload = static_cast<std::uint32_t>(end - payload),
                     .frame = end,
                     .syn = (flags & 0x02) != 0,
                     .fin = (flags & 0x01) != 0,
                     .rst = (flags & 0x04) != 0,
                     .ack = (flags & 0x10) != 0};
  const auto ports = std::ranges::copy(frame.subspan(*ip + 12, 8), segment.flow.begin()).out;
  std::ranges::copy(frame.subspan(at, 4), ports);
  return segment;
}

}  // namespace ringside::replay
