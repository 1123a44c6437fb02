// What ICMP says of the way reaches the program: tcp_v4_err().
#include "catch.hpp"
#include "ringside/net/socket_options.hpp"
#include "ringside/net/sockets.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {
namespace {

// A router says about a frame of A's that it could not be delivered.
Frame unreachable(std::uint8_t code, const Frame& about, std::uint16_t mtu = 0) {
  Frame message(8 + 28);
  std::copy_n(about.begin() + 14, 28, message.begin() + 8);
  wire::write(message, wire::IcmpHeader{
                           .type = wire::IcmpType::destination_unreachable, .code = code, .sequence = mtu});
  return ip_frame(
      mac_a, mac_b,
      {.ttl = 64, .protocol = wire::IpProtocol::icmp, .source = address_b, .destination = address_a},
      message);
}

struct IcmpBench : TwoHosts {
  IcmpBench() : TwoHosts{{.tcp = {.retries = 1}}} { a.add_neighbor(on_a, address_b, mac_b); }
  Returned connect() { return sockets.connect(now, fd, {address_b, 80}); }
  Frame frame() { return next_frame(a, now).value(); }

  Sockets sockets{a};
  Fd fd{static_cast<std::int32_t>(sockets.socket(SocketType::stream).value)};
};

}  // namespace

TEST_CASE("a connect fails with what a router says") {
  IcmpBench hosts;
  const auto [code, why] =
      GENERATE(std::pair{wire::unreachable::network, Errno::enetunreach},
               std::pair{wire::unreachable::host, Errno::ehostunreach},
               std::pair{wire::unreachable::network_unknown, Errno::enetunreach},
               std::pair{std::uint8_t{13}, Errno::ehostunreach},  // prohibited by a filter
               std::pair{wire::unreachable::port, Errno::econnrefused});
  CHECK(hosts.connect().error == Errno::einprogress);
  CHECK(hosts.a.receive(hosts.now, hosts.on_a, unreachable(code, hosts.frame())).failed);
  CHECK(hosts.connect() == Returned{-1, why});
}

TEST_CASE("a narrower path is what IP_MTU tells from then on, unless nobody wants to know") {
  IcmpBench hosts;
  hosts.b.tcp_listen({{}, 80}, 1);
  hosts.connect();
  hosts.exchange();
  const bool heeds = GENERATE(true, false);
  const std::array<std::uint8_t, 4> discover{static_cast<std::uint8_t>(heeds ? 1 : 0)};
  hosts.sockets.setsockopt(hosts.now, hosts.fd, option::ip_level, option::ip::mtu_discover, discover);
  hosts.sockets.send(hosts.now, hosts.fd, Frame(1400));
  Frame narrow = unreachable(wire::unreachable::fragmentation_needed, hosts.frame(), 1000);
  hosts.a.receive(hosts.now, hosts.on_a, narrow);
  std::array<std::uint8_t, 4> mtu{};
  CHECK(hosts.sockets.getsockopt(hosts.now, hosts.fd, option::ip_level, option::ip::mtu, mtu) == Returned{4});
  CHECK((mtu[0] | mtu[1] << 8) == (heeds ? 1000 : 1500));
}

TEST_CASE("a path that is said to carry hardly anything may divide packets") {  // ip_dont_fragment()
  IcmpBench hosts;
  hosts.b.tcp_listen({{}, 80}, 1);
  hosts.connect();
  hosts.exchange();
  hosts.sockets.send(hosts.now, hosts.fd, Frame(1400));
  const Frame first = hosts.frame();
  CHECK(ip_of(first).header.dont_fragment);
  const bool too_little = GENERATE(true, false);
  const std::uint16_t mtu = too_little ? 551 : 552;
  hosts.a.receive(hosts.now, hosts.on_a, unreachable(wire::unreachable::fragmentation_needed, first, mtu));
  const auto again = ip_of(hosts.frame());
  CHECK(again.payload.size() == 532);
  CHECK(again.header.dont_fragment != too_little);
}

TEST_CASE("to a connection it is the reason for giving up, unless the peer answers") {
  IcmpBench hosts;
  hosts.b.tcp_listen({{}, 80}, 1);
  CHECK(hosts.connect().error == Errno::einprogress);
  hosts.exchange();
  CHECK(hosts.connect() == Returned{});
  hosts.sockets.send(hosts.now, hosts.fd, Frame(100));
  const Frame lost = hosts.frame();
  CHECK_FALSE(hosts.a.receive(hosts.now, hosts.on_a, unreachable(wire::unreachable::host, lost)).failed);
  const bool answered = GENERATE(false, true);
  if (answered) {
    hosts.b.receive(hosts.now, hosts.on_b, lost);
    hosts.now += 40ms;
    hosts.exchange();
    hosts.sockets.send(hosts.now, hosts.fd, Frame(100));
  }
  for (int i = 0; i < 4; ++i) {
    hosts.now += 1s;
    all_frames(hosts.a, hosts.now);
  }
  const Errno why = answered ? Errno::etimedout : Errno::ehostunreach;
  Frame none(1);
  CHECK(hosts.sockets.recv(hosts.now, hosts.fd, none) == Returned{-1, why});
}

}  // namespace ringside::net::test
