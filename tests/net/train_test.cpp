// Which frames may travel as one super-segment.
#include <vector>

#include "catch.hpp"
#include "ringside/net/train.hpp"
#include "ringside/net/wire/ethernet.hpp"
#include "ringside/net/wire/ipv6.hpp"
#include "ringside/net/wire/tcp.hpp"

namespace ringside::net {
namespace {

struct Segment {
  std::uint32_t seq = 1000;
  std::size_t text = 100;
  std::uint32_t ack = 7;
  std::uint16_t window = 500;
  std::uint16_t port = 1000;
  std::uint8_t ttl = 64;
  wire::TcpFlags flags{.ack = true};
  std::uint32_t timestamp = 1;
  bool ipv6 = false;
  std::uint32_t flow_label = 1;
};

constexpr Ipv4Address from{10, 0, 0, 1}, to{10, 0, 0, 2};
constexpr IpAddress from_v6 = IpAddress::ipv6({0xfd00, 0, 0, 0, 0, 0, 0, 1}),
                    to_v6 = IpAddress::ipv6({0xfd00, 0, 0, 0, 0, 0, 0, 2});

std::vector<std::uint8_t> ipv6_frame_of(const Segment& s, const wire::TcpHeader& header) {
  const std::size_t segment = header.encoded_size() + s.text;
  std::vector<std::uint8_t> frame(14 + wire::Ipv6Header::size + segment);
  const wire::ByteSpan packet = wire::ByteSpan{frame}.subspan(14);
  wire::write(frame, wire::EthernetHeader{{}, {}, wire::EtherType::ipv6});
  wire::write(packet,
              wire::Ipv6Header{.flow_label = s.flow_label,
                               .next_header = static_cast<std::uint8_t>(wire::IpProtocol::tcp),
                               .hop_limit = s.ttl,
                               .source = from_v6,
                               .destination = to_v6},
              segment);
  wire::write(packet.subspan(wire::Ipv6Header::size), header, from_v6, to_v6);
  return frame;
}

std::vector<std::uint8_t> frame_of(const Segment& s) {
  const wire::TcpHeader header{.source_port = s.port,
                               .destination_port = 80,
                               .seq = SeqNum{s.seq},
                               .ack = SeqNum{s.ack},
                               .flags = s.flags,
                               .window = s.window,
                               .options = {.timestamps = wire::TcpTimestamps{s.timestamp, 1}}};
  if (s.ipv6) return ipv6_frame_of(s, header);
  const std::size_t segment = header.encoded_size() + s.text;
  std::vector<std::uint8_t> frame(14 + 20 + segment);
  const wire::ByteSpan packet = wire::ByteSpan{frame}.subspan(14);
  wire::write(frame, wire::EthernetHeader{{}, {}, wire::EtherType::ipv4});
  wire::write(packet,
              wire::Ipv4Header{.dont_fragment = true,
                               .ttl = s.ttl,
                               .protocol = wire::IpProtocol::tcp,
                               .source = from,
                               .destination = to},
              segment);
  wire::write(packet.subspan(20), header, from, to);
  return frame;
}

bool continues(const Segment& before, const Segment& frame) {
  const auto first = frame_of(before);
  return continues_train(first, first, frame_of(frame));
}

}  // namespace

TEST_CASE("a segment continues the one that ends where it begins") {
  CHECK(continues({.seq = 1000}, {.seq = 1100}));
  CHECK(continues({.seq = 0xffffffff - 99}, {.seq = 0}));  // around the end of the numbers
  CHECK_FALSE(continues({.seq = 1000}, {.seq = 1101}));
  CHECK_FALSE(continues({.seq = 1000}, {.seq = 1000}));
  CHECK_FALSE(continues({.seq = 1000, .text = 0}, {.seq = 1000, .text = 0}));
}

TEST_CASE("what tells of the flow's state must not differ") {
  CHECK_FALSE(continues({}, {.seq = 1100, .ack = 8}));
  CHECK_FALSE(continues({}, {.seq = 1100, .window = 501}));
  CHECK_FALSE(continues({}, {.seq = 1100, .port = 1001}));
  CHECK_FALSE(continues({}, {.seq = 1100, .ttl = 63}));
  CHECK_FALSE(continues({}, {.seq = 1100, .timestamp = 2}));
  CHECK(same_tcp_flow(frame_of({}), frame_of({.seq = 5, .ttl = 3})));
  CHECK_FALSE(same_tcp_flow(frame_of({}), frame_of({.port = 1001})));
}

TEST_CASE("PSH or a shorter segment ends a train, and no other flag may be in one") {
  const wire::TcpFlags push{.psh = true, .ack = true};
  CHECK(continues({}, {.seq = 1100, .flags = push}));
  CHECK_FALSE(continues({.flags = push}, {.seq = 1100}));
  CHECK(ends_train(frame_of({}), frame_of({.seq = 1100, .flags = push})));
  CHECK(continues({}, {.seq = 1100, .text = 99}));
  CHECK(ends_train(frame_of({}), frame_of({.seq = 1100, .text = 99})));
  CHECK_FALSE(ends_train(frame_of({}), frame_of({.seq = 1100})));
  CHECK_FALSE(continues({}, {.seq = 1100, .text = 101}));
  CHECK_FALSE(continues({}, {.seq = 1100, .flags = {.fin = true, .ack = true}}));
  CHECK_FALSE(continues({}, {.seq = 1100, .flags = {.rst = true, .ack = true}}));

  CHECK(may_lead_train(frame_of({})));
  CHECK_FALSE(may_lead_train(frame_of({.text = 0})));
  CHECK_FALSE(may_lead_train(frame_of({.flags = push})));
  CHECK_FALSE(may_lead_train(frame_of({.flags = {.syn = true, .ack = true}})));
}

TEST_CASE("so it is with IPv6, whose flow label must be the same") {
  const auto first = frame_of({.ipv6 = true});
  const auto follows = [&](Segment next) {
    next.seq = 1100;
    next.ipv6 = true;
    return continues_train(first, first, frame_of(next));
  };
  CHECK(may_lead_train(first));
  CHECK(follows({}));
  CHECK(follows({.text = 99}));
  CHECK_FALSE(follows({.text = 101}));
  CHECK_FALSE(follows({.ack = 8}));
  CHECK_FALSE(follows({.port = 1001}));
  CHECK_FALSE(follows({.ttl = 63}));
  CHECK_FALSE(follows({.flow_label = 2}));
  CHECK_FALSE(continues_train(first, first, frame_of({.seq = 1100})));
  CHECK_FALSE(same_tcp_flow(first, frame_of({})));
}

TEST_CASE("what is cut off, fragmented or no TCP is in no train") {
  const bool ipv6 = GENERATE(false, true);
  const auto entire = frame_of({.ipv6 = ipv6});
  for (std::size_t length = 0; length < entire.size(); ++length)
    CHECK_FALSE(may_lead_train(FrameView{entire}.first(length)));
  const auto whole = frame_of({});
  auto fragment = whole;
  fragment[14 + 6] |= 0x20;
  CHECK_FALSE(may_lead_train(fragment));
  auto udp = whole;
  udp[14 + 9] = 17;
  CHECK_FALSE(may_lead_train(udp));
  auto options = whole;
  options[14] = 0x46;
  CHECK_FALSE(may_lead_train(options));
}

}  // namespace ringside::net
