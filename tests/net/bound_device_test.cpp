// SO_BINDTODEVICE: a socket that is bound to a device neither hears nor says anything by another.
#include <string_view>

#include "catch.hpp"
#include "ringside/net/socket_options.hpp"
#include "ringside/net/sockets.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {
namespace {

constexpr Ipv4Address second_a{10, 0, 1, 1}, second_b{10, 0, 1, 2};

// Two hosts with a second wire between them.
struct TwoWires : TwoHosts {
  InterfaceId other_a = a.add_interface({.mac = mac_a, .address = second_a, .name = "second"});
  InterfaceId other_b = b.add_interface({.mac = mac_b, .address = second_b});
  Sockets sockets{a};

  Fd open(SocketType type) { return Fd{static_cast<std::int32_t>(sockets.socket(type).value)}; }
  Errno bind_to(Fd fd, std::string_view device) {
    const std::vector<std::uint8_t> name(device.begin(), device.end());
    return sockets.setsockopt(now, fd, option::socket_level, option::socket::bind_to_device, name).error;
  }
  std::string device_of(Fd fd) {
    Frame out(16);
    const Returned got =
        sockets.getsockopt(now, fd, option::socket_level, option::socket::bind_to_device, out);
    return {out.begin(), out.begin() + static_cast<std::ptrdiff_t>(got.value)};
  }
  // Until both are silent, on both wires. By which of A's interfaces frames left.
  std::vector<InterfaceId> exchange_all() {
    std::vector<InterfaceId> used;
    for (bool quiet = false; !quiet;) {
      quiet = true;
      Frame frame(65536);
      while (const auto sent = a.transmit(now, frame)) {
        quiet = false;
        used.push_back(sent->interface);
        b.receive(now, sent->interface == on_a ? on_b : other_b, std::span{frame}.first(sent->bytes));
      }
      while (const auto sent = b.transmit(now, frame)) {
        quiet = false;
        a.receive(now, sent->interface == on_b ? on_a : other_a, std::span{frame}.first(sent->bytes));
      }
    }
    return used;
  }
  void send(Ipv4Address from, Ipv4Address to, std::size_t octets) {
    const SocketId socket = b.udp_open();
    REQUIRE(b.bind(socket, {from, 0}) == Error::none);
    REQUIRE(b.send_to(now, socket, Frame(octets), {to, 53}) == Error::none);
    exchange_all();
    b.close(now, socket);
  }
  std::int64_t heard(Fd fd) {
    Frame out(1000);
    return sockets.recv(now, fd, out).value;
  }
};

TEST_CASE("a device is named as it was called, or by its number") {
  TwoWires hosts;
  const Fd fd = hosts.open(SocketType::datagram);
  CHECK(hosts.device_of(fd).empty());
  CHECK(hosts.bind_to(fd, "third") == Errno::enodev);
  CHECK(hosts.bind_to(fd, "second") == Errno::none);
  CHECK(hosts.device_of(fd) == std::string{"second\0", 7});
  CHECK(hosts.bind_to(fd, "eth0") == Errno::none);
  CHECK(hosts.device_of(fd) == std::string{"eth0\0", 5});
  CHECK(hosts.bind_to(fd, "") == Errno::none);
  CHECK(hosts.device_of(fd).empty());
}

TEST_CASE("sockets of one port on two devices do not meet, and one of both is asked last") {
  TwoWires hosts;
  const Fd first = hosts.open(SocketType::datagram), second = hosts.open(SocketType::datagram);
  const Fd both = hosts.open(SocketType::datagram);
  REQUIRE(hosts.bind_to(first, "eth0") == Errno::none);
  REQUIRE(hosts.bind_to(second, "second") == Errno::none);
  CHECK(hosts.sockets.bind(first, {Ipv4Address{}, 53}).error == Errno::none);
  CHECK(hosts.sockets.bind(second, {Ipv4Address{}, 53}).error == Errno::none);
  CHECK(hosts.sockets.bind(both, {Ipv4Address{}, 53}).error == Errno::eaddrinuse);
  hosts.send(address_b, address_a, 10);
  CHECK(hosts.heard(first) == 10);
  CHECK(hosts.heard(second) == -1);
  hosts.send(second_b, second_a, 20);
  CHECK(hosts.heard(first) == -1);
  CHECK(hosts.heard(second) == 20);
}

TEST_CASE("a listener on one device is not there for the other") {
  TwoWires hosts;
  const Fd fd = hosts.open(SocketType::stream);
  REQUIRE(hosts.bind_to(fd, "second") == Errno::none);
  REQUIRE(hosts.sockets.bind(fd, {Ipv4Address{}, 80}).error == Errno::none);
  REQUIRE(hosts.sockets.listen(hosts.now, fd, 4).error == Errno::none);
  const auto refused = hosts.b.tcp_connect(hosts.now, {address_a, 80});
  const auto accepted = hosts.b.tcp_connect(hosts.now, {second_a, 80});
  hosts.exchange_all();
  CHECK(hosts.b.error(*refused) == Error::connection_refused);
  CHECK(hosts.b.state(*accepted) == TcpState::established);
  CHECK(hosts.sockets.accept(hosts.now, fd).error == Errno::none);
}

// ip_route_output_key_hash_rcu(): what no route by it leads to is taken to be on its link.
TEST_CASE("what a socket sends leaves by its device, whatever the routes say") {
  TwoWires hosts;
  const Fd fd = hosts.open(SocketType::datagram);
  const Frame text(10);
  REQUIRE(hosts.sockets.send_to(hosts.now, fd, text, {address_b, 53}).error == Errno::none);
  for (const InterfaceId out : hosts.exchange_all()) CHECK(out == hosts.on_a);
  REQUIRE(hosts.bind_to(fd, "second") == Errno::none);
  REQUIRE(hosts.sockets.send_to(hosts.now, fd, text, {address_b, 53}).error == Errno::none);
  const auto used = hosts.exchange_all();
  CHECK_FALSE(used.empty());
  for (const InterfaceId out : used) CHECK(out == hosts.other_a);
}

}  // namespace
}  // namespace ringside::net::test
