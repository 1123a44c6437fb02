// socket() to close() of streams: which call is allowed when, and who has the port. POSIX, and Linux where it
// leaves a choice.
#include "catch.hpp"
#include "socket_bench.hpp"

namespace ringside::net::test {

TEST_CASE("a descriptor is the lowest that is free, and names nothing once it is closed") {
  SocketBench b;
  const Fd first = b.open_stream(), second = b.open_stream();
  CHECK(first == Fd{3});
  CHECK(second == Fd{4});
  b.fd = first;
  CHECK(b.close() == "0");
  CHECK(b.close() == "EBADF");
  CHECK(b.send(1) == "EBADF");
  CHECK(b.poll() == 0);
  CHECK(b.open_stream() == first);
}

TEST_CASE("errors have their names") {
  CHECK(name_of(Errno::econnrefused) == "ECONNREFUSED");
  CHECK(errno_named("EAGAIN") == Errno::eagain);
  CHECK_FALSE(errno_named("EWHATEVER"));
}

TEST_CASE("a stream is bound once, to an address of this host") {
  SocketBench b;
  b.fd = b.open_stream();
  CHECK(b.bind({address_b, 40000}) == "EADDRNOTAVAIL");
  CHECK(b.bind({address_a, 0}) == "0");
  CHECK(b.sockets.local(b.fd) == Endpoint{address_a, 32768});  // the first of net.ipv4.ip_local_port_range
  CHECK(b.bind() == "EINVAL");
}

TEST_CASE("a port is shared if both sides say so and neither listens") {  // inet_csk_bind_conflict()
  SocketBench b;
  const bool share = GENERATE(false, true);
  const Fd first = b.open_stream(), second = b.open_stream();
  for (const Fd fd : {first, second}) {
    b.fd = fd;
    CHECK(b.set(option::socket_level, option::socket::reuse_address, share) == "0");
  }
  b.fd = first;
  CHECK(b.bind({{}, 40000}) == "0");
  b.fd = second;
  if (!share) {
    CHECK(b.bind() == "EADDRINUSE");
    return;
  }
  CHECK(b.bind() == "0");
  CHECK(b.listen(1) == "0");
  b.fd = first;
  CHECK(b.listen(1) == "EADDRINUSE");
  b.fd = b.open_stream();
  CHECK(b.set(option::socket_level, option::socket::reuse_address, 1) == "0");
  CHECK(b.bind() == "EADDRINUSE");  // one of them listens
}

TEST_CASE("a closed connection has its port until it is gone, unless it is shared") {
  SocketBench b;
  b.connected();
  CHECK(b.close() == "0");
  b.expect(fin(1, 1));
  b.receive(ack(1, 2));
  b.receive(fin(1, 2));
  b.expect(ack(2, 2));
  b.fd = b.open_stream();
  CHECK(b.bind() == "EADDRINUSE");
  b.advance(60s);
  b.expect_silence();
  CHECK(b.bind() == "0");
}

TEST_CASE("listen wants a stream that is not connected, and may change its mind about the backlog") {
  SocketBench b;
  b.connected();
  CHECK(b.listen(1) == "EINVAL");
  b.fd = b.open_stream();
  CHECK(b.accept() == "EINVAL");
  CHECK(b.listen(0) == "0");  // bound by the way
  CHECK(b.sockets.local(b.fd).port == 32768);
  CHECK(b.get(option::socket_level, option::socket::accepting) == "1");
  CHECK(b.accept() == "EAGAIN");
  CHECK(b.connect() == "EISCONN");
  CHECK(b.send(1) == "EPIPE");
  CHECK(b.recv(1) == "ENOTCONN");
  CHECK(b.amount(Sockets::Amount::unread) == "EINVAL");
}

TEST_CASE("a backlog of zero admits one, and a larger one more") {  // sk_acceptq_is_full()
  TwoHosts hosts;
  Sockets sockets{hosts.a};
  const Fd fd{static_cast<std::int32_t>(sockets.socket(SocketType::stream).value)};
  sockets.bind(fd, here);
  sockets.listen(hosts.now, fd, 0);
  for (int i = 0; i < 3; ++i) {
    hosts.b.tcp_connect(hosts.now, here);
    hosts.exchange();
  }
  CHECK(hosts.a.counters().dropped(DropReason::backlog_full) == 2);
  CHECK(sockets.listen(hosts.now, fd, 1) == Returned{});
  hosts.now += 1s;
  hosts.exchange();  // the SYNs come again
  CHECK(hosts.a.counters().dropped(DropReason::backlog_full) == 3);
  CHECK(sockets.accept(hosts.now, fd) == Returned{4});
  CHECK(sockets.accept(hosts.now, fd) == Returned{5});
  CHECK(sockets.accept(hosts.now, fd) == Returned{-1, Errno::eagain});
}

TEST_CASE("an accepted stream knows its ends, and shares the port of its listener") {
  SocketBench b;
  b.accepted();
  CHECK(b.sockets.local(b.fd) == here);
  CHECK(b.sockets.remote(b.fd) == there);
  CHECK(b.connect() == "EISCONN");
  CHECK(b.listen(1) == "EINVAL");
  CHECK(b.accept() == "EINVAL");
  b.fd = b.listening;
  CHECK(b.close() == "0");
  b.fd = b.open_stream();
  CHECK(b.bind() == "EADDRINUSE");  // the child still has it
}

TEST_CASE("a child that was reset before it was accepted is accepted, and says so") {
  SocketBench b;
  b.listens();
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack());
  b.receive(ack(1, 1));
  b.receive(rst(1));
  CHECK(b.accept() == "4");
  CHECK(b.recv(1) == "ECONNRESET");
  CHECK(b.recv(1) == "0");
}

