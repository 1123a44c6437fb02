// When and what A acknowledges: RFC 5681 section 4.2, RFC 2018, RFC 2883, RFC 7323.
#include "catch.hpp"
#include "tcp_bench.hpp"

namespace ringside::net::test {

TEST_CASE("an ACK waits 40 ms for company, or for the second full segment") {
  TcpBench b;
  b.connect();
  b.receive(data(1, 1000, 1));
  b.expect_silence();
  CHECK(b.until_due() == 40ms);
  SECTION("nothing comes") {
    b.advance(40ms);
    b.expect(ack(1, 1001));
  }
  SECTION("a second segment comes") {
    b.receive(data(1001, 1000, 1));
    b.expect(ack(1, 2001));
  }
  SECTION("text of our own carries it") {
    b.write(10);
    b.expect(data(1, 10, 1001));
  }
  b.advance(100ms);
  b.expect_silence();
}

TEST_CASE("without delayed ACKs every segment is acknowledged") {
  TcpBench b{{.tcp = {.timestamps = false, .delayed_ack = false, .receive_buffer = 65535_B}}};
  b.connect();
  b.receive(data(1, 10, 1));
  b.expect(ack(1, 11));
}

TEST_CASE("a batch of segments is acknowledged as one by one") {
  TcpBench b;
  b.connect();
  for (std::uint32_t i = 0; i < 6; ++i) b.receive(data(1 + i * 1000, 1000, 1));
  b.expect(ack(1, 2001));
  b.expect(ack(1, 4001));
  b.expect(ack(1, 6001));
  b.expect_silence();
}

TEST_CASE("segments that came as one packet are acknowledged once") {
  TcpBench b;
  b.connect();
  SECTION("all in order") {
    b.stack.begin_train();
    for (std::uint32_t i = 0; i < 6; ++i) b.receive(data(1 + i * 1000, 1000, 1));
    b.expect_silence();
    b.stack.end_train(b.now);
    b.expect(ack(1, 6001));
  }
  SECTION("a gap is reported at once all the same") {
    b.stack.begin_train();
    b.receive(data(1001, 500, 1));
    b.expect(ack(1, 1).sacking({{1001, 1501}}));
    b.stack.end_train(b.now);
  }
  SECTION("a connection that is gone by then owes nothing") {
    b.stack.begin_train();
    for (std::uint32_t i = 0; i < 2; ++i) b.receive(data(1 + i * 1000, 1000, 1));
    b.abort();
    b.drain();
    b.stack.end_train(b.now);
  }
  b.expect_silence();
}

TEST_CASE("what arrives ahead of a gap is reported at once, the latest first") {  // RFC 2018 section 4
  TcpBench b;
  b.connect();
  b.receive(data(1001, 500, 1));
  b.expect(ack(1, 1).sacking({{1001, 1501}}));
  b.receive(data(2001, 500, 1));
  b.expect(ack(1, 1).sacking({{2001, 2501}, {1001, 1501}}));
  b.receive(data(1501, 500, 1));  // joins them
  b.expect(ack(1, 1).sacking({{1001, 2501}}));
  b.receive(data(4001, 500, 1));
  b.expect(ack(1, 1).sacking({{4001, 4501}, {1001, 2501}}));
  CHECK(b.stack.readable(b.socket) == 0);
  CHECK(b.receive(data(1, 1000, 1)).payload_bytes == 2500);
  b.expect(ack(1, 2501).sacking({{4001, 4501}}));  // a gap filled in part: at once
  CHECK(b.read() == 2500);
}

TEST_CASE("of more ranges than fit, the four latest are reported") {
  TcpBench b;
  b.connect();
  for (std::uint32_t i = 1; i <= 5; ++i) b.receive(data(i * 1000, 100, 1));
  b.expect(ack(1, 1).sacking({{1000, 1100}}));
  b.expect(ack(1, 1).sacking({{2000, 2100}, {1000, 1100}}));
  b.expect(ack(1, 1).sacking({{3000, 3100}, {2000, 2100}, {1000, 1100}}));
  b.expect(ack(1, 1).sacking({{4000, 4100}, {3000, 3100}, {2000, 2100}, {1000, 1100}}));
  b.expect(ack(1, 1).sacking({{5000, 5100}, {4000, 4100}, {3000, 3100}, {2000, 2100}}));
}

TEST_CASE("text that comes twice is reported by D-SACK") {  // RFC 2883 section 4
  TcpBench b;
  b.connect();
  b.receive(data(1, 500, 1));
  b.receive(data(501, 1000, 1));
  b.expect(ack(1, 1501));
  SECTION("below the ACK") {
    b.receive(data(1, 500, 1));
    b.expect(ack(1, 1501).sacking({{1, 501}}));
  }
  SECTION("in part") {
    b.receive(data(1001, 1000, 1));
    b.expect(ack(1, 2001).sacking({{1001, 1501}}));
  }
  SECTION("ahead of a gap") {
    b.receive(data(3001, 500, 1));
    b.expect(ack(1, 1501).sacking({{3001, 3501}}));
    b.receive(data(3001, 500, 1));
    b.expect(ack(1, 1501).sacking({{3001, 3501}, {3001, 3501}}));
  }
  b.expect_silence();
}

TEST_CASE("text leaves room for a D-SACK that goes with it") {  // Linux tcp_current_mss()
  TcpBench b;
  b.connect();
  b.receive(data(1, 500, 1));
  b.receive(data(501, 1000, 1));
  b.expect(ack(1, 1501));
  b.write(1000);
  b.receive(data(1001, 1000, 1));
  b.expect(data(1, 988, 2001).sacking({{1001, 1501}}));
  b.receive(data(2001, 1000, 989));
  b.expect(data(989, 12, 3001));
  b.expect_silence();
}

TEST_CASE("no SACK is sent to a peer that did not offer it") {
  TcpBench b{{.peer_sack = false}};
  b.connect();
  b.receive(data(1001, 500, 1));
  b.expect(ack(1, 1));
}

TEST_CASE("PAWS drops what an old duplicate brings") {  // RFC 7323 section 5
  TcpBench b{{.tcp = {.window_scale = false, .receive_buffer = 65535_B}}};
  b.open();
  b.expect(syn().stamped(0, 0));
  b.receive(syn_ack().with_mss(1000).stamped(500, 0));
  b.expect(ack(1, 1).stamped(0, 500));
  b.receive(data(1, 100, 1).stamped(510, 0));
  b.advance(40ms);
  b.expect(ack(1, 101).stamped(0, 510));
  CHECK(b.receive(data(101, 100, 1).stamped(509, 0)).reason == DropReason::old_timestamp);
  b.expect(ack(1, 101).stamped(0, 510));
  CHECK(b.receive(data(101, 100, 1).stamped(510, 0)).verdict == Verdict::delivered);
}

TEST_CASE("the timestamp echoed is that of the segment the ACK waits for") {  // RFC 7323 section 4.3
  TcpBench b{{.tcp = {.window_scale = false, .receive_buffer = 65535_B}}};
  b.open();
  b.expect(syn());
  b.receive(syn_ack().with_mss(1000).stamped(500, 0));
  b.expect(ack(1, 1));
  b.receive(data(1001, 1000, 1).stamped(520, 0));  // ahead of a gap: not the one the ACK waits for
  b.expect(ack(1, 1).stamped(0, 500));
  b.receive(data(1, 1000, 1).stamped(530, 0));
  b.expect(ack(1, 2001).stamped(0, 530));
}

TEST_CASE("sequence numbers of the peer wrap around") {
  TcpBench b{{.peer_isn = 0xffffff00}};
  b.connect();
  b.receive(data(1, 1000, 1));
  b.receive(data(2001, 1000, 1));
  b.expect(ack(1, 1001).sacking({{2001, 3001}}));
  b.receive(data(1001, 1000, 1));
  b.expect(ack(1, 3001));
  CHECK(b.read() == 3000);
}

TEST_CASE("text outside the window is dropped and acknowledged") {
  TcpBench b;
  b.connect();
  CHECK(b.receive(data(70'000, 100, 1)).reason == DropReason::out_of_window);
  b.expect(ack(1, 1));
  b.receive(data(65'500, 100, 1));  // 36 octets of it fit
  b.expect(ack(1, 1).sacking({{65'500, 65'536}}));
}

}  // namespace ringside::net::test
