// Property: whatever is scheduled, moved, cancelled and run, in whatever rhythm, the order is that of a
// sorted list of (time, sequence of the schedule call).
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <vector>

#include "catch.hpp"
#include "ringside/sim/event_queue.hpp"
#include "ringside/sim/random.hpp"

using namespace ringside;
using namespace std::chrono_literals;

namespace {

// The queue and its model side by side. Ids are indices of timers.
class Comparison {
 public:
  Comparison(std::uint64_t seed, std::size_t timers, std::vector<Duration> gaps)
      : random_{seed, "event order"}, gaps_{std::move(gaps)} {
    for (std::size_t id = 0; id < timers; ++id) members_.emplace_back(*this, id);
  }

  // One random act, the handlers' own acts included.
  void act() {
    switch (random_.below(8)) {
      case 0: return cancel(any());
      case 1: return run_until(queue_.now() + gap());
      case 2:
      case 3:
      case 4: return schedule(any());
      default: return step();
    }
  }
  void drain() {
    while (!model_.empty()) step(), quiet_ = true;
  }

  std::uint64_t executed() const { return queue_.executed(); }

 private:
  struct Member {
    Member(Comparison& c, std::size_t i)
        : comparison{c}, id{i}, timer{sim::Timer::bind<&Member::run>(c.queue_, this)} {}
    void run(Time now) { comparison.on_run(id, now); }
    Comparison& comparison;
    std::size_t id;
    sim::Timer timer;
  };
  using Model = std::multimap<Time, std::size_t>;  // equal keys keep their order of insertion

  std::size_t any() { return random_.below(members_.size()); }
  Duration gap() {
    const Duration scale = gaps_[random_.below(gaps_.size())];
    return Duration{static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(scale.count()) + 1))};
  }

  void schedule(std::size_t id) {
    const Time at = queue_.now() + gap();
    forget(id);
    model_.emplace(at, id);
    members_[id].timer.schedule(at);
    compare();
  }
  void cancel(std::size_t id) {
    forget(id);
    members_[id].timer.cancel();
    compare();
  }
  void forget(std::size_t id) {
    if (!members_[id].timer.pending()) return;
    auto entry = model_.lower_bound(members_[id].timer.at());
    while (entry->second != id) ++entry;
    model_.erase(entry);
  }
  void step() {
    const bool expected = !model_.empty();
    REQUIRE(queue_.step() == expected);
    compare();
  }
  void run_until(Time t) {
    queue_.run_until(t);
    REQUIRE(queue_.now() == t);
    REQUIRE((model_.empty() || model_.begin()->first > t));
    compare();
  }
  void on_run(std::size_t id, Time now) {
    REQUIRE_FALSE(model_.empty());
    REQUIRE(model_.begin()->first == now);
    REQUIRE(model_.begin()->second == id);
    REQUIRE(queue_.now() == now);
    model_.erase(model_.begin());
    if (quiet_) return;
    if (random_.bernoulli(0.4)) schedule(id);
    if (random_.bernoulli(0.2)) schedule(any());
    if (random_.bernoulli(0.2)) cancel(any());
  }
  void compare() {
    REQUIRE(queue_.pending() == model_.size());
    REQUIRE(queue_.next().has_value() == !model_.empty());
    if (!model_.empty()) REQUIRE(*queue_.next() == model_.begin()->first);
  }

  sim::EventQueue queue_;
  sim::Random random_;
  std::vector<Duration> gaps_;
  std::deque<Member> members_;
  Model model_;
  bool quiet_ = false;  // handlers do nothing
};

}  // namespace

TEST_CASE("the order is (time, sequence) under random schedule, move, cancel, step and run_until") {
  struct Rhythm {
    const char* name;
    std::size_t timers;
    std::vector<Duration> gaps;
  };
  const Rhythm rhythms[] = {
      {"ties only", 50, {Duration{0}}},
      {"single ticks", 200, {Duration{0}, Duration{3}}},
      {"nanoseconds", 1000, {10ns}},
      {"packets and retransmission timers", 500, {Duration{0}, 100ns, 10us, 200ms}},
      {"a few, far apart", 3, {1ns, 1h}},
      {"everything at once", 3000, {Duration{0}, Duration{10}, 1ns, 300ns, 20us, 1ms, 1s, 1min, 1h}},
  };
  for (const Rhythm& rhythm : rhythms) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      INFO(rhythm.name << ", seed " << seed);
      Comparison comparison{seed, rhythm.timers, rhythm.gaps};
      for (int i = 0; i < 10'000; ++i) comparison.act();
      comparison.drain();
      CHECK(comparison.executed() > 1000);
    }
  }
}
