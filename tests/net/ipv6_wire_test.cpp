// The IPv6 header, and what stands between it and the payload: RFC 8200.
#include "catch.hpp"
#include "ipv6_packets.hpp"
#include "ringside/net/wire/tcp.hpp"
#include "ringside/net/wire/udp.hpp"

namespace ringside::net::test {
namespace {

wire::Ipv6Headers read(std::uint8_t next_header, Frame payload) {
  const Frame frame = Ipv6Frame{.next_header = next_header, .payload = std::move(payload)}.octets();
  return wire::read_extension_headers(packet_of(frame));
}

// "passed to 58", "dropped", "problem 1 at 40"
std::string outcome(std::uint8_t next_header, Frame payload) {
  const wire::Ipv6Headers headers = read(next_header, std::move(payload));
  if (headers.problem)
    return "problem " + std::to_string(headers.problem->code) + " at " +
           std::to_string(headers.problem->pointer);
  if (headers.reason != DropReason::none) return "dropped";
  return "passed to " + std::to_string(headers.protocol);
}

constexpr std::uint8_t hop_by_hop = 0, routing = 43, fragment = 44, options = 60, icmpv6 = 58;

}  // namespace

TEST_CASE("the IPv6 header is read as it was written") {
  Frame packet(50);
  const wire::Ipv6Header header{.traffic_class = 0xb8,
                                .flow_label = 0x12345,
                                .next_header = 17,
                                .hop_limit = 9,
                                .source = ipv6_a,
                                .destination = ipv6_b};
  wire::write(packet, header, 8);
  CHECK(packet[0] == 0x6b);
  CHECK(packet[1] == 0x81);
  const auto parsed = wire::parse_ipv6(packet);
  REQUIRE(parsed);
  CHECK(parsed.payload.size() == 8);  // two are padding
  CHECK(parsed.header.traffic_class == 0xb8);
  CHECK(parsed.header.flow_label == 0x12345);
  CHECK(parsed.header.hop_limit == 9);
  CHECK(parsed.header.source == ipv6_a);
  CHECK(parsed.header.destination == ipv6_b);
  CHECK_FALSE(wire::parse_ipv6(wire::ByteView{packet}.first(47)));
  packet[0] = 0x4b;
  CHECK_FALSE(wire::parse_ipv6(packet));
}

TEST_CASE("a UDP checksum of zero is allowed with IPv4 alone") {  // RFC 8200 section 8.1
  Frame datagram(12);
  wire::write(datagram, wire::UdpHeader{1, 2}, ipv6_a, ipv6_b);
  CHECK(wire::parse_udp(datagram, ipv6_a, ipv6_b));
  wire::store16(datagram, 6, 0);
  CHECK(wire::parse_udp(datagram, ipv6_a, ipv6_b).reason == DropReason::bad_checksum);
  CHECK(wire::parse_udp(datagram, address_a, address_b));
}

TEST_CASE("headers in a row lead to the payload") {
  CHECK(outcome(icmpv6, {}) == "passed to 58");
  CHECK(outcome(hop_by_hop, {options, 0, 1, 4, 0, 0, 0, 0,  //
                             icmpv6, 0, 0x1e, 4, 1, 2, 3, 4}) == "passed to 58");
  CHECK(read(options, {icmpv6, 1, 1, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}).reason == DropReason::malformed);
  CHECK(outcome(59, {1, 2, 3}) == "passed to 59");
  CHECK(outcome(options, {icmpv6, 1, 1, 4, 0, 0, 0, 0}) == "dropped");  // cut off
  CHECK(outcome(options, {icmpv6, 0, 5, 9, 0, 0, 0, 0}) == "dropped");  // an option beyond the header
}

TEST_CASE("options that nobody knows say themselves what is to be done") {  // RFC 8200 section 4.2
  CHECK(outcome(options, {icmpv6, 0, 0x3f, 4, 0, 0, 0, 0}) == "passed to 58");
  CHECK(outcome(options, {icmpv6, 0, 0x7f, 4, 0, 0, 0, 0}) == "dropped");
  CHECK(outcome(options, {icmpv6, 0, 0xbf, 4, 0, 0, 0, 0}) == "problem 2 at 42");
  CHECK(outcome(hop_by_hop, {icmpv6, 0, 0xff, 4, 0, 0, 0, 0}) == "problem 2 at 42");
  CHECK(read(options, {icmpv6, 0, 0xbf, 4, 0, 0, 0, 0}).problem->to_group);
  CHECK_FALSE(read(options, {icmpv6, 0, 0xff, 4, 0, 0, 0, 0}).problem->to_group);
}

TEST_CASE("padding is for alignment, of zeros, and options are few") {  // RFC 8504 section 5.3
  Frame many{icmpv6, 2};
  for (int i = 0; i < 11; ++i) many.insert(many.end(), {0x1e, 0});
  CHECK(outcome(options, many) == "dropped");
  CHECK(outcome(options, {icmpv6, 0, 1, 4, 0, 0, 1, 0}) == "dropped");
  CHECK(outcome(options, {icmpv6, 0, 0, 0, 0, 0, 0, 0}) == "passed to 58");
  CHECK(outcome(options, {icmpv6, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}) == "dropped");
}

TEST_CASE("hop-by-hop options are the first header or none") {  // RFC 8200 section 4.1
  CHECK(outcome(options, {hop_by_hop, 0, 1, 4, 0, 0, 0, 0, icmpv6, 0, 1, 4, 0, 0, 0, 0}) ==
        "problem 1 at 40");
}

TEST_CASE(
    "a routing header passes if there is nothing left of it to follow") {  // RFC 8200 section 4.4, RFC 5095
  CHECK(outcome(routing, {icmpv6, 0, 0, 0, 0, 0, 0, 0}) == "passed to 58");
  CHECK(outcome(routing, {icmpv6, 0, 0, 1, 0, 0, 0, 0}) == "problem 0 at 42");
}

TEST_CASE("pieces, and what no piece can be") {  // RFC 8200 section 4.5
  const auto piece = read(fragment, {icmpv6, 0, 0, 9, 0, 0, 0, 7, 1, 2, 3, 4, 5, 6, 7, 8});
  REQUIRE(piece.fragment);
  CHECK(piece.fragment->offset == 8);
  CHECK(piece.fragment->more);
  CHECK(piece.fragment->identification == 7);
  CHECK(piece.payload_at == 48);
  CHECK(outcome(fragment, {icmpv6, 0, 0, 1, 0, 0, 0, 7, 1, 2, 3}) == "problem 0 at 4");  // ragged
  CHECK(outcome(fragment, {icmpv6, 0, 0xff, 0xf8, 0, 0, 0, 7, 1, 2, 3, 4, 5, 6, 7, 8}) ==
        "problem 0 at 42");                                             // beyond 65535 octets
  const auto whole = read(fragment, {icmpv6, 0, 0, 0, 0, 0, 0, 7, 1});  // RFC 6946
  CHECK_FALSE(whole.fragment);
  CHECK(whole.protocol == icmpv6);
  CHECK(whole.payload_at == 48);
}

}  // namespace ringside::net::test
