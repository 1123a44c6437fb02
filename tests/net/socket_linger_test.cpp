// What close() does: SO_LINGER, and TCP_LINGER2 for what comes after.
#include "catch.hpp"
#include "socket_bench.hpp"

namespace ringside::net::test {
namespace {

using namespace option;

std::string linger(SocketBench& b, std::int32_t on, std::int32_t seconds) {
  std::array<std::uint8_t, 8> value;
  std::memcpy(value.data(), &on, 4);
  std::memcpy(value.data() + 4, &seconds, 4);
  return b.text(b.sockets.setsockopt(b.now, b.fd, socket_level, socket::linger, value));
}

}  // namespace

TEST_CASE("without time to linger a connection is reset") {
  SocketBench b;
  b.connected();
  CHECK(linger(b, 1, 0) == "0");
  std::array<std::uint8_t, 8> told{};
  CHECK(b.sockets.getsockopt(b.now, b.fd, socket_level, socket::linger, told) == Returned{8});
  CHECK(told[0] == 1);
  b.send(100);
  b.expect(data(1, 100, 1));
  CHECK(b.close() == "0");
  b.expect(rst_ack(101, 1));
  CHECK(b.close() == "EBADF");
  b.expect_silence();
}

TEST_CASE("close lingers until the FIN is acknowledged, or its time is over") {
  SocketBench b;
  b.connected();
  CHECK(linger(b, 1, 2) == "0");
  CHECK(b.close() == "EAGAIN");
  b.expect(fin(1, 1));
  CHECK(b.sockets.deadline() == b.now + 2s);
  CHECK(b.poll() == 0);
  SECTION("acknowledged") {
    b.receive(ack(1, 2));
    CHECK(b.poll() == ready::hup);
  }
  SECTION("over") {
    b.advance(1s);
    CHECK(b.close() == "EAGAIN");
    b.advance(1s);
  }
  CHECK(b.close() == "0");
  CHECK(b.close() == "EBADF");
  CHECK_FALSE(b.sockets.deadline());
}

TEST_CASE("a time that no clock shows is as long as there is") {
  SocketBench b;
  b.connected();
  CHECK(linger(b, 1, std::numeric_limits<std::int32_t>::max()) == "0");
  CHECK(b.set(tcp_level, tcp::defer_accept, std::numeric_limits<std::int32_t>::max()) == "0");
  b.advance(1h);
  CHECK(b.close() == "EAGAIN");
  b.expect(fin(1, 1));
  CHECK_FALSE(b.sockets.deadline());  // never
}

TEST_CASE("switched off, close does not linger") {
  SocketBench b;
  b.connected();
  linger(b, 1, 2);
  CHECK(linger(b, 0, 2) == "0");
  CHECK(b.set(socket_level, socket::linger, 1) == "EINVAL");  // it has two numbers
  CHECK(b.close() == "0");
  b.expect(fin(1, 1));
}

TEST_CASE("an orphan waits in FIN-WAIT-2 for as long as TCP_LINGER2 says") {
  SocketBench b;
  b.connected();
  const SocketId id = b.sockets.socket_of(b.fd);
  SECTION("five seconds") {
    CHECK(b.set(tcp_level, tcp::linger2, 5) == "0");
    CHECK(b.get(tcp_level, tcp::linger2) == "5");
    b.close();
    b.expect(fin(1, 1));
    b.receive(ack(1, 2));
    b.expect_silence();
    CHECK(b.until_due() == 5s);
    b.advance(5s);
    b.expect_silence();
  }
  SECTION("not at all") {
    CHECK(b.set(tcp_level, tcp::linger2, -7) == "0");
    CHECK(b.get(tcp_level, tcp::linger2) == "-1");
    b.close();
    b.expect(fin(1, 1));
    b.receive(ack(1, 2));
    b.stack.run_due(b.now);
  }
  SECTION("not at all, and it is there already") {
    b.set(tcp_level, tcp::linger2, -1);
    b.shutdown(Shutdown::write);
    b.expect(fin(1, 1));
    b.receive(ack(1, 2));
    CHECK(b.stack.state(id) == TcpState::fin_wait_2);
    b.close();
    b.expect(rst_ack(2, 1));
  }
  CHECK(b.stack.state(id) == TcpState::closed);
}

TEST_CASE("TCP_LINGER2 of zero is the stack's, and the most is two minutes") {
  SocketBench b;
  b.connected();
  CHECK(b.set(tcp_level, tcp::linger2, 1000) == "0");
  CHECK(b.get(tcp_level, tcp::linger2) == "120");
  CHECK(b.set(tcp_level, tcp::linger2, 0) == "0");
  CHECK(b.get(tcp_level, tcp::linger2) == "60");
}

}  // namespace ringside::net::test
