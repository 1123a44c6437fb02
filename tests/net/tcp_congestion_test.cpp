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
  congestion.open(1000, 10'000);
  congestion.on_loss(10'000);
  CHECK(congestion.cwnd() == 5000);
  for (int i = 0; i < 5; ++i) congestion.on_ack({.octets = 1000});
  CHECK(congestion.cwnd() == 6000);
  for (int i = 0; i < 6; ++i) congestion.on_ack({.octets = 1000});
  CHECK(congestion.cwnd() == 7000);
}

TEST_CASE("a time-out leaves one segment, and ssthresh at half of what was in flight") {
  Congestion congestion{CongestionControl::reno};
  congestion.open(1000, 10'000);
  congestion.on_timeout(8000, false);
  CHECK(congestion.cwnd() == 1000);
  CHECK(congestion.ssthresh() == 4000);
  congestion.on_timeout(1000, true);
  CHECK(congestion.ssthresh() == 4000);
}

TEST_CASE("CUBIC returns to its plateau after K seconds and then leaves it behind") {  // RFC 9438 section 4.2
  Congestion congestion{CongestionControl::cubic};
  congestion.open(1000, 100'000);
  congestion.on_loss(100'000);
  CHECK(congestion.cwnd() == 70'000);
  // K is the cube root of 100 * 0.3 / 0.4, 4.217 s. Round trips of 100 ms are too long for Reno to be faster.
  Time now{};
  const auto run_until = [&](Duration end) {
    for (; now < start_of_time + end; now += 100ms) {
      const std::uint32_t segments = congestion.cwnd() / 1000;
      for (std::uint32_t i = 0; i < segments; ++i)
        congestion.on_ack({.now = now, .octets = 1000, .srtt = 100ms});
    }
  };
  run_until(2100ms);
  CHECK(congestion.cwnd() == Approx(100'000 - 0.4 * 2.117 * 2.117 * 2.117 * 1000).margin(700));
  run_until(4200ms);
  CHECK(congestion.cwnd() == Approx(100'000).margin(500));
  run_until(8400ms);
  CHECK(congestion.cwnd() == Approx(100'000 + 0.4 * 4.183 * 4.183 * 4.183 * 1000).margin(1500));
}

TEST_CASE("CUBIC is never slower than Reno") {  // RFC 9438 section 4.3
  Congestion congestion{CongestionControl::cubic};
  congestion.open(1000, 10'000);
  congestion.on_loss(10'000);
  Time now{};
  for (int round = 0; round < 40; ++round, now += 1ms) {
    const std::uint32_t segments = congestion.cwnd() / 1000;
    for (std::uint32_t i = 0; i < segments; ++i) congestion.on_ack({.now = now, .octets = 1000, .srtt = 1ms});
  }
  // 0.53 segments in a round trip up to the plateau of 10, one after that; the cubic alone would still be
  // at 7.4.
  CHECK(congestion.cwnd() > 35'000);
}

TEST_CASE(
    "CUBIC's Reno regains what it had before the loss, fast convergence or not") {  // RFC 9438 section 4.3
  Congestion congestion{CongestionControl::cubic};
  congestion.open(1000, 100'000);
  congestion.on_loss(100'000);
  congestion.on_loss(70'000);  // below the plateau, which fast convergence lowers to 59.5
  CHECK(congestion.cwnd() == 49'000);
  Time now{};
  for (int round = 0; round < 30; ++round, now += 1ms) {
    const std::uint32_t segments = congestion.cwnd() / 1000;
    for (std::uint32_t i = 0; i < segments; ++i) congestion.on_ack({.now = now, .octets = 1000, .srtt = 1ms});
  }
  CHECK(congestion.cwnd() == Approx(49'000 + 30 * 529).margin(500));  // still below 70
}

TEST_CASE("after a time-out CUBIC begins on its plateau") {  // RFC 9438 section 4.8
  Congestion congestion{CongestionControl::cubic};
  congestion.open(1000, 100'000);
  congestion.on_timeout(100'000, false);
  congestion.on_ack({.octets = 69'000, .srtt = 100ms});
  CHECK(congestion.cwnd() == 70'000);  // slow start up to ssthresh
  const Time begin = start_of_time + 1s;
  congestion.on_ack({.now = begin, .octets = 1000, .srtt = 100ms});
  for (int i = 0; i < 100; ++i) congestion.on_ack({.now = begin + 1900ms, .octets = 1000, .srtt = 100ms});
  // 2 s with the round trip: 0.4 * 2^3 = 3.2 segments above. Towards the plateau of 100 it would be at 91.
  CHECK(congestion.cwnd() == Approx(73'000).margin(1000));
}

TEST_CASE("the cube root is right to the last digits") {
  CHECK(cube_root(0) == 0);
  CHECK(cube_root(27) == Approx(3).epsilon(1e-14));
  CHECK(cube_root(1e9) == Approx(1000).epsilon(1e-14));
  CHECK(cube_root(0.001) == Approx(0.1).epsilon(1e-14));
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

}  // namespace ringside::net::test
