// The way out: route, fragment, find the neighbor's MAC address, queue. Everything the stack sends passes
// here.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "containers/siphash.hpp"
#include "ip/frame_queue.hpp"
#include "ip/neighbors.hpp"
#include "ip/routes.hpp"
#include "ringside/net/counters.hpp"
#include "ringside/net/wire/arp.hpp"
#include "ringside/net/wire/ethernet.hpp"
#include "ringside/net/wire/ipv4.hpp"

namespace ringside::net {

inline constexpr std::size_t packet_at = wire::EthernetHeader::size;           // of an IP packet in its frame
inline constexpr std::size_t segment_at = packet_at + wire::Ipv4Header::size;  // of what is behind its header

struct Path {
  NextHop hop{};
  Ipv4Address source{};  // of the interface the path leaves by
  std::uint32_t mtu = 0;
};

class Output {
 public:
  Output(const StackConfig& config, SipKey key, Counters& counters);

  std::vector<InterfaceConfig> interfaces;
  Routes routes;
  Neighbors neighbors;
  FrameQueue queue;

  std::uint8_t ttl() const { return ttl_; }
  const InterfaceConfig& interface(InterfaceId id) const { return interfaces[static_cast<std::size_t>(id)]; }
  std::optional<Path> path_to(Ipv4Address destination) const;
  bool owns(Ipv4Address address) const;                       // of any interface
  bool broadcast(InterfaceId on, Ipv4Address address) const;  // to all on that link

  struct Queued {
    bool complete = false;   // false: the queue has no room for all of it and has taken none of it
    std::size_t octets = 0;  // of the frames that are in the queue, and not waiting for ARP
  };
  // Two steps make a packet: begin() gives room for what is behind the IP header, finish() does the rest.
  // Room is empty if the queue is full. A packet larger than the MTU is fragmented.
  wire::ByteSpan begin(const Path& path, std::size_t segment_bytes);
  Queued finish(Time now, const Path& path, wire::Ipv4Header header, std::optional<SocketId> socket);

  // Completes the headers of a frame whose segment is in place at `segment_at`. False: it must wait for ARP,
  // a copy is kept, and a request is queued.
  bool seal(Time now, const Path& path, const wire::Ipv4Header& header, wire::ByteSpan frame);
  // The same for a frame whose IP header is complete; why not, if it cannot be sent or kept.
  struct Addressed {
    bool ready = false;
    DropReason reason = DropReason::none;
  };
  Addressed address(Time now, NextHop hop, wire::ByteSpan frame);
  // Queues a packet in pieces, each with its own header: RFC 791 section 3.2.
  Queued fragment(Time now, const Path& path, wire::Ipv4Header header, wire::ByteView segment,
                  std::optional<SocketId> socket);

  void send_arp(InterfaceId out, wire::ArpOperation operation, MacAddress to, Ipv4Address target);
  void send_parked(InterfaceId out, MacAddress to, std::span<const Neighbors::Frame> frames);

  // RFC 6864: unique among the packets of a source, destination and protocol.
  std::uint16_t next_identification(const wire::Ipv4Header& header);

 private:
  Counters* counters_;
  SipKey key_;
  std::uint8_t ttl_;
  std::vector<std::uint8_t> large_;  // the segment of a packet that will be fragmented
  std::size_t segment_bytes_ = 0;    // of the packet begun
  wire::ByteSpan frame_{};           // its frame; empty if it is in large_
  std::array<std::uint16_t, 256> identifications_{};
};

}  // namespace ringside::net