TEST_CASE("connect is in progress, then already so, once done and then done before") {
  SocketBench b;
  b.fd = b.open_stream();
  REQUIRE(b.bind() == "0");
  CHECK(b.connect() == "EINPROGRESS");
  b.expect(syn());
  CHECK(b.connect() == "EALREADY");
  CHECK(b.send(1, SocketBench::flags(MessageFlag::dont_wait)) == "EAGAIN");
  CHECK(b.recv(1) == "EAGAIN");
  b.receive(syn_ack().with_mss(1000));
  b.expect(ack(1, 1));
  CHECK(b.connect() == "0");
  CHECK(b.connect() == "EISCONN");
}

TEST_CASE("why connect failed is told once, by whoever asks first") {
  SocketBench b;
  b.fd = b.open_stream();
  REQUIRE(b.bind() == "0");
  CHECK(b.connect() == "EINPROGRESS");
  b.expect(syn());
  b.receive(rst_ack(0, 1));
  SECTION("connect: and another attempt begins") {
    CHECK(b.connect() == "ECONNREFUSED");
    CHECK(b.pending() == "0");
    CHECK(b.sockets.local(b.fd) == here);
    CHECK(b.connect() == "EINPROGRESS");
    b.expect_from(Seg{.flags = {.syn = true}, .seq = 0});
  }
  SECTION("SO_ERROR: connect knows no reason any more") {
    CHECK(b.pending() == "ECONNREFUSED");
    CHECK(b.pending() == "0");
    CHECK(b.connect() == "ECONNABORTED");
  }
  SECTION("recv: then it is the end") {
    CHECK(b.recv(1) == "ECONNREFUSED");
    CHECK(b.recv(1) == "0");
    CHECK(b.send(1) == "EPIPE");
  }
}

TEST_CASE("a connect that is not answered times out") {
  SocketBench b{{.tcp = {.syn_retries = 1}}};
  b.fd = b.open_stream();
  REQUIRE(b.bind() == "0");
  CHECK(b.connect() == "EINPROGRESS");
  b.expect(syn());
  for (int i = 0; i < 2; ++i) {  // as long as one that is doubled would take, with the first
    b.advance(1s);
    b.expect(syn());
  }
  b.advance(1s);
  b.expect_silence();
  CHECK(b.poll() == (ready::in | ready::out | ready::err | ready::hup | ready::rdhup));
  CHECK(b.connect() == "ETIMEDOUT");
}

TEST_CASE("there must be a way to the peer, and its address that of one host") {
  SocketBench b;
  b.fd = b.open_stream();
  CHECK(b.connect({{192, 168, 7, 1}, 80}) == "ENETUNREACH");
  CHECK(b.connect({{224, 0, 0, 1}, 80}) == "ENETUNREACH");
  CHECK(b.connect({{10, 0, 0, 255}, 80}) == "ENETUNREACH");
  CHECK(b.connect() == "EINPROGRESS");
}

TEST_CASE("two streams cannot connect between the same end points") {  // __inet_check_established()
  SocketBench b;
  for (const std::string_view expected : {"EINPROGRESS", "EADDRNOTAVAIL"}) {
    b.fd = b.open_stream();
    b.set(option::socket_level, option::socket::reuse_address, 1);
    REQUIRE(b.bind() == "0");
    CHECK(b.connect() == expected);
  }
}

TEST_CASE("disconnecting resets the peer and leaves a stream that may connect again") {  // tcp_disconnect()
  SocketBench b;
  b.connected();
  CHECK(b.disconnect() == "0");
  b.expect(rst_ack(1, 1));
  CHECK(b.pending() == "ECONNRESET");
  CHECK(b.recv(1) == "ENOTCONN");
  CHECK(b.connect() == "EINPROGRESS");
  CHECK(b.disconnect() == "0");  // while it connects
  CHECK(b.pending() == "ECONNRESET");
  CHECK(b.listen(1) == "0");
}

TEST_CASE("a stream that was never connected") {
  SocketBench b;
  b.fd = b.open_stream();
  CHECK(b.recv(1) == "ENOTCONN");
  CHECK(b.send(1) == "EPIPE");
  CHECK(b.poll() == (ready::out | ready::hup));
  CHECK(b.shutdown(Shutdown::write) == "ENOTCONN");
  CHECK(b.disconnect() == "0");
  CHECK(b.pending() == "0");
  CHECK(b.get(option::socket_level, option::socket::type) == "1");
  CHECK(b.get(option::socket_level, option::socket::protocol) == "6");
  CHECK(b.get(option::socket_level, option::socket::accepting) == "0");
  CHECK(b.get(option::socket_level, 4711) == "ENOPROTOOPT");
  CHECK(b.set(4711, 1, 1) == "ENOPROTOOPT");
  CHECK(SocketBench::text(b.sockets.setsockopt(b.now, b.fd, option::socket_level,
                                               option::socket::reuse_address, {})) == "EINVAL");
}

TEST_CASE("shutting down a listener's reading ends it, and so does closing") {  // inet_shutdown()
  SocketBench b;
  b.listens();
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack());
  b.receive(ack(1, 1));
  CHECK(b.shutdown(Shutdown::write) == "0");
  b.expect_silence();
  SECTION("shutdown: the descriptor may listen again") {
    CHECK(b.shutdown(Shutdown::both) == "0");
    b.expect(rst_ack(1, 1));
    CHECK(b.accept() == "EINVAL");
    CHECK(b.listen(1) == "0");
  }
  SECTION("close") {
    CHECK(b.close() == "0");
    b.expect(rst_ack(1, 1));
  }
}

}  // namespace ringside::net::test
