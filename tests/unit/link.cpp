// Links: rate, delay, queue and every impairment.
#include "ringside/hw/link.hpp"

#include <algorithm>
#include <bit>

#include "catch.hpp"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

struct Bench {
  explicit Bench(hw::LinkConfig config, std::uint64_t seed = 1) : link{events, pool, config, seed, "a->b"} {
    link.connect(
        [](void* self, hw::Packet* packet, Time now) {
          auto& bench = *static_cast<Bench*>(self);
          bench.arrivals.push_back({now - start_of_time, packet->bytes[0]});
          for (const std::uint8_t byte : packet->frame()) bench.bits_set += std::popcount(unsigned{byte});
          bench.pool.give_back(packet);
        },
        this);
  }
  // A frame whose first byte is its name and whose others are zero.
  bool offer(std::uint8_t name, std::uint32_t size) {
    hw::Packet* packet = pool.take();
    packet->size = size;
    std::fill_n(packet->bytes, size, std::uint8_t{0});
    packet->bytes[0] = name;
    const bool taken = link.offer(packet, events.now());
    if (!taken) pool.give_back(packet);
    return taken;
  }

  struct Arrival {
    Duration at{};
    std::uint8_t name = 0;
    bool operator==(const Arrival&) const = default;
  };
  sim::EventQueue events;
  hw::PacketPool pool{2048};
  hw::Link link;
  std::vector<Arrival> arrivals{};
  int bits_set = 0;
};

}  // namespace

TEST_CASE("frames follow each other at the rate of the line, with preamble, checksum and gap") {
  Bench b{{.rate = 10_Mbps, .delay = 5us}};
  b.offer(1, 60);
  b.offer(2, 1514);
  b.events.run();
  CHECK(b.arrivals == std::vector<Bench::Arrival>{{67'200ns + 5us, 1}, {67'200ns + 1'230'400ns + 5us, 2}});
}

TEST_CASE("a frame below the minimum is padded on the line") {
  Bench b{{.rate = 10_Mbps}};
  b.offer(1, 42);
  b.events.run();
  CHECK(b.arrivals.front().at == 67'200ns);
}

TEST_CASE("the queue before the line takes its number of frames and no more") {
  Bench b{{.rate = 10_Mbps, .queue = 3}};
  int taken = 0;
  for (std::uint8_t i = 0; i < 10; ++i) taken += b.offer(i, 60);
  CHECK(taken == 4);  // one on the line, three waiting
  b.events.run();
  CHECK(b.arrivals.size() == 4);
}

TEST_CASE("loss, duplication and corruption happen as often as asked, each counted") {
  Bench b{{.delay = 1us, .loss = 0.1, .duplicate = 0.05, .corrupt = 0.02}};
  constexpr int n = 20'000;
  for (int i = 0; i < n; ++i) {
    b.offer(0, 100);
    b.events.run();
  }
  CHECK(double(b.link.lost()) == Approx(0.1 * n).epsilon(0.1));
  CHECK(double(b.link.duplicated()) == Approx(0.05 * 0.9 * n).epsilon(0.15));
  CHECK(double(b.link.corrupted()) == Approx(0.02 * 0.9 * n).epsilon(0.2));
  CHECK(b.arrivals.size() == n - b.link.lost() + b.link.duplicated());
  CHECK(b.bits_set == int(b.link.corrupted()));  // one bit each, and a duplicate is made before the damage
}

TEST_CASE("a reordered frame is overtaken by those behind it") {
  Bench b{{.rate = 1_Gbps, .delay = 10us, .reorder = 0.2, .reorder_delay = 5us}};
  for (std::uint8_t i = 0; i < 200; ++i) b.offer(i, 60);
  b.events.run();
  CHECK(b.link.reordered() > 20);
  CHECK_FALSE(std::is_sorted(b.arrivals.begin(), b.arrivals.end(),
                             [](const auto& x, const auto& y) { return x.name < y.name; }));
  CHECK(std::is_sorted(b.arrivals.begin(), b.arrivals.end(),
                       [](const auto& x, const auto& y) { return x.at < y.at; }));
  CHECK(b.arrivals.size() == 200);
}

TEST_CASE("the same seed makes the same losses, another seed others") {
  const auto lost_at = [](std::uint64_t seed) {
    Bench b{{.loss = 0.3}, seed};
    for (std::uint8_t i = 0; i < 100; ++i) b.offer(i, 60);
    b.events.run();
    return b.arrivals;
  };
  CHECK(lost_at(7) == lost_at(7));
  CHECK(lost_at(7) != lost_at(8));
}
