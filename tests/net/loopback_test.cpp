// A host that talks to itself: 127.0.0.1, ::1 and its own addresses.
#include "catch.hpp"
#include "ipv6_packets.hpp"
#include "ringside/net/sockets.hpp"

namespace ringside::net::test {
namespace {

constexpr Ipv4Address localhost{127, 0, 0, 1};
constexpr IpAddress localhost_ipv6 = IpAddress::ipv6({0, 0, 0, 0, 0, 0, 0, 1});

struct Host {
  Host() {
    on = stack.add_interface({.mac = mac_a, .address = address_a});
    stack.add_address(on, ipv6_a, 64);
    stack.add_loopback();
  }
  Fd open(Family family) {
    return Fd{static_cast<std::int32_t>(sockets.socket(SocketType::stream, family).value)};
  }

  Time now{};
  Stack stack;
  InterfaceId on{};
  Sockets sockets{stack};
};

}  // namespace

TEST_CASE("a host connects to itself by any address of its own, and nothing leaves it") {
  Host host;
  const Fd listener = host.open(Family::ipv6);
  REQUIRE(host.sockets.bind(listener, {{}, 80}).error == Errno::none);
  REQUIRE(host.sockets.listen(host.now, listener, 5).error == Errno::none);
  for (const IpAddress& to : {IpAddress{localhost}, localhost_ipv6, IpAddress{address_a}, ipv6_a}) {
    const Fd client = host.open(to.is_ipv4() ? Family::ipv4 : Family::ipv6);
    host.sockets.connect(host.now, client, {to, 80});
    CHECK(all_frames(host.stack, host.now).empty());
    CHECK(host.sockets.connect(host.now, client, {to, 80}).error == Errno::none);
    CHECK(host.sockets.local(client).address == to);
    const Fd server{static_cast<std::int32_t>(host.sockets.accept(host.now, listener).value)};
    const Frame text(3000, 7);
    CHECK(host.sockets.send(host.now, client, text).value == 3000);
    CHECK(all_frames(host.stack, host.now).empty());
    Frame got(4000);
    CHECK(host.sockets.recv(host.now, server, got).value == 3000);
  }
}

TEST_CASE("nobody listens to oneself") {
  Host host;
  const Fd client = host.open(Family::ipv6);
  host.sockets.connect(host.now, client, {localhost_ipv6, 80});
  CHECK(all_frames(host.stack, host.now).empty());
  CHECK(host.sockets.connect(host.now, client, {localhost_ipv6, 80}).error == Errno::econnrefused);
}

TEST_CASE("what comes from the wire has no loopback addresses") {  // RFC 1122 3.2.1.3 (g), RFC 4291 2.5.3
  Host host;
  const auto receive = [&](const Frame& frame) {
    return host.stack.receive(host.now, host.on, frame).reason;
  };
  for (const auto& [source, destination] : {std::pair{localhost, address_a}, std::pair{address_b, localhost}})
    CHECK(receive(ip_frame(
              mac_a, mac_b,
              {.ttl = 64, .protocol = wire::IpProtocol::udp, .source = source, .destination = destination},
              Frame(8))) == DropReason::malformed);
  CHECK(receive(Ipv6Frame{.source = localhost_ipv6}.octets()) == DropReason::malformed);
  CHECK(receive(Ipv6Frame{.destination = localhost_ipv6}.octets()) == DropReason::malformed);
}

}  // namespace ringside::net::test
