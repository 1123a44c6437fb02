#include "run/snapshot.hpp"

#include <array>
#include <cstring>
#include <optional>

#include "ringside/net/linux_tcp_info.hpp"
#include "ringside/net/socket_options.hpp"

namespace ringside::packetdrill {

namespace option = net::option;

namespace {

template <class Layout>
std::optional<Layout> congestion_info(Time now, net::Sockets& sockets, net::Fd fd) {
  Layout info;
  std::array<std::uint8_t, 64> octets{};
  const auto given = sockets.getsockopt(now, fd, option::tcp_level, option::tcp::congestion_info, octets);
  if (given.value != sizeof info) return std::nullopt;
  std::memcpy(&info, octets.data(), sizeof info);
  return info;
}

// Of the congestion control that tells something of itself: TCP_CC_INFO, which its length tells apart.
void add_congestion(Snapshot& snapshot, Time now, net::Sockets& sockets, net::Fd fd) {
  if (const auto info = congestion_info<net::LinuxBbrInfo>(now, sockets, fd))
    snapshot.insert(snapshot.end(), {{"bbr_bw_lo", info->bw_lo},
                                     {"bbr_bw_hi", info->bw_hi},
                                     {"bbr_min_rtt", info->min_rtt},
                                     {"bbr_pacing_gain", info->pacing_gain},
                                     {"bbr_cwnd_gain", info->cwnd_gain}});
  if (const auto info = congestion_info<net::LinuxDctcpInfo>(now, sockets, fd))
    snapshot.insert(snapshot.end(), {{"dctcp_enabled", info->enabled},
                                     {"dctcp_ce_state", info->ce_state},
                                     {"dctcp_alpha", info->alpha},
                                     {"dctcp_ab_ecn", info->ab_ecn},
                                     {"dctcp_ab_tot", info->ab_tot}});
}

// What is left out the stack does not keep, and a script that asks for it is told so.
Snapshot tcp_info_of(Time now, net::Sockets& sockets, net::Fd fd) {
  net::LinuxTcpInfo info;
  std::array<std::uint8_t, sizeof info> octets{};
  const auto given = sockets.getsockopt(now, fd, option::tcp_level, option::tcp::info, octets);
  if (given.error != net::Errno::none) return {};
  std::memcpy(&info, octets.data(), sizeof info);
  const auto number = [](auto value) { return static_cast<std::int64_t>(value); };
  return {{"tcpi_state", number(info.state)},
          {"tcpi_ca_state", number(info.ca_state)},
          {"tcpi_retransmits", number(info.retransmits)},
          {"tcpi_probes", number(info.probes)},
          {"tcpi_backoff", number(info.backoff)},
          {"tcpi_options", number(info.options)},
          {"tcpi_rto", number(info.rto)},
          {"tcpi_ato", number(info.ato)},
          {"tcpi_snd_mss", number(info.snd_mss)},
          {"tcpi_rcv_mss", number(info.rcv_mss)},
          {"tcpi_rcv_ssthresh", number(info.rcv_ssthresh)},
          {"tcpi_rcv_rtt", number(info.rcv_rtt)},
          {"tcpi_rcv_space", number(info.rcv_space)},
          {"tcpi_rcv_ooopack", number(info.rcv_ooopack)},
          {"tcpi_unacked", number(info.unacked)},
          {"tcpi_sacked", number(info.sacked)},
          {"tcpi_lost", number(info.lost)},
          {"tcpi_retrans", number(info.retrans)},
          {"tcpi_fackets", number(info.fackets)},
          {"tcpi_last_data_sent", number(info.last_data_sent)},
          {"tcpi_last_data_recv", number(info.last_data_recv)},
          {"tcpi_last_ack_recv", number(info.last_ack_recv)},
          {"tcpi_pmtu", number(info.pmtu)},
          {"tcpi_rtt", number(info.rtt)},
          {"tcpi_rttvar", number(info.rttvar)},
          {"tcpi_snd_ssthresh", number(info.snd_ssthresh)},
          {"tcpi_snd_cwnd", number(info.snd_cwnd)},
          {"tcpi_advmss", number(info.advmss)},
          {"tcpi_reordering", number(info.reordering)},
          {"tcpi_total_retrans", number(info.total_retrans)},
          {"tcpi_bytes_acked", number(info.bytes_acked)},
          {"tcpi_bytes_received", number(info.bytes_received)},
          {"tcpi_segs_out", number(info.segs_out)},
          {"tcpi_segs_in", number(info.segs_in)},
          {"tcpi_min_rtt", number(info.min_rtt)},
          {"tcpi_delivered", number(info.delivered)},
          {"tcpi_dsack_dups", number(info.dsack_dups)},
          {"tcpi_notsent_bytes", number(info.notsent_bytes)},
          {"tcpi_data_segs_in", number(info.data_segs_in)},
          {"tcpi_data_segs_out", number(info.data_segs_out)},
          {"tcpi_delivered_ce", number(info.delivered_ce)},
          {"tcpi_bytes_sent", number(info.bytes_sent)},
          {"tcpi_bytes_retrans", number(info.bytes_retrans)},
          {"tcpi_snd_wnd", number(info.snd_wnd)},
          {"tcpi_rcv_wnd", number(info.rcv_wnd)},
          {"tcpi_pacing_rate", number(info.pacing_rate)},
          {"tcpi_max_pacing_rate", number(info.max_pacing_rate)},
          {"tcpi_delivery_rate", number(info.delivery_rate)},
          {"tcpi_delivery_rate_app_limited", info.delivery_flags & 1},
          {"tcpi_busy_time", number(info.busy_time)},
          {"tcpi_rwnd_limited", number(info.rwnd_limited)},
          {"tcpi_sndbuf_limited", number(info.sndbuf_limited)},
          {"tcpi_reord_seen", number(info.reord_seen)},
          {"tcpi_total_rto", number(info.total_rto)},
          {"tcpi_total_rto_recoveries", number(info.total_rto_recoveries)},
          {"tcpi_total_rto_time", number(info.total_rto_time)},
          {"tcpi_received_ce", number(info.received_ce)},
          {"tcpi_delivered_e1_bytes", number(info.delivered_e1_bytes)},
          {"tcpi_delivered_e0_bytes", number(info.delivered_e0_bytes)},
          {"tcpi_delivered_ce_bytes", number(info.delivered_ce_bytes)},
          {"tcpi_received_e1_bytes", number(info.received_e1_bytes)},
          {"tcpi_received_e0_bytes", number(info.received_e0_bytes)},
          {"tcpi_received_ce_bytes", number(info.received_ce_bytes)},
          {"tcpi_ecn_mode", info.ecn & 3},
          {"tcpi_accecn_opt_seen", info.ecn >> 2 & 3},
          {"tcpi_accecn_fail_mode", info.ecn >> 4},
          {"tcpi_snd_wscale", info.scales & 0xf},
          {"tcpi_rcv_wscale", info.scales >> 4}};
}

}  // namespace

Snapshot snapshot_of(Time now, net::Sockets& sockets, net::Fd fd) {
  Snapshot snapshot = tcp_info_of(now, sockets, fd);
  add_congestion(snapshot, now, sockets, fd);
  return snapshot;
}

}  // namespace ringside::packetdrill
