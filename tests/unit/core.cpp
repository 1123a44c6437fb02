// Cores: who runs when, and what that costs. Each trace is the order in which pieces of work were done.
#include "ringside/hw/core.hpp"

#include <string>

#include "catch.hpp"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

struct Worker;

struct Bench {
  explicit Bench(hw::Core::Costs costs = {}) : core{events, costs} {}
  Duration at() const { return events.now() - start_of_time; }

  sim::EventQueue events;
  hw::Core core;
  std::vector<std::pair<Duration, std::string>> done{};
};

// A job with a number of equal pieces; raised again, it has as many more.
struct Worker {
  Worker(Bench& bench_, hw::Level level, std::string name_, Duration piece_, int pieces_ = 1)
      : bench{bench_}, name{std::move(name_)}, piece{piece_}, each{pieces_} {
    job = {.level = level,
           .begin = [](void* self, Time) -> std::optional<hw::Piece> {
             auto& w = *static_cast<Worker*>(self);
             if (w.left == 0) return std::nullopt;
             --w.left;
             return hw::Piece{.length = w.piece};
           },
           .finish =
               [](void* self, Time) {
                 auto& w = *static_cast<Worker*>(self);
                 w.bench.done.emplace_back(w.bench.at(), w.name);
               },
           .context = this};
  }
  void raise() {
    left += each;
    bench.core.raise(job);
  }
  void raise_at(Duration at) {
    timer.emplace(
        bench.events, [](void* self, Time) { static_cast<Worker*>(self)->raise(); }, this);
    timer->schedule(start_of_time + at);
  }

  Bench& bench;
  std::string name;
  Duration piece;
  int each;
  int left = 0;
  hw::Job job{};
  std::optional<sim::Timer> timer{};
};

using Done = std::vector<std::pair<Duration, std::string>>;

}  // namespace

TEST_CASE("an interrupt preempts a softirq, which preempts a thread; each goes on where it was") {
  Bench b;
  Worker thread{b, hw::Level::thread, "thread", 10us};
  Worker softirq{b, hw::Level::softirq, "softirq", 4us};
  Worker irq{b, hw::Level::hardirq, "irq", 1us};
  thread.raise_at(0us);
  softirq.raise_at(2us);
  irq.raise_at(3us);
  b.events.run();
  CHECK(b.done == Done{{4us, "irq"}, {7us, "softirq"}, {15us, "thread"}});
}

TEST_CASE("handlers do not nest: the second waits for the first") {
  Bench b;
  Worker first{b, hw::Level::hardirq, "first", 2us};
  Worker second{b, hw::Level::hardirq, "second", 2us};
  first.raise_at(0us);
  second.raise_at(1us);
  b.events.run();
  CHECK(b.done == Done{{2us, "first"}, {4us, "second"}});
}

TEST_CASE("when() says when a part of an interrupted piece was carried out") {
  Bench b;
  Worker thread{b, hw::Level::thread, "thread", 10us};
  Worker irq{b, hw::Level::hardirq, "irq", 1us};
  thread.raise_at(0us);
  irq.raise_at(4us);
  b.events.run();
  CHECK(thread.job.when(3us) - start_of_time == 3us);
  CHECK(thread.job.when(4us) - start_of_time == 4us);
  CHECK(thread.job.when(5us) - start_of_time == 6us);
  CHECK(thread.job.when(10us) - start_of_time == 11us);
}

TEST_CASE("a context switch is paid for another thread, and after idling, but not to go on") {
  Bench b{{.context_switch = 1us}};
  Worker x{b, hw::Level::thread, "x", 2us, 2};
  x.raise_at(0us);
  b.events.run();
  CHECK(b.done == Done{{3us, "x"}, {5us, "x"}});
  x.raise_at(10us);
  b.events.run();
  CHECK(b.done.back() == std::pair<Duration, std::string>{15us, "x"});
  CHECK(b.core.usage().context_switches == 2);
}

