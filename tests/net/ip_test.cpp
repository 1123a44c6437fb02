// ARP, routing, forwarding, fragmentation and reassembly.
#include "catch.hpp"
#include "ip/neighbors.hpp"
#include "ip/reassembly.hpp"
#include "ip/routes.hpp"
#include "ringside/net/wire/arp.hpp"
#include "ringside/net/wire/tcp.hpp"
#include "ringside/net/wire/udp.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {
namespace {

Frame arp_frame(wire::ArpPacket packet, MacAddress to = broadcast_mac) {
  Frame frame(60);  // padded, as on the wire
  wire::write(frame, wire::EthernetHeader{to, packet.sender_mac, wire::EtherType::arp});
  wire::write(wire::ByteSpan{frame}.subspan(14), packet);
  return frame;
}

// One host behind each side of a router.
struct Routed {
  explicit Routed(int far_mtu = 1500) : router{{.forwarding = true}} {
    near = router.add_interface({.mac = {{2, 0, 0, 0, 1, 1}}, .address = {10, 0, 1, 1}});
    far = router.add_interface({.mac = {{2, 0, 0, 0, 2, 1}}, .address = {10, 0, 2, 1}, .mtu = far_mtu});
    on_client = client.add_interface({.mac = mac_a, .address = {10, 0, 1, 9}});
    client.add_route({}, 0, on_client, Ipv4Address{10, 0, 1, 1});
    on_server = server.add_interface({.mac = mac_b, .address = {10, 0, 2, 9}});
    server.add_route({}, 0, on_server, Ipv4Address{10, 0, 2, 1});
  }

  void exchange() {
    bool quiet = false;
    while (!quiet) {
      quiet = true;
      for (Frame& frame : all_frames(client, now)) quiet = false, through_router(near, frame);
      for (Frame& frame : all_frames(server, now)) quiet = false, through_router(far, frame);
      Frame out(2000);
      while (const auto sent = router.transmit(now, out)) {
        quiet = false;
        to_host(sent->interface, std::span{out}.first(sent->bytes));
      }
    }
  }
  void through_router(InterfaceId in, Frame& frame) {
    if (router.receive(now, in, frame).verdict != Verdict::forward) return;
    forwarded = router.forward(now, in, frame);
    if (forwarded.sent) to_host(forwarded.out, frame);
  }
  void to_host(InterfaceId out, std::span<const std::uint8_t> frame) {
    if (out == near) client.receive(now, on_client, frame);
    if (out == far) server.receive(now, on_server, frame);
  }

  Stack router, client, server;
  InterfaceId near{}, far{}, on_client{}, on_server{};
  Forwarded forwarded{};
  Time now{};
};

}  // namespace

TEST_CASE("ARP asks three times, a second apart, then gives up what waited") {
  TwoHosts hosts;
  const SocketId socket = hosts.a.udp_open();
  hosts.a.send_to(hosts.now, socket, Frame(10), {address_b, 53});
  for (int i = 0; i < 3; ++i) {
    const auto request = next_frame(hosts.a, hosts.now);
    REQUIRE(request);
    CHECK(summarize(*request)->destination == address_b);
    CHECK_FALSE(next_frame(hosts.a, hosts.now));
    CHECK(hosts.a.deadline() == hosts.now + 1s);
    hosts.now += 1s;
  }
  CHECK_FALSE(next_frame(hosts.a, hosts.now));
  CHECK(hosts.a.counters().dropped(DropReason::neighbor_unreachable) == 1);
  CHECK_FALSE(hosts.a.deadline());
}

TEST_CASE("packets that wait for ARP leave in order; there is room for only so many") {
  TwoHosts hosts{{.arp = {.pending = 5000_B}}};
  const SocketId socket = hosts.a.udp_open();
  for (std::uint8_t i = 0; i < 6; ++i) hosts.a.send_to(hosts.now, socket, Frame(900, i), {address_b, 53});
  CHECK(hosts.a.counters().dropped(DropReason::neighbor_queue_full) == 1);
  CHECK(all_frames(hosts.a, hosts.now).size() == 1);
  hosts.a.receive(hosts.now, hosts.on_a,
                  arp_frame({wire::ArpOperation::reply, mac_b, address_b, mac_a, address_a}, mac_a));
  const auto frames = all_frames(hosts.a, hosts.now);
  REQUIRE(frames.size() == 5);
  for (std::uint8_t i = 0; i < 5; ++i) {
    CHECK(frames[i].back() == i);
    CHECK(wire::parse_ethernet(frames[i]).header.destination == mac_b);
  }
}

