// How long a receiver takes a round trip to be: tcp_rcv_rtt_measure(), tcp_rcv_rtt_measure_ts().
#include "catch.hpp"
#include "tcp/receive_rtt.hpp"

namespace ringside::net::test {

using namespace std::chrono_literals;

TEST_CASE("a receiver's round trip is that of the least echo, or of a window") {
  ReceiveRtt rtt;
  rtt.on_echo(1, 30ms, true, true);
  CHECK(rtt.estimate() == 30ms);
  rtt.on_echo(2, 10ms, true, false);
  CHECK(rtt.estimate() == 10ms);
  SECTION("which grows slowly") {
    rtt.on_echo(3, 18ms, true, true);
    CHECK(rtt.estimate() == 11ms);
  }
  SECTION("not if the reader has put off what it answers") {
    rtt.on_echo(3, 18ms, true, false);
    CHECK(rtt.estimate() == 10ms);
  }
  SECTION("nor of what is not full, or was measured before") {
    rtt.on_echo(2, 1ms, true, true);
    rtt.on_echo(3, 1ms, false, true);
    CHECK(rtt.estimate() == 10ms);
  }
  SECTION("and a window takes one at least") {
    rtt.on_text(Time{}, SeqNum{0}, 1000);
    rtt.on_text(Time{} + 4ms, SeqNum{1000}, 1000);
    CHECK(rtt.estimate() == 4ms);
  }
}

TEST_CASE("what nobody can have echoed is no round trip, however far away") {
  ReceiveRtt rtt;
  constexpr Duration days = 24 * 24h;  // as far as a timestamp of 32 bits tells
  rtt.on_echo(1, 10ms, true, true);
  rtt.on_echo(2, -days, true, true);
  rtt.on_echo(3, Duration{}, true, true);
  CHECK(rtt.estimate() == 10ms);
  rtt.on_echo(4, days, true, false);
  CHECK(rtt.estimate() == 10ms);
}

}  // namespace ringside::net::test
