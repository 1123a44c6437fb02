// Which small segment waits: Nagle, Minshall, TCP_CORK and MSG_MORE.
#include "catch.hpp"
#include "socket_bench.hpp"

namespace ringside::net::test {
namespace {

using option::tcp_level;
constexpr int no_delay = option::tcp::no_delay, cork = option::tcp::cork;

}  // namespace

TEST_CASE("only a small segment in flight holds back the next small one") {  // tcp_minshall_check()
  SocketBench b;
  b.connected();
  b.send(1000);
  b.expect(data(1, 1000, 1));
  b.send(100);
  b.expect(data(1001, 100, 1).push());  // a full one is in flight: no matter
  b.send(100);
  b.expect_silence();
  b.receive(ack(1, 1001));
  b.expect_silence();
  b.receive(ack(1, 1101));
  b.expect(data(1101, 100, 1));
}

TEST_CASE("a small segment that grows full leaves") {
  SocketBench b;
  b.connected();
  b.send(100);
  b.expect(data(1, 100, 1));
  b.send(600);
  b.expect_silence();
  b.send(600);
  b.expect(data(101, 1000, 1));
  b.expect_silence();
}

TEST_CASE("the stack alone waits for whatever is in flight") {  // RFC 9293 section 3.7.4
  TcpBench b;
  b.connect();
  b.write(1000);
  b.expect(data(1, 1000, 1));
  b.write(100);
  b.expect_silence();
  b.receive(ack(1, 1001));
  b.expect(data(1001, 100, 1));
}

TEST_CASE("TCP_NODELAY waits for nothing, and lets out what waited") {
  SocketBench b;
  b.connected();
  b.send(100);
  b.expect(data(1, 100, 1));
  b.send(100);
  b.expect_silence();
  CHECK(b.set(tcp_level, no_delay, 1) == "0");
  b.expect(data(101, 100, 1));
  b.send(100);
  b.expect(data(201, 100, 1));
  CHECK(b.get(tcp_level, no_delay) == "1");
}

TEST_CASE("what is corked leaves with company, without the cork, or after 200 ms") {
  SocketBench b;
  b.connected();
  CHECK(b.set(tcp_level, cork, 1) == "0");
  CHECK(b.get(tcp_level, cork) == "1");
  b.send(100);
  b.expect_silence();
  SECTION("company: what is over goes on waiting") {
    b.send(1000);
    b.expect(data(1, 1000, 1));
    b.expect_silence();
    b.receive(ack(1, 1001));
    b.expect_silence();
  }
  SECTION("without the cork") {
    CHECK(b.set(tcp_level, cork, 0) == "0");
    b.expect(data(1, 100, 1).push());
  }
  SECTION("TCP_NODELAY pulls it once") {
    CHECK(b.set(tcp_level, no_delay, 1) == "0");
    b.expect(data(1, 100, 1));
    b.send(100);
    b.expect_silence();
    CHECK(b.set(tcp_level, cork, 0) == "0");
    b.expect(data(101, 100, 1));
  }
  SECTION("after 200 ms") {  // the probe timer, hence the shortest retransmission time-out
    CHECK(b.until_due() == 200ms);
    b.advance(200ms);
    b.expect(data(1, 100, 1).push());
    b.send(100);
    b.expect_silence();
    b.receive(ack(1, 101));
    b.expect_silence();
    CHECK(b.until_due() == 200ms);
  }
  SECTION("with the FIN") {
    CHECK(b.shutdown(Shutdown::write) == "0");
    Seg last = data(1, 100, 1);
    last.flags.fin = true;
    b.expect(last);
  }
}

TEST_CASE("MSG_MORE corks one call") {
  SocketBench b;
  b.connected();
  b.send(100, b.flags(MessageFlag::more));
  b.expect_silence();
  SECTION("the next does not") {
    b.send(100);
    b.expect(data(1, 200, 1).push());
  }
  SECTION("nor does it last for more than 200 ms") {
    CHECK(b.until_due() == 200ms);
    b.advance(200ms);
    b.expect(data(1, 100, 1));
  }
  SECTION("nor beyond an acknowledgement") {  // tcp_data_snd_check()
    b.send(950, b.flags(MessageFlag::more));
    b.expect(data(1, 1000, 1));
    b.expect_silence();
    b.receive(ack(1, 1001));
    b.expect(data(1001, 50, 1));
  }
}

}  // namespace ringside::net::test
