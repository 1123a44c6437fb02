// The life of an ARP entry, in RFC 4861's states as Linux has them, and RFC 5227: claims, announcements,
// defense.
#include "ringside/net/wire/arp.hpp"
#include "catch.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {
namespace {

constexpr MacAddress mac_c{{2, 0, 0, 0, 0, 0xc}};

Frame arp_frame(const wire::ArpPacket& packet, MacAddress to = broadcast_mac) {
  Frame frame(60);  // padded, as on the wire
  wire::write(frame, wire::EthernetHeader{to, packet.sender_mac, wire::EtherType::arp});
  wire::write(wire::ByteSpan{frame}.subspan(14), packet);
  return frame;
}

struct Asked {
  MacAddress to{};
  Ipv4Address sender{}, target{};
  bool operator==(const Asked&) const = default;
};
constexpr Asked asks_all{broadcast_mac, address_a, address_b}, asks_it{mac_b, address_a, address_b};

// Host A, and what it asks for.
struct Host {
  explicit Host(Ipv4Address address = address_a, const StackConfig& config = {}) : stack{config} {
    on = stack.add_interface({.mac = mac_a, .address = address});
    socket = stack.udp_open();
  }

  std::vector<Asked> asked() {
    std::vector<Asked> requests;
    for (const Frame& frame : all_frames(stack, now)) {
      const auto ethernet = wire::parse_ethernet(frame);
      if (ethernet.header.type != wire::EtherType::arp) continue;
      const auto arp = wire::parse_arp(ethernet.payload);
      CHECK(arp.header.operation == wire::ArpOperation::request);
      CHECK(arp.header.target_mac == MacAddress{});
      requests.push_back({ethernet.header.destination, arp.header.sender, arp.header.target});
    }
    return requests;
  }
  std::vector<Asked> wait(Duration time) {
    std::vector<Asked> requests;
    for (const Time end = now + time; now < end;) {
      const Time due = stack.deadline().value_or(end);
      now = std::min(std::max(due, now), end);
      if (due > end) break;
      for (const Asked& one : asked()) requests.push_back(one);
    }
    return requests;
  }
  void send_to_b() { stack.send_to(now, socket, Frame(10), {address_b, 53}); }
  void hear(const wire::ArpPacket& packet, MacAddress to = broadcast_mac) {
    stack.receive(now, on, arp_frame(packet, to));
  }
  void answer() { hear({wire::ArpOperation::reply, mac_b, address_b, mac_a, address_a}, mac_a); }
  MacAddress way_to_b() {
    send_to_b();
    for (const Frame& frame : all_frames(stack, now))
      if (summarize(frame)->protocol == Protocol::udp) return wire::parse_ethernet(frame).header.destination;
    return {};
  }

  Stack stack;
  InterfaceId on{};
  SocketId socket{};
  Time now{};
};

}  // namespace

TEST_CASE("an old entry is used for five seconds, then it alone is asked, three times") {
  Host a;
  a.send_to_b();
  CHECK(a.asked() == std::vector{asks_all});
  a.answer();
  CHECK(a.wait(31s).empty());
  CHECK(a.way_to_b() == mac_b);
  CHECK(a.wait(4900ms).empty());
  CHECK(a.wait(2200ms) == std::vector{asks_it, asks_it, asks_it});
  CHECK(a.way_to_b() == mac_b);
  SECTION("it answers") {
    a.answer();
    CHECK(a.wait(20s).empty());
  }
  SECTION("it does not, and is unknown again") {
    CHECK(a.wait(1s).empty());
    a.send_to_b();
    CHECK(a.asked() == std::vector{asks_all});
  }
}

TEST_CASE("who asks is known, but not proved to be there") {  // arp_process(): NUD_STALE
  Host a;
  a.hear({wire::ArpOperation::request, mac_b, address_b, {}, address_a});
  all_frames(a.stack, a.now);
  CHECK(a.way_to_b() == mac_b);
  CHECK(a.wait(5100ms) == std::vector{asks_it});
}

TEST_CASE("a gratuitous ARP brings up to date what is known, at once, and adds nothing") {  // arp_is_garp()
  Host a;
  const auto [operation, target] = GENERATE(std::pair{wire::ArpOperation::request, MacAddress{}},
                                            std::pair{wire::ArpOperation::reply, mac_c});
  const wire::ArpPacket gratuitous{operation, mac_c, address_b, target, address_b};
  a.hear(gratuitous);
  a.send_to_b();
  CHECK(a.asked() == std::vector{asks_all});
  a.answer();
  CHECK(a.way_to_b() == mac_b);
  a.hear(gratuitous);
  CHECK(a.way_to_b() == mac_c);
}

