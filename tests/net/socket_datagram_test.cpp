// Datagrams through the socket API.
#include "catch.hpp"
#include "ringside/net/socket_options.hpp"
#include "ringside/net/sockets.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {
namespace {

struct DatagramBench : TwoHosts {
  Fd open() { return Fd{static_cast<std::int32_t>(sockets.socket(SocketType::datagram).value)}; }
  Returned send(std::size_t octets, MessageFlag flag = {}) {
    return sockets.send(now, fd, Frame(octets), static_cast<MessageFlags>(flag));
  }
  Returned send_to(std::size_t octets, Endpoint to) { return sockets.send_to(now, fd, Frame(octets), to); }
  Returned recv(std::size_t most, MessageFlag flag = {}) {
    Frame bytes(most);
    return sockets.recv_from(now, fd, bytes, from, static_cast<MessageFlags>(flag));
  }
  std::uint32_t poll() const {
    return sockets.poll(fd) & ~(ready::read_normal | ready::write_normal);  // which go with in and out
  }

  Sockets sockets{a};
  Fd fd = open();
  Endpoint from{};
};

constexpr Endpoint server{address_b, 53};
Returned error(Errno why) { return {-1, why}; }

}  // namespace

TEST_CASE("a datagram needs an address, or a peer") {
  DatagramBench d;
  CHECK(d.send(10) == error(Errno::edestaddrreq));
  CHECK(d.send_to(10, {address_b, 0}) == error(Errno::einval));
  CHECK(d.send_to(10, {{192, 168, 7, 1}, 53}) == error(Errno::enetunreach));
  CHECK(d.send_to(65'508, server) == error(Errno::emsgsize));
  CHECK(d.send_to(10, server) == Returned{10});
  CHECK(d.sockets.connect(d.now, d.fd, server) == Returned{});
  CHECK(d.send(10) == Returned{10});
  CHECK(d.send(10, MessageFlag::out_of_band) == error(Errno::eopnotsupp));
  CHECK(d.sockets.local(d.fd).address == address_a);
  CHECK(d.sockets.remote(d.fd) == server);
  CHECK(d.sockets.local(d.fd).port != 0);
  CHECK(d.sockets.disconnect(d.now, d.fd) == Returned{});
  CHECK(d.sockets.local(d.fd) == Endpoint{Ipv4Address{}, 0});  // the port was the stack's choice
  CHECK(d.send(10) == error(Errno::edestaddrreq));
}

TEST_CASE("a broadcast must be meant") {
  DatagramBench d;
  for (const Ipv4Address all : {Ipv4Address{10, 0, 0, 255}, Ipv4Address{255, 255, 255, 255}}) {
    CHECK(d.send_to(10, {all, 53}) == error(Errno::eacces));
    CHECK(d.sockets.connect(d.now, d.fd, {all, 53}) == error(Errno::eacces));
  }
  const std::array<std::uint8_t, 4> yes{1};
  CHECK(d.sockets.setsockopt(d.now, d.fd, option::socket_level, option::socket::broadcast, yes) ==
        Returned{});
  CHECK(d.send_to(10, {{10, 0, 0, 255}, 53}) == Returned{10});
}

TEST_CASE("a datagram is read whole or cut, and its size is told to who asks") {
  DatagramBench d;
  const SocketId other = d.b.udp_open();
  d.b.bind(other, server);
  CHECK(d.sockets.bind(d.fd, {address_a, 1000}) == Returned{});
  CHECK(d.recv(10) == error(Errno::eagain));
  for (const std::size_t octets : {100u, 50u, 0u})
    d.b.send_to(d.now, other, Frame(octets), {address_a, 1000});
  d.exchange();
  CHECK(d.sockets.amount(d.fd, Sockets::Amount::unread) == Returned{100});
  CHECK(d.poll() == (ready::in | ready::out));
  CHECK(d.recv(10, MessageFlag::peek) == Returned{10});
  CHECK(d.recv(10, MessageFlag::truncate) == Returned{100});
  CHECK(d.from == server);
  CHECK(d.recv(100) == Returned{50});
  CHECK(d.recv(100) == Returned{0});
  CHECK(d.poll() == ready::out);
}

TEST_CASE("with a peer only the peer is heard") {
  DatagramBench d;
  const SocketId peer = d.b.udp_open(), stranger = d.b.udp_open();
  d.b.bind(peer, server);
  CHECK(d.sockets.bind(d.fd, {address_a, 1000}) == Returned{});
  CHECK(d.sockets.connect(d.now, d.fd, server) == Returned{});
  d.b.send_to(d.now, stranger, Frame(10), {address_a, 1000});
  d.exchange();
  CHECK(d.recv(100) == error(Errno::eagain));
  CHECK(d.b.error(stranger) == Error::connection_refused);
  d.b.send_to(d.now, peer, Frame(20), {address_a, 1000});
  d.exchange();
  CHECK(d.recv(100) == Returned{20});
}

TEST_CASE("that nobody is there is told once to who has a peer") {
  DatagramBench d;
  SECTION("without one it is not told") {
    CHECK(d.send_to(10, server) == Returned{10});
    d.exchange();
    CHECK(d.poll() == ready::out);
    CHECK(d.recv(10) == error(Errno::eagain));
  }
  SECTION("with one") {
    d.sockets.connect(d.now, d.fd, server);
    CHECK(d.send(10) == Returned{10});
    d.exchange();
    CHECK(d.poll() == (ready::out | ready::err));
    CHECK(d.send(10) == error(Errno::econnrefused));
    CHECK(d.send(10) == Returned{10});
  }
}

TEST_CASE("who asks is told where a datagram came to, and who said that one cannot go on") {
  DatagramBench d;
  const std::array<std::uint8_t, 4> yes{1};
  for (const int name : {option::ip::packet_info, option::ip::receive_error})
    CHECK(d.sockets.setsockopt(d.now, d.fd, option::ip_level, name, yes) == Returned{});
  CHECK(d.sockets.bind(d.fd, {{}, 1000}) == Returned{});
  const SocketId other = d.b.udp_open();
  d.b.bind(other, {address_b, 54});
  d.b.send_to(d.now, other, Frame(10), {address_a, 1000});
  d.exchange();
  Frame bytes(100);
  ReceivedMessage came;
  CHECK(d.sockets.recv_message(d.now, d.fd, bytes, came) == Returned{10});
  REQUIRE(came.packet);
  CHECK(came.packet->interface == 1);
  CHECK(came.packet->local == address_a);
  CHECK(came.packet->to == address_a);
  CHECK(d.send_to(10, server) == Returned{10});
  d.exchange();
  ReceivedMessage said;
  const auto queue = static_cast<MessageFlags>(MessageFlag::error_queue);
  CHECK(d.sockets.recv_message(d.now, d.fd, bytes, said, queue) == Returned{10});  // all of it came back
  CHECK(said.from == server);
  REQUIRE(said.error);
  CHECK(said.error->offender == address_b);
  CHECK(said.error->error == Errno::econnrefused);
  CHECK(d.send_to(10, server) == Returned{10});
}

TEST_CASE("datagrams after a shutdown") {
  DatagramBench d;
  CHECK(d.sockets.shutdown(d.now, d.fd, Shutdown::read) == error(Errno::enotconn));  // and done all the same
  CHECK(d.poll() == (ready::in | ready::out | ready::rdhup));
  CHECK(d.recv(10) == Returned{0});
  CHECK(d.recv(10, MessageFlag::dont_wait) == error(Errno::eagain));
  d.sockets.connect(d.now, d.fd, server);
  CHECK(d.sockets.shutdown(d.now, d.fd, Shutdown::write) == Returned{});
  CHECK(d.send(10) == error(Errno::epipe));
  CHECK((d.poll() & ready::hup) != 0);
}

TEST_CASE("a datagram socket neither listens nor accepts, and has its port alone") {
  DatagramBench d;
  CHECK(d.sockets.listen(d.now, d.fd, 1) == error(Errno::eopnotsupp));
  CHECK(d.sockets.accept(d.now, d.fd) == error(Errno::eopnotsupp));
  CHECK(d.sockets.bind(d.fd, {{}, 1000}) == Returned{});
  CHECK(d.sockets.bind(d.fd, {{}, 1000}) == error(Errno::einval));
  const Fd other = d.open();
  CHECK(d.sockets.bind(other, {address_a, 1000}) == error(Errno::eaddrinuse));
  CHECK(d.sockets.bind(other, {address_b, 1000}) == error(Errno::eaddrnotavail));
  CHECK(d.sockets.amount(d.fd, Sockets::Amount::unsent) == error(Errno::enotty));
  CHECK(d.sockets.close(d.now, d.fd) == Returned{});
  CHECK(d.sockets.bind(other, {address_a, 1000}) == Returned{});
}

}  // namespace ringside::net::test
