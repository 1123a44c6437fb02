// SO_KEEPALIVE: RFC 9293 section 3.8.4.
#include "catch.hpp"
#include "socket_bench.hpp"

namespace ringside::net::test {
namespace {

using namespace option;

// Asked after ten seconds of silence, and every two from then on, three times.
void keep_alive(SocketBench& b) {
  CHECK(b.set(tcp_level, tcp::keep_idle, 10) == "0");
  CHECK(b.set(tcp_level, tcp::keep_interval, 2) == "0");
  CHECK(b.set(tcp_level, tcp::keep_count, 3) == "0");
  CHECK(b.set(socket_level, socket::keep_alive, 1) == "0");
}

}  // namespace

TEST_CASE("a silent peer is asked, and its answer is enough") {
  SocketBench b;
  b.connected();
  keep_alive(b);
  b.expect_silence();
  CHECK(b.until_due() == 10s);
  b.advance(10s);
  b.expect(ack(0, 1));  // an octet before the window
  b.receive(ack(1, 1));
  b.advance(9s);
  b.expect_silence();
  b.advance(1s);
  b.expect(ack(0, 1));
}

TEST_CASE("a peer that does not answer is given up with a reset") {
  SocketBench b;
  b.connected();
  keep_alive(b);
  b.advance(10s);
  for (int i = 0; i < 3; ++i) {
    b.expect(ack(0, 1));
    b.expect_silence();
    b.advance(2s);
  }
  b.expect(rst_ack(1, 1));
  CHECK(b.recv(1) == "ETIMEDOUT");
  CHECK(b.until_due() == Duration::max());
}

TEST_CASE("with TCP_USER_TIMEOUT the time counts, and not the number") {
  SocketBench b;
  b.connected();
  keep_alive(b);
  CHECK(b.set(tcp_level, tcp::user_timeout, 11'000) == "0");
  b.advance(10s);
  b.expect(ack(0, 1));
  b.advance(2s);
  b.expect(rst_ack(1, 1));
  CHECK(b.pending() == "ETIMEDOUT");
}

TEST_CASE("a connection that sends needs no probe, nor does one whose peer speaks") {
  SocketBench b;
  b.connected();
  keep_alive(b);
  b.advance(6s);
  SECTION("the peer speaks") {
    b.receive(data(1, 10, 1));
    b.expect(ack(1, 11));
    b.advance(9s);
    b.expect_silence();
    b.advance(1s);
    b.expect(ack(0, 11));
  }
  SECTION("a shorter idle time counts from when it last spoke") {
    CHECK(b.set(tcp_level, tcp::keep_idle, 7) == "0");
    b.expect_silence();
    CHECK(b.until_due() == 1s);
  }
  SECTION("switched off") {
    CHECK(b.set(socket_level, socket::keep_alive, 0) == "0");
    b.expect_silence();
    CHECK(b.until_due() == Duration::max());
  }
}

TEST_CASE("a listener's children keep alive as it was told, and TIME-WAIT asks nobody") {
  SocketBench b;
  b.fd = b.open_stream();
  REQUIRE(b.bind() == "0");
  keep_alive(b);
  REQUIRE(b.listen(1) == "0");
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack());
  b.receive(ack(1, 1));
  b.accept();
  b.expect_silence();
  CHECK(b.until_due() == 10s);
  CHECK(b.get(tcp_level, tcp::keep_count) == "3");
  b.shutdown(Shutdown::write);
  b.expect(fin(1, 1));
  b.receive(fin(1, 2));
  b.expect(ack(2, 2));
  b.expect_silence();
  CHECK(b.until_due() == 60s);  // its own time
}

}  // namespace ringside::net::test
