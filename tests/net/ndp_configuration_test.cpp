// A host that comes to its addresses and routers by itself: RFC 4862, RFC 4861 section 6.3.
#include "catch.hpp"
#include "ndp_bench.hpp"

namespace ringside::net::test {
namespace {

constexpr IpAddress own_link_local = IpAddress::ipv6({0xfe80, 0, 0, 0, 0, 0x00ff, 0xfe00, 0xa}),
                    own_global = IpAddress::ipv6({0x2001, 0xdb8, 0, 0, 0, 0x00ff, 0xfe00, 0xa}),
                    router = IpAddress::ipv6({0xfe80, 0, 0, 0, 0, 0, 0, 1}),
                    far = IpAddress::ipv6({0x2001, 0xdb8, 9}),
                    all_nodes_group = IpAddress::ipv6({0xff02, 0, 0, 0, 0, 0, 0, 1});
constexpr MacAddress router_mac{{2, 0, 0, 0, 0, 1}};

// What a router says, option by option.
struct RouterSays {
  std::uint16_t lifetime = 1800;
  std::uint8_t hop_limit = 0;
  std::optional<std::uint32_t> mtu{};
  std::uint32_t reachable_ms = 0, retransmit_ms = 0;
  struct Prefix {
    std::uint32_t valid = 7200, preferred = 3600;
    int length = 64;
    std::uint8_t flags = 0xc0;  // on-link, autonomous
  };
  std::optional<Prefix> prefix{};
  IpAddress from = router;
  std::uint8_t packet_hop_limit = 255;

  Frame message() const {
    Frame frame(16);
    wire::store32(frame, 4, std::uint32_t{hop_limit} << 24 | lifetime);
    wire::store32(frame, 8, reachable_ms);
    wire::store32(frame, 12, retransmit_ms);
    frame.insert(frame.end(), {1, 1});  // the router's link-layer address
    frame.insert(frame.end(), router_mac.octets.begin(), router_mac.octets.end());
    if (mtu) add({5, 1, 0, 0}, {*mtu}, frame);
    if (prefix)
      add({3, 4, static_cast<std::uint8_t>(prefix->length), prefix->flags},
          {prefix->valid, prefix->preferred, 0, 0x20010db8, 0, 0, 0}, frame);
    wire::write(frame, {wire::Icmpv6Type::router_advertisement, 0, wire::load32(frame, 4)}, from,
                all_nodes_group);
    return frame;
  }

