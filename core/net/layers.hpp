// The layers of a stack, and the way of a frame through them: input.cpp, input_icmp.cpp and input_ipv6.cpp
// upwards, forward.cpp across, stack.cpp outwards.
#pragma once

#include "dropped.hpp"
#include "ip/address_claims.hpp"
#include "ip/icmp.hpp"
#include "ip/icmpv6.hpp"
#include "ip/ndp.hpp"
#include "ip/output.hpp"
#include "ip/reassembly.hpp"
#include "ringside/net/stack.hpp"
#include "tcp/tcp.hpp"
#include "udp/udp.hpp"

namespace ringside::net {

struct Stack::Layers {
  explicit Layers(const StackConfig& config);

  // Upwards, one function per layer.
  Received on_frame(Time now, InterfaceId in, wire::ByteView frame);
  Received on_arp(Time now, InterfaceId in, wire::ByteView bytes, bool to_this_station);
  Received on_packet(Time now, InterfaceId in, wire::ByteView packet, bool to_this_station);
  DropReason check_options(Time now, InterfaceId in, wire::ByteView packet, const wire::Ipv4Header& ip);
  bool martian(InterfaceId in, const wire::Ipv4Header& ip) const;
  Received on_fragment(Time now, InterfaceId in, const wire::Ipv4Header& ip, wire::ByteView payload);
  Received deliver(Time now, InterfaceId in, const wire::Ipv4Header& ip, wire::ByteView packet,
                   wire::ByteView payload);
  Received on_icmp(Time now, InterfaceId in, const IpHeader& ip, wire::ByteView bytes);
  Received on_icmp_error(Time now, const IpHeader& ip, const wire::IcmpHeader& error, wire::ByteView quoted);
  Received on_redirect(InterfaceId in, const IpHeader& ip, const wire::IcmpHeader& redirect,
                       wire::ByteView quoted);
  bool martian(InterfaceId in, const wire::Ipv6Header& ip) const;
  Received on_ipv6(Time now, InterfaceId in, wire::ByteView packet, bool to_this_station);
  Received on_fragment(Time now, InterfaceId in, const wire::Ipv6Header& ip, wire::ByteView packet,
                       const wire::Ipv6Headers& headers);
  Received deliver(Time now, InterfaceId in, const wire::Ipv6Header& ip, wire::ByteView packet);
  Received on_icmpv6(Time now, InterfaceId in, const IpHeader& ip, wire::ByteView bytes);
  Received on_icmpv6_error(Time now, const IpHeader& ip, const wire::Icmpv6Header& error,
                           wire::ByteView quoted);
  // A packet of ours that came back in an ICMP error: input_icmp_error.cpp.
  struct Returned {
    Endpoint local{}, remote{};
    wire::IpProtocol protocol{};
    wire::ByteView segment{};  // or datagram, as far as it came back: eight octets at least
  };
  Received tell_sender(Time now, const Returned& packet, const Unreachable& why, NetworkError report);
  static bool was_ours(const Returned& packet, const Received& told);

  // Across.
  Forwarded forward(Time now, InterfaceId in, wire::ByteSpan frame);
  Forwarded forward_untagged(Time now, InterfaceId in, wire::ByteSpan frame);
  Forwarded forward_ipv4(Time now, InterfaceId in, wire::ByteSpan frame);
  void show_shorter_way(Time now, InterfaceId in, const NextHop& next, Ipv4Address source,
                        wire::ByteView packet);
  Forwarded forward_ipv6(Time now, InterfaceId in, wire::ByteSpan frame);

  // Outwards.
  void run_due(Time now);
  void lose(const Neighbor& neighbor);  // it does not answer
  void tell_source(Time now, wire::ByteView packet, const wire::IcmpHeader& ipv4,
                   const Icmpv6::Problem& ipv6);
  std::optional<Transmitted> transmit(Time now, wire::ByteSpan out);
  Time deadline() const;  // end_of_time: none
  Time next_timer() const;

  StackConfig config;
  SipKey key;
  Counters counters{};
  Output output;
  Reassembly reassembly;
  ErrorRate error_rate;
  Icmp icmp;
  Icmpv6 icmpv6;
  AddressClaims claims;
  Ndp ndp;
  Udp udp;
  Tcp tcp;
  std::vector<std::uint8_t> untagged{};  // a frame on its way across that came with tags
  NetworkErrors network_errors{};
  wire::ByteView link_header{};  // of the frame that on_frame() has
};

}  // namespace ringside::net
