// What the way to a host carries, once a router has said so: RFC 1191. Of IPv6: ipv6_test.cpp.
#include "catch.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {
namespace {

constexpr Ipv4Address far{192, 0, 2, 9};
constexpr std::size_t headers = 20 + 8;  // of IPv4 and UDP

// A, whose router says of a packet that the next link carries so much.
struct Host {
  explicit Host(PathMtuDiscovery discovery) {
    on = stack.add_interface({.mac = mac_a, .address = address_a});
    stack.add_route({}, 0, on, address_b);
    stack.add_neighbor(on, address_b, mac_b);
    socket = stack.udp_open();
    UdpSocketOptions options = *stack.udp_options(socket);
    options.path_mtu = discovery;
    stack.set_udp_options(socket, options);
  }
  std::vector<wire::Ipv4Header> send(std::size_t octets, const IpAddress& to = far) {
    CHECK(stack.send_to(now, socket, Frame(octets), {to, 53}) == Error::none);
    std::vector<wire::Ipv4Header> sent;
    sizes.clear();
    for (const Frame& frame : all_frames(stack, now)) {
      last = frame;
      sent.push_back(ip_of(frame).header);
      sizes.push_back(frame.size() - 14);
    }
    return sent;
  }
  void fragmentation_needed(std::uint16_t mtu) {
    Frame message(8 + headers);
    std::copy_n(last.begin() + 14, headers, message.begin() + 8);
    wire::write(message, wire::IcmpHeader{.type = wire::IcmpType::destination_unreachable,
                                          .code = wire::unreachable::fragmentation_needed,
                                          .sequence = mtu});
    stack.receive(
        now, on,
        ip_frame(
            mac_a, mac_b,
            {.ttl = 64, .protocol = wire::IpProtocol::icmp, .source = address_b, .destination = address_a},
            message));
  }

  Stack stack;
  InterfaceId on{};
  SocketId socket{};
  Time now{};
  Frame last{};
  std::vector<std::size_t> sizes{};  // of the packets sent last
};

}  // namespace

TEST_CASE("what was too big for the path leaves in pieces, and what is not may not be divided") {
  Host a{PathMtuDiscovery::want};
  CHECK(a.send(1400).front().dont_fragment);
  a.fragmentation_needed(1000);
  const auto pieces = a.send(1400);
  REQUIRE(a.sizes == std::vector<std::size_t>{20 + 976, 20 + 8 + 1400 - 976});  // 980, in units of 8
  CHECK_FALSE(pieces[0].dont_fragment);
  CHECK_FALSE(pieces[1].dont_fragment);
  CHECK(a.send(1000 - headers).size() == 1);
  CHECK(a.send(1000 - headers).front().dont_fragment);
  CHECK(a.send(1400, IpAddress{Ipv4Address{192, 0, 2, 10}}).size() == 1);  // another path
  a.now += std::chrono::minutes{10};
  a.stack.run_due(a.now);
  CHECK(a.send(1400).size() == 1);
}

TEST_CASE("who names too little is believed so far, and may divide what comes") {  // ip_rt_min_pmtu
  Host a{PathMtuDiscovery::want};
  a.send(1400);
  const std::uint16_t named = GENERATE(std::uint16_t{0}, std::uint16_t{551});
  a.fragmentation_needed(named);
  CHECK_FALSE(a.send(552 - headers).front().dont_fragment);
  CHECK(a.sizes == std::vector<std::size_t>{552});
  CHECK(a.send(553 - headers).size() == 2);
}

TEST_CASE("who lets packets be divided has the path's MTU all the same") {
  Host a{PathMtuDiscovery::dont};
  CHECK_FALSE(a.send(1400).front().dont_fragment);
  a.fragmentation_needed(1000);
  CHECK(a.send(1400).size() == 2);
  CHECK(a.stack.error(a.socket) == Error::none);
}

TEST_CASE("a message about a packet that nobody here has sent changes nothing") {  // RFC 5927 section 7
  Host a{PathMtuDiscovery::want};
  a.send(1400);
  a.last[14 + 20 + 1] ^= 1;  // from another port
  a.fragmentation_needed(1000);
  CHECK(a.send(1400).size() == 1);
}

}  // namespace ringside::net::test
