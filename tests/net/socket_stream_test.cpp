// Octets through the socket API: send(), recv(), half a close, and each error told once.
#include "catch.hpp"
#include "socket_bench.hpp"

namespace ringside::net::test {

TEST_CASE("recv waits, peeks, throws away and takes what there is") {
  SocketBench b;
  b.accepted();
  CHECK(b.recv(10) == "EAGAIN");
  CHECK(b.recv(0) == "EAGAIN");
  b.receive(data(1, 500, 1));
  CHECK(b.amount(Sockets::Amount::unread) == "500");
  CHECK(b.recv(0) == "0");
  CHECK(b.recv(100, b.flags(MessageFlag::peek)) == "100");
  CHECK(b.recv(1000, b.flags(MessageFlag::peek)) == "500");
  std::vector<std::uint8_t> untouched(100, 0xee);
  CHECK(b.sockets.recv(b.now, b.fd, untouched, b.flags(MessageFlag::truncate)) == Returned{100});
  CHECK(untouched == std::vector<std::uint8_t>(100, 0xee));
  std::vector<std::uint8_t> read(1000);
  CHECK(b.sockets.recv(b.now, b.fd, read) == Returned{400});
  CHECK(read[0] == octet(100));
  CHECK(read[399] == octet(499));
  CHECK(b.recv(1, b.flags(MessageFlag::out_of_band)) == "EINVAL");
}

TEST_CASE("recv that waits for all of it has nothing before") {
  SocketBench b;
  b.accepted();
  b.receive(data(1, 500, 1));
  const MessageFlags all = b.flags(MessageFlag::wait_all);
  CHECK(b.recv(600, all) == "EAGAIN");
  SECTION("more comes") {
    b.receive(data(501, 300, 1));
    CHECK(b.recv(600, all) == "600");
  }
  SECTION("no more will come") {
    b.receive(fin(501, 1));
    CHECK(b.recv(600, all) == "500");
    CHECK(b.recv(600, all) == "0");
  }
  SECTION("but not wait") { CHECK(b.recv(600, all | b.flags(MessageFlag::dont_wait)) == "500"); }
}

TEST_CASE("send takes what fits, and then nothing until some of it is acknowledged") {
  SocketBench b{{.tcp = {.timestamps = false, .window_scale = false, .send_buffer = 3000_B}}};
  b.connected();
  CHECK(b.send(0) == "0");
  CHECK(b.send(40000) == "32000");  // one packet, of half the window
  CHECK(b.send(1) == "EAGAIN");
  CHECK((b.poll() & ready::out) == 0);
  for (std::uint32_t i = 0; i < 10; ++i) b.expect(data(1 + i * 1000, 1000, 1));
  CHECK(b.amount(Sockets::Amount::unacknowledged) == "32000");
  CHECK(b.amount(Sockets::Amount::unsent) == "22000");
  b.receive(ack(1, 10001));
  CHECK((b.poll() & ready::out) == 0);
  CHECK(b.send(1) == "EAGAIN");
  CHECK(b.send(1, b.flags(MessageFlag::out_of_band)) == "EAGAIN");
  CHECK(b.send(1, b.flags(MessageFlag::fast_open)) == "EISCONN");
}

TEST_CASE("the peer's FIN is the end of reading, and writing goes on") {
  SocketBench b;
  b.accepted();
  b.receive(data(1, 100, 1));
  b.expect(ack(1, 101));
  b.receive(fin(101, 1));
  b.expect_silence();  // its ACK goes with the answer
  CHECK(b.amount(Sockets::Amount::unread) == "100");
  CHECK(b.recv(1000) == "100");
  CHECK(b.recv(1000) == "0");
  CHECK(b.recv(1000) == "0");
  CHECK(b.send(100) == "100");
  b.expect(data(1, 100, 102));
}

TEST_CASE("after SHUT_WR writing breaks the pipe, and reading goes on") {
  SocketBench b;
  b.accepted();
  CHECK(b.shutdown(Shutdown::write) == "0");
  b.expect(fin(1, 1));
  CHECK(b.send(1) == "EPIPE");
  CHECK(b.amount(Sockets::Amount::unacknowledged) == "1");  // the FIN
  b.receive(data(1, 100, 2));
  CHECK(b.recv(1000) == "100");
  CHECK(b.recv(1000) == "EAGAIN");
}

TEST_CASE("after SHUT_RD there is the end behind what has come, and the peer is not told") {
  SocketBench b;
  b.accepted();
  b.receive(data(1, 100, 1));
  b.expect(ack(1, 101));
  CHECK(b.shutdown(Shutdown::read) == "0");
  b.expect_silence();
  CHECK(b.recv(1000) == "100");
  CHECK(b.recv(1000) == "0");
  CHECK(b.send(10) == "10");
  b.expect(data(1, 10, 101));
  SECTION("what comes is read all the same") {
    b.receive(data(101, 100, 11));
    CHECK(b.recv(1000) == "100");
    CHECK(b.recv(1000) == "0");
  }
  SECTION("after both it is refused") {  // tcp_rcv_state_process(), TCPABORTONDATA
    CHECK(b.shutdown(Shutdown::write) == "0");
    b.expect(fin(11, 101));
    b.receive(data(101, 100, 12));
    b.expect(rst(12));
    CHECK(b.pending() == "ECONNRESET");
  }
}

TEST_CASE("a reset is told once: then reading is at its end and the pipe broken") {
  SocketBench b;
  b.accepted();
  b.receive(data(1, 100, 1));
  b.expect(ack(1, 101));
  b.receive(rst(101));
  SECTION("to the reader, behind what came before") {
    CHECK(b.recv(1000) == "100");
    CHECK(b.recv(1000) == "ECONNRESET");
    CHECK(b.recv(1000) == "0");
    CHECK(b.send(1) == "EPIPE");
  }
  SECTION("to the writer") {
    CHECK(b.send(1) == "ECONNRESET");
    CHECK(b.send(1) == "EPIPE");
    CHECK(b.recv(1000) == "100");
    CHECK(b.recv(1000) == "0");
  }
  SECTION("to who asks") {
    CHECK(b.pending() == "ECONNRESET");
    CHECK(b.pending() == "0");
    CHECK(b.send(1) == "EPIPE");
  }
  CHECK(b.shutdown(Shutdown::both) == "ENOTCONN");
  CHECK(b.close() == "0");
  b.expect_silence();
}

TEST_CASE("a reset behind a FIN breaks the pipe") {  // tcp_reset() in CLOSE-WAIT
  SocketBench b;
  b.accepted();
  b.receive(fin(1, 1));
  b.expect(ack(1, 2));
  b.receive(rst(2));
  CHECK(b.recv(1) == "0");
  CHECK(b.pending() == "EPIPE");
  CHECK(b.pending() == "0");
}

TEST_CASE("a stream that both have closed is no longer connected") {
  SocketBench b;
  b.accepted();
  CHECK(b.shutdown(Shutdown::write) == "0");
  b.expect(fin(1, 1));
  b.receive(fin(1, 2));
  b.expect(ack(2, 2));
  CHECK(b.stack.state(b.sockets.socket_of(b.fd)) == TcpState::time_wait);
  CHECK(b.shutdown(Shutdown::both) == "ENOTCONN");
  CHECK(b.recv(1) == "0");
  CHECK(b.send(1) == "EPIPE");
  CHECK(b.connect() == "EISCONN");
}

}  // namespace ringside::net::test
