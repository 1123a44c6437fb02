// Wire formats against known bytes, and the checksum against RFC 1071 and a slow one.
#include <vector>

#include "catch.hpp"
#include "ringside/net/checksum.hpp"
#include "ringside/net/wire/arp.hpp"
#include "ringside/net/wire/icmp.hpp"
#include "ringside/net/wire/tcp.hpp"
#include "ringside/net/wire/udp.hpp"

namespace ringside::net::wire {
namespace {

using Octets = std::vector<std::uint8_t>;

std::uint16_t slow_sum(ByteView bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    sum += i % 2 == 0 ? std::uint32_t{bytes[i]} << 8 : bytes[i];
    sum = (sum & 0xffff) + (sum >> 16);
  }
  return static_cast<std::uint16_t>(sum);
}

}  // namespace

TEST_CASE("the checksum of RFC 1071 section 3") {
  CHECK(ones_complement_sum(Octets{0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7}) == 0xddf2);
}

TEST_CASE("the fast checksum is the slow one, at every length and alignment") {
  Octets bytes(1600);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>(i * i * 31 + i * 7 + 255);
  for (std::size_t offset = 0; offset < 9; ++offset) {
    for (std::size_t length = 0; length + offset <= bytes.size(); length += length < 80 ? 1 : 61) {
      const ByteView part = ByteView{bytes}.subspan(offset, length);
      REQUIRE(ones_complement_sum(part) == slow_sum(part));
    }
  }
  CHECK(ones_complement_sum(Octets(65535, 0xff)) == slow_sum(Octets(65535, 0xff)));
}

TEST_CASE("an updated checksum is the one computed anew") {  // RFC 1624 section 4
  CHECK(updated_checksum(0xdd2f, 0x5555, 0x3285) == 0x0000);
  Octets bytes{0x45, 0x00, 0x12, 0x34, 0x40, 0x06};
  const std::uint16_t before = internet_checksum(bytes);
  bytes[4] = 0x3f;
  CHECK(updated_checksum(before, 0x4006, 0x3f06) == internet_checksum(bytes));
}

TEST_CASE("an IPv4 header, octet for octet") {
  const Octets golden{0x45, 0x00, 0x00, 0x73, 0x00, 0x00, 0x40, 0x00, 0x40, 0x11,
                      0xb8, 0x61, 0xc0, 0xa8, 0x00, 0x01, 0xc0, 0xa8, 0x00, 0xc7};
  Octets bytes(20);
  write(bytes,
        Ipv4Header{.dont_fragment = true,
                   .ttl = 64,
                   .protocol = IpProtocol::udp,
                   .source = {192, 168, 0, 1},
                   .destination = {192, 168, 0, 199}},
        95);
  CHECK(bytes == golden);

  Octets packet = golden;
  packet.resize(0x73 + 6);  // Ethernet padding behind it
  const auto parsed = parse_ipv4(packet);
  REQUIRE(parsed);
  CHECK(parsed.payload.size() == 95);
  CHECK(parsed.header.dont_fragment);
  CHECK(parsed.header.destination == Ipv4Address{192, 168, 0, 199});

  decrement_ttl(packet);
  CHECK(parse_ipv4(packet).header.ttl == 63);
  packet[15] ^= 1;
  CHECK(parse_ipv4(packet).reason == DropReason::bad_checksum);
  CHECK(parse_ipv4(ByteView{golden}).reason == DropReason::malformed);  // shorter than it says
  packet[0] = 0x65;
  CHECK(parse_ipv4(packet).reason == DropReason::malformed);
}

TEST_CASE("IPv4 options are skipped") {
  Octets packet{0x46, 0, 0, 26, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 1, 1, 1, 0, 0xaa, 0xbb};
  store16(packet, 10, internet_checksum(ByteView{packet}.first(24)));
  const auto parsed = parse_ipv4(packet);
  REQUIRE(parsed);
  CHECK(parsed.header.header_length == 24);
  CHECK(Octets(parsed.payload.begin(), parsed.payload.end()) == Octets{0xaa, 0xbb});
}

TEST_CASE("an ARP request, octet for octet") {
  const Octets golden{0x00, 0x01, 0x08, 0x00, 0x06, 0x04, 0x00, 0x01, 2, 0, 0,  0, 0, 1,
                      10,   0,    0,    1,    0,    0,    0,    0,    0, 0, 10, 0, 0, 2};
  Octets bytes(ArpPacket::size);
  write(bytes, ArpPacket{.operation = ArpOperation::request,
                         .sender_mac = {{2, 0, 0, 0, 0, 1}},
                         .sender = {10, 0, 0, 1},
                         .target = {10, 0, 0, 2}});
  CHECK(bytes == golden);
  CHECK(parse_arp(bytes).header.target == Ipv4Address{10, 0, 0, 2});
  bytes[5] = 8;
  CHECK(parse_arp(bytes).reason == DropReason::malformed);
}

TEST_CASE("an ICMP echo request, octet for octet") {
  Octets bytes{0, 0, 0, 0, 0, 0, 0, 0, 'a', 'b', 'c'};
  write(bytes, IcmpHeader{IcmpType::echo_request, 0, 0x1234, 1});
  CHECK(bytes == Octets{8, 0, 0x21, 0x68, 0x12, 0x34, 0, 1, 'a', 'b', 'c'});
  const auto parsed = parse_icmp(bytes);
  REQUIRE(parsed);
  CHECK(parsed.header.identifier == 0x1234);
  CHECK(parsed.payload.size() == 3);
}

