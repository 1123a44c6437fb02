#include "run/snapshot.hpp"

#include "ringside/units/time.hpp"

namespace ringside::packetdrill {

namespace {

std::int64_t linux_state(net::TcpState state) {  // include/net/tcp_states.h
  switch (state) {
    case net::TcpState::established: return 1;
    case net::TcpState::syn_sent: return 2;
    case net::TcpState::syn_received: return 3;
    case net::TcpState::fin_wait_1: return 4;
    case net::TcpState::fin_wait_2: return 5;
    case net::TcpState::time_wait: return 6;
    case net::TcpState::closed: return 7;
    case net::TcpState::close_wait: return 8;
    case net::TcpState::last_ack: return 9;
    case net::TcpState::listen: return 10;
    case net::TcpState::closing: return 11;
  }
  return 7;
}

std::int64_t microseconds(Duration time) { return time / Duration{std::chrono::microseconds{1}}; }

}  // namespace

// tcp_get_info() of Linux counts windows in segments; 0x7fffffff: there is no threshold yet.
Snapshot snapshot_of(const net::TcpInfo& info) {
  constexpr std::int64_t no_threshold = 0x7fffffff;
  const std::int64_t mss = info.mss > 0 ? info.mss : 1;
  const bool unlimited = info.ssthresh.count >= no_threshold;
  return {{"tcpi_state", linux_state(info.state)},
          {"tcpi_snd_cwnd", info.cwnd.count / mss},
          {"tcpi_snd_ssthresh", unlimited ? no_threshold : info.ssthresh.count / mss},
          {"tcpi_snd_mss", info.mss},
          {"tcpi_unacked", (info.in_flight.count + mss - 1) / mss},
          {"tcpi_snd_wnd", info.send_window.count},
          {"tcpi_rcv_wnd", info.receive_window.count},
          {"tcpi_rtt", microseconds(info.srtt)},
          {"tcpi_rttvar", microseconds(info.rttvar)},
          {"tcpi_rto", microseconds(info.rto)},
          {"tcpi_total_retrans", static_cast<std::int64_t>(info.retransmits)},
          {"tcpi_bytes_acked", static_cast<std::int64_t>(info.bytes_acked)},
          {"tcpi_bytes_received", static_cast<std::int64_t>(info.bytes_received)},
          {"tcpi_segs_in", static_cast<std::int64_t>(info.segments_in)},
          {"tcpi_segs_out", static_cast<std::int64_t>(info.segments_out)}};
}

}  // namespace ringside::packetdrill
