// Summaries of frames, and the RSS hash against the verification suite of its specification.
#include <vector>

#include "catch.hpp"
#include "ringside/net/summary.hpp"
#include "ringside/net/wire/arp.hpp"
#include "ringside/net/wire/tcp.hpp"
#include "ringside/net/wire/udp.hpp"

namespace ringside::net {
namespace {

std::vector<std::uint8_t> tcp_frame(wire::TcpFlags flags, std::size_t text) {
  std::vector<std::uint8_t> frame(14 + 20 + 20 + text);
  const wire::ByteSpan packet = wire::ByteSpan{frame}.subspan(14);
  wire::write(frame, wire::EthernetHeader{{}, {}, wire::EtherType::ipv4});
  wire::write(packet,
              wire::Ipv4Header{.ttl = 64,
                               .protocol = wire::IpProtocol::tcp,
                               .source = {10, 0, 0, 1},
                               .destination = {10, 0, 0, 2}},
              20 + text);
  wire::write(packet.subspan(20),
              wire::TcpHeader{.source_port = 1000, .destination_port = 80, .flags = flags}, {10, 0, 0, 1},
              {10, 0, 0, 2});
  return frame;
}

}  // namespace

TEST_CASE("a TCP segment in summary") {
  const auto pure_ack = summarize(tcp_frame({.ack = true}, 0));
  REQUIRE(pure_ack);
  CHECK(pure_ack->protocol == Protocol::tcp);
  CHECK(pure_ack->source == Ipv4Address{10, 0, 0, 1});
  CHECK(pure_ack->destination_port == 80);
  CHECK(pure_ack->ack_only);
  const auto text = summarize(tcp_frame({.fin = true, .psh = true, .ack = true}, 100));
  CHECK(text->payload_bytes == 100);
  CHECK(text->fin);
  CHECK_FALSE(text->ack_only);
  CHECK(summarize(tcp_frame({.syn = true}, 0))->syn);
}

TEST_CASE("a frame too short for its headers has no summary") {
  const auto frame = tcp_frame({.ack = true}, 10);
  for (std::size_t length = 0; length < frame.size(); ++length) {
    CHECK_FALSE(summarize(std::span{frame}.first(length)));
  }
}

TEST_CASE("a fragment has no ports") {
  auto frame = tcp_frame({.ack = true}, 8);
  frame[14 + 6] = 0x20;  // more fragments
  const auto summary = summarize(frame);
  REQUIRE(summary);
  CHECK(summary->fragment);
  CHECK(summary->source_port == 0);
}

TEST_CASE("an ARP request and an unknown protocol in summary") {
  std::vector<std::uint8_t> frame(60);
  wire::write(frame, wire::EthernetHeader{broadcast_mac, {}, wire::EtherType::arp});
  wire::write(wire::ByteSpan{frame}.subspan(14), wire::ArpPacket{.operation = wire::ArpOperation::request,
                                                                 .sender = {10, 0, 0, 1},
                                                                 .target = {10, 0, 0, 2}});
  CHECK(summarize(frame)->protocol == Protocol::arp);
  CHECK(summarize(frame)->destination == Ipv4Address{10, 0, 0, 2});
  CHECK(flow_hash(*summarize(frame)) == 0);
  frame[12] = 0x88, frame[13] = 0xcc;  // LLDP
  CHECK(summarize(frame)->protocol == Protocol::other);
}

TEST_CASE("the RSS hash of the specification's verification suite") {
  struct Vector {
    Endpoint source, destination;
    std::uint32_t with_ports, addresses_only;
  };
  const auto ipv6 = [](const char* text) { return IpAddress::parse(text).value(); };
  const Vector vectors[] = {
      {{{66, 9, 149, 187}, 2794}, {{161, 142, 100, 80}, 1766}, 0x51ccc178, 0x323e8fc2},
      {{{199, 92, 111, 2}, 14230}, {{65, 69, 140, 83}, 4739}, 0xc626b0ea, 0xd718262a},
      {{{24, 19, 198, 95}, 12898}, {{12, 22, 207, 184}, 38024}, 0x5c2b394a, 0xd2d0a5de},
      {{{38, 27, 205, 30}, 48228}, {{209, 142, 163, 6}, 2217}, 0xafc7327f, 0x82989176},
      {{{153, 39, 163, 191}, 44251}, {{202, 188, 127, 2}, 1303}, 0x10e828a2, 0x5d1809c5},
      {{ipv6("3ffe:2501:200:1fff::7"), 2794}, {ipv6("3ffe:2501:200:3::1"), 1766}, 0x40207d3d, 0x2cc18cd5},
      {{ipv6("3ffe:501:8::260:97ff:fe40:efab"), 14230}, {ipv6("ff02::1"), 4739}, 0xdde51bbf, 0x0f0c461c},
      {{ipv6("3ffe:1900:4545:3:200:f8ff:fe21:67cf"), 44251},
       {ipv6("fe80::200:f8ff:fe21:67cf"), 38024},
       0x02d1feef,
       0x4b61e985}};
  for (const Vector& vector : vectors) {
    Summary summary{.protocol = Protocol::tcp,
                    .source = vector.source.address,
                    .destination = vector.destination.address,
                    .source_port = vector.source.port,
                    .destination_port = vector.destination.port};
    CHECK(flow_hash(summary) == vector.with_ports);
    summary.protocol = Protocol::icmp;
    CHECK(flow_hash(summary) == vector.addresses_only);
  }
}

}  // namespace ringside::net
