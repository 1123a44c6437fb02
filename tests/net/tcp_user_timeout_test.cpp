// TCP_USER_TIMEOUT and TCP_SYNCNT: how long a sender goes on without an answer.
#include "catch.hpp"
#include "socket_bench.hpp"

namespace ringside::net::test {
namespace {

using namespace option;

}  // namespace

TEST_CASE("a sender gives up when the time since the first retransmission is over") {
  SocketBench b{{.tcp = {.loss_probe = false}}};
  b.connected();
  CHECK(b.set(tcp_level, tcp::user_timeout, 1000) == "0");
  CHECK(b.get(tcp_level, tcp::user_timeout) == "1000");
  b.send(100);
  b.expect(data(1, 100, 1));
  b.advance(200ms);
  b.expect(data(1, 100, 1));
  b.advance(400ms);
  b.expect(data(1, 100, 1));
  b.expect_silence();
  CHECK(b.until_due() == 600ms);  // of the 800 that the back-off would have
  b.advance(600ms);
  b.expect_silence();
  CHECK(b.recv(1) == "ETIMEDOUT");
}

TEST_CASE("an acknowledgement begins the time anew") {
  SocketBench b{{.tcp = {.loss_probe = false}}};
  b.connected();
  b.set(tcp_level, tcp::user_timeout, 500);
  b.send(2000);
  b.drain();
  b.advance(200ms);
  b.expect(data(1, 1000, 1));
  b.advance(100ms);
  b.receive(ack(1, 1001));
  b.drain();
  b.advance(450ms);
  b.drain();
  CHECK(b.pending() == "0");
}

TEST_CASE("a window that stays closed is no answer, however often the peer says so") {  // tcp_probe_timer()
  SocketBench b;
  b.connected();
  b.set(tcp_level, tcp::user_timeout, 500);
  b.receive(ack(1, 1).win(0));
  b.send(100);
  b.expect_silence();
  b.advance(200ms);
  b.expect(ack(0, 1));
  b.receive(ack(1, 1).win(0));
  b.advance(400ms);
  b.expect(ack(0, 1));
  b.receive(ack(1, 1).win(0));
  b.advance(100ms);
  b.expect_silence();
  CHECK(b.pending() == "ETIMEDOUT");
}

TEST_CASE("a SYN is repeated as often as TCP_SYNCNT says, and no longer than the user's time") {
  SocketBench b;
  b.fd = b.open_stream();
  REQUIRE(b.bind() == "0");
  CHECK(b.set(tcp_level, tcp::syn_count, 0) == "EINVAL");
  CHECK(b.set(tcp_level, tcp::syn_count, 128) == "EINVAL");
  CHECK(b.set(tcp_level, tcp::syn_count, 2) == "0");
  CHECK(b.get(tcp_level, tcp::syn_count) == "2");
  SECTION("count") {
    b.connect();
    b.expect(syn());
    // No longer than two that are doubled would take, with the first: tcp_model_timeout().
    for (const Duration wait : {1s, 1s, 1s, 1s, 1s}) {
      b.advance(wait);
      b.expect(syn());
    }
    b.advance(2s);
  }
  SECTION("time") {  // counted from the first SYN
    b.set(tcp_level, tcp::user_timeout, 2500);
    b.connect();
    b.expect(syn());
    for (int i = 0; i < 2; ++i) {
      b.advance(1s);
      b.expect(syn());
    }
    b.expect_silence();
    CHECK(b.until_due() == 500ms);
    b.advance(500ms);
  }
  b.expect_silence();
  CHECK(b.connect() == "ETIMEDOUT");
}

}  // namespace ringside::net::test
