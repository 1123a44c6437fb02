// Sockets of AF_INET6, and both versions on one of them: RFC 3493.
#include "catch.hpp"
#include "ipv6_packets.hpp"
#include "ringside/net/socket_options.hpp"
#include "ringside/net/sockets.hpp"

namespace ringside::net::test {
namespace {

constexpr Ipv4Address ipv4_a{10, 0, 0, 1}, ipv4_b{10, 0, 0, 2};

// Two hosts with both versions, each with sockets.
struct DualHosts {
  DualHosts() {
    const auto set_up = [](Stack& stack, MacAddress mac, Ipv4Address ipv4, const IpAddress& ipv6) {
      const InterfaceId on = stack.add_interface({.mac = mac, .address = ipv4});
      stack.add_address(on, ipv6, 64);
      return on;
    };
    on_a = set_up(a, mac_a, ipv4_a, ipv6_a);
    on_b = set_up(b, mac_b, ipv4_b, ipv6_b);
    for (const IpAddress& address : {IpAddress{ipv4_b}, ipv6_b}) a.add_neighbor(on_a, address, mac_b);
    for (const IpAddress& address : {IpAddress{ipv4_a}, ipv6_a}) b.add_neighbor(on_b, address, mac_a);
  }

  Fd open(Sockets& sockets, Family family, SocketType type = SocketType::stream) {
    return Fd{static_cast<std::int32_t>(sockets.socket(type, family).value)};
  }
  Errno set_only(Fd fd) {
    const std::array<std::uint8_t, 4> on{1};
    return of_a.setsockopt(now, fd, option::ipv6_level, option::ipv6::only, on).error;
  }
  void exchange() {
    bool quiet = false;
    while (!quiet) {
      quiet = true;
      while (const auto frame = next_frame(a, now)) b.receive(now, on_b, *frame), quiet = false;
      while (const auto frame = next_frame(b, now)) a.receive(now, on_a, *frame), quiet = false;
    }
  }
  // What a connection from B to port 80 of A by this address comes to.
  Errno connect_from_b(const IpAddress& to) {
    const Fd fd = open(of_b, to.is_ipv4() ? Family::ipv4 : Family::ipv6);
    of_b.connect(now, fd, {to, 80});
    exchange();
    return of_b.connect(now, fd, {to, 80}).error;
  }

