// tcp_get_info() of net/ipv4/tcp.c. Where Linux counts segments and the stack octets, full segments are told.
#include "sockets/tcp_info.hpp"

#include <algorithm>

#include "ringside/net/linux_tcp_info.hpp"

namespace ringside::net {
namespace {

std::uint8_t number_of(TcpState state) {  // include/net/tcp_states.h
  switch (state) {
    case TcpState::established: return 1;
    case TcpState::syn_sent: return 2;
    case TcpState::syn_received: return 3;
    case TcpState::fin_wait_1: return 4;
    case TcpState::fin_wait_2: return 5;
    case TcpState::time_wait: return 6;
    case TcpState::closed: return 7;
    case TcpState::close_wait: return 8;
    case TcpState::last_ack: return 9;
    case TcpState::listen: return 10;
    case TcpState::closing: return 11;
  }
  return 0;
}

std::uint8_t number_of(LossState loss) {  // enum tcp_ca_state
  switch (loss) {
    case LossState::open: return 0;
    case LossState::disorder: return 1;
    case LossState::reducing: return 2;
    case LossState::recovery: return 3;
    case LossState::loss: return 4;
  }
  return 0;
}

std::uint32_t word(std::int64_t value) { return static_cast<std::uint32_t>(value); }
std::uint32_t us(Duration time) { return word(time / Duration{1us}); }
std::uint32_t ms_ago(Time now, Time then) { return word((now - then) / Duration{1ms}); }

// TCPI_ECN_MODE_...: of who asks for AccECN it is pending. tcp_ecn_send_syn()
int mode_of(const TcpInfo& info) {
  constexpr int pending = 3;
  if (info.ecn_asked == EcnUse::accurate) return pending;
  return static_cast<int>(std::max(info.ecn_asked, info.ecn_use));
}

std::uint8_t option_bits(const TcpInfo& info) {  // TCPI_OPT_...
  return static_cast<std::uint8_t>((info.timestamps ? 1 : 0) | (info.sack ? 2 : 0) |
                                   (info.window_scale ? 4 : 0) | (mode_of(info) != 0 ? 8 : 0) |
                                   (info.ecn_seen ? 16 : 0) | (info.syn_text_acknowledged ? 32 : 0));
}

void tell_congestion(LinuxTcpInfo& layout, const TcpInfo& info, const TcpConfig& config) {
  constexpr std::int64_t infinite = 0x7fffffff;  // TCP_INFINITE_SSTHRESH
  const auto segments = [&](std::int64_t octets) { return word((octets + info.mss - 1) / info.mss); };
  const bool never_reduced = info.ssthresh.count >= infinite;
  const bool opened = info.cwnd.count > 0;
  layout.snd_ssthresh = word(never_reduced ? infinite : info.ssthresh.count / info.mss);
  layout.snd_cwnd = word(opened ? info.cwnd.count / info.mss : config.initial_window_segments);
  layout.unacked = segments(info.unacknowledged.count - info.unsent.count);
}

void tell_rates(LinuxTcpInfo& layout, const TcpInfo& info, Time now) {
  layout.delivery_rate = info.delivery_rate;
  layout.delivery_flags = info.app_limited ? 1 : 0;
  layout.busy_time = us(info.spent.busy(now));
  layout.rwnd_limited = us(info.spent.in(Limit::peer_window, now));
  layout.sndbuf_limited = us(info.spent.in(Limit::send_buffer, now));
  layout.total_rto = static_cast<std::uint16_t>(info.timeouts);
  layout.total_rto_recoveries = static_cast<std::uint16_t>(info.timeout_recoveries);
  layout.total_rto_time = word(info.timeout_time / Duration{1ms});
}

void tell_marks(LinuxTcpInfo& layout, const TcpInfo& info) {
  layout.delivered_ce = info.delivered_ce;
  layout.received_ce = info.received_ce;
  layout.delivered_e1_bytes = info.delivered_octets.ect1;
  layout.delivered_e0_bytes = info.delivered_octets.ect0;
  layout.delivered_ce_bytes = info.delivered_octets.ce;
  layout.received_e1_bytes = info.received_octets.ect1;
  layout.received_e0_bytes = info.received_octets.ect0;
  layout.received_ce_bytes = info.received_octets.ce;
  layout.ecn = static_cast<std::uint8_t>(mode_of(info) | info.ecn_option_seen << 2 | info.ecn_failures << 4);
}

void tell_state(LinuxTcpInfo& layout, const TcpInfo& info) {
  layout.ca_state = number_of(info.loss);
  layout.retransmits = static_cast<std::uint8_t>(info.unanswered);
  layout.probes = static_cast<std::uint8_t>(info.probes);
  layout.backoff = static_cast<std::uint8_t>(info.back_off);
  layout.options = option_bits(info);
  layout.scales = static_cast<std::uint8_t>(info.send_scale | info.receive_scale << 4);
  layout.pmtu = word(info.path_mtu);
  layout.snd_mss = word(info.mss);
  layout.rcv_mss = word(info.receive_mss);
  layout.advmss = word(info.advertised_mss);
}

void tell_times(LinuxTcpInfo& layout, const TcpInfo& info, Time now) {
  layout.rto = us(info.rto);
  layout.ato = us(info.ack_wait);
  layout.last_data_sent = ms_ago(now, info.last_sent);
  layout.last_data_recv = ms_ago(now, info.last_received);
  layout.last_ack_recv = ms_ago(now, info.last_acked);
  layout.rtt = us(info.srtt);
  layout.rttvar = us(info.rttvar);
  layout.min_rtt = us(info.least_rtt);
  layout.rcv_rtt = us(info.receive_rtt);
}

void tell_losses(LinuxTcpInfo& layout, const TcpInfo& info) {
  layout.sacked = info.sacked;
  layout.lost = info.lost;
  layout.retrans = info.repeating;
  layout.reordering = word(info.reordering);
  layout.reord_seen = info.reordering_seen;
  layout.dsack_dups = info.arrived_twice;
  layout.total_retrans = word(static_cast<std::int64_t>(info.retransmits));
  layout.bytes_retrans = info.bytes_retransmitted;
  layout.rcv_ooopack = info.came_ahead;
}

void tell_amounts(LinuxTcpInfo& layout, const TcpInfo& info) {
  layout.delivered = info.delivered;
  layout.bytes_acked = info.bytes_acked;
  layout.bytes_received = info.bytes_received;
  layout.bytes_sent = info.bytes_sent;
  layout.notsent_bytes = word(info.unsent.count);
  layout.segs_out = word(static_cast<std::int64_t>(info.segments_out));
  layout.segs_in = word(static_cast<std::int64_t>(info.segments_in));
  layout.data_segs_in = word(static_cast<std::int64_t>(info.text_segments_in));
  layout.data_segs_out = word(static_cast<std::int64_t>(info.text_segments_out));
}

void tell_windows(LinuxTcpInfo& layout, const TcpInfo& info) {
  layout.snd_wnd = word(info.send_window.count);
  layout.rcv_wnd = word(info.offered_window.count);
  layout.rcv_ssthresh = word(info.receive_threshold.count);
  layout.rcv_space = word(info.read_in_round_trip.count);
}

}  // namespace

Returned give_tcp_info(std::span<std::uint8_t> out, Time now, const TcpInfo& info, TcpState state,
                       const TcpConfig& config, std::uint64_t max_pacing_rate) {
  LinuxTcpInfo layout{};
  layout.state = number_of(state);
  layout.snd_ssthresh = 0x7fffffff;
  layout.max_pacing_rate = max_pacing_rate;
  layout.pacing_rate = info.mss > 0 ? info.pacing_rate : max_pacing_rate;
  if (info.mss > 0) {
    tell_state(layout, info);
    tell_congestion(layout, info, config);
    tell_rates(layout, info, now);
    tell_marks(layout, info);
    tell_times(layout, info, now);
    tell_losses(layout, info);
    tell_amounts(layout, info);
    tell_windows(layout, info);
  }
  std::array<std::uint8_t, sizeof layout> octets;
  std::memcpy(octets.data(), &layout, sizeof layout);
  return give(out, octets);
}

namespace {

template <class Layout>
Returned give_layout(std::span<std::uint8_t> out, const Layout& layout) {
  std::array<std::uint8_t, sizeof layout> octets;
  std::memcpy(octets.data(), &layout, sizeof layout);
  return give(out, octets);
}

Returned give_info(std::span<std::uint8_t> out, const BbrInfo& bbr) {
  const bool measured = bbr.least_rtt != Duration::max();
  return give_layout(out, LinuxBbrInfo{.bw_lo = static_cast<std::uint32_t>(bbr.bandwidth),
                                       .bw_hi = static_cast<std::uint32_t>(bbr.bandwidth >> 32),
                                       .min_rtt = measured ? us(bbr.least_rtt) : ~std::uint32_t{0},
                                       .pacing_gain = bbr.pacing_gain,
                                       .cwnd_gain = bbr.window_gain});
}

Returned give_info(std::span<std::uint8_t> out, const DctcpInfo& dctcp) {
  return give_layout(out, LinuxDctcpInfo{.enabled = dctcp.enabled,
                                         .ce_state = dctcp.marked,
                                         .alpha = dctcp.alpha,
                                         .ab_ecn = word(dctcp.marked_octets.count),
                                         .ab_tot = word(dctcp.octets.count)});
}

}  // namespace

Returned give_congestion_info(std::span<std::uint8_t> out, const TcpInfo& info) {
  if (info.bbr) return give_info(out, *info.bbr);
  return info.dctcp ? give_info(out, *info.dctcp) : give(out, {});
}

}  // namespace ringside::net
