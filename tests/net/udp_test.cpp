// UDP sockets: RFC 768, and the buffers that bound them.
#include "catch.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {

TEST_CASE("a datagram crosses after ARP, and its answer finds the ephemeral port") {
  TwoHosts hosts;
  const SocketId client = hosts.a.udp_open(), server = hosts.b.udp_open();
  REQUIRE(hosts.b.bind(server, {{}, 53}) == Error::none);
  REQUIRE(hosts.a.send_to(hosts.now, client, Frame{1, 2, 3}, {address_b, 53}) == Error::none);

  const auto seen = hosts.exchange();
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].protocol == Protocol::arp);
  CHECK(seen[1].protocol == Protocol::arp);
  CHECK(seen[2].protocol == Protocol::udp);
  CHECK(hosts.last.verdict == Verdict::delivered);
  CHECK(hosts.last.socket == server);

  Frame buffer(10);
  CHECK(hosts.b.readable(server) == 3);
  const auto datagram = hosts.b.recv_from(server, buffer);
  REQUIRE(datagram);
  CHECK(datagram->size == 3);
  CHECK(datagram->from == Endpoint{address_a, hosts.a.local(client).port});
  hosts.b.send_to(hosts.now, server, Frame{4}, datagram->from);
  CHECK(hosts.exchange().size() == 1);
  CHECK(hosts.a.recv_from(client, buffer)->size == 1);
  CHECK_FALSE(hosts.a.recv_from(client, buffer));
}

TEST_CASE("a short buffer truncates the datagram, an empty datagram is one") {
  TwoHosts hosts;
  const SocketId client = hosts.a.udp_open(), server = hosts.b.udp_open();
  hosts.b.bind(server, {address_b, 53});
  hosts.a.send_to(hosts.now, client, Frame(100, 7), {address_b, 53});
  hosts.a.send_to(hosts.now, client, {}, {address_b, 53});
  hosts.exchange();
  Frame buffer(10);
  const auto first = hosts.b.recv_from(server, buffer), second = hosts.b.recv_from(server, buffer);
  CHECK(first->truncated);
  CHECK(first->size == 10);
  REQUIRE(second);
  CHECK(second->size == 0);
}

TEST_CASE("the receive buffer counts the overhead of every datagram") {
  TwoHosts hosts{{.udp = {.receive_buffer = 10'000_B, .datagram_overhead = 900_B}}};
  const SocketId client = hosts.a.udp_open(), server = hosts.b.udp_open();
  hosts.b.bind(server, {{}, 53});
  for (int i = 0; i < 12; ++i) hosts.a.send_to(hosts.now, client, Frame(100), {address_b, 53});
  hosts.exchange();
  CHECK(hosts.b.counters().datagrams_in == 10);
  CHECK(hosts.b.counters().dropped(DropReason::socket_buffer_full) == 2);
}

TEST_CASE("the send buffer counts what is not yet transmitted") {
  TwoHosts hosts{{.udp = {.send_buffer = 3000_B}}};
  hosts.a.add_neighbor(hosts.on_a, address_b, mac_b);
  const SocketId client = hosts.a.udp_open();
  CHECK(hosts.a.send_to(hosts.now, client, Frame(1400), {address_b, 53}) == Error::none);
  CHECK(hosts.a.send_to(hosts.now, client, Frame(1400), {address_b, 53}) == Error::none);
  CHECK(hosts.a.send_to(hosts.now, client, Frame(1400), {address_b, 53}) == Error::would_block);
  all_frames(hosts.a, hosts.now);
  CHECK(hosts.a.send_to(hosts.now, client, Frame(1400), {address_b, 53}) == Error::none);
}

TEST_CASE("of a datagram that the transmit queue cannot take whole, no fragment is sent") {
  TwoHosts hosts{{.transmit_queue = 10'000_B}};
  hosts.a.add_neighbor(hosts.on_a, address_b, mac_b);
  const SocketId client = hosts.a.udp_open();
  CHECK(hosts.a.send_to(hosts.now, client, Frame(8000), {address_b, 53}) == Error::none);
  CHECK(hosts.a.send_to(hosts.now, client, Frame(8000), {address_b, 53}) == Error::would_block);
  CHECK(hosts.a.counters().datagrams_out == 1);
  CHECK(all_frames(hosts.a, hosts.now).size() == 6);
  CHECK(hosts.a.send_to(hosts.now, client, Frame(8000), {address_b, 53}) == Error::none);
  CHECK(hosts.a.counters().fragments_out == 12);
}

TEST_CASE("a datagram larger than the MTU travels in fragments") {
  const int mtu = GENERATE(1500, 1000, 576);
  TwoHosts hosts{{}, mtu};
  const SocketId client = hosts.a.udp_open(), server = hosts.b.udp_open();
  hosts.b.bind(server, {{}, 53});
  Frame sent(20'000);
  for (std::size_t i = 0; i < sent.size(); ++i) sent[i] = static_cast<std::uint8_t>(i * 7 >> 3);
  hosts.a.send_to(hosts.now, client, sent, {address_b, 53});
  hosts.exchange();
  Frame received(sent.size());
  REQUIRE(hosts.b.recv_from(server, received));
  CHECK(received == sent);
  CHECK(hosts.b.counters().reassembled == 1);
  CHECK(hosts.a.counters().fragments_out == hosts.b.counters().fragments_in);
}

TEST_CASE("what cannot be sent or bound says why") {
  TwoHosts hosts;
  const SocketId socket = hosts.a.udp_open(), other = hosts.a.udp_open();
  CHECK(hosts.a.send_to(hosts.now, socket, Frame(65'508), {address_b, 53}) == Error::message_too_long);
  CHECK(hosts.a.send_to(hosts.now, socket, Frame(1), {{192, 168, 1, 1}, 53}) == Error::no_route);
  CHECK(hosts.a.send_to(hosts.now, socket, Frame(1), {address_b, 0}) == Error::invalid_argument);
  CHECK(hosts.a.bind(socket, {address_b, 53}) == Error::invalid_argument);
  CHECK(hosts.a.bind(socket, {{}, 53}) == Error::none);
  CHECK(hosts.a.bind(socket, {{}, 54}) == Error::invalid_argument);
  CHECK(hosts.a.bind(other, {{}, 53}) == Error::address_in_use);
  hosts.a.close(hosts.now, socket);
  CHECK(hosts.a.bind(other, {{}, 53}) == Error::none);
  CHECK(hosts.a.send_to(hosts.now, socket, Frame(1), {address_b, 53}) == Error::bad_socket);
}

TEST_CASE("a broadcast reaches the socket that is bound to any address") {
  TwoHosts hosts;
  const SocketId client = hosts.a.udp_open(), server = hosts.b.udp_open();
  hosts.b.bind(server, {{}, 67});
  const Ipv4Address to = GENERATE(Ipv4Address{255, 255, 255, 255}, Ipv4Address{10, 0, 0, 255});
  hosts.a.send_to(hosts.now, client, Frame(5), {to, 67});
  CHECK(hosts.exchange().size() == 1);  // no ARP
  CHECK(hosts.b.readable(server) == 5);
}

}  // namespace ringside::net::test
