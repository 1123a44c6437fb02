// Threads that spin: they look for work again and again, in one piece that is cut short when there is some.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "ringside/hw/core.hpp"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

using Done = std::vector<std::pair<Duration, std::string>>;

// Raises or gives to what is on the core at a time; notes what was done there, and when.
struct Bench {
  explicit Bench(hw::Core::Costs costs = {}) : core{events, costs} {}
  Duration at() const { return events.now() - start_of_time; }

  sim::EventQueue events;
  hw::Core core;
  Done done{};
};

// A job with so many equal pieces.
struct Worker {
  Bench& bench;
  std::string name;
  Duration piece;
  int left = 1;
  hw::Job job{};
  std::optional<sim::Timer> timer{};

  void raise_at(hw::Level level, Duration at) {
    job = {.level = level, .begin = begin, .finish = finish, .context = this};
    timer.emplace(
        bench.events,
        [](void* self, Time) {
          auto& worker = *static_cast<Worker*>(self);
          worker.bench.core.raise(worker.job);
        },
        this);
    timer->schedule(start_of_time + at);
  }
  static std::optional<hw::Piece> begin(void* self, Time) {
    auto& worker = *static_cast<Worker*>(self);
    if (worker.left == 0) return std::nullopt;
    --worker.left;
    return hw::Piece{.length = worker.piece};
  }
  static void finish(void* self, Time) {
    auto& worker = *static_cast<Worker*>(self);
    worker.bench.done.emplace_back(worker.bench.at(), worker.name);
  }
};

// Spins until there is work, of 100 ns; each look for it takes 30 ns.
struct Spinner {
  Bench& bench;
  Duration at_most = forever;
  int waiting = 0;
  bool working = false;
  bool gave_up = false;
  hw::Job job{};
  std::optional<sim::Timer> timer{};

  void start() {
    job = {.level = hw::Level::thread, .begin = begin, .finish = finish, .context = this};
    bench.core.raise(job);
  }
  void give_at(Duration at) {
    timer.emplace(
        bench.events,
        [](void* self, Time) {
          auto& spinner = *static_cast<Spinner*>(self);
          ++spinner.waiting;
          spinner.bench.core.cut_short(spinner.job);
        },
        this);
    timer->schedule(start_of_time + at);
  }
  static std::optional<hw::Piece> begin(void* self, Time) {
    auto& spinner = *static_cast<Spinner*>(self);
    spinner.working = spinner.waiting > 0;
    if (spinner.working) {
      --spinner.waiting;
      return hw::Piece{.length = 100ns, .user = 100ns};
    }
    if (std::exchange(spinner.gave_up, spinner.at_most != forever)) return std::nullopt;
    return hw::Piece{.length = spinner.at_most, .user = spinner.at_most, .spins = true, .look = 30ns};
  }
  static void finish(void* self, Time) {
    auto& spinner = *static_cast<Spinner*>(self);
    if (spinner.working) spinner.bench.done.emplace_back(spinner.bench.at(), "worked");
  }
};

}  // namespace

TEST_CASE("who spins finds its work at the end of the look under way, and costs no event before") {
  Bench b;
  Spinner spinner{b};
  spinner.start();
  spinner.give_at(1s);  // after 33 333 333 looks and a third
  b.events.run();
  CHECK(b.done == Done{{1s + 20ns + 100ns, "worked"}});
  CHECK(b.events.executed() == 3);  // the work comes, the look ends, the work is done
  CHECK(b.core.usage().busy[0] == 1s + 120ns);
  CHECK(b.core.usage().user == 1s + 120ns);
  CHECK(b.core.usage().idle == 0ns);
}

TEST_CASE("an interrupt takes its time from who spins; what comes meanwhile is found afterwards") {
  Bench b;
  Spinner spinner{b};
  Worker irq{b, "irq", 5us};
  spinner.start();
  irq.raise_at(hw::Level::hardirq, 9us + 10ns);
  spinner.give_at(10us);
  b.events.run();
  CHECK(b.done == Done{{14us + 10ns, "irq"}, {14us + 30ns + 100ns, "worked"}});  // 20 ns were left of a look
}

TEST_CASE("who has slept goes before who spins, and spinning goes on afterwards") {
  Bench b;
  Spinner spinner{b};
  Worker daemon{b, "daemon", 10us};
  spinner.start();
  daemon.raise_at(hw::Level::thread, 20ms);
  spinner.give_at(21ms);
  b.events.run();
  CHECK(b.done == Done{{20ms + 10ns + 10us, "daemon"}, {21ms + 10ns + 100ns, "worked"}});
}

TEST_CASE("who spins and who works have the core in turns") {
  Bench b;
  Spinner spinner{b};
  Worker busy{b, "busy", 100us, 1000};
  spinner.start();
  busy.raise_at(hw::Level::thread, 0ns);
  b.events.run_until(start_of_time + 80ms);
  CHECK(b.done.size() >= 360);  // half of 800, and a turn of 40 more or less
  CHECK(b.done.size() <= 440);
}

TEST_CASE("a spin with a limit ends by itself") {
  Bench b;
  Spinner spinner{b, 50us};
  spinner.start();
  b.events.run();
  CHECK(b.at() == 50us);
  CHECK(b.core.usage().busy[0] == 50us);
}
