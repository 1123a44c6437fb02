// Loss: RFC 6298, 5681, 6582, 6675, 3042.
#include "catch.hpp"
#include "tcp_bench.hpp"

namespace ringside::net::test {
namespace {

// Ten segments of 1000 octets in flight, 100 ms away: RTO 300 ms.
TcpBench ten_in_flight(bool sack) {
  TcpBench b{{.peer_sack = sack}};
  b.open();
  b.expect(syn());
  b.advance(100ms);
  Seg answer = syn_ack().win(65535).with_mss(1000);
  answer.sack_permitted = sack;
  b.receive(answer);
  b.expect(ack(1, 1));
  b.receive(ack(1, 1));  // the first one after the SYN tells of a window, and is no duplicate
  b.write(100'000);
  for (std::uint32_t i = 0; i < 10; ++i) b.expect(data(1 + i * 1000, 1000, 1));
  b.expect_silence();
  b.advance(100ms);
  return b;
}

}  // namespace

TEST_CASE("the time-out follows the round-trip time") {  // RFC 6298 section 2
  TcpBench b;
  b.open();
  b.expect(syn());
  b.advance(400ms);
  b.receive(syn_ack().with_mss(1000).sack_ok());
  b.expect(ack(1, 1));
  CHECK(b.info().srtt == 400ms);
  CHECK(b.info().rttvar == 200ms);
  CHECK(b.info().rto == 1200ms);
  b.write(1);
  b.expect(data(1, 1, 1));
  b.advance(320ms);
  b.receive(ack(1, 2));
  CHECK(b.info().srtt == 390ms);
  CHECK(b.info().rttvar == 170ms);
  CHECK(b.info().rto == 1190ms);  // Linux: what the time-out adds shrinks once in a round trip, by a quarter
}

TEST_CASE("retransmission backs off, then an ACK stops it") {  // RFC 6298 section 5
  TcpBench b{{.tcp = {.loss_probe = false}}};
  b.connect();
  b.write(1000);
  b.expect(data(1, 1000, 1));
  for (const Duration wait : {200ms, 400ms, 800ms, 1600ms}) {
    b.advance(wait - 1ms);
    b.expect_silence();
    b.advance(1ms);
    b.expect(data(1, 1000, 1));
    b.expect_silence();
  }
  CHECK(b.info().timeouts == 4);
  b.receive(ack(1, 1001));
  b.expect_silence();
  CHECK(b.until_due() == Duration::max());
  b.advance(600s);
  b.expect_silence();
  CHECK(b.info().rto == 3200ms);  // Karn: the ACK measured nothing, so the backed-off time-out stays
  b.write(1000);
  b.expect(data(1001, 1000, 1));
  b.receive(ack(1, 2001));
  CHECK(b.info().rto == 200ms);
}

TEST_CASE("silence for fifteen time-outs fails the connection") {
  TcpBench b{{.tcp = {.loss_probe = false}}};
  b.connect();
  b.write(10);
  int sent = 0;
  while (b.stack.error(b.socket) == Error::none && sent < 100) {
    b.drain();
    ++sent;
    b.wait();
    b.drain();
  }
  CHECK(b.stack.error(b.socket) == Error::timed_out);
  CHECK(b.info().timeouts == 15);
  CHECK(b.now - start_of_time == 924600ms);  // Linux: 924.6 s with the least RTO of 200 ms
}

TEST_CASE("three duplicate ACKs bring a fast retransmit, and NewReno fills hole after hole") {  // RFC 6582
  TcpBench b = ten_in_flight(false);  // segments 1 and 5 are lost
  b.receive(ack(1, 1));
  b.expect(data(10'001, 1000, 1));  // limited transmit: RFC 3042
  b.advance(2ms);
  b.receive(ack(1, 1));
  b.expect(data(11'001, 1000, 1));
  b.advance(2ms);
  b.receive(ack(1, 1));
  b.expect(data(1, 1000, 1));  // fast retransmit
  CHECK(b.info().fast_retransmits == 1);
  CHECK(b.info().ssthresh == 7000_B);  // CUBIC: 0.7 of the window
  b.expect_silence();
  for (int i = 0; i < 5; ++i) b.receive(ack(1, 1));  // segments 7 to 10, and 11
  b.expect(data(12'001, 1000, 1));
  b.drain();
  b.receive(ack(1, 4001));  // a partial acknowledgement: the next hole at once
  b.expect(data(4001, 1000, 1));
  b.drain();
  b.receive(ack(1, 17'001));
  CHECK(b.info().retransmits == 2);
  CHECK(b.info().timeouts == 0);
  CHECK(b.info().cwnd >= 7000_B);
  CHECK(b.info().cwnd <= 8000_B);
}

TEST_CASE("SACK: all that is lost is sent again, and nothing else") {  // RFC 8985
  TcpBench b = ten_in_flight(true);                                    // segments 1, 3 and 6 are lost
  b.receive(ack(1, 1).sacking({{1001, 2001}}));
  b.expect(data(10'001, 1000, 1));  // the window has room for one: RFC 3042 by SACK
  b.advance(2ms);
  b.receive(ack(1, 1).sacking({{3001, 4001}, {1001, 2001}}));
  b.expect(data(11'001, 1000, 1));
  b.advance(2ms);
  b.receive(ack(1, 1).sacking({{3001, 5001}, {1001, 2001}}));
  b.expect(data(1, 1000, 1));  // three reports
  CHECK(b.info().fast_retransmits == 1);
  b.drain();
  b.receive(ack(1, 1).sacking({{6001, 10'001}, {3001, 5001}, {1001, 2001}}));
  b.drain();
  b.receive(ack(1, 12'001));
  CHECK(b.info().retransmits == 3);
  CHECK(b.info().timeouts == 0);
}

TEST_CASE("a time-out sends again what is not SACKed, by slow start") {  // RFC 5681 section 3.1
  TcpBench b = ten_in_flight(true);
  b.receive(ack(1, 1).sacking({{5001, 6001}}));
  b.drain();  // a new one, and 25 ms later what RACK takes for lost: half of the window
  b.advance(27ms);
  b.drain();
  b.advance(400ms);
  b.expect(data(1, 1000, 1));
  b.expect_silence();
  CHECK(b.info().cwnd == 1000_B);
  b.receive(ack(1, 1001).sacking({{5001, 6001}}));
  b.expect(data(1001, 1000, 1));
  b.expect(data(2001, 1000, 1));
  b.expect_silence();
  b.receive(ack(1, 3001).sacking({{5001, 6001}}));
  b.expect(data(3001, 1000, 1));
  b.expect(data(4001, 1000, 1));
  b.expect(data(6001, 1000, 1));  // over what is SACKed
  b.expect(data(7001, 1000, 1));
  b.expect_silence();
}

TEST_CASE("a receiver that takes its SACKs back gets everything again") {  // RFC 2018 section 8
  TcpBench b = ten_in_flight(true);
  b.receive(ack(1, 1).sacking({{1001, 3001}}));
  b.drain();
  b.receive(ack(1, 1001).sacking({{1001, 3001}}));  // contradicts itself: 1001 is not acknowledged
  b.drain();
  CHECK(b.until_due() == 50ms);  // tcp_check_sack_reneging(): half a round trip
  b.wait();
  b.expect(data(1001, 1000, 1));
}

TEST_CASE("the tail of a window is probed before its time-out") {  // RFC 8985 section 7
  TcpBench b = ten_in_flight(true);
  b.receive(ack(1, 8001));
  b.drain();
  b.advance(10ms);
  b.receive(ack(1, 16'001));
  while (b.info().unsent.count > 0) {
    b.drain();
    b.receive(ack(1, static_cast<std::uint32_t>(100'001 - b.info().unsent.count - 2000)));
  }
  b.drain();  // two are left
  CHECK(b.until_due() == 2 * b.info().srtt + 2ms);
  b.wait();
  b.expect(data(99'001, 1000, 1));
  CHECK(b.info().timeouts == 0);
  b.advance(100ms);
  b.receive(ack(1, 98'001).sacking({{99'001, 100'001}}));  // the first of them was lost
  b.expect(data(98'001, 1000, 1));
  b.receive(ack(1, 100'001));
  b.expect_silence();
  CHECK(b.info().timeouts == 0);
  CHECK(b.until_due() == Duration::max());
}

TEST_CASE("duplicates left behind by a recovery do not start another") {  // RFC 6582 section 3.2
  TcpBench b = ten_in_flight(false);
  b.wait();
  b.expect(data(1, 1000, 1));
  for (int i = 0; i < 5; ++i) b.receive(ack(1, 1));
  b.expect_silence();
  CHECK(b.info().fast_retransmits == 0);
}

TEST_CASE("our sequence numbers wrap around in the middle of a recovery") {
  TcpBench b{{.isn = 0xfffff800}};
  b.connect();
  b.write(10'000);
  for (std::uint32_t i = 0; i < 10; ++i) b.expect(data(1 + i * 1000, 1000, 1));
  b.receive(ack(1, 1001).sacking({{2001, 5001}}));
  b.expect(data(1001, 1000, 1));
  b.receive(ack(1, 10'001));
  b.write(1000);
  b.expect(data(10'001, 1000, 1));
  b.receive(ack(1, 11'001));
  b.expect_silence();
  CHECK(b.until_due() == Duration::max());
}

}  // namespace ringside::net::test
