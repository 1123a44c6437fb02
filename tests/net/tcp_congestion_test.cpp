// Congestion control: RFC 5681, RFC 9438.
#include "catch.hpp"
#include "tcp/congestion/congestion.hpp"
#include "tcp_bench.hpp"

namespace ringside::net::test {
namespace {

TcpBench::Setup with(CongestionControl algorithm) {
  return {.tcp = {.congestion = algorithm, .timestamps = false, .window_scale = false}};
}

}  // namespace

TEST_CASE("slow start doubles the window in a round trip") {  // RFC 5681 section 3.1
  TcpBench b{with(CongestionControl::reno)};
  b.connect();
  b.write(200'000);
  b.drain();
  b.advance(10ms);
  for (std::uint32_t i = 1; i <= 5; ++i) b.receive(ack(1, 1 + i * 2000));  // delayed ACKs
  CHECK(b.info().cwnd == 20'000_B);
}

TEST_CASE("Reno in congestion avoidance grows by one segment in a round trip") {
  Congestion congestion{CongestionControl::reno};
  congestion.open(10);
  congestion.reduce(CongestionSign::loss);
  congestion.settle();
  CHECK(congestion.cwnd() == 5);
  for (int i = 0; i < 5; ++i) congestion.grow({.segments = 1});
  CHECK(congestion.cwnd() == 6);
  for (int i = 0; i < 6; ++i) congestion.grow({.segments = 1});
  CHECK(congestion.cwnd() == 7);
}

TEST_CASE("a time-out leaves what is in flight and one segment, and ssthresh at half of the window") {
  Congestion congestion{CongestionControl::reno};
  congestion.open(10);
  congestion.time_out(1, true);
  CHECK(congestion.cwnd() == 1);
  CHECK(congestion.ssthresh() == 5);
  congestion.time_out(1, false);
  CHECK(congestion.ssthresh() == 5);
}

namespace {

// From one loss to the end, a window of segments acknowledged in each round trip.
struct CubicRun {
  explicit CubicRun(std::uint32_t window, Duration rtt) : rtt{rtt} {
    congestion.open(window);
    lose();
  }
  void lose() {
    congestion.reduce(CongestionSign::loss);
    congestion.settle();
  }
  void until(Duration end) {
    for (; now < start_of_time + end; now += rtt) {
      const std::uint32_t segments = congestion.cwnd();
      for (std::uint32_t i = 0; i < segments; ++i) {
        congestion.measured({.now = now, .rtt = rtt});
        congestion.grow({.now = now, .segments = 1});
      }
    }
  }
  Congestion congestion{CongestionControl::cubic};
  Duration rtt;
  Time now{};
};

}  // namespace

TEST_CASE("CUBIC returns to its plateau after K seconds and then leaves it behind") {  // RFC 9438 section 4.2
  CubicRun run{100, 100ms};
  CHECK(run.congestion.cwnd() == 70);
  // K is the cube root of 100 * 0.3 / 0.4, 4.217 s. Round trips of 100 ms are too long for Reno to be faster.
  run.until(2100ms);
  CHECK(run.congestion.cwnd() == Approx(100 - 0.4 * 2.117 * 2.117 * 2.117).margin(2));
  run.until(4200ms);
  CHECK(run.congestion.cwnd() == Approx(100).margin(1.5));
  run.until(8400ms);
  CHECK(run.congestion.cwnd() == Approx(100 + 0.4 * 4.183 * 4.183 * 4.183).margin(2));
}

TEST_CASE("CUBIC is never slower than Reno") {  // RFC 9438 section 4.3
  CubicRun run{10, 1ms};
  run.until(40ms);
  // 8/15 of a segment in a round trip; the cubic alone would still be at 7.4.
  CHECK(run.congestion.cwnd() >= 25);
}

TEST_CASE("fast convergence leaves room for others") {  // RFC 9438 section 4.7
  CubicRun run{100, 200ms};
  run.lose();  // below the plateau, which is lowered to 59.5 of 70
  CHECK(run.congestion.cwnd() == 49);
  run.until(3s);  // K is 2.97 s for a plateau of 59.5, and would be 5 s for one of 100
  CHECK(run.congestion.cwnd() == Approx(59).margin(2));
}

TEST_CASE("after a time-out CUBIC begins on its plateau") {  // RFC 9438 section 4.8
  Congestion congestion{CongestionControl::cubic};
  congestion.open(100);
  congestion.time_out(1, true);
  congestion.grow({.segments = 69});
  CHECK(congestion.cwnd() == 70);  // slow start up to ssthresh
  const Time begin = start_of_time + 1s;
  congestion.grow({.now = begin, .segments = 1});
  for (int i = 0; i < 100; ++i) congestion.grow({.now = begin + 2s, .segments = 1});
  // 2 s: 0.4 * 2^3 = 3.2 segments above. Towards the plateau of 100 it would be at 91.
  CHECK(congestion.cwnd() == Approx(73).margin(2));
}

TEST_CASE("slow start ends when the round trip grows") {  // Linux hystart_update()
  Congestion congestion{CongestionControl::cubic};
  congestion.open(20);
  const auto round = [&](std::uint32_t number, Duration rtt) {
    const SeqNum una{number * 100'000}, nxt{(number + 1) * 100'000};
    for (std::uint32_t i = 1; i <= 10; ++i)  // too far apart for a train
      congestion.measured(
          {.now = start_of_time + number * 100ms + i * 5ms, .rtt = rtt, .una = una + i, .nxt = nxt});
  };
  round(1, 80ms);
  round(2, 89ms);
  CHECK(congestion.slow_start());
  round(3, 91ms);  // an eighth more than the least
  CHECK_FALSE(congestion.slow_start());
  CHECK(congestion.ssthresh() == 20);
}

TEST_CASE("slow start ends when the acknowledgements of a flight take half a round trip") {
  Congestion congestion{CongestionControl::cubic};
  congestion.open(20);
  for (std::uint32_t i = 1; i <= 21; ++i) {
    congestion.measured({.now = start_of_time + i * 2ms, .rtt = 80ms, .una = SeqNum{i}, .nxt = SeqNum{1000}});
    CHECK(congestion.slow_start());
  }
  congestion.measured({.now = start_of_time + 44ms, .rtt = 80ms, .una = SeqNum{30}, .nxt = SeqNum{1000}});
  CHECK_FALSE(congestion.slow_start());
}

TEST_CASE("the cube root is rounded down") {
  CHECK(cube_root(0) == 0);
  CHECK(cube_root(26) == 2);
  CHECK(cube_root(27) == 3);
  CHECK(cube_root(1'000'000'000) == 1000);
  CHECK(cube_root(std::uint64_t{1} << 60) == 1u << 20);
}

TEST_CASE("a window that is not used does not grow") {  // RFC 7661
  TcpBench b{with(CongestionControl::reno)};
  b.connect();
  for (std::uint32_t i = 0; i < 50; ++i) {
    b.write(1000);
    b.expect(data(1 + i * 1000, 1000, 1));
    b.advance(10ms);
    b.receive(ack(1, 1001 + i * 1000));
  }
  CHECK(b.info().cwnd == 10'000_B);
}

TEST_CASE(
    "after a pause longer than the time-out, the initial window applies again") {  // RFC 5681 section 4.1
  TcpBench b{with(CongestionControl::reno)};
  b.connect();
  b.write(40'000);
  b.drain();
  b.receive(ack(1, 10'001));
  b.drain();
  b.receive(ack(1, 30'001));
  b.drain();
  b.receive(ack(1, 40'001));
  CHECK(b.info().cwnd > 20'000_B);
  b.advance(5s);
  b.write(40'000);
  b.drain();
  CHECK(b.info().cwnd == 10'000_B);
  CHECK(b.info().in_flight == 10'000_B);
}

TEST_CASE("DCTCP's alpha follows the share of marked segments, a sixteenth of the way in each window") {
  Dctcp dctcp;
  std::uint32_t at = 0, marked = 0;
  const auto window = [&](std::uint32_t segments, std::uint32_t with_ce) {
    at += segments, marked += with_ce;
    const SeqNum una{at};
    dctcp.acknowledged({.una = una, .nxt = una + segments, .delivered = at, .delivered_ce = marked});
  };
  window(0, 0);  // it begins
  CHECK(dctcp.alpha() == 1024);
  window(10, 0);
  CHECK(dctcp.alpha() == 960);
  CHECK(dctcp.ssthresh_after_marks({.cwnd = 100}) == 54);
  for (int i = 0; i < 200; ++i) window(16, 4);
  CHECK(dctcp.alpha() >= 256);  // a quarter, as whole numbers round it
  CHECK(dctcp.alpha() < 256 + 16);
  for (int i = 0; i < 200; ++i) window(16, 0);
  CHECK(dctcp.alpha() == 0);
  CHECK(dctcp.ssthresh_after_marks({.cwnd = 100}) == 100);
  CHECK(dctcp.ssthresh_after_loss({.cwnd = 100}) == 50);
}

}  // namespace ringside::net::test