TEST_CASE("of several that answer the first is believed, for a second") {  // arp_process(), LOCKTIME
  Host a;
  a.send_to_b();
  a.asked();
  a.answer();
  const auto [target_mac, target] = GENERATE(std::pair{mac_a, address_a}, std::pair{MacAddress{}, address_b});
  const wire::ArpPacket other{wire::ArpOperation::reply, mac_c, address_b, target_mac, target};
  a.hear(other, mac_a);
  CHECK(a.way_to_b() == mac_b);
  a.now += 1s;
  a.hear(other, mac_a);
  CHECK(a.way_to_b() == mac_c);
}

TEST_CASE("an address is claimed by three probes and announced twice") {  // RFC 5227 sections 2.1 and 2.3
  Host a{Ipv4Address{}};
  a.stack.claim_address(a.now, a.on, address_a, 24);
  const Asked probe{broadcast_mac, {}, address_a}, announcement{broadcast_mac, address_a, address_a};
  CHECK(a.wait(2s) == std::vector{probe, probe, probe});
  CHECK_FALSE(a.stack.owns(address_a));
  CHECK(a.wait(1900ms).empty());
  CHECK(a.wait(100ms) == std::vector{announcement});
  CHECK(a.stack.owns(address_a));
  CHECK(a.wait(60s) == std::vector{announcement});
  CHECK(a.stack.way_to(address_b)->source == address_a);
}

TEST_CASE("a probe for which there is no room asks nobody, and leaves later") {
  Host a{Ipv4Address{}, {.transmit_queue = 256_B}};
  const InterfaceId other = a.stack.add_interface({.mac = mac_c, .address = {10, 0, 9, 1}});
  while (a.stack.counters().dropped(DropReason::transmit_queue_full) == 0) a.stack.announce(other);
  a.stack.claim_address(a.now, a.on, address_a, 24);
  all_frames(a.stack, a.now);
  const Asked probe{broadcast_mac, {}, address_a};
  CHECK(a.wait(3100ms) == std::vector{probe, probe, probe});
}

TEST_CASE("a claimed address that another has, or wants, is not taken") {  // section 2.1.1
  Host a{Ipv4Address{}};
  a.stack.claim_address(a.now, a.on, address_a, 24);
  a.wait(1s);
  SECTION("it is in use") { a.hear({wire::ArpOperation::reply, mac_c, address_a, mac_a, {}}, mac_a); }
  SECTION("another probes for it") { a.hear({wire::ArpOperation::request, mac_c, {}, {}, address_a}); }
  CHECK(a.wait(60s).empty());
  CHECK_FALSE(a.stack.owns(address_a));
  CHECK(a.stack.counters().duplicate_addresses == 1);
}

TEST_CASE("an address is defended, once in ten seconds, and its thief not believed") {  // section 2.4
  Host a;
  const Asked announcement{broadcast_mac, address_a, address_a};
  const auto steal = [&] { a.hear({wire::ArpOperation::request, mac_c, address_a, {}, address_a}); };
  steal();
  CHECK(a.asked() == std::vector{announcement});
  steal();
  CHECK(a.asked().empty());
  a.now += 10s;
  steal();
  CHECK(a.asked() == std::vector{announcement});
  CHECK(a.stack.owns(address_a));
}

TEST_CASE("a probe for our address is answered") {  // section 2.1.1: so that the other does not take it
  Host a;
  a.hear({wire::ArpOperation::request, mac_c, {}, {}, address_a});
  const auto reply = next_frame(a.stack, a.now);
  REQUIRE(reply);
  const auto arp = wire::parse_arp(wire::ByteView{*reply}.subspan(14));
  CHECK(arp.header.operation == wire::ArpOperation::reply);
  CHECK(arp.header.sender == address_a);
  CHECK(arp.header.target_mac == mac_c);
}

TEST_CASE("what TCP has acknowledged proves that a neighbor is there") {  // Linux sk_dst_confirm()
  TwoHosts hosts;
  const auto listener = hosts.b.tcp_listen({{}, 80}, 1);
  const auto client = hosts.a.tcp_connect(hosts.now, {address_b, 80});
  hosts.exchange();
  const auto server = hosts.b.accept(*listener);
  REQUIRE(server);
  const auto all_tcp = [&] {
    for (const Summary& seen : hosts.exchange()) CHECK(seen.protocol == Protocol::tcp);
  };
  hosts.now += 31s;
  hosts.a.send(hosts.now, *client, Frame(10));
  hosts.b.send(hosts.now, *server, Frame(10));
  all_tcp();
  hosts.now += 40ms;  // the last acknowledgement
  all_tcp();
  hosts.now += 6s;
  all_tcp();
}

}  // namespace ringside::net::test
