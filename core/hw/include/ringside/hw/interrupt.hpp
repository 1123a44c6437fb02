// An interrupt line of a card: level-triggered, maskable, and moderated (at least so long between two
// interrupts, as Intel's ITR has it). What happens at the card lets some of its like gather before it asserts
// the line (rx-frames, rx-usecs, tx-frames, tx-usecs of ethtool).
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>

#include "ringside/hw/core.hpp"
#include "ringside/hw/dim.hpp"

namespace ringside::hw {

class InterruptLine {
 public:
  using Cause = std::uint16_t;

  // `handler` is raised on `core`.
  InterruptLine(sim::EventQueue& events, Core& core, Job& handler, Duration moderation, bool masks_itself)
      : core_{core},
        handler_{handler},
        moderation_{moderation},
        masks_itself_{masks_itself},
        events_{events},
        timer_{sim::Timer::bind<&InterruptLine::fire>(events, this)} {}

  // What may assert the line, such as frames that came or frames that have left. An adaptive one finds out
  // for itself how long to wait (Dim).
  Cause add_cause(Coalescing coalescing, bool adaptive) {
    causes_.emplace_back(*this, coalescing, adaptive);
    return static_cast<Cause>(causes_.size() - 1);
  }

  // An adaptive cause learns from what its driver sees: a frame of so many bytes.
  void count(Cause index, std::int64_t bytes) { causes_[index].dim->count(bytes); }

  // It has happened once more. While the line is masked or the handler is at it, they will see it without
  // being told.
  void happened(Cause index) {
    Gathering& cause = causes_[index];
    if (masked_ || handler_.raised || timer_.pending()) return;
    ++cause.waiting;
    if (cause.coalescing.at_once() || cause.waiting == cause.coalescing.frames)
      assert_line(events_.now());
    else if (!cause.timer.pending())
      cause.timer.schedule(events_.now() + cause.coalescing.time);
  }

  // The context that the handler raised ran out of work.
  void unmask() {
    if (!std::exchange(masked_, false)) return;
    if (observer_) observer_(observed_by_, Change::unmasked);
  }

  // Is told of every interrupt, and of what becomes of the mask.
  enum class Change : std::uint8_t { asserted, masked, unmasked };
  using Observer = void (*)(void* context, Change);
  void observe(Observer observer, void* context) { observer_ = observer, observed_by_ = context; }

  std::uint64_t interrupts() const { return interrupts_; }

 private:
  struct Gathering {  // of one cause
    Gathering(InterruptLine& of, Coalescing by, bool adaptive)
        : line{of}, coalescing{by}, timer{sim::Timer::bind<&Gathering::in_time>(of.events_, this)} {
      if (adaptive) dim.emplace(), coalescing = dim->level();
    }
    void in_time(Time now) { line.assert_line(now); }

    InterruptLine& line;
    Coalescing coalescing;
    int waiting = 0;
    std::optional<Dim> dim{};
    sim::Timer timer;
  };

  void assert_line(Time now) {
    if (now < allowed_at_)
      timer_.schedule(allowed_at_);
    else
      fire(now);
  }

  // Whatever was waiting is seen now.
  void fire(Time now) {
    ++interrupts_;
    allowed_at_ = now + moderation_;
    const bool masks = masks_itself_ && !masked_;
    masked_ = masks_itself_;
    if (observer_) observer_(observed_by_, Change::asserted);
    if (observer_ && masks) observer_(observed_by_, Change::masked);
    for (Gathering& cause : causes_) {
      cause.waiting = 0;
      cause.timer.cancel();
      if (cause.dim) cause.coalescing = cause.dim->after_interrupt(now);
    }
    core_.raise(handler_);
  }

  Observer observer_ = nullptr;
  void* observed_by_ = nullptr;
  Core& core_;
  Job& handler_;
  Duration moderation_;
  bool masks_itself_;
  bool masked_ = false;
  Time allowed_at_{};
  std::uint64_t interrupts_ = 0;
  sim::EventQueue& events_;
  sim::Timer timer_;
  std::deque<Gathering> causes_{};
};

}  // namespace ringside::hw
