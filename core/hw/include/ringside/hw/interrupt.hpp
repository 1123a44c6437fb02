// An interrupt line of a card: level-triggered, maskable, and moderated (at least so long between two
// interrupts, as Intel's ITR and the rx-usecs of ethtool have it).
#pragma once

#include <cstdint>

#include "ringside/hw/core.hpp"

namespace ringside::hw {

class InterruptLine {
 public:
  // `handler` is raised on `core`.
  InterruptLine(sim::EventQueue& events, Core& core, Job& handler, Duration moderation, bool masks_itself)
      : core_{core},
        handler_{handler},
        moderation_{moderation},
        masks_itself_{masks_itself},
        events_{events},
        timer_{sim::Timer::bind<&InterruptLine::fire>(events, this)} {}

  // The card has something. While the line is masked or the handler is at it, they will see it without being
  // told.
  void assert_line() {
    if (masked_ || handler_.raised || timer_.pending()) return;
    if (const Time now = events_.now(); now < allowed_at_)
      timer_.schedule(allowed_at_);
    else
      fire(now);
  }

  // The context that the handler raised ran out of work.
  void unmask() { masked_ = false; }

  std::uint64_t interrupts() const { return interrupts_; }

 private:
  void fire(Time now) {
    ++interrupts_;
    allowed_at_ = now + moderation_;
    masked_ = masks_itself_;
    core_.raise(handler_);
  }

  Core& core_;
  Job& handler_;
  Duration moderation_;
  bool masks_itself_;
  bool masked_ = false;
  Time allowed_at_{};
  std::uint64_t interrupts_ = 0;
  sim::EventQueue& events_;
  sim::Timer timer_;
};

}  // namespace ringside::hw
