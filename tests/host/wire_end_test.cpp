// The bare ends of wires: load generators.
#include "ringside/host/wire_end.hpp"

#include "catch.hpp"
#include "ringside/net/summary.hpp"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

struct Bench {
  Bench() {
    link.connect(
        [](void* self, hw::Packet* packet, Time now) {
          auto& bench = *static_cast<Bench*>(self);
          bench.arrivals.push_back(now - start_of_time);
          bench.frames.emplace_back(packet->bytes, packet->bytes + packet->size);
          bench.simulation.pool.give_back(packet);
        },
        this);
  }
  host::Simulation simulation{1, 2048};
  hw::Link link{simulation.events, simulation.pool, {.rate = 10_Gbps, .queue = 4}, 1, "a->b"};
  host::WireEnd end{simulation, link};
  std::vector<Duration> arrivals{};
  std::vector<std::vector<std::uint8_t>> frames{};
};

}  // namespace

TEST_CASE("an even load keeps its gap, and its flows take turns") {
  Bench b;
  host::DatagramLoad load{b.simulation, b.end, {.packets_per_second = 1e6, .frame_bytes = 60, .flows = 3}};
  load.start(start_of_time);
  b.simulation.events.run_until(start_of_time + 10us);
  REQUIRE(b.arrivals.size() == 10);
  CHECK(b.arrivals[1] - b.arrivals[0] == 1us);
  const auto port = [&](std::size_t i) { return net::summarize(b.frames[i])->source_port; };
  CHECK(port(0) != port(1));
  CHECK(port(0) == port(3));
}

TEST_CASE("a Poisson load has its rate on the average, and exponential gaps") {
  Bench b;
  host::DatagramLoad load{b.simulation, b.end, {.packets_per_second = 1e6, .poisson = true}};
  load.start(start_of_time);
  b.simulation.events.run_until(start_of_time + 20ms);
  CHECK(double(b.end.sent()) == Approx(20'000).epsilon(0.03));
}

TEST_CASE("a burst comes as fast as the line carries it, and the next so much later") {
  Bench b;
  host::DatagramLoad load{b.simulation, b.end, {.packets_per_second = 1e6, .frame_bytes = 60, .burst = 4}};
  load.start(start_of_time);
  b.simulation.events.run_until(start_of_time + 7us);
  REQUIRE(b.arrivals.size() == 8);
  CHECK(b.arrivals[3] - b.arrivals[0] == 3 * (Bytes{84} / 10_Gbps));
  CHECK(b.arrivals[4] - b.arrivals[0] == 4us);
}

TEST_CASE("what the line cannot take is refused, and counted") {
  Bench b;
  host::DatagramLoad load{b.simulation, b.end, {.packets_per_second = 1e8, .frame_bytes = 1500}};
  load.start(start_of_time);
  b.simulation.events.run_until(start_of_time + 100us);
  CHECK(b.end.refused() > 9000);
  CHECK(b.end.sent() < 100);
}

TEST_CASE("a recording keeps its pace, twice the pace, or that of the line") {
  for (const double pace : {1.0, 2.0, 0.0}) {
    Bench b;
    std::vector<std::uint8_t> bytes(100);
    int n = 0;
    host::RecordedLoad load{b.simulation, b.end, 10_Gbps,
                            [&]() -> std::optional<host::RecordedLoad::Frame> {
                              if (n == 3) return std::nullopt;
                              return host::RecordedLoad::Frame{10us * n++, bytes};
                            },
                            pace};
    load.start(start_of_time);
    b.simulation.events.run();
    REQUIRE(b.arrivals.size() == 3);
    CHECK(load.finished());
    const Duration gap = b.arrivals[2] - b.arrivals[1];
    CHECK(gap == (pace == 1.0 ? Duration{10us} : pace == 2.0 ? Duration{5us} : Bytes{124} / 10_Gbps));
  }
}
