// ICMP: RFC 792, RFC 1122 section 3.2.2.
#include "catch.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {
namespace {

// What B would send to A about a frame of A's.
Frame port_unreachable(const Frame& about) {
  Frame message(8 + 28);
  std::copy_n(about.begin() + 14, 28, message.begin() + 8);
  wire::write(message, wire::IcmpHeader{.type = wire::IcmpType::destination_unreachable,
                                        .code = wire::unreachable::port});
  return ip_frame(
      mac_a, mac_b,
      {.ttl = 64, .protocol = wire::IpProtocol::icmp, .source = address_b, .destination = address_a},
      message);
}

}  // namespace

TEST_CASE("ping") {
  TwoHosts hosts;
  const std::uint16_t size = GENERATE(std::uint16_t{0}, std::uint16_t{56}, std::uint16_t{4000});
  REQUIRE(hosts.a.ping(hosts.now, address_b, 77, 1, size));
  hosts.exchange();
  CHECK(hosts.last.readable);
  const auto reply = hosts.a.recv_echo();
  REQUIRE(reply);
  CHECK(reply->from == address_b);
  CHECK(reply->id == 77);
  CHECK(reply->sequence == 1);
  CHECK(reply->payload_bytes == size);
  CHECK_FALSE(hosts.a.recv_echo());
  CHECK_FALSE(hosts.a.ping(hosts.now, {192, 168, 1, 1}, 77, 1, size));
}

