// What a stack tells of its congestion windows to who watches them.
#include "catch.hpp"
#include "tcp_bench.hpp"

namespace ringside::net::test {
namespace {

TcpBench::Setup reno() {
  return {.tcp = {.congestion = CongestionControl::reno, .timestamps = false, .window_scale = false}};
}

std::vector<WindowChange> told(Stack& stack) {
  std::vector<WindowChange> all;
  while (const auto change = stack.take_window_change()) all.push_back(*change);
  return all;
}

// The only change since the last time, and what the connection itself says.
void check_told(TcpBench& b, WindowReason reason, Bytes cwnd) {
  const auto all = told(b.stack);
  REQUIRE(all.size() == 1);
  CHECK(all[0].connection == 1);
  CHECK(all[0].reason == reason);
  CHECK(all[0].cwnd == cwnd);
  CHECK(all[0].cwnd == b.info().cwnd);
  CHECK(all[0].ssthresh == b.info().ssthresh);
}

}  // namespace

TEST_CASE("nobody is told of windows who does not watch") {
  TcpBench b{reno()};
  b.connect();
  b.write(200'000);
  b.drain();
  b.receive(ack(1, 2001));
  CHECK(told(b.stack).empty());
}

TEST_CASE("a window is told of when it opens, grows and shrinks, each with the reason") {
  TcpBench b{reno()};
  b.stack.watch_windows();
  b.connect();
  check_told(b, WindowReason::opened, 10'000_B);
  b.write(100'000);
  b.drain();
  CHECK(told(b.stack).empty());
  b.advance(10ms);
  b.receive(ack(1, 2001));
  check_told(b, WindowReason::slow_start, 12'000_B);
  b.drain();
  for (std::uint32_t end = 4001; end <= 6001; end += 1000) {
    b.advance(10ms);
    b.receive(ack(1, 2001).sacking({{3001, end}}));
    b.drain();
  }
  CHECK(b.info().ssthresh == 6000_B);  // half of the twelve
  const auto shrinking = told(b.stack);
  REQUIRE_FALSE(shrinking.empty());
  for (const WindowChange& change : shrinking) CHECK(change.reason == WindowReason::recovery);
  b.receive(ack(1, 14'001));  // nearly all of them
  b.drain();
  told(b.stack);
  b.receive(ack(1, static_cast<std::uint32_t>(100'001 - b.info().unsent.count)));
  CHECK(told(b.stack).back().cwnd >= 6000_B);  // the recovery is over
  b.drain();
  b.advance(b.until_due());
  b.drain();
  told(b.stack);  // of the probe
  b.advance(b.until_due());
  b.drain();
  check_told(b, WindowReason::timeout, 1000_B);
}

TEST_CASE("after a long silence a window is told of that starts anew") {
  TcpBench b{reno()};
  b.stack.watch_windows();
  b.connect();
  b.write(30'000);
  b.drain();
  b.advance(10ms);
  b.receive(ack(1, 10'001));
  b.drain();
  b.receive(ack(1, 30'001));
  told(b.stack);
  const Bytes before = b.info().cwnd;
  b.advance(60s);
  b.write(1000);
  CHECK(b.info().cwnd == before);
  b.drain();
  CHECK(before > 10'000_B);
  check_told(b, WindowReason::restart, 10'000_B);
}

TEST_CASE("a connection that is gone is told of once, and its number is given again") {
  TcpBench b{reno()};
  b.stack.watch_windows();
  b.connect();
  told(b.stack);
  b.abort();
  const auto gone = told(b.stack);
  REQUIRE(gone.size() == 1);
  CHECK(gone[0].connection == 1);
  CHECK(gone[0].reason == WindowReason::closed);
  CHECK(gone[0].cwnd == 0_B);
  CHECK(told(b.stack).empty());
}

}  // namespace ringside::net::test
