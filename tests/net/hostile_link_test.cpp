// Whoever is on the link may say anything, as often as it likes: fragments, ICMP, neighbor discovery.
#include <chrono>

#include "catch.hpp"
#include "ipv6_packets.hpp"
#include "ndp_bench.hpp"
#include "raw_peer.hpp"
#include "ringside/net/wire/udp.hpp"

namespace ringside::net::test {
namespace {

// A piece of a datagram of IPv4 from B to A.
Frame piece(std::uint16_t identification, std::uint16_t offset, bool more, std::size_t octets) {
  return ip_frame(mac_a, mac_b,
                  {.identification = identification,
                   .more_fragments = more,
                   .fragment_offset = offset,
                   .ttl = 64,
                   .protocol = wire::IpProtocol::udp,
                   .source = address_b,
                   .destination = address_a},
                  Frame(octets));
}

struct Host {
  explicit Host(const StackConfig& config = {}) : stack{config} {
    stack.add_interface({.mac = mac_a, .address = address_a});
    stack.add_neighbor(InterfaceId{}, address_b, mac_b);
  }
  Received receive(const Frame& frame) { return stack.receive(now, InterfaceId{}, frame); }

  Stack stack;
  Time now{};
};

}  // namespace

TEST_CASE("fragments that overlap by an octet end their datagram, and what comes of it later waits in vain") {
  Host host;
  host.receive(piece(1, 0, true, 16));
  CHECK(host.receive(piece(1, 8, true, 16)).reason == DropReason::malformed);
  CHECK(host.receive(piece(1, 16, false, 8)).verdict == Verdict::consumed);
  host.now += 31s;
  all_frames(host.stack, host.now);
  CHECK(host.stack.counters().drops[static_cast<std::size_t>(DropReason::fragment_timeout)] == 1);
}

TEST_CASE("fragments of one octet: only the last may be so short") {
  Host host;
  for (std::uint16_t offset = 0; offset < 800; offset = static_cast<std::uint16_t>(offset + 8))
    CHECK(host.receive(piece(1, offset, true, 1)).reason == DropReason::malformed);
  CHECK(host.receive(piece(1, 800, false, 1)).verdict == Verdict::consumed);
}

// The limit is on what is incomplete; what was given up leaves nothing behind either.
TEST_CASE("fragments of datagrams that never become whole are bounded in memory") {
  Host host;
  const std::size_t before = octets_in_use();
  for (int round = 0; round < 30; ++round) {
    for (std::uint16_t i = 0; i < 2000; ++i) {
      host.receive(piece(i, 0, true, 8));
      host.receive(piece(i, 65000, true, 8));
    }
    for (std::uint16_t i = 0; i < 2000; ++i) host.receive(piece(i, 64992, true, 16));  // overlaps: given up
    host.now += 1s;
  }
  CHECK(octets_in_use() - before < 8u << 20);
}

TEST_CASE("a storm of packets that deserve an ICMP error has a few of them answered") {
  Host host;
  std::size_t answers = 0;
  Frame datagram(wire::UdpHeader::size + 100);
  wire::write(datagram, wire::UdpHeader{1, 9}, address_b, address_a);
  const Frame frame =
      ip_frame(mac_a, mac_b,
               {.ttl = 64, .protocol = wire::IpProtocol::udp, .source = address_b, .destination = address_a},
               datagram);
  for (int i = 0; i < 100'000; ++i) {
    host.receive(frame);
    host.now += 10us;
    if (i % 100 == 0) answers += all_frames(host.stack, host.now).size();
  }
  CHECK(answers > 900);
  CHECK(answers <=
        1050);  // a thousand in a second, and fifty at once: Linux icmp_msgs_per_sec, icmp_msgs_burst
}

TEST_CASE("a storm of echo requests is held in the transmit queue's bounds") {
  Host host{{.transmit_queue = 256_KiB}};
  Frame request(wire::IcmpHeader::size + 1000);
  wire::write(request, wire::IcmpHeader{wire::IcmpType::echo_request, 0, 1, 1});
  const Frame frame =
      ip_frame(mac_a, mac_b,
               {.ttl = 64, .protocol = wire::IpProtocol::icmp, .source = address_b, .destination = address_a},
               request);
  for (int i = 0; i < 10'000; ++i) host.receive(frame);
  const std::size_t answers = all_frames(host.stack, host.now).size();
  CHECK(answers > 200);
  CHECK(answers < 260);
}

// Solicitations and advertisements from addresses that nobody has, and packets to them.
TEST_CASE("a flood of neighbors fills the table, and those that are in use stay reachable") {
  Ipv6Host host{{.arp = {.entries = 64}}};
  const std::size_t before = octets_in_use();
  for (std::uint32_t i = 0; i < 100'000; ++i) {
    const IpAddress somebody = IpAddress::ipv6(
        {0xfd00, 0, 0, 0, 0, 1, static_cast<std::uint16_t>(i >> 16), static_cast<std::uint16_t>(i)});
    Frame solicitation(wire::neighbor_message_size(true));
    wire::write_neighbor_solicitation(solicitation, ipv6_a, mac_b, somebody, ipv6_a);
    host.receive({.next_header = 58, .payload = solicitation, .source = somebody, .hop_limit = 255});
    host.stack.ping(host.now, somebody, 1, 1, 100);
    if (i % 16 == 0) host.sent();
  }
  CHECK(octets_in_use() - before < 16u << 20);
  host.sent();
  REQUIRE(host.stack.ping(host.now, ipv6_b, 1, 1, 100));
  const auto frames = host.sent();
  REQUIRE(frames.size() == 1);
  CHECK(icmpv6_in(frames[0])->header.type == wire::Icmpv6Type::echo_request);
}

}  // namespace ringside::net::test
