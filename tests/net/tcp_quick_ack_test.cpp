// When ACKs are not delayed: Linux's quick acknowledgements, and TCP_QUICKACK.
#include "catch.hpp"
#include "socket_bench.hpp"

namespace ringside::net::test {
namespace {

using option::tcp_level;
constexpr int quick_ack = option::tcp::quick_ack;

// The sixteen of the beginning.
void use_up(SocketBench& b) {
  for (std::uint32_t i = 0; i < 16; ++i) {
    b.receive(data(1 + i * 100, 100, 1));
    b.expect(ack(1, 101 + i * 100));
  }
}

}  // namespace

TEST_CASE("the first sixteen segments are acknowledged at once") {  // TCP_MAX_QUICKACKS
  SocketBench b;
  b.accepted();
  use_up(b);
  b.receive(data(1601, 50, 1));
  b.expect_silence();
  CHECK(b.until_due() == 40ms);
  SECTION("or by who reads all there is, since a segment that is not full ends what was said") {
    b.recv(1000);
    b.expect_silence();
    b.recv(1000);
    b.expect(ack(1, 1651));
  }
  SECTION("and again after a silence longer than the retransmission time-out") {  // tcp_event_data_recv()
    b.advance(40ms);
    b.expect(ack(1, 1651));
    b.advance(201ms);
    b.receive(data(1651, 100, 1));
    b.expect(ack(1, 1751));
  }
  SECTION("and after what comes twice") {
    b.receive(data(1501, 100, 1));
    b.expect(ack(1, 1651).sacking({{1501, 1601}}));
    b.receive(data(1651, 100, 1));
    b.expect(ack(1, 1751));
  }
}

TEST_CASE("half the window in segments is enough") {  // tcp_incr_quickack()
  SocketBench b{{.tcp = {.timestamps = false, .window_scale = false, .receive_buffer = 9000_B}}};
  b.accepted();
  for (std::uint32_t i = 0; i < 4; ++i) {
    b.receive(data(1 + i * 100, 100, 1));
    b.expect(ack(1, 101 + i * 100));
  }
  b.receive(data(401, 100, 1));
  b.expect_silence();
}

TEST_CASE("who answers has ACKs go with the answers") {  // pingpong mode
  SocketBench b;
  b.accepted();
  CHECK(b.get(tcp_level, quick_ack) == "1");
  b.receive(data(1, 100, 1));
  b.expect(ack(1, 101));
  b.send(10);
  b.expect(data(1, 10, 101));
  CHECK(b.get(tcp_level, quick_ack) == "0");
  b.receive(data(101, 100, 11));
  b.expect_silence();
  SECTION("reading lets it out only with the second small one") {  // ICSK_ACK_PUSHED2
    b.recv(1000);
    b.expect_silence();
    b.receive(data(201, 100, 11));
    b.expect_silence();
    b.recv(1000);
    b.expect(ack(11, 301));
  }
  SECTION("an answer") {
    b.send(10);
    b.expect(data(11, 10, 201));
  }
  SECTION("TCP_QUICKACK lets the ACK out, once all is read, and the next at once") {
    CHECK(b.set(tcp_level, quick_ack, 1) == "0");
    b.expect_silence();
    b.recv(1000);
    CHECK(b.set(tcp_level, quick_ack, 1) == "0");
    b.expect(ack(11, 201));
    b.receive(data(201, 100, 11));
    b.expect(ack(11, 301));
  }
  SECTION("for this once") {
    b.recv(1000);
    CHECK(b.set(tcp_level, quick_ack, 2) == "0");
    b.expect(ack(11, 201));
    b.receive(data(201, 100, 11));
    b.expect_silence();
  }
}

TEST_CASE("without quick acknowledgements the handshake's last segment waits for text") {
  SocketBench b;
  b.fd = b.open_stream();
  REQUIRE(b.bind() == "0");
  CHECK(b.set(tcp_level, quick_ack, 0) == "0");
  b.connect();
  b.expect(syn());
  b.receive(syn_ack().win(65535).with_mss(1000));
  b.expect_silence();
  SECTION("text") {
    b.send(100);
    b.expect(data(1, 100, 1));
  }
  SECTION("or 200 ms") {  // TCP_DELACK_MAX
    b.advance(200ms);
    b.expect(ack(1, 1));
  }
}

TEST_CASE("the stack alone delays from the first segment on") {
  TcpBench b;
  b.connect();
  b.receive(data(1, 100, 1));
  b.expect_silence();
}

}  // namespace ringside::net::test
