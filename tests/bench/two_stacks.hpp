// Two stacks back to back, in one process and on one core: what one transmits the other receives, with
// nothing between them, not even time.
#pragma once

#include <cstdlib>
#include <vector>

#include "ringside/net/stack.hpp"

namespace ringside::bench {

struct TwoStacks {
  static constexpr net::MacAddress mac_a{{2, 0, 0, 0, 0, 1}}, mac_b{{2, 0, 0, 0, 0, 2}};
  static constexpr net::Ipv4Address at_a{10, 0, 0, 1}, at_b{10, 0, 0, 2};

  TwoStacks(const net::StackConfig& config, int mtu)
      : a{config}, b{config}, frame(static_cast<std::size_t>(mtu) + 14) {
    in_a = a.add_interface({.mac = mac_a, .address = at_a, .mtu = mtu});
    in_b = b.add_interface({.mac = mac_b, .address = at_b, .mtu = mtu});
    a.add_neighbor(in_a, at_b, mac_b);
    b.add_neighbor(in_b, at_a, mac_a);
  }

  // One frame from each, if there is one. False: both are silent.
  bool step() {
    const bool there = cross(a, b, in_b);
    const bool back = cross(b, a, in_a);
    return there || back;
  }
  void run() {
    while (step()) {
    }
  }

  net::Stack a, b;
  net::InterfaceId in_a{}, in_b{};
  Time now{};
  std::uint64_t frames = 0;

 private:
  bool cross(net::Stack& from, net::Stack& to, net::InterfaceId in) {
    const auto sent = from.transmit(now, frame);
    if (!sent) return false;
    ++frames;
    to.receive(now, in, std::span{frame}.first(sent->bytes));
    return true;
  }

  std::vector<std::uint8_t> frame;
};

}  // namespace ringside::bench