TEST_CASE(
    "a request for us is answered, and its sender remembered; one for others only updates") {  // RFC 826
  TwoHosts hosts;
  const MacAddress mac_c{{2, 0, 0, 0, 0, 0xc}};
  hosts.a.receive(hosts.now, hosts.on_a,
                  arp_frame({wire::ArpOperation::request, mac_c, {10, 0, 0, 3}, {}, address_b}));
  CHECK_FALSE(next_frame(hosts.a, hosts.now));
  hosts.a.receive(hosts.now, hosts.on_a,
                  arp_frame({wire::ArpOperation::request, mac_b, address_b, {}, address_a}));
  const auto reply = next_frame(hosts.a, hosts.now);
  REQUIRE(reply);
  const auto arp = wire::parse_arp(wire::ByteView{*reply}.subspan(14));
  CHECK(arp.header.operation == wire::ArpOperation::reply);
  CHECK(arp.header.sender_mac == mac_a);
  CHECK(arp.header.target_mac == mac_b);

  const SocketId socket = hosts.a.udp_open();
  const auto sent_to = [&](Ipv4Address to) {
    hosts.a.send_to(hosts.now, socket, Frame(10), {to, 53});
    return next_frame(hosts.a, hosts.now).value();
  };
  CHECK(summarize(sent_to(address_b))->protocol == Protocol::udp);
  CHECK(summarize(sent_to({10, 0, 0, 3}))->protocol == Protocol::arp);

  hosts.now += 1s;
  all_frames(hosts.a, hosts.now);  // the next request
  hosts.a.receive(hosts.now, hosts.on_a,
                  arp_frame({wire::ArpOperation::request, mac_c, address_b, {}, {10, 0, 0, 9}}));
  CHECK_FALSE(next_frame(hosts.a, hosts.now));
  CHECK(wire::parse_ethernet(sent_to(address_b)).header.destination == mac_c);  // B has a new card
}

TEST_CASE("the ARP table keeps to its limit, and every place is used again") {
  Neighbors neighbors{{.entries = 3}};
  const auto neighbor = [](std::uint32_t n) { return Neighbor{InterfaceId{0}, Ipv4Address{n}}; };
  const Frame frame(100);
  Time now{};
  SECTION("places of neighbors that never answered") {
    for (int round = 0; round < 5; ++round) {
      for (std::uint32_t n = 1; n <= 4; ++n) {
        CHECK_FALSE(neighbors.resolve(now, neighbor(n)));
        CHECK(neighbors.park(neighbor(n), frame) == (n <= 3));  // the fourth finds no place
      }
      std::size_t failed = 0;
      for (int second = 0; second < 4; ++second, now += 1s) {
        while (const auto due = neighbors.next_due(now)) failed += due->failed.size();
      }
      CHECK(failed == 3);
      CHECK(neighbors.deadline() == end_of_time);
    }
  }
  SECTION("the one that was heard of least recently makes room") {
    for (std::uint32_t n = 1; n <= 3; ++n, now += 1s) neighbors.learn_unproven(now, neighbor(n), mac_b);
    neighbors.learn(now, neighbor(1), mac_b);
    neighbors.learn_unproven(now, neighbor(4), mac_b);
    CHECK(neighbors.resolve(now, neighbor(1)));
    CHECK(neighbors.resolve(now, neighbor(3)));
    CHECK(neighbors.resolve(now, neighbor(4)));
    CHECK_FALSE(neighbors.resolve(now, neighbor(2)));
  }
  SECTION("permanent ones stay") {
    for (std::uint32_t n = 1; n <= 4; ++n) neighbors.add_permanent(neighbor(n), mac_a);
    neighbors.learn_unproven(now, neighbor(5), mac_b);
    CHECK_FALSE(neighbors.resolve(now, neighbor(5)));
    CHECK_FALSE(neighbors.park(neighbor(5), frame));
    for (std::uint32_t n = 1; n <= 4; ++n) CHECK(neighbors.resolve(now, neighbor(n)) == mac_a);
  }
}

