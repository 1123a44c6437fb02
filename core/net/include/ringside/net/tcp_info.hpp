// What a connection says about itself.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "ringside/net/config.hpp"
#include "ringside/units/quantity.hpp"
#include "ringside/units/time.hpp"

namespace ringside::net {

enum class TcpState : std::uint8_t {  // RFC 9293 section 3.3.2
  closed,
  listen,
  syn_sent,
  syn_received,
  established,
  fin_wait_1,
  fin_wait_2,
  close_wait,
  closing,
  last_ack,
  time_wait,
};
std::string_view to_string(TcpState state);  // "SYN-SENT", as in the RFC

enum class LossState : std::uint8_t {  // Linux tcp_ca_state
  open,
  disorder,  // something came out of order
  reducing,  // TCP_CA_CWR: the window shrinks, and nothing is lost
  recovery,  // fast retransmit
  loss,      // after a time-out
};

// What a sender that has something to send waits for: Linux enum tcp_chrono.
enum class Limit : std::uint8_t { idle, network, peer_window, send_buffer };

struct TimeSpent {
  std::array<Duration, 4> ended{};  // by Limit, without the spell that lasts
  Limit limit = Limit::idle;        // now
  Time since{};

  Duration in(Limit which, Time now) const {
    return ended[static_cast<std::size_t>(which)] + (which == limit ? now - since : Duration{0});
  }
  Duration busy(Time now) const {
    return in(Limit::network, now) + in(Limit::peer_window, now) + in(Limit::send_buffer, now);
  }
};

struct MarkedOctets {  // of text, by the field of the IP header: RFC 9768 section 3.2.1
  std::uint32_t ect1 = 0, ect0 = 0, ce = 0;
};

// What BBR knows of the path: struct tcp_bbr_info.
struct BbrInfo {
  std::uint64_t bandwidth = 0;                     // octets per second
  Duration least_rtt{};                            // max(): not measured
  std::uint32_t pacing_gain = 0, window_gain = 0;  // times 256
};

struct TcpInfo {
  TcpState state = TcpState::closed;
  Bytes cwnd{}, ssthresh{};                           // ssthresh: 2^31 - 1 until the first loss
  Bytes send_window{}, receive_window{};              // as the peer offered it, as we offered it
  Bytes largest_send_window{};                        // ever offered
  Bytes in_flight{};                                  // RFC 6675 pipe, full segments
  int mss = 0;                                        // octets of text in a full segment that is sent
  Duration srtt{}, rttvar{}, rto{};                   // srtt 0: no measurement yet
  Bytes unacknowledged{}, unsent{};                   // of what was written, a FIN counted as one
  bool fin_received = false;                          // and all before it
  std::uint64_t bytes_acked = 0, bytes_received = 0;  // octets of text
  std::uint64_t segments_in = 0, segments_out = 0;
  std::uint64_t retransmits = 0, fast_retransmits = 0, timeouts = 0;
  std::uint64_t bytes_sent = 0, bytes_retransmitted = 0;  // of text
  std::uint64_t text_segments_in = 0, text_segments_out = 0;

  LossState loss = LossState::open;
  bool timestamps = false, sack = false, window_scale = false;  // agreed on
  std::uint8_t send_scale = 0, receive_scale = 0;
  std::uint32_t sacked = 0, lost = 0, repeating = 0;  // segments in flight, as the sender sees them
  int reordering = 0;                                 // segments out of order that tell of no loss
  Duration least_rtt{};                               // of the last five minutes; 0: no measurement yet
  std::uint32_t delivered = 0, arrived_twice = 0;     // segments
  std::uint32_t reordering_seen = 0;                  // times
  std::uint64_t pacing_rate = 0, delivery_rate = 0;   // octets per second; 0: not known
  bool app_limited = true;                            // the delivery rate may be no more than was written
  std::optional<BbrInfo> bbr{};                       // if it is what controls congestion
  TimeSpent spent{};
  std::uint64_t timeout_recoveries = 0;  // rows of time-outs
  Duration timeout_time{};               // from the first of a row to its end
  int back_off = 0;                      // doublings of the time-out
  int unanswered = 0;                    // time-outs
  int probes = 0;                        // of a silent peer
  int path_mtu = 0, advertised_mss = 0, receive_mss = 0;
  Bytes offered_window{};  // with the last ACK
  // Where the kernel's memory is counted: Linux sk_rcvbuf, rcv_ssthresh, window_clamp, rcvq_space,
  // rcv_rtt_est, icsk_ack.ato.
  Bytes receive_memory{}, receive_threshold{}, window_clamp{}, read_in_round_trip{};
  Duration receive_rtt{}, ack_wait{};  // 0: no measurement, no text yet
  std::uint32_t came_ahead = 0;        // segments of text ahead of a gap
  bool ecn = false, ecn_seen = false;  // agreed on; a marked segment came
  std::uint32_t delivered_ce = 0;      // segments that the peer has had with CE
  std::uint32_t received_ce = 0;       // segments that came with CE
  MarkedOctets delivered_octets{}, received_octets{};
  EcnUse ecn_use = EcnUse::no;
  EcnUse ecn_asked = EcnUse::no;  // before the SYN-ACK
  // Of AccECN, as Linux numbers them: TCP_ACCECN_OPT_..., TCP_ACCECN_..._FAIL_....
  std::uint8_t ecn_option_seen = 0, ecn_failures = 0;
  bool opening_early = false;  // TCP Fast Open: the application may send before the handshake is done
  bool syn_text_acknowledged = false;
  bool interactive = false;                         // ACKs wait for text that answers
  Time last_sent{}, last_received{}, last_acked{};  // text, text, anything
};

// Why a connection's congestion window is another one than before.
enum class WindowReason : std::uint8_t {
  opened,      // the handshake is done
  slow_start,  // octets were acknowledged
  avoidance,   // and so they were in congestion avoidance
  recovery,    // fast retransmit: a loss was detected
  timeout,     // nothing was acknowledged for too long
  restart,     // nothing was sent for longer than that, or too little to fill it
  closed,      // the connection is gone
  undone,      // what seemed to be lost was only late
};

struct WindowChange {
  std::uint32_t connection = 0;  // from 1: its place among those there are, which another may take later
  Bytes cwnd{}, ssthresh{};      // now; 0 of a connection that is gone
  WindowReason reason{};
};

}  // namespace ringside::net
