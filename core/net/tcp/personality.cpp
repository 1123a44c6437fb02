#include "ringside/net/personality.hpp"

namespace ringside::net {
namespace {

// TcpConfig has a kernel's own settings; buffers grow from here as far as tcp_rmem and tcp_wmem say.
void become_linux(TcpConfig& tcp) {
  tcp.receive_buffer = 540'000_B;
  tcp.largest_receive_buffer = 15360_KiB;
  tcp.send_buffer = 256_KiB;
  tcp.largest_send_buffer = 4096_KiB;
  tcp.syn_retries = 5;
  tcp.slow_start_after_idle = false;
  tcp.ecn.accepts = EcnUse::no;
  tcp.fast_open.server = true;
  tcp.fast_open.server_asked_by_option = false;
}

void become_rfc(TcpConfig& tcp) {
  tcp.slow_start_exit = SlowStartExit::hystart_plus_plus;
  tcp.growth_for_ack = 8;  // RFC 9406 section 4.2
  tcp.rto = RtoRule::rfc6298;
  tcp.min_rto = 1s;  // RFC 6298 (2.4)
  tcp.steady_syns = 0;
  tcp.large_packets = false;
  tcp.nagle = true;
  tcp.delayed_ack_timeout = 200ms;
}

// What none of the historical ones had yet.
void become_old(TcpConfig& tcp) {
  tcp.sack = tcp.timestamps = tcp.window_scale = tcp.loss_probe = tcp.forward_rto = tcp.large_packets = false;
  tcp.fast_open.client = tcp.fast_open.server = false;
  tcp.doubts_resets = tcp.doubts_syns = false;
  tcp.counts_packets = false;
  tcp.quick_acks = 0;
  tcp.ecn.asks = tcp.ecn.accepts = EcnUse::no;
  tcp.steady_syns = 0;
  tcp.largest_send_buffer = tcp.largest_receive_buffer = 0_B;
  tcp.slow_start_after_idle = false;
  tcp.initial_window_segments = 1;
  tcp.growth_for_ack = 1;
  tcp.min_rto = 1s;  // TCPTV_MIN
  tcp.delayed_ack_timeout = 200ms;
}

void become_bsd_42(TcpConfig& tcp) {
  become_old(tcp);
  tcp.congestion = CongestionControl::none;
  tcp.repair = LossRepair::timeout;
  tcp.rto = RtoRule::rfc793;
  tcp.max_rto = 30s;  // TCPTV_MAX
  tcp.nagle = false;  // RFC 896 is of the year after
  tcp.delayed_ack = false;
  tcp.send_buffer = tcp.receive_buffer = 2048_B;  // tcp_sendspace, tcp_recvspace
}

void become_tahoe(TcpConfig& tcp) {
  become_old(tcp);
  tcp.congestion = CongestionControl::reno;  // what is RFC 5681 section 3.1 now
  tcp.repair = LossRepair::fast_retransmit;
  tcp.rto = RtoRule::rfc6298;
  tcp.max_rto = 64s;
  tcp.send_buffer = tcp.receive_buffer = 4096_B;
}

void become_reno(TcpConfig& tcp) {
  become_tahoe(tcp);
  tcp.repair = LossRepair::fast_recovery;
  tcp.send_buffer = tcp.receive_buffer = 8192_B;
}

// net/inet of FreeBSD 14 and 15: tcp_subr.c, tcp_output.c, tcp_timer.h. How it goes on once a loss
// is found is Linux's here.
void become_freebsd(TcpConfig& tcp) {
  tcp.options_order = wire::OptionsOrder::scale_first;
  tcp.counts_packets = tcp.resets_unread = tcp.large_packets = false;
  tcp.whole_segments = true;
  tcp.least_mss = 216;  // net.inet.tcp.minmss
  tcp.quick_acks = 0;
  tcp.congestion = CongestionControl::cubic;
  tcp.nagle = tcp.nagle_of_bursts = true;
  tcp.pushes_half_windows = tcp.halves_windows = false;
  tcp.grows_unused = tcp.gives_up_with_reset = true;
  tcp.loss_probe = tcp.forward_rto = false;
  tcp.rack.detects = false;
  tcp.steady_syns = 0;
  tcp.syn_retries = 12;  // TCP_MAXRXTSHIFT: connect_timeout ends it
  tcp.connect_timeout = 75s;
  tcp.retries = 12;         // net.inet.tcp.retries
  tcp.syn_ack_retries = 3;  // SYNCACHE_MAXREXMTS
  tcp.growth_for_ack = 2;   // net.inet.tcp.abc_l_var, RFC 3465
  tcp.ecn.option = EcnOptionUse::never;
  tcp.ecn.repeats = 1;
  tcp.checks = SegmentChecks::freebsd;
  tcp.challenge_limit = {.most = 5, .interval = 1s};
  tcp.tolerates_missing_timestamps = tcp.drops_syn_fin = false;
  tcp.time_wait_ignores_resets = true;  // tcp_twcheck()
  tcp.delayed_ack_timeout = 40ms;       // net.inet.tcp.delacktime
  tcp.rto = RtoRule::slop;
  tcp.least_persist = 5s;                 // net.inet.tcp.persmin
  tcp.keep_count = 8;                     // TCPTV_KEEPCNT
  tcp.keeps_alive_always = true;          // net.inet.tcp.always_keepalive
  tcp.min_rto = 30ms;                     // net.inet.tcp.rexmit_min
  tcp.max_rto = 64s;                      // TCPTV_REXMTMAX
  tcp.send_buffer = 32_KiB;               // net.inet.tcp.sendspace
  tcp.receive_buffer = 64_KiB;            // net.inet.tcp.recvspace
  tcp.largest_receive_buffer = 2048_KiB;  // kern.ipc.maxsockbuf: scale 6
  tcp.largest_send_buffer = 2048_KiB;     // net.inet.tcp.sendbuf_max
}

}  // namespace

std::optional<Personality> personality_named(std::string_view name) {
  for (std::size_t i = 0; i < personality_names.size(); ++i)
    if (personality_names[i] == name) return static_cast<Personality>(i);
  return std::nullopt;
}

void take_on(Personality personality, TcpConfig& tcp) {
  switch (personality) {
    case Personality::linux_kernel: return become_linux(tcp);
    case Personality::rfc: return become_rfc(tcp);
    case Personality::bsd_42: return become_bsd_42(tcp);
    case Personality::tahoe: return become_tahoe(tcp);
    case Personality::reno: return become_reno(tcp);
    case Personality::freebsd: return become_freebsd(tcp);
  }
}

}  // namespace ringside::net