TEST_CASE("what waits for ARP leaves when the neighbor is configured") {
  TwoHosts hosts;
  const SocketId socket = hosts.a.udp_open();
  hosts.a.send_to(hosts.now, socket, Frame(10, 7), {address_b, 53});
  CHECK(all_frames(hosts.a, hosts.now).size() == 1);  // the request
  hosts.a.add_neighbor(hosts.on_a, address_b, mac_b);
  const auto frames = all_frames(hosts.a, hosts.now);
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].back() == 7);
  CHECK(wire::parse_ethernet(frames[0]).header.destination == mac_b);
}

TEST_CASE("what finds no room in the transmit queue is counted") {
  TwoHosts hosts{{.transmit_queue = 5000_B}};
  const auto full = [&] { return hosts.a.counters().dropped(DropReason::transmit_queue_full); };
  const SocketId socket = hosts.a.udp_open();
  for (std::uint8_t i = 0; i < 3; ++i) hosts.a.send_to(hosts.now, socket, Frame(1400), {address_b, 53});
  hosts.a.send_to(hosts.now, socket, Frame(1400), {{10, 0, 0, 255}, 53});
  hosts.a.send_to(hosts.now, socket, Frame(1400), {{10, 0, 0, 255}, 53});
  CHECK(full() == 0);
  SECTION("what waited for ARP") {
    hosts.a.add_neighbor(hosts.on_a, address_b, mac_b);
    CHECK(full() == 2);
  }
  SECTION("an answer to ARP") {
    hosts.a.send_to(hosts.now, socket, Frame(1400), {{10, 0, 0, 255}, 53});
    hosts.a.send_to(hosts.now, socket, Frame(500), {{10, 0, 0, 255}, 53});
    hosts.a.receive(hosts.now, hosts.on_a,
                    arp_frame({wire::ArpOperation::request, mac_b, address_b, {}, address_a}));
    CHECK(full() == 4);  // and the three that waited
  }
}

TEST_CASE("fragments of one datagram have one identification, the next one's another") {  // RFC 6864
  TwoHosts hosts;
  hosts.a.add_neighbor(hosts.on_a, address_b, mac_b);
  const SocketId socket = hosts.a.udp_open();
  const auto identification = [&] {
    hosts.a.send_to(hosts.now, socket, Frame(2000), {address_b, 53});
    const auto pieces = all_frames(hosts.a, hosts.now);
    REQUIRE(pieces.size() == 2);
    CHECK(ip_of(pieces[0]).header.identification == ip_of(pieces[1]).header.identification);
    return ip_of(pieces[0]).header.identification;
  };
  const auto first = identification();
  CHECK(identification() != first);
}

TEST_CASE("the longest prefix wins") {
  Routes routes;
  routes.add({Ipv4Address{}, 0}, InterfaceId{0}, Ipv4Address{1, 1, 1, 1});
  routes.add({{10, 0, 0, 0}, 8}, InterfaceId{1}, std::nullopt);
  routes.add({{10, 1, 2, 3}, 32}, InterfaceId{3}, std::nullopt);
  routes.add({{10, 1, 0, 0}, 16}, InterfaceId{2}, std::nullopt);
  CHECK(routes.lookup({10, 1, 2, 3})->out == InterfaceId{3});
  CHECK(routes.lookup({10, 1, 2, 4})->out == InterfaceId{2});
  CHECK(routes.lookup({10, 2, 2, 4})->out == InterfaceId{1});
  CHECK(routes.lookup({10, 2, 2, 4})->address == Ipv4Address{10, 2, 2, 4});
  CHECK(routes.lookup({11, 0, 0, 1})->address == Ipv4Address{1, 1, 1, 1});
}

