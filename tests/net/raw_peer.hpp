// The peer of a listening stack, for tests that say millions of segments: nothing is traced.
#pragma once

#include <malloc.h>

#include "catch.hpp"
#include "ringside/net/wire/tcp.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {

// What the whole process has from the heap. (Under the address sanitizer, which has one of its own: 0.)
inline std::size_t octets_in_use() {
  const struct mallinfo2 info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
}

class RawPeer {
 public:
  static constexpr std::uint16_t port = 80;

  // Of a stack at A, with all that is agreed on in a handshake.
  explicit RawPeer(const StackConfig& config, std::uint16_t mss) : stack{config} {
    stack.add_interface({.mac = mac_a, .address = address_a});
    stack.add_neighbor(InterfaceId{}, address_b, mac_b);
    const auto listener = stack.tcp_listen({address_a, port}, 1);
    REQUIRE(listener);
    say({.flags = {.syn = true}, .options = {.mss = mss, .window_scale = 7, .sack_permitted = true}});
    seq = seq + 1;
    drain();
    say({.flags = {.ack = true}});
    const auto accepted = stack.accept(*listener);
    REQUIRE(accepted);
    socket = *accepted;
  }

  // Numbers that are left open are the next ones.
  Received say(wire::TcpHeader header, std::optional<SeqNum> at = {}, std::size_t text = 0) {
    header.source_port = 1000;
    header.destination_port = port;
    header.seq = at.value_or(seq);
    if (header.flags.ack && header.ack == SeqNum{}) header.ack = heard;
    header.window = window;
    segment_.assign(header.encoded_size() + text, 0);
    wire::write(segment_, header, address_b, address_a);
    return stack.receive(
        now, InterfaceId{},
        ip_frame(
            mac_a, mac_b,
            {.ttl = 64, .protocol = wire::IpProtocol::tcp, .source = address_b, .destination = address_a},
            segment_));
  }
  // Everything that the stack says now; the number of its frames.
  std::size_t drain() {
    std::size_t frames = 0;
    for (; const auto sent = stack.transmit(now, frame_); ++frames) {
      const auto ip =
          wire::parse_ipv4(wire::ByteView{frame_}.first(sent->bytes).subspan(wire::EthernetHeader::size));
      const auto tcp = wire::parse_tcp(ip.payload, ip.header.source, ip.header.destination);
      const SeqNum end =
          tcp.header.seq + static_cast<std::uint32_t>(tcp.payload.size()) + (tcp.header.flags.syn ? 1 : 0);
      heard = tcp.header.flags.syn ? end : later_of(heard, end);
    }
    return frames;
  }

  Stack stack;
  SocketId socket{};
  Time now{};
  std::uint16_t window = 65535;
  SeqNum seq{7000}, heard{};  // that we say next; behind all that the stack has said

 private:
  Frame segment_, frame_ = Frame(2000);
};

}  // namespace ringside::net::test
