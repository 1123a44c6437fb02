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
  CHECK(b.info().rto == 1070ms);
}

TEST_CASE("retransmission backs off, then an ACK stops it") {  // RFC 6298 section 5
  TcpBench b;
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
  TcpBench b;
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
  b.receive(ack(1, 1));
  b.expect(data(11'001, 1000, 1));
  b.receive(ack(1, 1));
  b.expect(data(1, 1000, 1));  // fast retransmit
  CHECK(b.info().fast_retransmits == 1);
  CHECK(b.info().ssthresh == 7000_B);  // CUBIC: 0.7 of what was in flight when cwnd was 10
  CHECK(b.info().cwnd == 7000_B);
  b.expect_silence();
  for (int i = 0; i < 5; ++i) b.receive(ack(1, 1));  // segments 7 to 10, and 11
  b.expect(data(12'001, 1000, 1));
  b.receive(ack(1, 4001));  // a partial acknowledgement: the next hole at once
  b.expect(data(4001, 1000, 1));
  b.drain();
  b.receive(ack(1, 12'001));
  CHECK(b.info().retransmits == 2);
  CHECK(b.info().timeouts == 0);
  CHECK(b.info().cwnd == 7000_B);
}

TEST_CASE("SACK: all that is lost is sent again, and nothing else") {  // RFC 6675
  TcpBench b = ten_in_flight(true);                                    // segments 1, 3 and 6 are lost
  b.receive(ack(1, 1).sacking({{1001, 2001}}));
  b.expect(data(10'001, 1000, 1));  // the pipe has room for one: RFC 3042 by SACK
  b.receive(ack(1, 1).sacking({{3001, 4001}, {1001, 2001}}));
  b.expect(data(11'001, 1000, 1));
  b.receive(ack(1, 1).sacking({{3001, 5001}, {1001, 2001}}));
  b.expect(data(1, 1000, 1));  // three reports
  CHECK(b.info().fast_retransmits == 1);
  b.expect_silence();  // pipe: 12 sent, 3 SACKed, one lost and sent again, cwnd 7
  b.receive(ack(1, 1).sacking({{6001, 7001}, {3001, 5001}, {1001, 2001}}));
  b.receive(ack(1, 1).sacking({{6001, 8001}, {3001, 5001}, {1001, 2001}}));
  b.receive(ack(1, 1).sacking({{6001, 10'001}, {3001, 5001}, {1001, 2001}}));
  b.expect(data(2001, 1000, 1));
  b.expect(data(5001, 1000, 1));
  b.drain();
  CHECK(b.info().retransmits == 3);
  b.receive(ack(1, 12'001));
  CHECK(b.info().retransmits == 3);
  CHECK(b.info().timeouts == 0);
}

TEST_CASE("a time-out sends again what is not SACKed, by slow start") {  // RFC 5681 section 3.1, RFC 6675
                                                                         // section 5.1
  TcpBench b = ten_in_flight(true);
  b.receive(ack(1, 1).sacking({{5001, 6001}}));
  b.expect(data(10'001, 1000, 1));
  b.wait();
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
  b.wait();
  b.expect(data(1001, 1000, 1));
}

TEST_CASE("the tail of a window is rescued without a time-out") {  // RFC 6675 NextSeg() rule 4
  TcpBench b{{.tcp = {.timestamps = false, .window_scale = false}}};
  b.connect();
  b.write(8000);  // segments 1 and 8 are lost
  for (std::uint32_t i = 0; i < 8; ++i) b.expect(data(1 + i * 1000, 1000, 1));
  b.receive(ack(1, 1).sacking({{1001, 3001}}));
  b.receive(ack(1, 1).sacking({{1001, 4001}}));
  b.expect(data(1, 1000, 1));
  b.expect_silence();
  b.receive(ack(1, 1).sacking({{1001, 7001}}));
  b.expect(data(7001, 1000, 1));
  b.expect_silence();
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
