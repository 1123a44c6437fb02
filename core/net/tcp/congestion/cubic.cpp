#include "tcp/congestion/cubic.hpp"

#include <algorithm>

namespace ringside::net {
namespace {

// C = 0.4 of RFC 9438 section 5 is 410/1024 here, beta = 0.7 is 717/1024, and time is in units of 1/1024 s.
constexpr std::uint64_t c_1024 = 410;
constexpr std::uint32_t beta_1024 = 717, one = 1024;
// RFC 9438 section 4.3: Reno with beta = 0.7 would grow by one segment in 15/8 windows.
constexpr std::uint32_t friendly_eighths = 8 * (one + beta_1024) / 3 / (one - beta_1024);

}  // namespace

std::uint32_t cube_root(std::uint64_t x) {
  std::uint32_t root = 0;
  for (std::uint32_t bit = 1u << 20; bit > 0; bit >>= 1) {
    const std::uint64_t larger = root | bit;
    if (larger * larger * larger <= x) root = static_cast<std::uint32_t>(larger);
  }
  return root;
}

// RFC 9438 section 4.10: without a loss, cwnd is the plateau.
Cubic::Epoch Cubic::begin_epoch(const CongestionWindow& window, const Arrived& arrived) const {
  Epoch epoch{.start = arrived.now.time_since_epoch() / Duration{1ms},
              .origin = window.cwnd,
              .reno = window.cwnd,
              .acked = arrived.segments};
  if (w_max_ > window.cwnd) {
    epoch.k = cube_root((std::uint64_t{1} << 40) / c_1024 * (w_max_ - window.cwnd));
    epoch.origin = w_max_;
  }
  return epoch;
}

// RFC 9438 section 4.2: W_cubic one round trip ahead.
std::uint32_t Cubic::target(Milliseconds now) const {
  const Milliseconds ahead = now - epoch_->start + least_rtt_ / Duration{1ms};
  const auto t = static_cast<std::uint64_t>(ahead) * 1024 / 1000;
  const std::uint64_t off = t < epoch_->k ? epoch_->k - t : t - epoch_->k;
  const auto delta = static_cast<std::uint32_t>((c_1024 * off * off * off) >> 40);
  return t < epoch_->k ? epoch_->origin - delta : epoch_->origin + delta;
}

void Cubic::set_period(const CongestionWindow& window, Milliseconds now) {
  const std::uint32_t wanted = target(now);
  period_ = wanted > window.cwnd ? window.cwnd / (wanted - window.cwnd) : 100 * window.cwnd;
  if (w_max_ == 0) period_ = std::min(period_, 20u);  // nothing is known yet: at least 5 % in a round trip
}

void Cubic::be_friendly(const CongestionWindow& window) {
  const std::uint32_t share = window.cwnd * friendly_eighths / 8;
  while (epoch_->acked > share) epoch_->acked -= share, ++epoch_->reno;
  if (epoch_->reno > window.cwnd) period_ = std::min(period_, window.cwnd / (epoch_->reno - window.cwnd));
  period_ = std::max(period_, 2u);  // half as much again in a round trip is the most
}

void Cubic::avoid(CongestionWindow& window, const Arrived& arrived) {
  const Milliseconds now = arrived.now.time_since_epoch() / Duration{1ms};
  if (epoch_) epoch_->acked += arrived.segments;
  const bool judged_lately = last_cwnd_ == window.cwnd && now - last_time_ <= 1000 / 32;
  if (!judged_lately) {
    if (!epoch_ || now != last_time_) {
      if (!epoch_) epoch_ = begin_epoch(window, arrived);
      last_cwnd_ = window.cwnd;
      last_time_ = now;
      set_period(window, now);
    }
    be_friendly(window);
  }
  window.grow_by_one_in(period_, arrived.segments);
}

std::uint32_t Cubic::ssthresh_after_loss(const CongestionWindow& window) {
  epoch_.reset();
  // RFC 9438 section 4.7: fast convergence.
  w_max_ = window.cwnd < w_max_ ? window.cwnd * (one + beta_1024) / (2 * one) : window.cwnd;
  return std::max(window.cwnd * beta_1024 / one, 2u);
}

void Cubic::measured(CongestionWindow& window, const RoundTrip& trip) {
  const Milliseconds now = trip.now.time_since_epoch() / Duration{1ms};
  if (epoch_ && now - epoch_->start < 1000) return;  // soon after a recovery queues are not what they will be
  const Duration rtt = std::max(trip.rtt, Duration{1us});
  if (least_rtt_ == Duration{} || rtt < least_rtt_) least_rtt_ = rtt;
  if (auto* hystart = std::get_if<HyStart>(&slow_start_)) return hystart->measured(window, trip, least_rtt_);
  std::get<HyStartPlusPlus>(slow_start_).measured(window, trip);
}

void Cubic::timed_out() {
  const bool conservative = std::holds_alternative<HyStartPlusPlus>(slow_start_);
  *this = Cubic{conservative ? SlowStartExit::hystart_plus_plus : SlowStartExit::hystart};
}

// RFC 9438 section 5.8: time without data to send must not count as time of growth.
void Cubic::restarted(Time now, Duration idle) {
  if (!epoch_) return;
  epoch_->start =
      std::min<Milliseconds>(epoch_->start + idle / Duration{1ms}, now.time_since_epoch() / Duration{1ms});
}

}  // namespace ringside::net
