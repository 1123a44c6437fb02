// Two stacks on one wire without delay, and the frames that went over it.
#pragma once

#include <vector>

#include "ringside/net/stack.hpp"
#include "ringside/net/summary.hpp"
#include "ringside/net/wire/ethernet.hpp"
#include "ringside/net/wire/icmp.hpp"
#include "ringside/net/wire/ipv4.hpp"

namespace ringside::net::test {

using namespace std::chrono_literals;
using Frame = std::vector<std::uint8_t>;

inline constexpr MacAddress mac_a{{2, 0, 0, 0, 0, 0xa}}, mac_b{{2, 0, 0, 0, 0, 0xb}};
inline constexpr Ipv4Address address_a{10, 0, 0, 1}, address_b{10, 0, 0, 2};

inline std::optional<Frame> next_frame(Stack& stack, Time now) {
  Frame frame(65536);
  const auto sent = stack.transmit(now, frame);
  if (!sent) return std::nullopt;
  frame.resize(sent->bytes);
  return frame;
}

inline std::vector<Frame> all_frames(Stack& stack, Time now) {
  std::vector<Frame> frames;
  while (auto frame = next_frame(stack, now)) frames.push_back(std::move(*frame));
  return frames;
}

inline wire::Parsed<wire::Ipv4Header> ip_of(const Frame& frame) {
  return wire::parse_ipv4(wire::ByteView{frame}.subspan(wire::EthernetHeader::size));
}

// An Ethernet frame with one IP packet; the payload is what is behind the IP header.
inline Frame ip_frame(MacAddress to, MacAddress from, const wire::Ipv4Header& header, const Frame& payload) {
  constexpr std::size_t headers = wire::EthernetHeader::size + wire::Ipv4Header::size;
  Frame frame(headers + payload.size());
  wire::write(frame, wire::EthernetHeader{to, from, wire::EtherType::ipv4});
  wire::write(wire::ByteSpan{frame}.subspan(wire::EthernetHeader::size), header, payload.size());
  std::copy(payload.begin(), payload.end(), frame.begin() + headers);
  return frame;
}

struct TwoHosts {
  explicit TwoHosts(StackConfig config = {}, int mtu = 1500) : a{config}, b{config} {
    on_a = a.add_interface({.mac = mac_a, .address = address_a, .mtu = mtu});
    on_b = b.add_interface({.mac = mac_b, .address = address_b, .mtu = mtu});
  }

  // Until both are silent. Returns what the hosts said, in order.
  std::vector<Summary> exchange() {
    std::vector<Summary> seen;
    bool quiet = false;
    while (!quiet) {
      quiet = true;
      for (const auto& [from, to, in] : {std::tuple{&a, &b, on_b}, std::tuple{&b, &a, on_a}}) {
        while (const auto frame = next_frame(*from, now)) {
          seen.push_back(summarize(*frame).value());
          last = to->receive(now, in, *frame);
          quiet = false;
        }
      }
    }
    return seen;
  }

  Stack a, b;
  InterfaceId on_a{}, on_b{};
  Time now{};
  Received last{};  // what became of the last frame
};

}  // namespace ringside::net::test