TEST_CASE("a ping is as large as an IP packet can be, and no larger") {  // RFC 791: 65535 octets
  TwoHosts hosts;
  CHECK_FALSE(hosts.a.ping(hosts.now, address_b, 77, 1, 65'508));
  CHECK(hosts.exchange().empty());
  REQUIRE(hosts.a.ping(hosts.now, address_b, 77, 1, 65'507));
  hosts.exchange();
  CHECK(hosts.a.recv_echo().value().payload_bytes == 65'507);
}

TEST_CASE("a datagram for a closed port comes back as an error of the socket") {
  TwoHosts hosts;
  const SocketId client = hosts.a.udp_open();
  hosts.a.send_to(hosts.now, client, Frame(10), {address_b, 9});
  const auto seen = hosts.exchange();
  CHECK(seen.back().protocol == Protocol::icmp);
  CHECK(hosts.last.failed);
  CHECK(hosts.last.socket == client);
  CHECK(hosts.a.error(client) == Error::connection_refused);
  CHECK(hosts.a.take_error(client) == Error::connection_refused);
  CHECK(hosts.a.take_error(client) == Error::none);
  CHECK(hosts.a.error(client) == Error::none);
  CHECK(hosts.b.counters().dropped(DropReason::no_socket) == 1);
}

TEST_CASE("an error about a packet that another host sent concerns no socket here") {  // RFC 5927 section 4
  TwoHosts hosts;
  const SocketId client = hosts.a.udp_open();
  hosts.a.bind(client, {{}, 53});
  hosts.a.add_neighbor(hosts.on_a, address_b, mac_b);
  hosts.a.send_to(hosts.now, client, Frame(10), {address_b, 9});
  const Frame sent = next_frame(hosts.a, hosts.now).value();
  Frame foreign = sent;
  foreign[14 + 15] = 77;  // 10.0.0.77
  CHECK(hosts.a.receive(hosts.now, hosts.on_a, port_unreachable(foreign)).reason == DropReason::not_for_us);
  CHECK(hosts.a.error(client) == Error::none);
  CHECK(hosts.a.receive(hosts.now, hosts.on_a, port_unreachable(sent)).failed);
  CHECK(hosts.a.error(client) == Error::connection_refused);
}

TEST_CASE("errors are limited in number") {
  TwoHosts hosts{{.icmp_error_interval = 10ms, .icmp_error_burst = 3}};
  const SocketId client = hosts.a.udp_open();
  const auto burst = [&] {
    for (int i = 0; i < 10; ++i) hosts.a.send_to(hosts.now, client, Frame(10), {address_b, 9});
    hosts.exchange();
  };
  burst();
  CHECK(hosts.b.counters().icmp_errors_out == 3);
  CHECK(hosts.b.counters().icmp_errors_suppressed == 7);
  hosts.now += 20ms;
  burst();
  CHECK(hosts.b.counters().icmp_errors_out == 5);
}

TEST_CASE("no error is sent about a broadcast or to what is not one host") {
  TwoHosts hosts;
  hosts.b.add_neighbor(hosts.on_b, address_a, mac_a);
  const auto packet = [&](wire::Ipv4Header header, const Frame& payload) {
    header.ttl = 9;
    return hosts.b.receive(hosts.now, hosts.on_b, ip_frame(mac_b, mac_a, header, payload));
  };
  constexpr wire::IpProtocol nonsense{200};
  packet({.protocol = nonsense, .source = address_a, .destination = {10, 0, 0, 255}}, Frame(8));
  packet({.protocol = nonsense, .source = {0, 0, 0, 0}, .destination = address_b}, Frame(8));
  packet({.protocol = nonsense, .source = {10, 0, 0, 255}, .destination = address_b}, Frame(8));
  packet({.protocol = nonsense, .source = {127, 0, 0, 1}, .destination = address_b}, Frame(8));
  CHECK(hosts.b.counters().icmp_errors_out == 0);
  CHECK(packet({.protocol = nonsense, .source = address_a, .destination = address_b}, Frame(8)).reason ==
        DropReason::unknown_protocol);
  CHECK(hosts.b.counters().icmp_errors_out == 1);
  const auto error = next_frame(hosts.b, hosts.now);
  REQUIRE(error);
  const auto icmp = wire::parse_icmp(ip_of(*error).payload);
  CHECK(icmp.header.type == wire::IcmpType::destination_unreachable);
  CHECK(icmp.header.code == wire::unreachable::protocol);
  CHECK(icmp.payload.size() == 28);  // the header and all eight octets
}

TEST_CASE("a router is silent about an expired ICMP error or later fragment, not about others") {
  TwoHosts hosts{{.forwarding = true}};
  hosts.b.add_neighbor(hosts.on_b, address_a, mac_a);
  const auto errors_about = [&](wire::Ipv4Header header, wire::IcmpType type) {
    Frame message(16);
    wire::write(message, wire::IcmpHeader{.type = type});
    header.ttl = 1;
    header.protocol = wire::IpProtocol::icmp;
    header.source = address_a;
    header.destination = {192, 168, 1, 1};
    Frame frame = ip_frame(mac_b, mac_a, header, message);
    const std::uint64_t before = hosts.b.counters().icmp_errors_out;
    REQUIRE(hosts.b.receive(hosts.now, hosts.on_b, frame).verdict == Verdict::forward);
    CHECK(hosts.b.forward(hosts.now, hosts.on_b, frame).reason == DropReason::ttl_exceeded);
    return hosts.b.counters().icmp_errors_out - before;
  };
  CHECK(errors_about({}, wire::IcmpType::destination_unreachable) == 0);
  CHECK(errors_about({}, wire::IcmpType::time_exceeded) == 0);
  CHECK(errors_about({.fragment_offset = 8}, wire::IcmpType::echo_request) == 0);
  CHECK(errors_about({.more_fragments = true}, wire::IcmpType::echo_request) == 1);
  CHECK(errors_about({}, wire::IcmpType::echo_request) == 1);
}

TEST_CASE(
    "a connect to a host that refuses by ICMP fails, an established connection does not care") {  // RFC 5927
  TwoHosts hosts;
  hosts.a.add_neighbor(hosts.on_a, address_b, mac_b);
  const auto socket = hosts.a.tcp_connect(hosts.now, {address_b, 80});
  const auto first = next_frame(hosts.a, hosts.now);
  const auto complain = [&](const Frame& about) {
    return hosts.a.receive(hosts.now, hosts.on_a, port_unreachable(about));
  };
  SECTION("the SYN") {
    CHECK(complain(*first).failed);
    CHECK(hosts.a.error(*socket) == Error::connection_refused);
  }
  SECTION("a guess at its sequence number") {
    Frame forged = *first;
    forged[14 + 20 + 4] ^= 0x10;
    CHECK(complain(forged).verdict == Verdict::dropped);
    CHECK(hosts.a.counters().dropped(DropReason::out_of_window) == 1);
    CHECK(hosts.a.state(*socket) == TcpState::syn_sent);
  }
  SECTION("a guess at its port") {
    Frame forged = *first;
    forged[14 + 20] ^= 0x10;
    CHECK(complain(forged).reason == DropReason::no_socket);
    CHECK(hosts.a.counters().dropped(DropReason::no_socket) == 1);
  }
  SECTION("a later fragment, whose first octets are no ports") {
    Frame fragment = *first;
    fragment[14 + 7] = 1;
    CHECK(complain(fragment).reason == DropReason::malformed);
    CHECK(hosts.a.state(*socket) == TcpState::syn_sent);
  }
  SECTION("text") {
    hosts.b.tcp_listen({{}, 80}, 1);
    hosts.b.receive(hosts.now, hosts.on_b, *first);
    hosts.exchange();
    hosts.a.send(hosts.now, *socket, Frame(100));
    const auto text = next_frame(hosts.a, hosts.now);
    CHECK_FALSE(complain(*text).failed);
    CHECK(hosts.a.state(*socket) == TcpState::established);
  }
}

}  // namespace ringside::net::test