TEST_CASE("a router takes one hop off and keeps the checksum right") {
  Routed net;
  const SocketId client = net.client.udp_open(), server = net.server.udp_open();
  net.server.bind(server, {{}, 53});
  net.client.send_to(net.now, client, Frame(100), {{10, 0, 2, 9}, 53});
  net.exchange();
  CHECK(net.server.readable(server) == 100);
  CHECK(net.router.counters().forwarded == 1);
  net.client.send_to(net.now, client, Frame(100), {{10, 0, 2, 9}, 53});
  net.exchange();
  CHECK(net.forwarded.sent);  // ARP is done: in place now
  CHECK(net.forwarded.out == net.far);

  net.client.send_to(net.now, client, Frame(100), {{10, 0, 2, 9}, 53});
  Frame frame = next_frame(net.client, net.now).value();
  CHECK(ip_of(frame).header.ttl == 64);
  REQUIRE(net.router.receive(net.now, net.near, frame).verdict == Verdict::forward);
  REQUIRE(net.router.forward(net.now, net.near, frame).sent);
  REQUIRE(ip_of(frame));  // its checksum is right
  CHECK(ip_of(frame).header.ttl == 63);
  const auto ethernet = wire::parse_ethernet(frame).header;
  CHECK(ethernet.destination == mac_b);
  CHECK(ethernet.source == MacAddress{{2, 0, 0, 0, 2, 1}});
}

TEST_CASE("a hop limit of one ends at the router, which says so") {
  Routed net;
  net.router.add_neighbor(net.near, {10, 0, 1, 9}, mac_a);
  Frame frame = ip_frame(
      {{2, 0, 0, 0, 1, 1}}, mac_a,
      {.ttl = 1, .protocol = wire::IpProtocol::udp, .source = {10, 0, 1, 9}, .destination = {10, 0, 2, 9}},
      Frame(8));
  REQUIRE(net.router.receive(net.now, net.near, frame).verdict == Verdict::forward);
  CHECK(net.router.forward(net.now, net.near, frame).reason == DropReason::ttl_exceeded);
  const auto error = next_frame(net.router, net.now);
  REQUIRE(error);
  CHECK(ip_of(*error).header.source == Ipv4Address{10, 0, 1, 1});
  CHECK(wire::parse_icmp(ip_of(*error).payload).header.type == wire::IcmpType::time_exceeded);
}

TEST_CASE("a host that does not answer ARP is reported by the router") {
  Routed net;
  const SocketId client = net.client.udp_open();
  net.client.send_to(net.now, client, Frame(10), {{10, 0, 2, 77}, 53});
  net.exchange();
  for (int i = 0; i < 3; ++i) net.now += 1s, net.exchange();
  CHECK(net.router.counters().icmp_errors_out == 1);
  CHECK(net.router.counters().dropped(DropReason::neighbor_unreachable) == 1);
}

