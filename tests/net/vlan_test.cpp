// IEEE 802.1Q: an interface of a virtual LAN, and a router between two.
#include "catch.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {
namespace {

VlanTags tags(std::initializer_list<VlanTag> list) {
  VlanTags all;
  for (const VlanTag& tag : list) all.tag[all.count++] = tag;
  return all;
}

struct OnLan {
  explicit OnLan(const VlanTags& of_a, const VlanTags& of_b) {
    on_a = a.add_interface({.mac = mac_a, .address = address_a, .vlan = of_a});
    on_b = b.add_interface({.mac = mac_b, .address = address_b, .vlan = of_b});
    b.bind(server, {{}, 53});
  }
  Frame datagram() {
    a.add_neighbor(on_a, address_b, mac_b);
    a.send_to(now, a.udp_open(), Frame(100, 7), {address_b, 53});
    return next_frame(a, now).value();
  }

  Stack a, b;
  InterfaceId on_a{}, on_b{};
  SocketId server = b.udp_open();
  Time now{};
};

}  // namespace

TEST_CASE("a frame of a virtual LAN has its tag between the addresses and the type") {
  const VlanTags lan = tags({{.id = 100, .priority = 5}});
  OnLan hosts{lan, lan};
  const Frame frame = hosts.datagram();
  CHECK(frame.size() == 14 + 4 + 20 + 8 + 100);
  CHECK(wire::load32(frame, 12) == 0x8100'a064);
  CHECK(wire::load16(frame, 16) == 0x0800);
  const auto seen = summarize(frame);
  REQUIRE(seen);
  CHECK(seen->protocol == Protocol::udp);
  CHECK(seen->destination_port == 53);
  CHECK(hosts.b.receive(hosts.now, hosts.on_b, frame).payload_bytes == 100);
}

TEST_CASE("two tags: the outer one is the provider's") {  // IEEE 802.1ad
  const VlanTags lan = tags({{.id = 7}, {.id = 100}});
  OnLan hosts{lan, lan};
  const Frame frame = hosts.datagram();
  CHECK(wire::load32(frame, 12) == 0x88a8'0007);
  CHECK(wire::load32(frame, 16) == 0x8100'0064);
  CHECK(hosts.b.receive(hosts.now, hosts.on_b, frame).payload_bytes == 100);
}

TEST_CASE("what is of another LAN is dropped, whatever its address") {
  const VlanTags ours = tags({{.id = 100}});
  const auto theirs = GENERATE(VlanTags{}, tags({{.id = 101}}), tags({{.id = 100}, {.id = 100}}));
  OnLan hosts{theirs, ours};
  const Received received = hosts.b.receive(hosts.now, hosts.on_b, hosts.datagram());
  CHECK(received.verdict == Verdict::dropped);
  CHECK(received.reason == DropReason::other_vlan);
  CHECK(hosts.b.counters().dropped(DropReason::other_vlan) == 1);
}

TEST_CASE("a tag that has nothing but a priority is of no LAN") {  // IEEE 802.1Q section 6.9
  OnLan hosts{tags({{.id = 0, .priority = 3}}), {}};
  CHECK(hosts.b.receive(hosts.now, hosts.on_b, hosts.datagram()).payload_bytes == 100);
}

TEST_CASE("a tag that is cut off, and a third one, are malformed") {
  OnLan hosts{tags({{.id = 1}, {.id = 2}}), {}};
  Frame frame = hosts.datagram();
  SECTION("cut off") { frame.resize(16); }
  SECTION("a third") { wire::store16(frame, 20, 0x8100); }
  CHECK(hosts.b.receive(hosts.now, hosts.on_b, frame).reason == DropReason::malformed);
}

TEST_CASE("a router between virtual LANs takes one tag off and puts the other on") {
  const VlanTags near = tags({{.id = 10}}), far = GENERATE(tags({{.id = 20}}), VlanTags{});
  Stack router{{.forwarding = true}};
  const MacAddress mac_r{{2, 0, 0, 0, 0, 0xf}};
  const InterfaceId in = router.add_interface({.mac = mac_r, .address = {10, 0, 0, 254}, .vlan = near});
  const InterfaceId out = router.add_interface({.mac = mac_r, .address = {10, 0, 1, 254}, .vlan = far});
  router.add_neighbor(out, Ipv4Address{10, 0, 1, 9}, mac_b);
  Stack client;
  const InterfaceId on = client.add_interface({.mac = mac_a, .address = address_a, .vlan = near});
  client.add_route({}, 0, on, Ipv4Address{10, 0, 0, 254});
  client.add_neighbor(on, Ipv4Address{10, 0, 0, 254}, mac_r);
  client.send_to({}, client.udp_open(), Frame(100), {Ipv4Address{10, 0, 1, 9}, 53});
  Frame frame = next_frame(client, {}).value();

  REQUIRE(router.receive({}, in, frame).verdict == Verdict::forward);
  const Forwarded forwarded = router.forward({}, in, frame);
  CHECK_FALSE(forwarded.sent);  // a copy leaves
  CHECK(forwarded.reason == DropReason::none);
  const Frame sent = next_frame(router, {}).value();
  const auto inner = wire::read_tags(wire::parse_ethernet(sent));
  CHECK(inner.header.tags.count == far.count);
  if (far.count > 0) CHECK(inner.header.tags.tag[0].id == 20);
  CHECK(wire::parse_ethernet(sent).header.destination == mac_b);
  CHECK(wire::parse_ipv4(inner.header.payload).header.ttl == 63);
}

}  // namespace ringside::net::test
