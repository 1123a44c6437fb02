// A preemptive core: hardirq over softirq over threads, which share it fairly.
//
// What runs is a Job: a handler, a softirq, a thread. The core asks the job that has it for its next piece of
// work, which is not divisible for the job but may be interrupted by a higher level: what is left of it is
// kept and goes on later. When a piece has had its time the job is told, and hands its results on. One event
// is pending at most.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "ringside/sim/event_queue.hpp"
#include "ringside/units/time.hpp"

namespace ringside::hw {

enum class Level : std::uint8_t { thread, softirq, hardirq };
inline constexpr std::size_t levels = 3;

struct Piece {
  Duration length{};
  Duration user{};  // the part of it spent in user mode
  // A thread that looks for work again and again does so in a piece that Core::cut_short() may end early, at
  // the end of one of its looks, each of which lasts `look`. So it costs no events while it finds nothing.
  // Its length is the longest that it may last: forever, if only cut_short() ends it.
  bool spins = false;
  Duration look{};
  bool keeps_core = false;  // no other thread comes between this piece and the next (bottom halves are off)
};

class Core;

// The owner keeps the job alive, sets the first four and leaves the rest to the core.
struct Job {
  // The next piece; nullopt: no work left, the job gives the core up until it is raised again.
  using Begin = std::optional<Piece> (*)(void* context, Time now);
  // The piece has had its time.
  using Finish = void (*)(void* context, Time now);

  Level level{};
  Begin begin = nullptr;
  Finish finish = nullptr;
  void* context = nullptr;

  // An interruption of the current piece: after this much of it, for so long.
  struct Gap {
    Duration done{};
    Duration length{};
  };

  Job* next = nullptr;
  bool again = false;   // set by begin with nullopt: others first, but there is more to do
  bool raised = false;  // waits for the core or has it
  bool has_piece = false;
  Piece piece{};
  Duration done{};      // of the piece
  Time begun{};         // when the piece first got the core
  Duration switched{};  // part of the piece that went into the context switch before it
  Time suspended{};
  bool interrupted = false;    // since `suspended`
  Duration user_accounted{};   // of piece.user
  Duration virtual_runtime{};  // threads: what it has had of the core, for fairness
  Duration slice_used{};
  std::vector<Gap> gaps{};

  // When the part of the current piece that is `offset` into it was carried out.
  Time when(Duration offset) const;
};

class Core {
 public:
  struct Costs {
    Duration context_switch{};  // to another thread, also from idle
    Duration idle_exit{};       // from an idle core's being needed to its first instruction
    Duration deep_idle_exit{};  // the same, if it has been idle for so long:
    Duration deep_idle_after = forever;
    Duration slice = std::chrono::milliseconds{4};  // a thread's turn while others wait
    // A woken thread goes first if it has had so much less; and that it slept counts for it, up to a limit
    // (CFS: sysctl_sched_wakeup_granularity; place_entity(), half of sysctl_sched_latency).
    Duration wakeup_granularity = std::chrono::milliseconds{1};
    Duration sleeper_credit = std::chrono::milliseconds{3};
  };
  struct Usage {
    std::array<Duration, levels> busy{};  // by level
    Duration user{};                      // the part of the threads' time in user mode
    Duration idle{};                      // with nothing to do, or on the way out of an idle state
    std::uint64_t context_switches = 0;
  };

  Core(sim::EventQueue& events, const Costs& costs)
      : costs_{costs}, events_{events}, timer_{sim::Timer::bind<&Core::on_timer>(events, this)} {}

  // There is work for the job: an interrupt is pending, a softirq raised, a thread runnable. No effect if it
  // is raised already.
  void raise(Job& job);
  // There is work for a job that spins: it finds it in its next look. No effect on one that does not spin.
  void cut_short(Job& job);

  // Is told of every stretch of time for which a job had the core `number`, when it ends.
  using Observer = void (*)(void* context, std::uint16_t number, Level, Time until, Duration busy,
                            Duration user);
  // Is told of every switch to another thread.
  using SwitchObserver = void (*)(void* context, std::uint16_t number, Time at);
  void observe(Observer observer, SwitchObserver switched, void* context, std::uint16_t number) {
    observer_ = observer, switch_observer_ = switched, observed_by_ = context, number_ = number;
  }
  // The oldest piece that has begun and not ended; one that spins does nothing before it ends.
  Time earliest_begun() const;

  Usage usage(Time until = end_of_time) const;  // up to then or now, and not before a piece last ended
  bool idle() const { return idle_; }
  Time last_active() const { return last_active_; }  // when a piece last ended

 private:
  struct List {
    Job* head = nullptr;
    Job* tail = nullptr;
    bool empty() const { return head == nullptr; }
    void push(Job& job);
    Job& pop();
  };

  void dispatch(Time now);
  bool start_something(Time now);
  Job* pick(Level level);
  Job& pick_thread();
  void yield_thread_if_others_wait();
  bool must_give_way(const Job& held, Duration done) const;
  void bound_spinning();
  void rearm(const Job& job);
  Duration done_by_now(const Job& job) const;
  void run(Job& job, Time now);
  void suspend(Time now);
  void finish(Time now);
  void on_timer(Time now);
  void account(Job& job, Time now);
  static void spin_until(Job& job, Duration done);
  static Duration user_part(const Job& job, Duration done);

  Observer observer_ = nullptr;
  SwitchObserver switch_observer_ = nullptr;
  void* observed_by_ = nullptr;
  std::uint16_t number_ = 0;  // by which the observer knows it
  Costs costs_;
  sim::EventQueue& events_;
  sim::Timer timer_;
  Usage usage_{};
  std::array<Job*, levels> held_{};  // who has the core at each level, whether it runs or was interrupted
  std::array<List, levels> waiting_{};
  Job* running_ = nullptr;
  Time resumed_{};       // when `running_` last got the core, or was looked at
  Time vacant_since_{};  // while nobody has it
  Time last_active_{};
  Job* last_thread_ = nullptr;  // whose context is loaded
  Duration least_runtime_{};    // of the threads; where a newly woken one joins
  bool dispatching_ = false;
  bool idle_ = true;  // the timer, if pending, tells when the core is awake
};

}  // namespace ringside::hw
