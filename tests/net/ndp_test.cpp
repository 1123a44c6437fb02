// Neighbors that are looked for, found, and lost: RFC 4861 section 7.
#include <algorithm>

#include "catch.hpp"
#include "ndp_bench.hpp"

namespace ringside::net::test {
namespace {

constexpr const char* asks_all = "fd00::a > ff02::1:ff00:b who has fd00::b, from 02:00:00:00:00:0a";
constexpr const char* asks_it = "fd00::a > fd00::b who has fd00::b, from 02:00:00:00:00:0a";
constexpr const char* ping = "fd00::a > fd00::b echo request";
constexpr const char* answers = "fd00::a > fd00::b fd00::a is at 02:00:00:00:00:0a, solicited, override";
constexpr MacAddress elsewhere{{2, 0, 0, 0, 0, 0xee}};

struct Host : NdpHost {
  explicit Host(const StackConfig& config = {}) : NdpHost{config} { stack.add_address(on, ipv6_a, 64); }
  Trace ping_b() {
    REQUIRE(stack.ping(now, ipv6_b, 1, 1, 0));
    return sent();
  }
  // B is known, and was heard of just now.
  void find_b() {
    CHECK(ping_b() == Trace{asks_all});
    advertise({});
    CHECK(sent() == Trace{ping});
  }
};

}  // namespace

TEST_CASE("a packet waits for its neighbor, and leaves when that has said where it is") {
  Host a;
  CHECK(a.ping_b() == Trace{asks_all});
  CHECK(a.wait(900ms).empty());
  CHECK(a.advertise({}).verdict == Verdict::consumed);
  CHECK(a.sent() == Trace{ping});
  CHECK(a.ping_b() == Trace{ping});
}

TEST_CASE("who does not answer three solicitations is unreachable") {  // section 7.2.2
  Host a;
  CHECK(a.ping_b() == Trace{asks_all});
  CHECK(a.wait(2500ms) == Trace{asks_all, asks_all});
  CHECK(a.wait(1s).empty());
  CHECK(a.stack.counters().dropped(DropReason::neighbor_unreachable) == 1);
  CHECK(a.ping_b() == Trace{asks_all});
}

TEST_CASE("a solicitation is answered, and tells who asks where to send that") {  // section 7.2.3
  Host a;
  a.solicit({.target = ipv6_a});
  CHECK(a.sent() == Trace{answers});
  CHECK(a.ping_b() == Trace{ping});
  a.solicit({.target = ipv6_a, .destination = ipv6_a, .link = std::nullopt});  // a probe
  CHECK(a.sent() == Trace{answers});
}

TEST_CASE(
    "what a neighbor says of its own accord is used, and asked for after five seconds") {  // section 7.3.3
  Host a;
  a.solicit({.target = ipv6_a});
  a.sent();
  CHECK(a.ping_b() == Trace{ping});
  CHECK(a.wait(4900ms).empty());
  CHECK(a.wait(200ms) == Trace{asks_it});
  a.advertise({});
  CHECK(a.wait(20s).empty());
}

TEST_CASE("after thirty seconds a neighbor is asked again, if it is used") {  // section 7.3.2
  Host a;
  a.find_b();
  CHECK(a.wait(31s).empty());
  CHECK(a.ping_b() == Trace{ping});
  CHECK(a.wait(5s) == Trace{asks_it});
  CHECK(a.ping_b() == Trace{ping});  // it is used meanwhile
  CHECK(a.wait(2500ms) == Trace{asks_it, asks_it});
  CHECK(a.wait(1s).empty());
  CHECK(a.ping_b() == Trace{asks_all});  // nothing is known of it any more
}

TEST_CASE("a neighbor that has moved") {  // section 7.2.5
  Host a;
  a.find_b();
  const auto sent_to = [&] {
    REQUIRE(a.stack.ping(a.now, ipv6_b, 1, 1, 0));
    return wire::parse_ethernet(all_frames(a.stack, a.now).at(0)).header.destination;
  };
  SECTION("and says so") {
    a.advertise({.link = elsewhere, .solicited = false});
    CHECK(sent_to() == elsewhere);
    CHECK(a.wait(5500ms) == Trace{asks_it});
  }
  SECTION("as another says, who does not override") {
    a.advertise({.link = elsewhere, .override = false});
    CHECK(sent_to() == mac_b);
    CHECK(a.wait(5500ms) == Trace{asks_it});  // to see who is right
  }
}

TEST_CASE("messages that did not begin on this link are dropped, and so are malformed ones") {  // section 7.1
  Host a;
  CHECK(a.solicit({.target = ipv6_a, .hop_limit = 254}).reason == DropReason::malformed);
  CHECK(a.advertise({.hop_limit = 254}).reason == DropReason::malformed);
  CHECK(a.solicit({.target = IpAddress::ipv6({0xff02, 0, 0, 0, 0, 0, 0, 1}), .destination = ipv6_a}).reason ==
        DropReason::malformed);
  CHECK(a.solicit({.target = ipv6_a, .source = {}}).reason == DropReason::malformed);  // :: with an address
  CHECK(a.solicit({.target = ipv6_a, .source = {}, .destination = ipv6_a, .link = std::nullopt}).reason ==
        DropReason::malformed);
  Frame without_length(32);  // an option of length 0
  wire::write_neighbor_solicitation(without_length, ipv6_a, mac_b, ipv6_b, ipv6_a);
  without_length[25] = 0;
  wire::write(without_length, {wire::Icmpv6Type::neighbor_solicitation, 0, 0}, ipv6_b, ipv6_a);
  CHECK(a.send(ipv6_b, ipv6_a, 255, without_length).reason == DropReason::malformed);
  CHECK(a.sent().empty());
}

TEST_CASE("an advertisement that nobody asked for is no news") {  // section 7.2.5
  Host a;
  a.advertise({});
  CHECK(a.ping_b() == Trace{asks_all});
}

TEST_CASE("who looks for a duplicate hears of the address's owner") {  // RFC 4862 section 5.4.3
  Host a;
  a.solicit({.target = ipv6_a, .source = {}, .link = std::nullopt});
  CHECK(a.sent() == Trace{"fd00::a > ff02::1 fd00::a is at 02:00:00:00:00:0a, override"});
}

TEST_CASE("two hosts talk over IPv6 without being told of each other") {
  Host a;
  Stack b;
  const InterfaceId on_b = b.add_interface({.mac = mac_b});
  b.add_address(on_b, ipv6_b, 64);
  REQUIRE(b.tcp_listen({{}, 80}, 5));
  const auto socket = a.stack.tcp_connect(a.now, {ipv6_b, 80});
  REQUIRE(socket);
  for (int i = 0; i < 10; ++i) {
    for (const Frame& frame : all_frames(a.stack, a.now)) b.receive(a.now, on_b, frame);
    for (const Frame& frame : all_frames(b, a.now)) a.stack.receive(a.now, a.on, frame);
  }
  CHECK(a.stack.state(*socket) == TcpState::established);
  CHECK(a.stack.tcp_info(*socket).mss == 1428);  // 1500 - 60 - 12
}

TEST_CASE("an ACK of what was sent proves that the neighbor is there: it is not asked") {  // section 7.3.1
  Host a;
  Stack b;
  const InterfaceId on_b = b.add_interface({.mac = mac_b});
  b.add_address(on_b, ipv6_b, 64);
  b.add_neighbor(on_b, ipv6_a, mac_a);
  const auto listener = b.tcp_listen({{}, 80}, 5);
  const auto exchange = [&](bool answered) {
    for (int i = 0; i < 10; ++i) {
      for (const Frame& frame : all_frames(a.stack, a.now)) b.receive(a.now, on_b, frame);
      if (!answered) return;
      for (const Frame& frame : all_frames(b, a.now)) a.stack.receive(a.now, a.on, frame);
    }
  };
  const auto socket = a.stack.tcp_connect(a.now, {ipv6_b, 80});
  exchange(true);
  REQUIRE(b.accept(*listener));
  a.wait(60s);
  REQUIRE(a.stack.send(a.now, *socket, Frame(10)) == 10);
  exchange(true);
  a.now += 1s, exchange(true);  // B's ACK was delayed
  CHECK(a.wait(10s).empty());
  a.now += 60s;
  REQUIRE(a.stack.send(a.now, *socket, Frame(10)) == 10);
  exchange(false);
  const Trace trace = a.wait(6s);
  CHECK(std::find(trace.begin(), trace.end(), asks_it) != trace.end());
}

}  // namespace ringside::net::test
