// Somebody who sees nothing of a connection and guesses: RFC 5961. Nothing that is wrong by a window changes
// the connection, whatever flags it has, and answers are few.
#include "catch.hpp"
#include "tcp_bench.hpp"

namespace ringside::net::test {
namespace {

constexpr std::uint32_t window = 65535;

// What a connection is now, as far as a stranger could change it.
auto books(const TcpBench& bench) {
  const TcpInfo info = bench.info();
  return std::tuple{bench.state(),
                    info.unacknowledged,
                    info.unsent,
                    info.bytes_acked,
                    info.bytes_received,
                    info.cwnd,
                    bench.stack.readable(bench.socket)};
}

std::size_t answers(TcpBench& bench) {
  std::size_t count = 0;
  std::vector<std::uint8_t> frame(2000);
  while (bench.stack.transmit(bench.now, frame)) ++count;
  return count;
}

}  // namespace

TEST_CASE("numbers that are wrong change nothing, whatever the flags") {
  TcpBench bench;
  bench.connect();
  bench.write(3000);
  bench.drain();
  const auto before = books(bench);
  // Relative to what is right: behind the window, before it, and on the other side of the sequence.
  for (const std::uint32_t wrong :
       {window + 1, window + 2, 100'000u, 0x7fff'ffffu, 0x8000'0000u, 0xffff'0000u}) {
    for (int bits = 0; bits < 32; ++bits) {
      const wire::TcpFlags flags{.fin = (bits & 1) != 0,
                                 .syn = (bits & 2) != 0,
                                 .rst = (bits & 4) != 0,
                                 .psh = (bits & 8) != 0,
                                 .ack = (bits & 16) != 0};
      for (const std::uint32_t length : {0u, 1u, 1000u})
        bench.receive({.flags = flags, .seq = 1 + wrong, .length = length, .ack = 1});
    }
  }
  CHECK(books(bench) == before);
}

TEST_CASE("a reset in the window, but not at its edge, is challenged and changes nothing") {
  TcpBench bench;
  bench.connect();
  for (std::uint32_t seq = 2; seq < window; seq += 97) bench.receive(rst(seq));
  CHECK(bench.state() == TcpState::established);
  CHECK(answers(bench) == 1);  // of all of them: one in half a second
  bench.receive(rst(1));
  CHECK(bench.state() == TcpState::closed);
}

TEST_CASE("acknowledgements of what was never sent, or of long ago, are not believed") {
  TcpBench bench;
  bench.connect();
  bench.write(3000);
  bench.drain();
  const auto before = books(bench);
  for (const std::uint32_t number : {3002u, 3003u, 100'000u, 0x7fff'ffffu, 0x8000'1000u, 0xfffe'0000u})
    bench.receive(data(1, 100, number));
  CHECK(books(bench) == before);
  CHECK(answers(bench) == 1);
  bench.receive(ack(1, 3001));  // the peer itself still can
  CHECK(bench.info().bytes_acked == 3000);
}

// RFC 9293 section 3.10.7.4: an optimistic peer acknowledges what it has not got yet. What was sent it may;
// the window does not grow faster than by what was sent.
TEST_CASE("a peer that acknowledges ahead has no more than slow start gives it") {
  TcpBench bench;
  bench.connect();
  bench.write(1'000'000);
  bench.drain();
  std::uint32_t acked = 1;
  for (int round = 0; round < 3; ++round) {
    const auto flight =
        static_cast<std::uint32_t>(bench.info().unacknowledged.count - bench.info().unsent.count);
    REQUIRE(flight > 0);
    const auto before = bench.info().cwnd;
    for (std::uint32_t octet = 1; octet <= flight; octet += 100) bench.receive(ack(1, acked + octet));
    bench.receive(ack(1, acked += flight));  // ACKs divided: RFC 3465
    CHECK(bench.info().cwnd <= before + Bytes{flight});
    bench.drain();
    bench.advance(10ms);
  }
}

TEST_CASE("blind segments in every state leave a listener as it was") {
  TcpBench bench;
  bench.listen();
  for (int bits = 0; bits < 32; ++bits) {
    if ((bits & 2) != 0 && (bits & 20) == 0) continue;  // a SYN
    bench.receive({.flags = {.fin = (bits & 1) != 0,
                             .syn = (bits & 2) != 0,
                             .rst = (bits & 4) != 0,
                             .psh = (bits & 8) != 0,
                             .ack = (bits & 16) != 0},
                   .seq = 5,
                   .length = 10,
                   .ack = 77});
  }
  bench.drain();
  CHECK_FALSE(bench.accept());
  bench.receive(syn().with_mss(1000));
  bench.expect(syn_ack());
  bench.receive(ack(1, 1));
  CHECK(bench.accept());
}

}  // namespace ringside::net::test
