// What getsockopt(TCP_INFO) gives: struct tcp_info of include/uapi/linux/tcp.h, its bit fields as octets.
#pragma once

#include <cstdint>

namespace ringside::net {

struct LinuxTcpInfo {
  std::uint8_t state, ca_state, retransmits, probes, backoff, options;
  std::uint8_t scales;                       // snd_wscale in the low four bits, rcv_wscale in the high ones
  std::uint8_t delivery_flags;               // bit 0: delivery_rate_app_limited
  std::uint32_t rto, ato, snd_mss, rcv_mss;  // us, us, octets, octets
  std::uint32_t unacked, sacked, lost, retrans, fackets;
  std::uint32_t last_data_sent, last_ack_sent, last_data_recv, last_ack_recv;  // ms ago
  std::uint32_t pmtu, rcv_ssthresh, rtt, rttvar, snd_ssthresh, snd_cwnd, advmss, reordering;
  std::uint32_t rcv_rtt, rcv_space, total_retrans;
  std::uint64_t pacing_rate, max_pacing_rate, bytes_acked, bytes_received;  // octets per second, octets
  std::uint32_t segs_out, segs_in, notsent_bytes, min_rtt, data_segs_in, data_segs_out;
  std::uint64_t delivery_rate, busy_time, rwnd_limited, sndbuf_limited;  // octets per second, us
  std::uint32_t delivered, delivered_ce;
  std::uint64_t bytes_sent, bytes_retrans;
  std::uint32_t dsack_dups, reord_seen, rcv_ooopack, snd_wnd, rcv_wnd, rehash;
  std::uint16_t total_rto, total_rto_recoveries;
  std::uint32_t total_rto_time;  // ms
  std::uint32_t received_ce;     // segments; the next six: octets
  std::uint32_t delivered_e1_bytes, delivered_e0_bytes, delivered_ce_bytes;
  std::uint32_t received_e1_bytes, received_e0_bytes, received_ce_bytes;
  std::uint8_t ecn;  // ecn_mode in the low two bits, then accecn_opt_seen (2), accecn_fail_mode (4)
  std::uint8_t options2[3];
};
static_assert(sizeof(LinuxTcpInfo) == 280);

// getsockopt(TCP_CC_INFO) of BBR: struct tcp_bbr_info of include/uapi/linux/inet_diag.h.
struct LinuxBbrInfo {
  std::uint32_t bw_lo, bw_hi;            // octets per second
  std::uint32_t min_rtt;                 // us
  std::uint32_t pacing_gain, cwnd_gain;  // times 256
};

// The same of DCTCP: struct tcp_dctcp_info.
struct LinuxDctcpInfo {
  std::uint16_t enabled, ce_state;
  std::uint32_t alpha;           // in 1/1024
  std::uint32_t ab_ecn, ab_tot;  // octets
};

}  // namespace ringside::net
