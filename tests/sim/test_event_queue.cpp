// The event queue as its users see it: what runs, when, and in which order.
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "ringside/sim/event_queue.hpp"

using namespace ringside;
using namespace std::chrono_literals;
using sim::EventQueue;
using sim::Timer;

namespace {

constexpr Time at(Duration since_start) { return start_of_time + since_start; }
constexpr Duration ps(std::int64_t count) { return Duration{count}; }

// Timers with names; the log has one line for each that ran: "a@300".
struct Bench {
  struct Named {
    Named(Bench& b, std::string n) : bench{b}, name{std::move(n)} {}
    void run(Time now) {
      bench.log.push_back(name + "@" + std::to_string(now.time_since_epoch().count()));
      if (then != nullptr) then(bench);
    }
    Bench& bench;
    std::string name;
    Timer timer{Timer::bind<&Named::run>(bench.queue, this)};
    void (*then)(Bench&) = nullptr;
  };

  Timer& timer(const std::string& name) {
    for (Named& named : timers) {
      if (named.name == name) return named.timer;
    }
    return timers.emplace_back(*this, name).timer;
  }
  void on(const std::string& name, void (*then)(Bench&)) {
    timer(name);
    for (Named& named : timers) {
      if (named.name == name) named.then = then;
    }
  }
  std::vector<std::string> ran() { return std::exchange(log, {}); }

  EventQueue queue;
  std::deque<Named> timers;
  std::vector<std::string> log;
};

using Log = std::vector<std::string>;

}  // namespace

TEST_CASE("events run by time, and those of one time in the order they were scheduled") {
  Bench b;
  b.timer("late").schedule(at(ps(300)));
  b.timer("first").schedule(at(ps(100)));
  b.timer("second").schedule(at(ps(100)));
  b.queue.run();
  CHECK(b.ran() == Log{"first@100", "second@100", "late@300"});
  CHECK(b.queue.now() == at(ps(300)));
  CHECK(b.queue.executed() == 3);
  CHECK(b.queue.pending() == 0);
}

TEST_CASE("a move counts as a new schedule call, even to the same time") {
  Bench b;
  b.timer("moved").schedule(at(ps(100)));
  b.timer("other").schedule(at(ps(100)));
  b.timer("moved").schedule(at(ps(100)));
  CHECK(b.queue.pending() == 2);
  b.queue.run();
  CHECK(b.ran() == Log{"other@100", "moved@100"});
}

TEST_CASE("a cancelled timer does not run, and can be armed again") {
  Bench b;
  Timer& a = b.timer("a");
  a.schedule(at(ps(100)));
  CHECK(a.pending());
  CHECK(a.at() == at(ps(100)));
  a.cancel();
  a.cancel();
  CHECK_FALSE(a.pending());
  CHECK_FALSE(b.queue.step());
  a.schedule(at(ps(200)));
  b.queue.run();
  CHECK(b.ran() == Log{"a@200"});
}

TEST_CASE("a handler may cancel and move others, of its own time too") {
  Bench b;
  b.on("judge", [](Bench& bench) {
    bench.timer("victim").cancel();
    bench.timer("delayed").schedule(at(ps(250)));
  });
  b.timer("judge").schedule(at(ps(100)));
  b.timer("victim").schedule(at(ps(100)));
  b.timer("delayed").schedule(at(ps(100)));
  b.timer("witness").schedule(at(ps(100)));
  b.queue.run();
  CHECK(b.ran() == Log{"judge@100", "witness@100", "delayed@250"});
}

TEST_CASE("a handler may schedule its own timer again, now as well as later") {
  Bench b;
  b.on("tick", [](Bench& bench) {
    if (bench.log.size() == 1) bench.timer("tick").schedule(bench.queue.now());
    if (bench.log.size() == 3) bench.timer("tick").schedule(bench.queue.now() + 1us);
  });
  b.timer("tick").schedule(at(ps(5)));
  b.timer("other").schedule(at(ps(5)));
  b.queue.run();
  CHECK(b.ran() == Log{"tick@5", "other@5", "tick@5", "tick@1000005"});
}

