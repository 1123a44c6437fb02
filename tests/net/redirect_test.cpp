// A router that names a better first hop: RFC 1122 section 3.2.2.2.
#include "catch.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {
namespace {

constexpr Ipv4Address first{10, 0, 0, 254}, better{10, 0, 0, 253}, far{192, 0, 2, 9}, other{192, 0, 2, 10};
constexpr MacAddress mac_first{{2, 0, 0, 0, 1, 1}}, mac_better{{2, 0, 0, 0, 1, 2}};

struct Host {
  explicit Host(bool forwarding = false) : stack{{.forwarding = forwarding}} {
    on = stack.add_interface({.mac = mac_a, .address = address_a});
    stack.add_route({}, 0, on, first);
    stack.add_neighbor(on, first, mac_first);
    stack.add_neighbor(on, better, mac_better);
  }
  MacAddress hop_to(const IpAddress& to) {
    stack.ping(now, to, 1, 1, 0);
    return wire::parse_ethernet(next_frame(stack, now).value()).header.destination;
  }
  void redirect(Ipv4Address from, Ipv4Address to, Ipv4Address destination = far) {
    Frame message(8 + 28);
    wire::write(
        wire::ByteSpan{message}.subspan(8),
        wire::Ipv4Header{
            .ttl = 63, .protocol = wire::IpProtocol::icmp, .source = address_a, .destination = destination},
        8);
    wire::write(message, wire::IcmpHeader{.type = wire::IcmpType::redirect,
                                          .code = 1,
                                          .identifier = static_cast<std::uint16_t>(to.value() >> 16),
                                          .sequence = static_cast<std::uint16_t>(to.value())});
    stack.receive(
        now, on,
        ip_frame(mac_a, mac_first,
                 {.ttl = 255, .protocol = wire::IpProtocol::icmp, .source = from, .destination = address_a},
                 message));
  }

  Stack stack;
  InterfaceId on{};
  Time now{};
};

}  // namespace

TEST_CASE("a redirect is followed, for that host alone") {
  Host a;
  CHECK(a.hop_to(far) == mac_first);
  a.redirect(first, better);
  CHECK(a.hop_to(far) == mac_better);
  CHECK(a.hop_to(other) == mac_first);
  a.redirect(better, first);  // and taken back by who is asked now
  CHECK(a.hop_to(far) == mac_first);
}

TEST_CASE("a redirect from another, to elsewhere or to ourselves is not") {
  Host a;
  SECTION("from another") { a.redirect(better, better); }
  SECTION("to another link") { a.redirect(first, {172, 16, 0, 1}); }
  SECTION("to ourselves") { a.redirect(first, address_a); }
  SECTION("to all") { a.redirect(first, {10, 0, 0, 255}); }
  CHECK(a.hop_to(far) == mac_first);
}

// RFC 1812 sections 4.3.3.2 and 5.2.7.2: the packet is forwarded all the same.
TEST_CASE("a router names the better one to who is on the same link") {
  Host a;
  Stack router{{.forwarding = true}};
  const InterfaceId in = router.add_interface({.mac = mac_first, .address = first});
  router.add_route(far, 32, in, better);
  router.add_neighbor(in, better, mac_better);
  router.add_neighbor(in, address_a, mac_a);
  a.stack.ping(a.now, far, 1, 1, 0);
  Frame request = next_frame(a.stack, a.now).value();
  SECTION("which then goes there itself") {
    CHECK(router.forward(a.now, in, request).sent);
    CHECK(wire::parse_ethernet(request).header.destination == mac_better);
    const Frame redirect = next_frame(router, a.now).value();
    a.stack.receive(a.now, a.on, redirect);
    CHECK(a.hop_to(far) == mac_better);
  }
  SECTION("and to nobody else") {
    constexpr Ipv4Address elsewhere{172, 16, 0, 1};
    request = ip_frame(
        mac_first, mac_a,
        {.ttl = 64, .protocol = wire::IpProtocol::udp, .source = elsewhere, .destination = far}, Frame(8));
    CHECK(router.forward(a.now, in, request).sent);
    CHECK_FALSE(next_frame(router, a.now));
  }
}

TEST_CASE("a router obeys its own routes") {  // RFC 1812 section 5.2.7.2
  Host router{true};
  router.redirect(first, better);
  CHECK(router.hop_to(far) == mac_first);
}

TEST_CASE("so many redirects are remembered, the latest") {
  Host a;
  for (std::uint32_t i = 0; i < 65; ++i) a.redirect(first, better, Ipv4Address{0xc0000200 + i});
  CHECK(a.hop_to(Ipv4Address{0xc0000200}) == mac_first);
  CHECK(a.hop_to(Ipv4Address{0xc0000201}) == mac_better);
  CHECK(a.hop_to(Ipv4Address{0xc0000240}) == mac_better);
}

TEST_CASE("a better hop that does not answer is given up") {
  Host a;
  const Ipv4Address silent{10, 0, 0, 252};
  a.redirect(first, silent);
  a.stack.ping(a.now, far, 1, 1, 0);
  for (int i = 0; i < 4; ++i, a.now += 1s) all_frames(a.stack, a.now);
  CHECK(a.hop_to(far) == mac_first);
}

}  // namespace ringside::net::test
