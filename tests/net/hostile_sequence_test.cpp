// Numbers and clocks where they wrap.
#include "catch.hpp"
#include "tcp_bench.hpp"

namespace ringside::net::test {

// Both sequences begin short of 2^32, of 2^31 or behind them: nothing may depend on which.
TEST_CASE("a stream is the same wherever its numbers begin") {
  const std::uint32_t begin = GENERATE(0u, 0x7fff'f000u, 0x8000'0000u, 0xffff'f000u, 0xffff'fffeu);
  CAPTURE(begin);
  TcpBench bench{{.peer_isn = begin, .isn = begin}};
  bench.connect();
  std::uint32_t here = 1, there = 1;
  for (int round = 0; round < 20; ++round) {
    bench.write(1000);
    bench.expect(data(here, 1000, there).push());
    here += 1000;
    bench.receive(data(there + 1000, 1000, here));  // out of order, then what was missing
    bench.expect(ack(here, there).sacking({{there + 1000, there + 2000}}));
    bench.receive(data(there, 1000, here));
    there += 2000;
    bench.expect(ack(here, there));
    CHECK(bench.read() == 2000);
  }
  bench.close();
  bench.expect(fin(here, there));
  bench.receive(fin(there, here + 1));
  bench.expect(ack(here + 1, there + 1));
  CHECK(bench.state() == TcpState::time_wait);
}

// The clock's last moment is 106 days from its first. Within a day of it every timer can still be set.
TEST_CASE("near the end of the clock a connection still opens, repeats, and closes") {
  TcpBench bench;
  bench.now = end_of_time - 26h;
  bench.connect();
  bench.write(1000);
  bench.expect(data(1, 1000, 1).push());
  bench.wait();
  bench.expect(data(1, 1000, 1).push());
  bench.receive(ack(1, 1001));
  bench.close();
  bench.expect(fin(1001, 1));
  bench.receive(fin(1, 1002));
  bench.expect(ack(1002, 2));
  bench.advance(61s);
  bench.expect_silence();
  CHECK(bench.state() == TcpState::closed);
}

}  // namespace ringside::net::test
