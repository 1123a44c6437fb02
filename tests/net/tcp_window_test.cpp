// Flow control, Nagle and the silly window: RFC 9293 sections 3.7.4, 3.8.6.
#include "catch.hpp"
#include "tcp_bench.hpp"

namespace ringside::net::test {

TEST_CASE("Nagle: a small segment waits while anything is unacknowledged") {
  TcpBench b;
  b.connect();
  b.write(100);
  b.expect(data(1, 100, 1).push());
  b.write(100);
  b.write(100);
  b.expect_silence();
  SECTION("an ACK releases it") {
    b.receive(ack(1, 101));
    b.expect(data(101, 200, 1));
  }
  SECTION("so does a full segment's worth") {
    b.write(900);
    b.expect(data(101, 1000, 1));
    b.expect_silence();
  }
  SECTION("and the end") {
    b.shutdown();
    Seg last = data(101, 200, 1);
    last.flags.fin = true;
    b.expect(last);
  }
}

TEST_CASE("without Nagle every write leaves") {
  TcpBench b{{.tcp = {.timestamps = false, .nagle = false}}};
  b.connect();
  b.write(100);
  b.expect(data(1, 100, 1));
  b.write(100);
  b.expect(data(101, 100, 1));
}

TEST_CASE("the peer's window is never exceeded") {
  TcpBench b;
  b.connect();
  b.receive(ack(1, 1).win(2500));
  b.write(10'000);
  b.expect(data(1, 1000, 1));
  b.expect(data(1001, 1000, 1));
  b.expect_silence();  // the 500 octets that would still fit are silly
  b.receive(ack(1, 2001).win(2500));
  b.expect(data(2001, 1000, 1));
}

TEST_CASE("a closed window is probed, ever less often, for as long as the peer answers") {
  TcpBench b;
  b.connect();
  b.receive(ack(1, 1).win(0));
  b.write(3000);
  b.expect_silence();
  Duration wait = 200ms;  // the RTO of a path without delay
  for (int i = 0; i < 20; ++i) {
    CHECK(b.until_due() == wait);
    b.advance(wait);
    b.expect(ack(0, 1));
    b.receive(ack(1, 1).win(0));
    b.expect_silence();
    wait = std::min<Duration>(2 * wait, 120s);
  }
  SECTION("the window opens") {
    b.receive(ack(1, 1).win(5000));
    b.expect(data(1, 1000, 1));
    b.expect(data(1001, 1000, 1));
    b.expect(data(2001, 1000, 1));
    b.expect_silence();
  }
  SECTION(
      "it opens by a crumb: the next probe takes it") {  // RFC 9293 section 3.8.6.2.1, the override time-out
    b.receive(ack(1, 1).win(10));
    b.expect_silence();
    b.wait();
    b.expect(data(1, 10, 1));
  }
}

TEST_CASE("a window that never opened is probed ever less often, too") {  // RFC 9293 section 3.8.6.1
  const std::uint16_t largest = GENERATE(std::uint16_t{0}, std::uint16_t{1});
  TcpBench b;
  b.open();
  b.expect(syn());
  b.receive(syn_ack().win(largest).with_mss(1000));
  b.expect(ack(1, 1));
  b.receive(ack(1, 1).win(0));
  b.write(100);
  b.expect_silence();
  Duration wait = 200ms;
  for (int i = 0; i < 5; ++i, wait *= 2) {
    CHECK(b.until_due() == wait);
    b.advance(wait);
    b.expect(ack(0, 1));
    b.receive(ack(1, 1).win(0));
    b.expect_silence();
  }
  b.receive(ack(1, 1).win(100));
  b.expect(data(1, 100, 1));
}

TEST_CASE("probes that nobody answers give up in the end") {
  TcpBench b;
  b.connect();
  b.receive(ack(1, 1).win(0));
  b.write(100);
  b.expect_silence();
  int probes = 0;
  while (b.stack.error(b.socket) == Error::none && probes < 100) {
    b.wait();
    b.drain();
    ++probes;
  }
  CHECK(probes == 16);  // 15 retries, and the time after the last
  CHECK(b.stack.error(b.socket) == Error::timed_out);
}

TEST_CASE("the window closes as text waits to be read, and its edge never moves left") {
  TcpBench b{{.tcp = {.timestamps = false, .window_scale = false, .receive_buffer = 4000_B}}};
  b.connect();
  b.receive(data(1, 1000, 1));
  b.receive(data(1001, 1000, 1));
  b.expect(ack(1, 2001).win(2000));
  b.receive(data(2001, 1000, 1));
  b.receive(data(3001, 1000, 1));
  b.expect(ack(1, 4001).win(0));
  CHECK(b.receive(data(4001, 1, 1)).reason == DropReason::out_of_window);  // a probe of the old kind
  b.expect(ack(1, 4001).win(0));
  SECTION("a crumb read is not worth an update") {  // RFC 9293 section 3.8.6.2.2
    b.read(500);
    b.expect_silence();
    b.read(500);
    b.expect(ack(1, 4001).win(1000));
  }
  SECTION("all read") {
    b.read();
    b.expect(ack(1, 4001).win(4000));
  }
}

TEST_CASE("reading text that was just announced brings no update of its own") {
  TcpBench b;
  b.connect();
  for (std::uint32_t i = 0; i < 10; ++i) {
    b.receive(data(1 + i * 2000, 1000, 1));
    b.receive(data(1001 + i * 2000, 1000, 1));
    b.expect(ack(1, 2001 + i * 2000));
    b.read();
    b.expect_silence();
  }
}

TEST_CASE("the send buffer takes what it has room for, and tells when it has room again") {
  TcpBench b{{.tcp = {.timestamps = false, .window_scale = false, .send_buffer = 3000_B}}};
  b.connect();
  CHECK(b.write(5000) == 3000);
  CHECK(b.stack.writable(b.socket) == 0);
  b.drain();
  CHECK_FALSE(b.receive(ack(1, 501)).writable);
  CHECK(b.receive(ack(1, 2001)).writable);
  CHECK(b.stack.writable(b.socket) == 2000);
}

TEST_CASE("a segment is never larger than the MTU of the way out") {  // the path's MTU: ip_test.cpp
  TcpBench b{{.peer_mss = 9000}};
  b.connect();
  CHECK(b.info().mss == 1460);
  b.write(2000);
  b.expect(data(1, 1460, 1));
}

}  // namespace ringside::net::test
