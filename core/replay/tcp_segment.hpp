// The TCP header of a frame of which only the first octets are at hand.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace ringside::replay {

struct TcpSegment {
  // Addresses and ports as they are in the packet: who sends to whom.
  std::array<std::uint8_t, 12> flow{};
  std::uint32_t sequence = 0;
  std::uint32_t payload = 0;  // octets, of this frame
  std::size_t frame = 0;      // octets, without what Ethernet pads
  bool syn = false, fin = false, rst = false, ack = false;
};

// nullopt: it is none, or its header is not all there.
std::optional<TcpSegment> tcp_segment(std::span<const std::uint8_t> frame);

}  // namespace ringside::replay
