// The way out: route, fragment, find the neighbor's MAC address, queue. Everything the stack sends passes
// here. What is IPv6's alone is in output_ipv6.cpp.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "containers/flow.hpp"
#include "containers/siphash.hpp"
#include "ip/frame_queue.hpp"
#include "ip/interface.hpp"
#include "ip/ip_header.hpp"
#include "ip/neighbors.hpp"
#include "ip/path_mtus.hpp"
#include "ip/redirects.hpp"
#include "ip/routes.hpp"
#include "ringside/net/counters.hpp"
#include "ringside/net/wire/arp.hpp"
#include "ringside/net/wire/ethernet.hpp"

namespace ringside::net {

inline constexpr std::size_t packet_at = wire::EthernetHeader::size;  // of an IP packet in its frame

struct Path {
  NextHop hop{};
  IpAddress source{};          // of the interface the path leaves by
  std::uint32_t mtu = 0;       // as far as it is known: RFC 1191, RFC 8201
  std::uint8_t hop_limit = 0;  // of IPv6
  std::uint32_t link_mtu = 0;  // of the first hop
  bool divides = false;        // packets have to be divided on the way, however short: of IPv4

  std::size_t header_size() const { return ip_header_size(source); }
  std::size_t segment_at() const { return packet_at + header_size(); }  // in a frame
};

class Output {
 public:
  Output(const StackConfig& config, SipKey key, Counters& counters);
  Output(const Output&) = delete;  // its parts know each other

  std::vector<Interface> interfaces;
  Routes routes;
  Redirects redirects{routes};
  Neighbors neighbors;
  PathMtus path_mtus;
  FrameQueue queue;

  std::uint8_t ttl() const { return ttl_; }
  // An address is this host's, or no longer: packets to it stay inside, where there is a loopback interface.
  void take(const IpAddress& address);
  void give_up(const IpAddress& address);
  const Interface& interface(InterfaceId id) const { return interfaces[static_cast<std::size_t>(id)]; }
  Interface& interface(InterfaceId id) { return interfaces[static_cast<std::size_t>(id)]; }
  std::optional<Path> path_to(const IpAddress& destination, Device by = {}) const;
  // The destination has answered something that was sent to it: Linux sk_dst_confirm().
  void confirm(Time now, const IpAddress& destination) {
    if (neighbors.any_asked()) confirm_neighbor(now, destination);
  }
  bool owns(const IpAddress& address) const;  // of any interface
  bool owns(Ipv4Address address) const;
  bool broadcast(InterfaceId on, Ipv4Address address) const;  // to all on that link
  bool broadcast(InterfaceId on, const IpAddress& address) const {
    return address.is_ipv4() && broadcast(on, address.ipv4());
  }

  struct Queued {
    bool complete = false;   // false: the queue has no room for all of it and has taken none of it
    std::size_t octets = 0;  // of the frames that are in the queue, and not waiting for ARP
  };
  // Two steps make a packet: begin() gives room for what is behind the IP header, finish() does the rest.
  // Room is empty if the queue is full. A packet larger than the MTU is fragmented.
  wire::ByteSpan begin(const Path& path, std::size_t segment_bytes);
  Queued finish(Time now, const Path& path, IpHeader header, std::optional<SocketId> socket);

  // Completes the headers of a frame whose segment is in place at path.segment_at(). False: it must wait for
  // the neighbor's address, a copy is kept, and a request is queued.
  bool seal(Time now, const Path& path, const IpHeader& header, wire::ByteSpan frame);
  // The same for a frame whose IP header is complete; why not, if it cannot be sent or kept.
  struct Addressed {
    bool ready = false;
    DropReason reason = DropReason::none;
  };
  Addressed address(Time now, NextHop hop, wire::ByteSpan frame);
  // Queues a packet in pieces, each with its own header: RFC 791 section 3.2.
  Queued fragment(Time now, const Path& path, wire::Ipv4Header header, wire::ByteView segment,
                  std::optional<SocketId> socket);
  // The same of IPv6, where only the source may: RFC 8200 section 4.5.
  Queued fragment(Time now, const Path& path, const wire::Ipv6Header& header, wire::ByteView segment,
                  std::optional<SocketId> socket);

  // False: there was no room for it.
  bool send_arp(InterfaceId out, wire::ArpOperation operation, MacAddress to, Ipv4Address target);
  void send_parked(InterfaceId out, MacAddress to, std::span<const Neighbors::Frame> frames);

  // What a socket's options make of the header of a packet of a flow. It is for the caller to say whether it
  // may be fragmented.
  struct Wishes {
    std::uint8_t type_of_service = 0, ttl = 64;
    const Ipv6SocketOptions& ipv6;
  };
  IpHeader header(const Wishes& wishes, wire::IpProtocol protocol, const Flow& flow) const;

 private:
  std::optional<Path> path_to_ipv6(const IpAddress& destination, Device by) const;
  std::optional<InterfaceId> loopback() const;
  void confirm_neighbor(Time now, const IpAddress& destination);
  bool hand_over(Time now, const Path& path, wire::ByteSpan frame);
  // RFC 6864: unique among the packets of a source, destination and protocol.
  std::uint16_t next_identification(const IpHeader& header);
  std::uint32_t next_identification(const wire::Ipv6Header& header);

  Counters* counters_;
  SipKey key_;
  std::uint8_t ttl_;
  std::vector<std::uint8_t> large_;  // the segment of a packet that will be fragmented
  std::size_t segment_bytes_ = 0;    // of the packet begun
  wire::ByteSpan frame_{};           // its frame; empty if it is in large_
  std::array<std::uint16_t, 256> identifications_{};
  std::uint32_t fragmented_ = 0;  // packets of IPv6
};

}  // namespace ringside::net