TEST_CASE("a router fragments UDP, and TCP learns the path's MTU") {  // RFC 1812 section 4.2.2.7, RFC 1191
  Routed net{1000};
  SECTION("UDP") {
    const SocketId client = net.client.udp_open(), server = net.server.udp_open();
    net.server.bind(server, {{}, 53});
    net.client.send_to(net.now, client, Frame(3000, 9), {{10, 0, 2, 9}, 53});
    net.exchange();
    CHECK(net.server.readable(server) == 3000);
    CHECK(net.router.counters().fragments_out == 4);  // 1480 in two, twice; the last 48 octets fit
  }
  SECTION("TCP") {
    const auto listener = net.server.tcp_listen({{}, 80}, 1);
    const auto client = net.client.tcp_connect(net.now, {{10, 0, 2, 9}, 80});
    net.exchange();
    const auto server = net.server.accept(*listener);
    REQUIRE(server);
    CHECK(net.client.tcp_info(*client).mss == 1448);
    net.client.send(net.now, *client, Frame(20'000));
    net.exchange();
    net.now += 40ms;  // the last small segment waits for a delayed ACK
    net.exchange();
    CHECK(net.client.tcp_info(*client).mss == 948);
    CHECK(net.client.tcp_info(*client).timeouts == 0);
    CHECK(net.server.readable(*server) == 20'000);
    CHECK(net.router.counters().dropped(DropReason::fragmentation_needed) > 0);
  }
}

TEST_CASE(
    "TCP follows a path down to 552 octets, and lets routers divide what is too long for a narrower one") {
  // ip_rt_min_pmtu, ip_dont_fragment()
  const int mtu = GENERATE(300, 68);
  Routed net{mtu};
  const auto listener = net.server.tcp_listen({{}, 80}, 1);
  const auto client = net.client.tcp_connect(net.now, {{10, 0, 2, 9}, 80});
  net.exchange();
  const auto server = net.server.accept(*listener);
  REQUIRE(server);
  net.client.send(net.now, *client, Frame(20'000));
  net.exchange();
  // Segments that are smaller than any that a receiver expects are acknowledged late.
  for (int i = 0; i < 100; ++i) {
    net.now += 40ms;
    net.exchange();
  }
  CHECK(net.client.tcp_info(*client).mss == 552 - 52);
  CHECK(net.router.counters().fragments_out > 0);
  CHECK(net.client.tcp_info(*client).timeouts == 0);
  CHECK(net.server.readable(*server) == 20'000);
}

TEST_CASE("a link of the least MTU carries UDP and TCP, loss included") {
  TwoHosts hosts{{}, 68};
  const auto listener = hosts.b.tcp_listen({{}, 80}, 1);
  const auto client = hosts.a.tcp_connect(hosts.now, {address_b, 80});
  hosts.exchange();
  const auto server = hosts.b.accept(*listener);
  REQUIRE(server);
  hosts.a.send(hosts.now, *client, Frame(1000));
  REQUIRE(next_frame(hosts.a, hosts.now));  // lost, as is the third: two SACK blocks come back
  hosts.b.receive(hosts.now, hosts.on_b, next_frame(hosts.a, hosts.now).value());
  REQUIRE(next_frame(hosts.a, hosts.now));
  for (int i = 0; i < 10; ++i, hosts.now += 40ms) hosts.exchange();  // delayed ACKs
  CHECK(hosts.b.readable(*server) == 1000);
  CHECK(hosts.a.tcp_info(*client).timeouts == 0);
  CHECK(hosts.a.counters().fragments_out + hosts.b.counters().fragments_out >
        0);  // no segment is smaller than tcp_min_snd_mss
  const SocketId from = hosts.a.udp_open(), to = hosts.b.udp_open();
  hosts.b.bind(to, {{}, 53});
  hosts.a.send_to(hosts.now, from, Frame(1000), {address_b, 53});
  hosts.exchange();
  CHECK(hosts.b.readable(to) == 1000);
}

TEST_CASE("a router that names no MTU is taken to mean 552") {  // RFC 1191 section 5, ip_rt_min_pmtu
  TwoHosts hosts;
  const auto listener = hosts.b.tcp_listen({{}, 80}, 1);
  const auto client = hosts.a.tcp_connect(hosts.now, {address_b, 80});
  hosts.exchange();
  REQUIRE(hosts.b.accept(*listener));
  hosts.a.send(hosts.now, *client, Frame(1000));
  const Frame large = next_frame(hosts.a, hosts.now).value();
  Frame message(8 + 28);
  std::copy_n(large.begin() + 14, 28, message.begin() + 8);
  const std::uint16_t mtu = GENERATE(std::uint16_t{0}, std::uint16_t{67});
  wire::write(message, wire::IcmpHeader{.type = wire::IcmpType::destination_unreachable,
                                        .code = wire::unreachable::fragmentation_needed,
                                        .sequence = mtu});
  const wire::Ipv4Header header{
      .ttl = 64, .protocol = wire::IpProtocol::icmp, .source = address_b, .destination = address_a};
  hosts.a.receive(hosts.now, hosts.on_a, ip_frame(mac_a, mac_b, header, message));
  CHECK(hosts.a.tcp_info(*client).mss == 552 - 52);
}

TEST_CASE("no packet comes from a group, a broadcast or a loopback address") {  // RFC 1812 section 5.3.7
  Routed net;
  const auto receive = [&](Ipv4Address source, Ipv4Address to) {
    const wire::Ipv4Header header{
        .ttl = 9, .protocol = wire::IpProtocol{200}, .source = source, .destination = to};
    return net.router.receive(net.now, net.near, ip_frame({{2, 0, 0, 0, 1, 1}}, mac_a, header, Frame(8)));
  };
  const Ipv4Address source = GENERATE(Ipv4Address{127, 0, 0, 1}, Ipv4Address{10, 0, 1, 255},
                                      Ipv4Address{255, 255, 255, 255}, Ipv4Address{224, 0, 0, 1});
  CHECK(receive(source, {10, 0, 1, 1}).reason == DropReason::malformed);
  CHECK(receive(source, {10, 0, 2, 9}).reason == DropReason::malformed);
  CHECK(receive({10, 0, 1, 9}, {10, 0, 2, 9}).verdict == Verdict::forward);
  CHECK(receive({10, 0, 1, 9}, {127, 0, 0, 1}).verdict == Verdict::dropped);
  CHECK(receive({}, {10, 0, 2, 9}).verdict == Verdict::dropped);
}

TEST_CASE("TCP takes no segment from nowhere, whatever listens") {
  TwoHosts hosts;
  REQUIRE(hosts.a.tcp_listen({address_a, 80}, 1));
  Frame segment(wire::TcpHeader::size);
  wire::write(segment, wire::TcpHeader{.destination_port = 80, .flags = {.syn = true}}, {}, address_a);
  const wire::Ipv4Header header{.ttl = 9, .protocol = wire::IpProtocol::tcp, .destination = address_a};
  CHECK(hosts.a.receive(hosts.now, hosts.on_a, ip_frame(mac_a, mac_b, header, segment)).reason ==
        DropReason::malformed);
}

TEST_CASE("a directed broadcast ends at the router") {  // RFC 2644
  Routed net;
  const wire::Ipv4Header header{
      .ttl = 9, .protocol = wire::IpProtocol::udp, .source = {10, 0, 1, 9}, .destination = {10, 0, 2, 255}};
  Frame frame = ip_frame({{2, 0, 0, 0, 1, 1}}, mac_a, header, Frame(8));
  REQUIRE(net.router.receive(net.now, net.near, frame).verdict == Verdict::forward);
  const Forwarded forwarded = net.router.forward(net.now, net.near, frame);
  CHECK_FALSE(forwarded.sent);
  CHECK(forwarded.reason == DropReason::not_for_us);
  CHECK_FALSE(next_frame(net.router, net.now));
}

TEST_CASE("a link's broadcast with a single host's address is for nobody") {  // RFC 1122 section 3.3.6
  TwoHosts hosts;
  hosts.b.add_neighbor(hosts.on_b, address_a, mac_a);
  const SocketId server = hosts.b.udp_open();
  hosts.b.bind(server, {{}, 53});
  const auto port = GENERATE(std::uint16_t{53}, std::uint16_t{54});
  Frame datagram(wire::UdpHeader::size);
  wire::write(datagram, wire::UdpHeader{1000, port}, address_a, address_b);
  const wire::Ipv4Header header{
      .ttl = 9, .protocol = wire::IpProtocol::udp, .source = address_a, .destination = address_b};
  const Received received =
      hosts.b.receive(hosts.now, hosts.on_b, ip_frame(broadcast_mac, mac_a, header, datagram));
  CHECK(received.reason == DropReason::not_for_us);
  CHECK(hosts.b.counters().icmp_errors_out == 0);
}

TEST_CASE("fragments in any order make one datagram") {
  Frame payload(100);
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<std::uint8_t>(i);
  const wire::Ipv4Header header{.identification = 7,
                                .ttl = 64,
                                .protocol = wire::IpProtocol::udp,
                                .source = address_a,
                                .destination = address_b};
  Reassembly reassembly{{}};
  const auto add = [&](std::uint16_t offset, std::size_t size, bool more) {
    wire::Ipv4Header fragment = header;
    fragment.fragment_offset = offset;
    fragment.more_fragments = more;
    return reassembly.add({}, fragment, wire::ByteView{payload}.subspan(offset, size));
  };
  SECTION("reversed, with one that comes twice") {
    CHECK_FALSE(add(80, 20, false).packet);
    CHECK_FALSE(add(40, 40, true).packet);
    CHECK_FALSE(add(40, 40, true).packet);
    const auto result = add(0, 40, true);
    REQUIRE(result.packet);
    const auto whole = wire::parse_ipv4(*result.packet);
    REQUIRE(whole);
    CHECK_FALSE(whole.header.fragment());
    CHECK(Frame(whole.payload.begin(), whole.payload.end()) == payload);
    CHECK(reassembly.deadline() == end_of_time);
  }
  SECTION("what comes a second time changes nothing") {
    const Frame whole = payload;
    add(0, 40, true);
    add(40, 40, true);
    payload.assign(payload.size(), 0xee);
    add(40, 40, true);
    add(8, 16, true);  // within what arrived
    payload = whole;
    const auto result = add(80, 20, false);
    REQUIRE(result.packet);
    const auto packet = wire::parse_ipv4(*result.packet);
    CHECK(Frame(packet.payload.begin(), packet.payload.end()) == whole);
  }
  SECTION("an overlap spoils it") {
    add(0, 40, true);
    CHECK(add(32, 40, true).reason == DropReason::malformed);
    CHECK(reassembly.deadline() == end_of_time);
  }
  SECTION("a piece of no multiple of eight, or beyond 65535, is refused") {
    CHECK(add(0, 41, true).reason == DropReason::malformed);
    wire::Ipv4Header fragment = header;
    fragment.fragment_offset = 65528;
    CHECK(reassembly.add({}, fragment, payload).reason == DropReason::malformed);
  }
  SECTION("the end may not move") {
    add(80, 20, false);
    CHECK(add(40, 16, false).reason == DropReason::malformed);
  }
}

TEST_CASE("an incomplete datagram expires after 30 seconds, with an ICMP error if its first part came") {
  TwoHosts hosts;
  hosts.b.add_neighbor(hosts.on_b, address_a, mac_a);
  const std::uint16_t offset = GENERATE(std::uint16_t{0}, std::uint16_t{800});
  const Frame frame = ip_frame(mac_b, mac_a,
                               {.identification = 1,
                                .more_fragments = true,
                                .fragment_offset = offset,
                                .ttl = 64,
                                .protocol = wire::IpProtocol::udp,
                                .source = address_a,
                                .destination = address_b},
                               Frame(80));
  CHECK(hosts.b.receive(hosts.now, hosts.on_b, frame).verdict == Verdict::consumed);
  CHECK(hosts.b.deadline() == hosts.now + 30s);
  hosts.now += 30s;
  const auto error = next_frame(hosts.b, hosts.now);
  CHECK(error.has_value() == (offset == 0));
  CHECK(hosts.b.counters().dropped(DropReason::fragment_timeout) == 1);
}

TEST_CASE("memory for fragments is bounded") {
  Reassembly reassembly{{.memory = 1000_B, .datagrams = 3}};
  const auto first_of = [&](std::uint16_t identification, std::size_t size) {
    return reassembly.add({}, {.identification = identification, .more_fragments = true}, Frame(size)).reason;
  };
  CHECK(first_of(1, 800) == DropReason::none);
  CHECK(first_of(2, 800) == DropReason::fragment_memory);
  CHECK(first_of(3, 80) == DropReason::none);
  CHECK(first_of(4, 8) == DropReason::none);
  CHECK(first_of(5, 8) == DropReason::fragment_memory);
}

TEST_CASE("frames for other stations, unknown types and truncated ones are dropped by name") {
  TwoHosts hosts;
  Frame frame(60);
  const auto reason = [&](MacAddress to, wire::EtherType type) {
    wire::write(frame, wire::EthernetHeader{to, mac_b, type});
    return hosts.a.receive(hosts.now, hosts.on_a, frame).reason;
  };
  CHECK(reason(mac_b, wire::EtherType::ipv4) == DropReason::not_for_us);
  CHECK(reason(mac_a, wire::EtherType{0x88cc}) == DropReason::unknown_protocol);
  CHECK(reason(mac_a, wire::EtherType::ipv4) == DropReason::malformed);
  CHECK(hosts.a.receive(hosts.now, hosts.on_a, Frame(13)).reason == DropReason::malformed);
  CHECK(to_string(DropReason::not_for_us) == "not for us");
  CHECK(to_string(DropReason::transmit_queue_full) == "transmit queue full");
}

}  // namespace ringside::net::test