TEST_CASE("a timer that is destroyed takes its event with it, from its own handler too") {
  EventQueue queue;
  struct Once {
    explicit Once(EventQueue& q) : timer{Timer::bind<&Once::run>(q, this)} {}
    void run(Time) { self.reset(); }
    std::unique_ptr<Once> self;
    Timer timer;
  };
  auto doomed = std::make_unique<Once>(queue);
  doomed->timer.schedule(at(1ms));
  auto owner = std::make_unique<Once>(queue);
  Once& suicidal = *owner;
  suicidal.timer.schedule(at(2ms));
  suicidal.self = std::move(owner);
  doomed.reset();
  CHECK(queue.pending() == 1);
  queue.run();
  CHECK(queue.executed() == 1);
  CHECK(queue.now() == at(2ms));
}

TEST_CASE("run_until includes its end, and leaves now() there") {
  Bench b;
  b.timer("before").schedule(at(ps(99)));
  b.timer("on").schedule(at(ps(100)));
  b.timer("after").schedule(at(ps(101)));
  b.queue.run_until(at(ps(100)));
  CHECK(b.ran() == Log{"before@99", "on@100"});
  CHECK(b.queue.now() == at(ps(100)));
  CHECK(b.queue.next() == at(ps(101)));

  b.queue.run_until(at(ps(100)));
  CHECK(b.ran().empty());
  b.timer("now").schedule(at(ps(100)));
  b.queue.run_until(at(ps(100)));
  CHECK(b.ran() == Log{"now@100"});

  b.queue.run_until(at(1s));
  CHECK(b.ran() == Log{"after@101"});
  CHECK(b.queue.now() == at(1s));
  CHECK(b.queue.next() == std::nullopt);
}

TEST_CASE("what is scheduled while the next event is far away still runs first") {
  Bench b;
  b.timer("far").schedule(at(24h));
  for (int hour = 1; hour <= 5; ++hour) {
    b.queue.run_until(at(std::chrono::hours{hour}));
    b.timer("near").schedule(b.queue.now() + 1ns);
    CHECK(b.queue.next() == b.queue.now() + 1ns);
    CHECK(b.queue.step());
    CHECK(b.ran().back().starts_with("near"));
  }
  b.queue.run();
  CHECK(b.ran() == Log{"far@86400000000000000"});
}

TEST_CASE("stop() ends run() and run_until() after the handler, and the rest is kept") {
  Bench b;
  b.on("stop", [](Bench& bench) { bench.queue.stop(); });
  b.timer("stop").schedule(at(ps(10)));
  b.timer("rest").schedule(at(ps(10)));
  b.queue.run_until(at(ps(50)));
  CHECK(b.ran() == Log{"stop@10"});
  CHECK(b.queue.now() == at(ps(10)));
  b.timer("stop").schedule(at(ps(20)));
  b.queue.run();
  CHECK(b.ran() == Log{"rest@10", "stop@20"});
  b.queue.run_until(at(ps(50)));
  CHECK(b.queue.now() == at(ps(50)));
}

TEST_CASE("the whole range of time is in reach, the last tick included") {
  Bench b;
  b.timer("last").schedule(end_of_time);
  b.timer("last but one").schedule(end_of_time - ps(1));
  b.timer("first").schedule(start_of_time);
  b.timer("midway").schedule(Time{Duration{std::int64_t{1} << 62}});
  b.queue.run_until(start_of_time);
  CHECK(b.ran() == Log{"first@0"});
  b.queue.run_until(end_of_time - ps(1));
  CHECK(b.ran() == Log{"midway@4611686018427387904", "last but one@9223372036854775806"});
  b.queue.run_until(end_of_time);
  CHECK(b.ran() == Log{"last@9223372036854775807"});
  b.timer("again").schedule(end_of_time);
  CHECK(b.queue.step());
  CHECK_FALSE(b.queue.step());
}

TEST_CASE("a crowd of one tick runs in sequence while its members leave and return") {
  Bench b;
  constexpr int crowd = 5000;
  for (int i = 0; i < crowd; ++i) b.timers.emplace_back(b, std::to_string(i)).timer.schedule(at(1ms));
  for (int i = 0; i < crowd; i += 3) b.timers[static_cast<std::size_t>(i)].timer.schedule(at(1ms));
  b.queue.step();
  CHECK(b.ran() == Log{"1@1000000000"});
  for (int i = 2; i < crowd; i += 3) b.timers[static_cast<std::size_t>(i)].timer.cancel();
  for (int i = 2; i < crowd; i += 3) b.timers[static_cast<std::size_t>(i)].timer.schedule(at(1ms));
  b.queue.run();
  Log expected;
  for (int start : {4, 0, 2}) {
    for (int i = start; i < crowd; i += 3) expected.push_back(std::to_string(i) + "@1000000000");
  }
  CHECK(b.ran() == expected);
}