 private:
  static void add(std::initializer_list<std::uint8_t> octets, std::initializer_list<std::uint32_t> words,
                  Frame& frame) {
    frame.insert(frame.end(), octets);
    for (const std::uint32_t word : words) {
      frame.resize(frame.size() + 4);
      wire::store32(frame, frame.size() - 4, word);
    }
  }
};

struct Host : NdpHost {
  explicit Host(const StackConfig& config = {}) : NdpHost{config} {}
  Received hear(const RouterSays& says) {
    return send(says.from, all_nodes_group, says.packet_hop_limit, says.message());
  }
  // With its address of the link, while it looks for routers.
  void begin() {
    stack.autoconfigure(now, on);
    wait(1s);
    sent();
    REQUIRE(stack.owns(own_link_local));
  }
  std::optional<IpAddress> source_to(const IpAddress& to) const {
    const auto way = stack.way_to(to);
    return way ? std::optional{way->source} : std::nullopt;
  }
};

}  // namespace

TEST_CASE("an interface takes an address of its link that nobody else has, and looks for routers") {
  Host a;
  a.stack.autoconfigure(a.now, a.on);
  CHECK(a.sent() ==
        Trace{":: > ff02::16 joins ff02::1:ff00:a", ":: > ff02::1:ff00:a who has fe80::ff:fe00:a"});
  CHECK_FALSE(a.stack.owns(own_link_local));
  CHECK(a.wait(999ms).empty());
  CHECK(a.wait(1ms) == Trace{"fe80::ff:fe00:a > ff02::2 routers?"});
  CHECK(a.stack.owns(own_link_local));
  CHECK(a.wait(20s) == Trace{"fe80::ff:fe00:a > ff02::2 routers?", "fe80::ff:fe00:a > ff02::2 routers?"});
}

TEST_CASE("an address that another has is given up") {  // RFC 4862 section 5.4.5
  Host a;
  a.stack.autoconfigure(a.now, a.on);
  a.sent();
  SECTION("another says that it has it") {
    a.advertise({.target = own_link_local, .destination = all_nodes_group, .solicited = false});
  }
  SECTION("another looks for it at the same time") {
    a.solicit({.target = own_link_local, .source = {}, .link = std::nullopt});
  }
  CHECK(a.stack.counters().duplicate_addresses == 1);
  CHECK(a.wait(10s) == Trace{":: > ff02::16 leaves ff02::1:ff00:a"});
  CHECK_FALSE(a.stack.owns(own_link_local));
}

TEST_CASE("a tentative address is nobody's: it is not answered for") {
  Host a;
  a.stack.autoconfigure(a.now, a.on);
  a.sent();
  a.solicit({.target = own_link_local});
  CHECK(a.sent().empty());
}

TEST_CASE("a router's prefix makes an address, and the router the way to everywhere else") {
  Host a;
  a.begin();
  CHECK_FALSE(a.source_to(far));
  a.hear({.prefix = RouterSays::Prefix{}});
  CHECK(a.wait(1s) == Trace{"fe80::ff:fe00:a > ff02::16 joins ff02::1:ff00:a",
                            ":: > ff02::1:ff00:a who has 2001:db8::ff:fe00:a"});
  CHECK(a.source_to(far) == own_global);
  CHECK(a.wait(10s).empty());  // nobody is asked for routers any more
  REQUIRE(a.stack.ping(a.now, far, 1, 1, 0));
  const auto frames = all_frames(a.stack, a.now);
  REQUIRE(frames.size() == 1);
  CHECK(wire::parse_ethernet(frames[0]).header.destination == router_mac);
  CHECK(text_of(frames[0]) == "2001:db8::ff:fe00:a > 2001:db8:9:: echo request");
}

TEST_CASE("on-link without autonomous makes a way and no address, and the other way round") {
  Host a;
  a.begin();
  const IpAddress neighbor = IpAddress::ipv6({0x2001, 0xdb8, 0, 0, 0, 0, 0, 7});
  SECTION("on-link") {
    a.hear({.lifetime = 0, .prefix = RouterSays::Prefix{.flags = 0x80}});
    a.wait(1s);
    CHECK(a.source_to(neighbor) == own_link_local);
    CHECK_FALSE(a.stack.owns(own_global));
  }
  SECTION("autonomous") {
    a.hear({.lifetime = 0, .prefix = RouterSays::Prefix{.flags = 0x40}});
    a.wait(2s);
    CHECK_FALSE(a.source_to(neighbor));
    CHECK(a.stack.owns(own_global));
  }
}

TEST_CASE("lifetimes end") {  // RFC 4862 section 5.5.4, RFC 4861 section 6.3.5
  Host a;
  a.begin();
  a.hear({.lifetime = 100, .prefix = RouterSays::Prefix{.valid = 50, .preferred = 20}});
  a.wait(49s);
  CHECK(a.stack.owns(own_global));
  CHECK(a.source_to(far) == own_global);  // deprecated, but there is no other of that scope
  a.wait(2s);
  CHECK_FALSE(a.stack.owns(own_global));
  CHECK(a.source_to(far) == own_link_local);
  a.wait(50s);
  CHECK_FALSE(a.source_to(far));
}

TEST_CASE("what is valid for longer than the clock goes is valid for ever") {
  Host a;
  a.begin();
  for (const std::uint32_t seconds : {0xfffffffeu, 0xffffffffu, 10'000'000u})
    a.hear({.prefix = RouterSays::Prefix{.valid = seconds, .preferred = seconds}});
  a.wait(std::chrono::hours{24 * 100});
  CHECK(a.stack.owns(own_global));
}

TEST_CASE("a router that says so is none any more") {  // RFC 4861 section 6.3.4
  Host a;
  a.begin();
  a.hear({});
  CHECK(a.source_to(far));
  a.hear({.lifetime = 0});
  CHECK_FALSE(a.source_to(far));
}

TEST_CASE("no single message ends an address within two hours") {  // RFC 4862 section 5.5.3 (e)
  Host a;
  a.begin();
  a.hear({.prefix = RouterSays::Prefix{.valid = 86400, .preferred = 86400}});
  a.wait(2s);
  a.hear({.prefix = RouterSays::Prefix{.valid = 1, .preferred = 1}});
  a.wait(7100s);
  CHECK(a.stack.owns(own_global));
  a.wait(200s);
  CHECK_FALSE(a.stack.owns(own_global));
}

TEST_CASE("the router's MTU and hop limit are the link's") {  // RFC 4861 section 6.3.4
  Host a;
  a.begin();
  a.hear({.hop_limit = 17, .mtu = 1400, .prefix = RouterSays::Prefix{}});
  a.wait(2s);
  CHECK(a.stack.way_to(far)->mtu == 1400);
  REQUIRE(a.stack.ping(a.now, far, 1, 1, 0));
  CHECK(wire::parse_ipv6(packet_of(all_frames(a.stack, a.now).at(0))).header.hop_limit == 17);
  a.hear({.mtu = 1000});  // less than IPv6 allows
  CHECK(a.stack.way_to(far)->mtu == 1400);
}

TEST_CASE("the router's times are the link's") {  // RFC 4861 section 6.3.4
  Host a;
  a.begin();
  const IpAddress neighbor = IpAddress::ipv6({0xfe80, 0, 0, 0, 0, 0, 0, 7});
  const std::string asks = "fe80::ff:fe00:a > ff02::1:ff00:7 who has fe80::7, from 02:00:00:00:00:0a";
  a.hear({.reachable_ms = 2000, .retransmit_ms = 300});
  REQUIRE(a.stack.ping(a.now, neighbor, 1, 1, 0));
  CHECK(a.wait(700ms) == Trace{asks, asks, asks});
  a.hear({});  // which says nothing of it
  a.advertise({.target = neighbor, .destination = own_link_local});
  CHECK(a.sent() == Trace{"fe80::ff:fe00:a > fe80::7 echo request"});
  a.wait(2500ms);
  REQUIRE(a.stack.ping(a.now, neighbor, 1, 1, 0));
  a.sent();
  CHECK(a.wait(5100ms) == Trace{"fe80::ff:fe00:a > fe80::7 who has fe80::7, from 02:00:00:00:00:0a"});
}

namespace {

// What a router says of a better first hop: RFC 4861 section 4.5, with the target's link-layer address.
Frame redirect_message(const IpAddress& from, const IpAddress& target, const IpAddress& destination,
                       MacAddress link) {
  Frame message(8 + 32 + 8);
  wire::store_ipv6_address(message, 8, target);
  wire::store_ipv6_address(message, 24, destination);
  message[40] = 2, message[41] = 1;
  wire::store_mac(message, 42, link);
  wire::write(message, {wire::Icmpv6Type::redirect, 0, 0}, from, own_link_local);
  return message;
}

}  // namespace

TEST_CASE("a redirect is followed, to another router or to who is on the link") {  // section 8.3
  Host a;
  a.begin();
  a.hear({.prefix = RouterSays::Prefix{}});
  a.wait(2s);
  constexpr MacAddress mac_c{{2, 0, 0, 0, 0, 0xc}};
  const IpAddress second = IpAddress::ipv6({0xfe80, 0, 0, 0, 0, 0, 0, 2});
  const auto hop = [&] {
    REQUIRE(a.stack.ping(a.now, far, 1, 1, 0));
    return wire::parse_ethernet(all_frames(a.stack, a.now).at(0)).header.destination;
  };
  CHECK(hop() == router_mac);
  const IpAddress target = GENERATE_COPY(second, far);
  SECTION("by the router that is asked") {
    CHECK(a.send(router, own_link_local, 255, redirect_message(router, target, far, mac_c)).verdict ==
          Verdict::consumed);
    CHECK(hop() == mac_c);
  }
  SECTION("by another") {
    a.send(second, own_link_local, 255, redirect_message(second, target, far, mac_c));
    CHECK(hop() == router_mac);
  }
  SECTION("from beyond the link") {
    CHECK(a.send(router, own_link_local, 254, redirect_message(router, target, far, mac_c)).reason ==
          DropReason::malformed);
    CHECK(hop() == router_mac);
  }
}

TEST_CASE("advertisements that are no router's") {  // RFC 4861 section 6.1.2
  Host a;
  a.begin();
  CHECK(a.hear({.packet_hop_limit = 254}).reason == DropReason::malformed);
  CHECK(a.hear({.from = far}).reason == DropReason::malformed);
  CHECK_FALSE(a.source_to(far));
}

TEST_CASE("a prefix of another length, or preferred for longer than it is valid, makes no address") {
  Host a;
  a.begin();
  a.hear({.prefix = RouterSays::Prefix{.length = 63}});
  a.hear({.prefix = RouterSays::Prefix{.valid = 10, .preferred = 20}});
  a.wait(2s);
  CHECK_FALSE(a.stack.owns(own_global));
}

TEST_CASE("who asks for listeners hears of the groups, and what is at the host's own address") {  // RFC 3810
  Host a;
  a.begin();
  a.wait(20s);
  Frame query(28);
  wire::write(query, {wire::Icmpv6Type::listener_query, 0, 0}, router, all_nodes_group);
  a.send(router, all_nodes_group, 1, query);
  CHECK(a.sent() == Trace{"fe80::ff:fe00:a > ff02::16 listens to ff02::1:ff00:a"});
}

TEST_CASE("another router takes the place of one that is gone") {  // RFC 4861 section 6.3.6
  Host a;
  a.begin();
  const IpAddress second = IpAddress::ipv6({0xfe80, 0, 0, 0, 0, 0, 0, 2});
  a.hear({.prefix = RouterSays::Prefix{}});
  a.wait(2s);
  a.hear({.from = second});
  REQUIRE(a.stack.ping(a.now, far, 1, 1, 0));
  a.wait(10s);  // the first is asked in vain
  const auto hop = a.stack.way_to(far);
  REQUIRE(hop);
  REQUIRE(a.stack.ping(a.now, far, 1, 1, 0));
  CHECK(a.wait(6s).back() == "fe80::ff:fe00:a > fe80::2 who has fe80::2, from 02:00:00:00:00:0a");
}

}  // namespace ringside::net::test
