// The hold model (Vaucher and Duval, CACM 1975): n pending events; take the earliest, schedule it again an
// Exp(mean 10^6 ps) later. Measured are the queue, the dispatch of a handler, and the draw. Median of three
// rounds. With --timeouts each event also moves a second timer of its owner to 200 ms ahead, as every packet
// moves the retransmission timer of its connection: gaps of two sizes, five orders of magnitude apart.
//
//   bench_hold [--pending N] [--operations N] [--timeouts]      without --pending: 10^2, 10^3, ... 10^6
#include <algorithm>
#include <array>
#include <chrono>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "measure.hpp"
#include "ringside/sim/event_queue.hpp"
#include "ringside/sim/random.hpp"

namespace {

using namespace ringside;

using namespace std::chrono_literals;

constexpr Duration mean_gap = 1us;
constexpr Duration timeout = 200ms;

struct Arguments {
  std::vector<std::int64_t> pending{100, 1'000, 10'000, 100'000, 1'000'000};
  std::int64_t operations = 3'000'000;
  bool timeouts = false;
};

class Holder {
 public:
  Holder(sim::EventQueue& queue, sim::Random& random)
      : random_{random}, timer_{sim::Timer::bind<&Holder::hold>(queue, this)} {
    hold(queue.now());
  }

 private:
  void hold(Time now) { timer_.schedule(now + random_.exponential(mean_gap)); }

  sim::Random& random_;
  sim::Timer timer_;
};

class HolderWithTimeout {
 public:
  HolderWithTimeout(sim::EventQueue& queue, sim::Random& random)
      : random_{random},
        timer_{sim::Timer::bind<&HolderWithTimeout::hold>(queue, this)},
        timeout_{sim::Timer::bind<&HolderWithTimeout::hold>(queue, this)} {
    hold(queue.now());
  }

 private:
  void hold(Time now) {
    timer_.schedule(now + random_.exponential(mean_gap));
    timeout_.schedule(now + timeout);
  }

  sim::Random& random_;
  sim::Timer timer_;
  sim::Timer timeout_;
};

double events_per_second(sim::EventQueue& queue, std::int64_t operations) {
  const double started = bench::cpu_seconds();
  for (std::int64_t i = 0; i < operations; ++i) queue.step();
  return static_cast<double>(operations) / (bench::cpu_seconds() - started);
}

template <class Pending>
void measure(const char* benchmark, std::int64_t pending, std::int64_t operations) {
  sim::EventQueue queue;
  sim::Random random{1, "hold"};
  std::deque<Pending> holders;  // a timer does not move
  for (std::int64_t i = 0; i < pending; ++i) holders.emplace_back(queue, random);
  events_per_second(queue, 2 * pending);  // into the steady state

  std::array<double, 3> rounds{};
  for (double& rate : rounds) rate = events_per_second(queue, operations);
  std::ranges::sort(rounds);
  std::printf(R"({"benchmark":"%s","pending":%)" PRId64
              R"(,"events_per_second":%.0f,"peak_rss_bytes":%)" PRId64 "}\n",
              benchmark, pending, rounds[1], bench::peak_rss_bytes());
}

std::optional<Arguments> parse(std::span<char*> words) {
  Arguments arguments;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view option = words[i];
    const bool has_value = i + 1 < words.size();
    if (option == "--timeouts") {
      arguments.timeouts = true;
    } else if (option == "--pending" && has_value) {
      arguments.pending = {std::strtoll(words[++i], nullptr, 10)};
    } else if (option == "--operations" && has_value) {
      arguments.operations = std::strtoll(words[++i], nullptr, 10);
    } else {
      return std::nullopt;
    }
  }
  return arguments;
}

}  // namespace

int main(int argc, char** argv) {
  const auto arguments = parse({argv, static_cast<std::size_t>(argc)});
  if (!arguments) {
    std::fputs("usage: bench_hold [--pending N] [--operations N] [--timeouts]\n", stderr);
    return 2;
  }
  for (const std::int64_t pending : arguments->pending) {
    if (arguments->timeouts) {
      measure<HolderWithTimeout>("hold-timeouts", pending, arguments->operations);
    } else {
      measure<Holder>("hold", pending, arguments->operations);
    }
  }
}