TEST_CASE("a UDP datagram, octet for octet") {
  const Ipv4Address from{10, 0, 0, 1}, to{10, 0, 0, 2};
  Octets bytes{0, 0, 0, 0, 0, 0, 0, 0, 'h', 'i'};
  write(bytes, UdpHeader{1000, 2000}, from, to);
  CHECK(bytes == Octets{0x03, 0xe8, 0x07, 0xd0, 0x00, 0x0a, 0x77, 0xb6, 'h', 'i'});
  CHECK(parse_udp(bytes, from, to).payload.size() == 2);
  CHECK(parse_udp(bytes, from, {10, 0, 0, 3}).reason == DropReason::bad_checksum);
  bytes[6] = bytes[7] = 0;  // the sender computed none
  CHECK(parse_udp(bytes, from, to));
  bytes[5] = 11;
  CHECK(parse_udp(bytes, from, to).reason == DropReason::malformed);
}

TEST_CASE("a UDP checksum of zero is sent as all ones") {
  Octets bytes(10);
  const Ipv4Address from{0, 0, 0, 0}, to{0, 0, 0, 0};
  // 0x11 + 10 + 10 of pseudo-header and length leave 0xffda to be filled by the payload.
  bytes[8] = 0xff, bytes[9] = 0xda;
  write(bytes, UdpHeader{}, from, to);
  CHECK(load16(bytes, 6) == 0xffff);
}

TEST_CASE("a SYN with all options, octet for octet") {
  const Ipv4Address from{10, 0, 0, 1}, to{10, 0, 0, 2};
  const TcpHeader header{.source_port = 40000,
                         .destination_port = 80,
                         .seq = SeqNum{0x01020304},
                         .flags = {.syn = true},
                         .window = 65535,
                         .options = {.mss = 1460,
                                     .window_scale = 7,
                                     .sack_permitted = true,
                                     .timestamps = TcpTimestamps{0x11223344, 0}}};
  const Octets golden{0x9c, 0x40, 0x00, 0x50, 0x01, 0x02, 0x03, 0x04, 0x00, 0x00, 0x00, 0x00, 0xa0, 0x02,
                      0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0x02, 0x04, 0x05, 0xb4, 0x04, 0x02, 0x08, 0x0a,
                      0x11, 0x22, 0x33, 0x44, 0x00, 0x00, 0x00, 0x00, 0x01, 0x03, 0x03, 0x07};
  Octets bytes(header.encoded_size());
  write(bytes, header, from, to);
  CHECK(internet_checksum(bytes, pseudo_header_sum(from, to, IpProtocol::tcp, bytes.size())) == 0);
  Octets without_checksum = bytes;
  store16(without_checksum, 16, 0);
  CHECK(without_checksum == golden);

  const auto parsed = parse_tcp(bytes, from, to);
  REQUIRE(parsed);
  CHECK(parsed.header.flags == header.flags);
  CHECK(parsed.header.options.mss == 1460);
  CHECK(parsed.header.options.window_scale == 7);
  CHECK(parsed.header.options.sack_permitted);
  CHECK(parsed.header.options.timestamps == header.options.timestamps);
  CHECK(parse_tcp(bytes, from, {10, 0, 0, 3}).reason == DropReason::bad_checksum);
}

TEST_CASE("SACK blocks there and back") {
  TcpHeader header{.flags = {.ack = true}};
  for (std::uint32_t i = 0; i < 3; ++i) header.options.sack.add({SeqNum{i * 100 - 50}, SeqNum{i * 100}});
  header.options.timestamps = TcpTimestamps{1, 2};
  CHECK(header.encoded_size() == 60);
  Octets bytes(60);
  write(bytes, header, {}, {});
  const auto parsed = parse_tcp(bytes, {}, {});
  REQUIRE(parsed.header.options.sack.count == 3);
  CHECK(parsed.header.options.sack.block == header.options.sack.block);
}

TEST_CASE("a broken option list ends where it breaks") {
  Octets bytes(28);
  const TcpHeader header{.options = {.mss = 1000, .window_scale = 3}};
  write(bytes, header, {}, {});
  bytes[26] = 200;  // the length of the window scale option
  store16(bytes, 16, 0);
  store16(bytes, 16, internet_checksum(bytes, pseudo_header_sum({}, {}, IpProtocol::tcp, bytes.size())));
  const auto parsed = parse_tcp(bytes, {}, {});
  REQUIRE(parsed);
  CHECK(parsed.header.options.mss == 1000);
  CHECK_FALSE(parsed.header.options.window_scale);
  bytes[12] = 0xf0;
  CHECK(parse_tcp(bytes, {}, {}).reason == DropReason::malformed);
}

TEST_CASE("addresses as text") {
  CHECK(to_string(Ipv4Address{192, 168, 0, 1}) == "192.168.0.1");
  CHECK(to_string(Endpoint{{10, 0, 0, 1}, 80}) == "10.0.0.1:80");
  CHECK(to_string(MacAddress{{2, 0, 0, 0xab, 0, 1}}) == "02:00:00:ab:00:01");
  CHECK(Ipv4Address::parse("10.0.0.255") == Ipv4Address{10, 0, 0, 255});
  for (const char* text :
       {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.04", "1.2.3.4 ", "+1.2.3.4", "a.b.c.d", "1..2.3"}) {
    INFO(text);
    CHECK_FALSE(Ipv4Address::parse(text));
  }
}

}  // namespace ringside::net::wire
