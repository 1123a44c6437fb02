// Hosts on one link that find each other, and what they say as text: a test reads as a trace.
#pragma once

#include <string>
#include <vector>

#include "ipv6_packets.hpp"
#include "ringside/net/wire/ndp.hpp"

namespace ringside::net::test {

using Trace = std::vector<std::string>;

// "fd00::a > ff02::1:ff00:b who has fd00::b, from 02:00:00:00:00:0a"
std::string text_of(const Frame& frame);

// Host A, and what others on its link say, frame by frame.
struct NdpHost {
  explicit NdpHost(const StackConfig& config = {}) : stack{config} {
    on = stack.add_interface({.mac = mac_a});
  }

  Trace sent() {
    Trace trace;
    for (const Frame& frame : all_frames(stack, now)) trace.push_back(text_of(frame));
    return trace;
  }
  // What it sends in so long.
  Trace wait(Duration time);

  struct Solicitation {
    IpAddress target{}, source = ipv6_b;
    std::optional<IpAddress> destination{};  // none: the target's group
    std::optional<MacAddress> link = mac_b;
    std::uint8_t hop_limit = 255;
  };
  Received solicit(const Solicitation& solicitation);
  struct Advertisement {
    IpAddress target = ipv6_b, destination = ipv6_a;
    MacAddress link = mac_b;
    bool router = false, solicited = true, override = true;
    std::uint8_t hop_limit = 255;
  };
  Received advertise(const Advertisement& advertisement);
  Received send(const IpAddress& source, const IpAddress& destination, std::uint8_t hop_limit,
                const Frame& message);

  Stack stack;
  InterfaceId on{};
  Time now{};
};

}  // namespace ringside::net::test
