// RFC 9438: CUBIC, with the whole numbers and the millisecond clock of Linux net/ipv4/tcp_cubic.c, so that
// the window is the same segment for segment.
#pragma once

#include <optional>
#include <variant>

#include "tcp/congestion/hystart.hpp"
#include "tcp/congestion/hystart_plus_plus.hpp"
#include "tcp/congestion/window.hpp"

namespace ringside::net {

class Cubic {
 public:
  explicit Cubic(SlowStartExit exit) {
    if (exit == SlowStartExit::hystart_plus_plus) slow_start_.emplace<HyStartPlusPlus>();
  }

  // Of so many segments that arrived, for how many the window grows in slow start.
  std::uint32_t slow_start_share(std::uint32_t segments) {
    auto* conservative = std::get_if<HyStartPlusPlus>(&slow_start_);
    return conservative ? conservative->share(segments) : segments;
  }
  void avoid(CongestionWindow& window, const Arrived& arrived);
  std::uint32_t ssthresh_after_loss(const CongestionWindow& window);
  void measured(CongestionWindow& window, const RoundTrip& trip);
  void timed_out();  // bictcp_reset()
  void restarted(Time now, Duration idle);

 private:
  using Milliseconds = std::int64_t;
  struct Epoch {  // RFC 9438 section 4.1: a period of congestion avoidance
    Milliseconds start = 0;
    std::uint32_t k = 0;       // 1/1024 s until W_cubic is back at origin
    std::uint32_t origin = 0;  // the plateau of the cubic
    std::uint32_t reno = 0;    // RFC 9438 section 4.3: what Reno would have
    std::uint32_t acked = 0;   // segments that have not made that grow yet
  };
  Epoch begin_epoch(const CongestionWindow& window, const Arrived& arrived) const;
  std::uint32_t target(Milliseconds now) const;
  void set_period(const CongestionWindow& window, Milliseconds now);
  void be_friendly(const CongestionWindow& window);

  std::optional<Epoch> epoch_;
  std::uint32_t w_max_ = 0;
  std::uint32_t period_ = 1;  // segments acknowledged for each that the window grows by
  std::uint32_t last_cwnd_ = 0;
  Milliseconds last_time_ = 0;
  Duration least_rtt_{};  // 0: none was measured
  std::variant<HyStart, HyStartPlusPlus> slow_start_;
};

std::uint32_t cube_root(std::uint64_t x);  // rounded down

}  // namespace ringside::net