  Time now{};
  Stack a, b;
  InterfaceId on_a{}, on_b{};
  Sockets of_a{a}, of_b{b};
};

}  // namespace

TEST_CASE("a listener at :: hears both versions, and names IPv4 addresses as IPv4-mapped") {
  DualHosts hosts;
  const Fd fd = hosts.open(hosts.of_a, Family::ipv6);
  REQUIRE(hosts.of_a.bind(fd, {{}, 80}).error == Errno::none);
  REQUIRE(hosts.of_a.listen(hosts.now, fd, 5).error == Errno::none);
  CHECK(hosts.connect_from_b(ipv4_a) == Errno::none);
  CHECK(hosts.connect_from_b(ipv6_a) == Errno::none);
  const Fd first{static_cast<std::int32_t>(hosts.of_a.accept(hosts.now, fd).value)};
  const Fd second{static_cast<std::int32_t>(hosts.of_a.accept(hosts.now, fd).value)};
  CHECK(hosts.of_a.remote(first).address == IpAddress{ipv4_b});
  CHECK(hosts.of_a.remote(second).address == ipv6_b);
}

TEST_CASE("IPV6_V6ONLY: the other version finds nobody, or another listener") {  // RFC 3493 section 5.3
  DualHosts hosts;
  const Fd fd = hosts.open(hosts.of_a, Family::ipv6);
  REQUIRE(hosts.set_only(fd) == Errno::none);
  REQUIRE(hosts.of_a.bind(fd, {{}, 80}).error == Errno::none);
  REQUIRE(hosts.of_a.listen(hosts.now, fd, 5).error == Errno::none);
  CHECK(hosts.connect_from_b(ipv6_a) == Errno::none);
  CHECK(hosts.connect_from_b(ipv4_a) == Errno::econnrefused);
  const Fd other = hosts.open(hosts.of_a, Family::ipv4);
  REQUIRE(hosts.of_a.bind(other, {{}, 80}).error == Errno::none);
  REQUIRE(hosts.of_a.listen(hosts.now, other, 5).error == Errno::none);
  CHECK(hosts.connect_from_b(ipv4_a) == Errno::none);
  CHECK(hosts.of_a.accept(hosts.now, other).error == Errno::none);
}

TEST_CASE("a port at :: is taken for IPv4, too") {  // Linux ipv6_rcv_saddr_equal()
  DualHosts hosts;
  const Fd both = hosts.open(hosts.of_a, Family::ipv6), ipv4 = hosts.open(hosts.of_a, Family::ipv4),
           only = hosts.open(hosts.of_a, Family::ipv6);
  REQUIRE(hosts.set_only(only) == Errno::none);
  REQUIRE(hosts.of_a.bind(both, {{}, 80}).error == Errno::none);
  CHECK(hosts.of_a.bind(ipv4, {ipv4_a, 80}).error == Errno::eaddrinuse);
  CHECK(hosts.of_a.bind(only, {{}, 80}).error == Errno::eaddrinuse);
  hosts.of_a.close(hosts.now, both);
  CHECK(hosts.of_a.bind(ipv4, {ipv4_a, 80}).error == Errno::none);
  CHECK(hosts.of_a.bind(only, {{}, 80}).error == Errno::none);
}

TEST_CASE("addresses of the other version") {
  DualHosts hosts;
  const Fd ipv4 = hosts.open(hosts.of_a, Family::ipv4), ipv6 = hosts.open(hosts.of_a, Family::ipv6),
           only = hosts.open(hosts.of_a, Family::ipv6);
  REQUIRE(hosts.set_only(only) == Errno::none);
  CHECK(hosts.of_a.bind(ipv4, {ipv6_a, 80}).error == Errno::eafnosupport);
  CHECK(hosts.of_a.connect(hosts.now, ipv4, {ipv6_b, 80}).error == Errno::eafnosupport);
  CHECK(hosts.of_a.bind(only, {ipv4_a, 80}).error == Errno::einval);
  CHECK(hosts.of_a.connect(hosts.now, only, {ipv4_b, 80}).error == Errno::enetunreach);
  CHECK(hosts.of_a.connect(hosts.now, ipv6, {ipv4_b, 80}).error == Errno::einprogress);
  const Fd bound = hosts.open(hosts.of_a, Family::ipv6);
  REQUIRE(hosts.of_a.bind(bound, {ipv4_a, 81}).error == Errno::none);
  CHECK(hosts.of_a.connect(hosts.now, bound, {ipv6_b, 80}).error == Errno::eafnosupport);  // Linux has it so
  CHECK(hosts.of_a.connect(hosts.now, bound, {ipv4_b, 80}).error == Errno::einprogress);
}

TEST_CASE("no packet has addresses of both versions") {
  DualHosts hosts;
  CHECK(hosts.a.tcp_connect(hosts.now, {ipv6_b, 80}, {ipv4_a, 0}).error == Error::invalid_argument);
  const SocketId socket = hosts.a.udp_open();
  REQUIRE(hosts.a.bind(socket, {ipv6_a, 9}) == Error::none);
  CHECK(hosts.a.send_to(hosts.now, socket, Frame(3), {ipv4_b, 9}) == Error::invalid_argument);
}

TEST_CASE("datagrams of both versions come to one socket, and go from it") {
  DualHosts hosts;
  const Fd fd = hosts.open(hosts.of_a, Family::ipv6, SocketType::datagram);
  REQUIRE(hosts.of_a.bind(fd, {{}, 9}).error == Errno::none);
  const Frame text{1, 2, 3};
  for (const IpAddress& to : {IpAddress{ipv4_a}, ipv6_a}) {
    const Fd from = hosts.open(hosts.of_b, to.is_ipv4() ? Family::ipv4 : Family::ipv6, SocketType::datagram);
    CHECK(hosts.of_b.send_to(hosts.now, from, text, {to, 9}).value == 3);
    hosts.exchange();
    Frame got(10);
    Endpoint who;
    CHECK(hosts.of_a.recv_from(hosts.now, fd, got, who).value == 3);
    CHECK(who.address == (to.is_ipv4() ? IpAddress{ipv4_b} : ipv6_b));
    CHECK(hosts.of_a.send_to(hosts.now, fd, text, who).value == 3);
    hosts.exchange();
    CHECK(hosts.of_b.recv(hosts.now, from, got).value == 3);
  }
}

}  // namespace ringside::net::test
