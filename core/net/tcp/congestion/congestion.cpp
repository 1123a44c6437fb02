// RFC 5681: what the algorithms have in common.
#include "tcp/congestion/congestion.hpp"

#include <algorithm>

namespace ringside::net {

void Congestion::use(CongestionControl algorithm) {
  switch (algorithm) {
    case CongestionControl::reno: algorithm_.emplace<Reno>(); break;
    case CongestionControl::cubic: algorithm_.emplace<Cubic>(exit_); break;
    case CongestionControl::dctcp: algorithm_.emplace<Dctcp>(); break;
    case CongestionControl::bbr: algorithm_ = std::make_unique<Bbr>(); break;
    case CongestionControl::none: algorithm_.emplace<None>(); break;
  }
}

void Congestion::open(std::uint32_t window) {
  window_.cwnd = initial_window_ = window;
  reason_ = WindowReason::opened;
}

void Congestion::grow(const Arrived& arrived) {
  Arrived beyond = arrived;
  if (window_.slow_start()) {
    // Linux tcp_slow_start: every acknowledged segment counts, so that delayed and stretched ACKs do not slow
    // the start; RFC 5681 would grant one segment per ACK.
    reason_ = WindowReason::slow_start;
    const std::uint32_t before = window_.cwnd;
    auto* cubic = std::get_if<Cubic>(&algorithm_);
    const std::uint32_t growth = cubic ? cubic->slow_start_share(arrived.segments) : arrived.segments;
    window_.cwnd = std::min(before + growth, window_.ssthresh);
    beyond.segments -= window_.cwnd - before;
    if (beyond.segments == 0 || window_.slow_start()) return;
  }
  const std::uint32_t before = window_.cwnd;
  with_algorithm([&](auto& algorithm) { algorithm.avoid(window_, beyond); });
  if (window_.cwnd != before) reason_ = WindowReason::avoidance;
}

void Congestion::measured(const RoundTrip& trip) {
  const std::uint32_t before = window_.ssthresh;
  with_algorithm([&](auto& algorithm) { algorithm.measured(window_, trip); });
  if (window_.ssthresh != before) reason_ = WindowReason::slow_start;  // its end
}

void Congestion::reduce(CongestionSign sign) {
  const auto* dctcp = std::get_if<Dctcp>(&algorithm_);
  window_.credit = 0;
  window_.ssthresh =
      dctcp && sign == CongestionSign::mark
          ? dctcp->ssthresh_after_marks(window_)
          : with_algorithm([&](auto& algorithm) { return algorithm.ssthresh_after_loss(window_); });
  reason_ = WindowReason::recovery;
}

void Congestion::lost_while_reducing() {
  if (auto* dctcp = std::get_if<Dctcp>(&algorithm_)) window_.ssthresh = dctcp->ssthresh_after_loss(window_);
}

void Congestion::shrink(std::uint32_t cwnd) {
  window_.cwnd = cwnd;
  reason_ = WindowReason::recovery;
}

void Congestion::time_out(std::uint32_t cwnd, bool first) {
  if (first) reduce(CongestionSign::loss);
  with_algorithm([](auto& algorithm) { algorithm.timed_out(); });
  window_.cwnd = cwnd;
  window_.credit = 0;
  reason_ = WindowReason::timeout;
}

void Congestion::settle() {
  if (models_path() || window_.ssthresh == CongestionWindow::unlimited) return;
  window_.cwnd = window_.ssthresh;
  reason_ = WindowReason::recovery;
}

void Congestion::undo(std::uint32_t cwnd, std::optional<std::uint32_t> ssthresh, const Sending& sending) {
  if (!ssthresh) return;
  if (Bbr* model = bbr())
    model->undone(sending);
  else
    window_.cwnd = std::max(window_.cwnd, cwnd);
  window_.ssthresh = std::max(window_.ssthresh, *ssthresh);
  reason_ = WindowReason::undone;
}

void Congestion::rescale(std::uint32_t before, std::uint32_t after, bool reducing) {
  window_.cwnd =
      std::max<std::uint32_t>(static_cast<std::uint32_t>(std::uint64_t{window_.cwnd} * before / after), 1);
  window_.credit = 0;
  if (!reducing) hold_ssthresh();
}

// Linux tcp_cwnd_restart(): halved for each RTO, down to what a connection begins with.
void Congestion::restart(Duration idle, Duration rto) {
  const std::uint32_t least = std::min(initial_window_, window_.cwnd);
  hold_ssthresh();
  for (idle -= rto; idle > Duration{0} && window_.cwnd > least; idle -= rto) window_.cwnd /= 2;
  window_.cwnd = std::max(window_.cwnd, least);
  reason_ = WindowReason::restart;
}

void Congestion::unused(std::uint32_t used) {
  used = std::max(used, initial_window_);
  if (used >= window_.cwnd) return;
  hold_ssthresh();
  window_.cwnd = (window_.cwnd + used) / 2;
  reason_ = WindowReason::restart;
}

void Congestion::transmission_starts(Time now, Duration idle, const Sending& sending) {
  if (Bbr* model = bbr()) model->transmission_starts(now, window_, sending);
  with_algorithm([&](auto& algorithm) { algorithm.restarted(now, idle); });
}

void Congestion::begin(Time now, const Sending& sending, std::uint32_t seed) {
  if (Bbr* model = bbr()) model->begin(now, window_, sending, seed);
}

void Congestion::control(Time now, const Sending& sending, const AckSample& ack) {
  Bbr* model = bbr();
  const std::uint32_t before = window_.cwnd;
  model->control(now, window_, sending, ack);
  if (window_.cwnd == before) return;
  const bool recovering = sending.state >= LossState::recovery;
  const bool starting = model->mode() == Bbr::Mode::startup;
  reason_ = recovering ? WindowReason::recovery
            : starting ? WindowReason::slow_start
                       : WindowReason::avoidance;
}

void Congestion::lost_all(const Sending& sending) {
  if (Bbr* model = bbr()) model->lost_all(sending);
}

}  // namespace ringside::net
