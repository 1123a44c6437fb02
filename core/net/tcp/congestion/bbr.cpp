// Names of functions are those of Linux net/ipv4/tcp_bbr.c.
#include "tcp/congestion/bbr.hpp"

#include <algorithm>

#include "containers/flat_map.hpp"

namespace ringside::net {
namespace {

constexpr Gain high_gain = no_gain * 2885 / 1000 + 1;  // 2 / ln 2: just enough to double in a round trip
constexpr Gain drain_gain = no_gain * 1000 / 2885;
constexpr Gain phase_gains[] = {no_gain * 5 / 4, no_gain * 3 / 4, no_gain, no_gain,
                                no_gain,         no_gain,         no_gain, no_gain};
constexpr std::uint8_t phases = 8;                              // CYCLE_LEN
constexpr std::uint32_t least_window = 4;                       // bbr_cwnd_min_target: what delayed ACKs need
constexpr std::uint32_t initial_window = 10;                    // TCP_INIT_CWND
constexpr Duration least_rtt_lasts = 10s, probe_lasts = 200ms;  // bbr_min_rtt_win_sec, bbr_probe_rtt_mode_ms

// bbr_tso_segs_goal(): a millisecond's worth.
std::uint32_t packet_goal(const Sending& sending) {
  constexpr std::uint64_t largest = 65536 - 1 - 320;  // GSO_LEGACY_MAX_SIZE, MAX_TCP_HEADER
  const std::uint64_t rate = sending.pace.rate();
  const auto octets = static_cast<std::uint32_t>(std::min(rate >> 10, largest));
  return std::min(std::max(octets / sending.mss, least_packet_of_bbr(rate)), 0x7fu);
}

bool usable(const RateSample& sample) { return sample.delivered >= 0 && sample.interval > 0; }

}  // namespace

void Bbr::begin(Time now, CongestionWindow& window, const Sending& sending, std::uint32_t seed) {
  *this = {};
  random_ = seed;
  window.ssthresh = CongestionWindow::unlimited;
  round_end_ = sending.delivered;
  least_rtt_ = sending.least_rtt;
  least_rtt_at_ = now;
  begin_pace(window, sending);
  policed_.reset(sending);
  aggregation_.begin(now);
}

// bbr_main()
void Bbr::control(Time now, CongestionWindow& window, const Sending& sending, const AckSample& ack) {
  update_bandwidth(sending, ack);
  update_aggregation(window, sending, ack);
  update_phase(now, sending, ack);
  check_pipe_full(ack);
  check_drained(now, window, sending);
  update_least_rtt(now, window, sending, ack);
  set_gains();
  set_pace(window, sending, pacing_gain_);
  set_window(window, sending, ack);
}

// CA_EVENT_TX_START: the pause was the application's, and says nothing of the path.
void Bbr::transmission_starts(Time now, CongestionWindow& window, const Sending& sending) {
  if (!sending.rate.limited_by_application()) return;
  restarting_ = true;
  aggregation_.restart(now);
  if (mode_ == Mode::probe_bandwidth) set_pace(window, sending, no_gain);
  if (mode_ == Mode::probe_rtt) end_probe_rtt(now, window, sending);
}

// bbr_ssthresh(): losses alone do not make it slower.
std::uint32_t Bbr::ssthresh_after_loss(const CongestionWindow& window) {
  save_window(window);
  return window.ssthresh;
}

// bbr_set_state(): as the end of a round.
void Bbr::lost_all(const Sending& sending) {
  state_before_ = LossState::loss;
  full_bandwidth_ = 0;
  round_starts_ = true;
  sample_policer(sending, {.losses = 1});
}

void Bbr::undone(const Sending& sending) {  // bbr_undo_cwnd()
  full_bandwidth_ = 0;
  rounds_full_ = 0;
  policed_.reset(sending);
}

// bbr_update_bw(): a round is over when something is acknowledged that was sent after it began.
void Bbr::update_bandwidth(const Sending& sending, const AckSample& ack) {
  round_starts_ = false;
  if (!usable(ack.rate)) return;
  if (static_cast<std::int32_t>(ack.rate.prior_delivered - round_end_) >= 0) {
    round_end_ = sending.delivered;
    ++rounds_;
    round_starts_ = true;
    conserving_ = false;
  }
  sample_policer(sending, ack);
  const std::uint64_t bandwidth =
      bandwidth_of(static_cast<std::uint32_t>(ack.rate.delivered), ack.rate.interval);
  // Of what the application held back only more than was known is of use.
  if (!ack.rate.app_limited || bandwidth >= max_bandwidth())
    bandwidths_.sample(rounds_, static_cast<Bandwidth>(bandwidth), 10);  // bbr_bw_rtts
}

// bbr_lt_bw_sampling()
void Bbr::sample_policer(const Sending& sending, const AckSample& ack) {
  if (!policed_.found()) {
    if (policed_.sample(sending, ack, round_starts_)) pacing_gain_ = no_gain;
  } else if (mode_ == Mode::probe_bandwidth && policed_.outlived(round_starts_)) {
    policed_.reset(sending);
    enter_probe_bandwidth(sending);
  }
}

void Bbr::update_aggregation(const CongestionWindow& window, const Sending& sending, const AckSample& ack) {
  if (ack.acked == 0 || !usable(ack.rate)) return;
  aggregation_.sample(sending.rate.delivered_at(), ack.acked, bandwidth(), window.cwnd, round_starts_);
}

void Bbr::update_phase(Time now, const Sending& sending, const AckSample& ack) {
  if (mode_ == Mode::probe_bandwidth && phase_over(now, sending, ack)) next_phase(sending);
}

// bbr_is_next_cycle_phase(): more lasts until that much is under way, or does not fit; less only until what
// was too much is gone.
bool Bbr::phase_over(Time now, const Sending& sending, const AckSample& ack) const {
  const bool whole = sending.rate.delivered_at() - phase_since_ > least_rtt_;
  if (pacing_gain_ == no_gain) return whole;
  const std::uint32_t under_way = in_network_at_departure(now, ack.in_flight_before, sending);
  if (pacing_gain_ > no_gain)
    return whole && (ack.losses > 0 || under_way >= inflight(max_bandwidth(), pacing_gain_, sending));
  return whole || under_way <= inflight(max_bandwidth(), no_gain, sending);
}

// bbr_check_full_bw_reached(): three rounds without a quarter more.
void Bbr::check_pipe_full(const AckSample& ack) {
  constexpr std::uint64_t growth = no_gain * 5 / 4;  // bbr_full_bw_thresh
  constexpr std::uint8_t enough = 3;                 // bbr_full_bw_cnt
  if (full_ || !round_starts_ || ack.rate.app_limited) return;
  if (max_bandwidth() >= full_bandwidth_ * growth >> gain_bits) {
    full_bandwidth_ = max_bandwidth();
    rounds_full_ = 0;
    return;
  }
  full_ = ++rounds_full_ >= enough;
}

// bbr_check_drain()
void Bbr::check_drained(Time now, CongestionWindow& window, const Sending& sending) {
  const auto path = [&] { return inflight(max_bandwidth(), no_gain, sending); };
  if (mode_ == Mode::startup && full_) {
    mode_ = Mode::drain;
    window.ssthresh = path();
  }
  if (mode_ == Mode::drain && in_network_at_departure(now, sending.in_flight, sending) <= path())
    enter_probe_bandwidth(sending);
}

// bbr_update_min_rtt()
void Bbr::update_least_rtt(Time now, CongestionWindow& window, const Sending& sending, const AckSample& ack) {
  const bool expired = now > least_rtt_at_ + least_rtt_lasts;
  if (ack.rtt && (*ack.rtt < least_rtt_ || (expired && !ack.maybe_delayed))) {
    least_rtt_ = *ack.rtt;
    least_rtt_at_ = now;
  }
  if (expired && !restarting_ && mode_ != Mode::probe_rtt) {
    mode_ = Mode::probe_rtt;
    save_window(window);
    probe_rtt_until_.reset();
  }
  if (mode_ == Mode::probe_rtt) probe_rtt(now, window, sending);
  if (ack.rate.delivered > 0) restarting_ = false;
}

// For 200 ms, or a round trip, from when no more than the least window is under way.
void Bbr::probe_rtt(Time now, CongestionWindow& window, const Sending& sending) {
  sending.rate.limit_until(sending.delivered + sending.in_flight);  // the rate says nothing now
  if (probe_rtt_until_) {
    if (round_starts_) low_round_done_ = true;
    if (low_round_done_) end_probe_rtt(now, window, sending);
  } else if (sending.in_flight <= least_window) {
    probe_rtt_until_ = now + probe_lasts;
    low_round_done_ = false;
    round_end_ = sending.delivered;
  }
}

// bbr_check_probe_rtt_done()
void Bbr::end_probe_rtt(Time now, CongestionWindow& window, const Sending& sending) {
  if (!probe_rtt_until_ || now <= *probe_rtt_until_) return;
  least_rtt_at_ = now;
  window.cwnd = std::max(window.cwnd, window_before_);
  if (full_)
    enter_probe_bandwidth(sending);
  else
    mode_ = Mode::startup;
}

// Flows that share a path must not ask for more all at once: any phase may be the first, but for the one that
// leaves room (bbr_cycle_rand).
void Bbr::enter_probe_bandwidth(const Sending& sending) {
  mode_ = Mode::probe_bandwidth;
  random_ += 0x9e3779b97f4a7c15;
  phase_ = static_cast<std::uint8_t>(phases - 1 - mixed(random_) % 7);
  next_phase(sending);
}

void Bbr::next_phase(const Sending& sending) {
  phase_ = static_cast<std::uint8_t>((phase_ + 1) % phases);
  phase_since_ = sending.rate.delivered_at();
}

// bbr_update_gains()
void Bbr::set_gains() {
  switch (mode_) {
    case Mode::startup: pacing_gain_ = window_gain_ = high_gain; break;
    case Mode::drain:
      pacing_gain_ = drain_gain;
      window_gain_ = high_gain;
      break;
    case Mode::probe_bandwidth:
      pacing_gain_ = policed_.found() ? no_gain : phase_gains[phase_];
      window_gain_ = 2 * no_gain;
      break;
    case Mode::probe_rtt: pacing_gain_ = window_gain_ = no_gain; break;
  }
}

// bbr_init_pacing_rate_from_rtt()
void Bbr::begin_pace(const CongestionWindow& window, const Sending& sending) {
  constexpr std::uint64_t unknown = 1000;  // us
  rtt_seen_ = sending.srtt > Duration{};
  const std::uint64_t rtt = rtt_seen_ ? std::max<std::uint64_t>(microseconds(sending.srtt), 1) : unknown;
  sending.pace.set_rate(pace_of(bandwidth_of(window.cwnd, rtt), sending.mss, high_gain));
}

void Bbr::set_pace(const CongestionWindow& window, const Sending& sending, Gain gain) {
  const std::uint64_t rate = pace_of(bandwidth(), sending.mss, gain);
  if (!rtt_seen_ && sending.srtt > Duration{}) begin_pace(window, sending);
  if (full_ || rate > sending.pace.rate()) sending.pace.set_rate(rate);
}

void Bbr::set_window(CongestionWindow& window, const Sending& sending, const AckSample& ack) {
  std::uint32_t cwnd = window.cwnd;
  if (ack.acked > 0 && !conserve(cwnd, sending, ack)) {
    std::uint32_t target = product(bandwidth(), window_gain_);
    if (full_) target += aggregation_.allowance(bandwidth());
    target = with_packets(target, sending);
    if (full_)
      cwnd = std::min(cwnd + ack.acked, target);
    else if (cwnd < target || sending.delivered < initial_window)
      cwnd += ack.acked;
    cwnd = std::max(cwnd, least_window);
  }
  window.cwnd = mode_ == Mode::probe_rtt ? std::min(cwnd, least_window) : cwnd;
}

// bbr_set_cwnd_to_recover_or_restore(): in the first round of a recovery one leaves for each that arrives.
bool Bbr::conserve(std::uint32_t& cwnd, const Sending& sending, const AckSample& ack) {
  const bool was_recovering = state_before_ >= LossState::recovery;
  if (ack.losses > 0) cwnd = cwnd > ack.losses ? cwnd - ack.losses : 1;
  if (sending.state == LossState::recovery && state_before_ != LossState::recovery) {
    conserving_ = true;
    round_end_ = sending.delivered;
    cwnd = sending.in_flight + ack.acked;
  } else if (was_recovering && sending.state < LossState::recovery) {
    cwnd = std::max(cwnd, window_before_);
    conserving_ = false;
  }
  state_before_ = sending.state;
  if (conserving_) cwnd = std::max(cwnd, sending.in_flight + ack.acked);
  return conserving_;
}

// bbr_bdp(): bandwidth times round trip, rounded up.
std::uint32_t Bbr::product(Bandwidth bandwidth, Gain gain) const {
  if (least_rtt_ == Duration::max()) return initial_window;
  const std::uint64_t scaled = bandwidth * microseconds(least_rtt_) * gain >> gain_bits;
  return static_cast<std::uint32_t>((scaled + (1u << bandwidth_bits) - 1) >> bandwidth_bits);
}

// bbr_quantization_budget(): what hosts hold back to make packets and ACKs of several.
std::uint32_t Bbr::with_packets(std::uint32_t segments, const Sending& sending) const {
  segments += 3 * packet_goal(sending);
  segments += segments & 1;
  return mode_ == Mode::probe_bandwidth && phase_ == 0 ? segments + 2 : segments;
}

std::uint32_t Bbr::inflight(Bandwidth bandwidth, Gain gain, const Sending& sending) const {
  return with_packets(product(bandwidth, gain), sending);
}

// bbr_packets_in_net_at_edt(): when the next packet leaves some of these will have arrived.
std::uint32_t Bbr::in_network_at_departure(Time now, std::uint32_t in_flight, const Sending& sending) const {
  const std::uint64_t arrived = segments_in(bandwidth(), microseconds(sending.pace.next() - now));
  const std::uint32_t then = in_flight + (pacing_gain_ > no_gain ? packet_goal(sending) : 0);
  return arrived >= then ? 0 : then - static_cast<std::uint32_t>(arrived);
}

void Bbr::save_window(const CongestionWindow& window) {  // bbr_save_cwnd()
  const bool good = state_before_ < LossState::recovery && mode_ != Mode::probe_rtt;
  window_before_ = good ? window.cwnd : std::max(window_before_, window.cwnd);
}

}  // namespace ringside::net