TEST_CASE("an idle core takes its time to wake, also for an interrupt") {
  Bench b{{.idle_exit = 3us}};
  Worker irq{b, hw::Level::hardirq, "irq", 1us};
  irq.raise_at(10us);
  b.events.run();
  CHECK(b.done == Done{{14us, "irq"}});
  CHECK(b.core.usage().busy[2] == 1us);
}

TEST_CASE("threads share the core fairly, a slice each") {
  Bench b{{.slice = 4ms}};
  Worker x{b, hw::Level::thread, "x", 1ms, 12};
  Worker y{b, hw::Level::thread, "y", 1ms, 12};
  x.raise_at(0us);
  y.raise_at(0us);
  b.events.run_until(start_of_time + 12ms);
  int of_x = 0;
  for (const auto& [at, name] : b.done) of_x += name == "x";
  CHECK(b.done.size() == 12);
  CHECK(of_x >= 4);
  CHECK(of_x <= 8);
  b.events.run();
  CHECK(b.done.size() == 24);
}

TEST_CASE("a thread that slept goes before one that has had the core for long") {
  Bench b;
  Worker hog{b, hw::Level::thread, "hog", 1ms, 100};
  Worker sleeper{b, hw::Level::thread, "sleeper", 10us};
  sleeper.raise_at(0us);
  hog.raise_at(1us);
  sleeper.raise_at(6500us);
  b.events.run_until(start_of_time + 20ms);
  const auto at =
      std::find_if(b.done.begin() + 1, b.done.end(), [](const auto& d) { return d.second == "sleeper"; });
  REQUIRE(at != b.done.end());
  CHECK(at->first < 7700us);  // as soon as the piece under way is done: it has credit for its sleep
}

TEST_CASE("who comes late has a sleeper's credit, and not all the time that others have had") {
  Bench b;
  Worker x{b, hw::Level::thread, "x", 1ms, 1000};
  Worker y{b, hw::Level::thread, "y", 1ms, 1000};
  Worker late{b, hw::Level::thread, "late", 1ms, 1000};
  x.raise_at(0us);
  y.raise_at(0us);
  late.raise_at(200'000us);
  b.events.run_until(start_of_time + 260ms);
  const auto of_late = std::ranges::count(b.done, std::string{"late"}, &Done::value_type::second);
  CHECK(of_late >= 20);  // a third of 60
  CHECK(of_late <= 30);
}

TEST_CASE("time is accounted to the level that had it, and adds up") {
  Bench b;
  Worker thread{b, hw::Level::thread, "thread", 10us};
  Worker softirq{b, hw::Level::softirq, "softirq", 4us};
  Worker irq{b, hw::Level::hardirq, "irq", 1us};
  thread.raise_at(0us);
  softirq.raise_at(2us);
  irq.raise_at(3us);
  b.events.run_until(start_of_time + 12us);  // in the middle of what is left of the thread
  const auto usage = b.core.usage();
  CHECK(usage.busy[2] == 1us);
  CHECK(usage.busy[1] == 4us);
  CHECK(usage.busy[0] == 7us);
  CHECK(usage.idle == 0us);
  b.events.run_until(start_of_time + 40us);
  CHECK(b.core.usage().idle == 25us);  // 40 less 10, 4 and 1
}

TEST_CASE("user time is accounted as it passes") {
  Bench b;
  hw::Job job{.level = hw::Level::thread,
              .begin = [](void* left, Time) -> std::optional<hw::Piece> {
                if (std::exchange(*static_cast<bool*>(left), false))
                  return hw::Piece{.length = 10us, .user = 4us};
                return std::nullopt;
              },
              .finish = [](void*, Time) {}};
  bool left = true;
  job.context = &left;
  b.core.raise(job);
  b.events.run_until(start_of_time + 5us);
  CHECK(b.core.usage().user == 2us);
  b.events.run();
  CHECK(b.core.usage().user == 4us);
}

TEST_CASE("work without a cost takes no time and no event of its own") {
  Bench b;
  Worker irq{b, hw::Level::hardirq, "irq", 0us, 3};
  irq.raise_at(5us);
  b.events.run();
  CHECK(b.done == Done{{5us, "irq"}, {5us, "irq"}, {5us, "irq"}});
  CHECK(b.events.executed() == 1);
}
