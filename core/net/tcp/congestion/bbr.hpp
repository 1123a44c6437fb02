// BBR, version 1 (Cardwell et al., "BBR: Congestion-Based Congestion Control", 2016), with the whole numbers
// of Linux net/ipv4/tcp_bbr.c: a model of the path, its bandwidth and its round trip without a queue, sets
// the pace; the window is a bound.
#pragma once

#include "containers/windowed_extreme.hpp"
#include "tcp/congestion/ack_aggregation.hpp"
#include "tcp/congestion/policed_rate.hpp"
#include "tcp/congestion/window.hpp"

namespace ringside::net {

class Bbr {
 public:
  enum class Mode : std::uint8_t {
    startup,          // twice the pace in a round trip, until the bandwidth grows no more
    drain,            // the queue that this made
    probe_bandwidth,  // a little more, a little less, and as much as there is
    probe_rtt,        // next to nothing, to see the path without a queue
  };
  // The connection is there, or takes to it: bbr_init(). `seed`: of its choices.
  void begin(Time now, CongestionWindow& window, const Sending& sending, std::uint32_t seed);
  void control(Time now, CongestionWindow& window, const Sending& sending, const AckSample& ack);
  void transmission_starts(Time now, CongestionWindow& window, const Sending& sending);
  std::uint32_t ssthresh_after_loss(const CongestionWindow& window);
  void lost_all(const Sending& sending);  // a time-out
  void undone(const Sending& sending);

  Mode mode() const { return mode_; }
  // What TCP_CC_INFO tells: struct tcp_bbr_info.
  Bandwidth bandwidth() const { return policed_.found() ? policed_.bandwidth() : max_bandwidth(); }
  Duration least_rtt() const { return least_rtt_; }  // max(): not measured
  Gain pacing_gain() const { return pacing_gain_; }
  Gain window_gain() const { return window_gain_; }

  // Of what the other algorithms do nothing is left to do.
  void avoid(CongestionWindow&, const Arrived&) {}
  void measured(CongestionWindow&, const RoundTrip&) {}
  void timed_out() {}
  void restarted(Time, Duration) {}

 private:
  Bandwidth max_bandwidth() const { return bandwidths_.best(); }

  // The model: bbr_update_model().
  void update_bandwidth(const Sending& sending, const AckSample& ack);
  void sample_policer(const Sending& sending, const AckSample& ack);
  void update_aggregation(const CongestionWindow& window, const Sending& sending, const AckSample& ack);
  void update_phase(Time now, const Sending& sending, const AckSample& ack);
  bool phase_over(Time now, const Sending& sending, const AckSample& ack) const;
  void check_pipe_full(const AckSample& ack);
  void check_drained(Time now, CongestionWindow& window, const Sending& sending);
  void update_least_rtt(Time now, CongestionWindow& window, const Sending& sending, const AckSample& ack);
  void probe_rtt(Time now, CongestionWindow& window, const Sending& sending);
  void end_probe_rtt(Time now, CongestionWindow& window, const Sending& sending);
  void enter_probe_bandwidth(const Sending& sending);
  void next_phase(const Sending& sending);
  void set_gains();

  // What follows from it.
  void begin_pace(const CongestionWindow& window, const Sending& sending);
  void set_pace(const CongestionWindow& window, const Sending& sending, Gain gain);
  void set_window(CongestionWindow& window, const Sending& sending, const AckSample& ack);
  bool conserve(std::uint32_t& cwnd, const Sending& sending, const AckSample& ack);
  std::uint32_t product(Bandwidth bandwidth, Gain gain) const;
  std::uint32_t with_packets(std::uint32_t segments, const Sending& sending) const;
  std::uint32_t inflight(Bandwidth bandwidth, Gain gain, const Sending& sending) const;
  std::uint32_t in_network_at_departure(Time now, std::uint32_t in_flight, const Sending& sending) const;
  void save_window(const CongestionWindow& window);

  WindowedExtreme<std::uint32_t, Bandwidth, std::greater_equal<>> bandwidths_;  // by rounds
  PolicedRate policed_;
  AckAggregation aggregation_;
  Duration least_rtt_ = Duration::max();
  Time least_rtt_at_{};
  std::optional<Time> probe_rtt_until_{};
  Time phase_since_{};
  std::uint64_t random_ = 0;
  std::uint32_t rounds_ = 0, round_end_ = 0;  // rtt_cnt, next_rtt_delivered
  std::uint32_t window_before_ = 0;           // recovery or PROBE_RTT: prior_cwnd
  Bandwidth full_bandwidth_ = 0;              // it has grown to
  Gain pacing_gain_ = 0, window_gain_ = 0;
  Mode mode_ = Mode::startup;
  LossState state_before_ = LossState::open;
  std::uint8_t phase_ = 0;        // of the eight of PROBE_BW
  std::uint8_t rounds_full_ = 0;  // without growth
  bool full_ = false;             // full_bw_reached
  bool round_starts_ = false, conserving_ = false, restarting_ = false, low_round_done_ = false;
  bool rtt_seen_ = false;
};

// tcp_tso_segs(), bbr_min_tso_segs(): a packet that a lower layer divides has at least so many segments.
constexpr std::uint32_t least_packet_of_bbr(std::uint64_t pacing_rate) {
  constexpr std::uint64_t slow = 1'200'000 / 8;  // octets in a second: bbr_min_tso_rate
  return pacing_rate < slow ? 1 : 2;
}

}  // namespace ringside::net
