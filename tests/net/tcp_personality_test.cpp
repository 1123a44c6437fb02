// The TCPs of other times: 4.2BSD, Tahoe, Reno; and the RFCs to the letter.
#include "catch.hpp"
#include "ringside/net/personality.hpp"
#include "tcp/congestion/hystart_plus_plus.hpp"
#include "tcp_bench.hpp"

namespace ringside::net::test {
namespace {

TcpBench connected(Personality personality) {
  TcpBench::Setup setup{.peer_sack = false};
  take_on(personality, setup.tcp);
  setup.tcp.send_buffer = setup.tcp.receive_buffer = 65535_B;
  TcpBench b{setup};
  b.connect();
  return b;
}

// Segments 8 to 15 are in flight: the window has grown by one for each of seven ACKs.
TcpBench eight_in_flight(Personality personality) {
  TcpBench b = connected(personality);
  b.write(60'000);
  b.expect(data(1, 1000, 1));
  for (std::uint32_t i = 1; i <= 7; ++i) {
    b.receive(ack(1, 1 + i * 1000));
    b.expect(data(1 + (2 * i - 1) * 1000, 1000, 1));
    b.expect(data(1 + 2 * i * 1000, 1000, 1));
    b.expect_silence();
  }
  CHECK(b.info().cwnd == 8000_B);
  return b;
}

}  // namespace

TEST_CASE("4.2BSD fills the peer's window, and after each time-out does so again") {
  TcpBench b = connected(Personality::bsd_42);
  b.receive(ack(1, 1).win(4000));
  b.write(8000);
  for (int time = 0; time < 3; ++time) {
    for (std::uint32_t i = 0; i < 4; ++i) b.expect(data(1 + i * 1000, 1000, 1));
    for (int i = 0; i < 4; ++i) b.receive(ack(1, 1).win(4000));  // which mean nothing to it
    b.advance(1s - 1ms);
    b.expect_silence();
    b.advance(1ms);  // without a back-off
  }
  for (std::uint32_t i = 0; i < 4; ++i) b.expect(data(1 + i * 1000, 1000, 1));
  b.receive(ack(1, 4001).win(4000));
  for (std::uint32_t i = 4; i < 8; ++i) b.expect(data(1 + i * 1000, 1000, 1));
}

TEST_CASE(
    "4.2BSD waits twice the smoothed round trip, and measures what it sent again") {  // RFC 793 section 3.7
  TcpBench b = connected(Personality::bsd_42);
  b.write(1000);
  b.expect(data(1, 1000, 1));
  b.advance(1s);
  b.expect(data(1, 1000, 1));
  b.advance(900ms);
  b.receive(ack(1, 1001));  // of the first one, it may be
  CHECK(b.info().srtt == 90ms);
  for (int i = 0; i < 100; ++i) {
    b.write(1000);
    b.drain();
    b.advance(900ms);
    b.receive(ack(1, 2001 + static_cast<std::uint32_t>(i) * 1000));
  }
  CHECK(b.info().rto > 1799ms);
  CHECK(b.info().rto <= 1800ms);
}

TEST_CASE("Tahoe repeats one segment after three duplicates, and starts slowly") {
  TcpBench b = eight_in_flight(Personality::tahoe);
  for (int i = 0; i < 2; ++i) b.receive(ack(1, 7001));
  b.expect_silence();  // RFC 3042 is to come
  b.receive(ack(1, 7001));
  b.expect(data(7001, 1000, 1));
  CHECK(b.info().ssthresh == 4000_B);
  CHECK(b.info().cwnd == 1000_B);
  for (int i = 0; i < 4; ++i) b.receive(ack(1, 7001));
  b.expect_silence();
  b.receive(ack(1, 15'001));
  CHECK(b.info().cwnd == 2000_B);
  b.expect(data(15'001, 1000, 1));
  b.expect(data(16'001, 1000, 1));
  b.expect_silence();
}

TEST_CASE("Reno lets a segment out for each that has left, until anything new is acknowledged") {
  TcpBench b = eight_in_flight(Personality::reno);
  for (int i = 0; i < 3; ++i) b.receive(ack(1, 7001));
  b.expect(data(7001, 1000, 1));
  CHECK(b.info().ssthresh == 4000_B);
  b.receive(ack(1, 7001));
  b.expect_silence();
  b.receive(ack(1, 7001));  // ssthresh + 5 is more than the eight
  b.expect(data(15'001, 1000, 1));
  b.receive(ack(1, 10'001));  // another hole, which is left to the timer
  CHECK(b.info().cwnd == 4000_B);
  CHECK(b.info().loss == LossState::open);
  b.expect_silence();
  b.advance(1s);
  b.expect(data(10'001, 1000, 1));
  CHECK(b.info().cwnd == 1000_B);
}

TEST_CASE("by RFC 6298 a time-out is at least a second, and what the round trip says otherwise") {
  TcpBench::Setup setup;
  take_on(Personality::rfc, setup.tcp);
  TcpBench b{setup};
  b.open();
  b.expect(syn());
  b.advance(400ms);
  b.receive(syn_ack().with_mss(1000).sack_ok());
  CHECK(b.info().rto == 1200ms);
  b.drain();
  for (std::uint32_t i = 0; i < 50; ++i) {
    b.write(1000);
    b.drain();
    b.advance(100ms);
    b.receive(ack(1, 1001 + i * 1000));
  }
  CHECK(b.info().rto == 1s);
}

TEST_CASE("HyStart++ goes on at a quarter when round trips grow, and ends after five of them") {  // RFC 9406
  HyStartPlusPlus exit;
  CongestionWindow window{.cwnd = 40};
  std::uint32_t at = 0;
  const auto round = [&](Duration rtt) {
    at += 1000;
    for (int i = 0; i < 8; ++i)
      exit.measured(window, {.rtt = rtt, .una = SeqNum{at}, .nxt = SeqNum{at + 999}});
  };
  round(100ms);
  round(103ms);
  CHECK(exit.share(8) == 8);
  round(120ms);
  CHECK(exit.share(8) == 2);
  SECTION("a false alarm") {
    round(110ms);
    CHECK(exit.share(8) == 8);
    CHECK(window.slow_start());
  }
  SECTION("a queue that stays") {
    for (int i = 0; i < 4; ++i) round(125ms);
    CHECK(window.slow_start());
    round(125ms);
    CHECK(window.ssthresh == 40);
  }
}

}  // namespace ringside::net::test
