// What a connection says about itself.
#include "tcp/connection.hpp"

namespace ringside::net {

TcpInfo Connection::info() const {
  const SenderCounters& counters = sender_.counters();
  const ReceiveSpace& rcv = receiver_.rcv();
  const int timestamps_size = timestamps_ ? static_cast<int>(wire::timestamps_option_size) : 0;
  return {.state = state_,
          .cwnd = {sender_.congestion().cwnd()},
          .ssthresh = {sender_.congestion().ssthresh()},
          .send_window = {sender_.snd().wnd},
          .receive_window = {octets_between(rcv.nxt, rcv.edge)},
          .largest_send_window = {sender_.snd().max_wnd},
          .in_flight = {sender_.pipe()},
          .mss = static_cast<int>(sender_.mss()),
          .srtt = sender_.rtt().srtt(),
          .rttvar = sender_.rtt().rttvar(),
          .rto = sender_.rtt().rto(),
          .unacknowledged = {octets_between(sender_.snd().una, sender_.end())},
          .unsent = {octets_between(sender_.snd().nxt, sender_.end())},
          .fin_received = receiver_.fin_received(),
          .bytes_acked = counters.octets_acked,
          .bytes_received = receiver_.octets_received(),
          .segments_in = segments_in_,
          .segments_out = segments_out_,
          .retransmits = counters.retransmits,
          .fast_retransmits = counters.fast_retransmits,
          .timeouts = counters.timeouts,
          .bytes_sent = counters.octets_sent,
          .bytes_retransmitted = counters.octets_resent,
          .text_segments_in = text_segments_in_,
          .text_segments_out = counters.text_segments,
          .loss = sender_.loss_state(),
          .timestamps = timestamps_,
          .sack = sack_,
          .window_scale = window_scale_,
          .send_scale = send_scale_,
          .receive_scale = receiver_.window_scale(),
          .back_off = sender_.rtt().doublings(),
          .unanswered = sender_.tries(),
          .probes = keepalive_.probes(),
          .path_mtu = static_cast<int>(id_.mtu),
          .advertised_mss = advertised_mss() - timestamps_size,
          .receive_mss = static_cast<int>(receiver_.full_segment()),
          .interactive = receiver_.quick_ack().interactive(),
          .last_sent = sender_.last_sent(),
          .last_received = receiver_.quick_ack().last_text(),
          .last_acked = keepalive_.heard()};
}

}  // namespace ringside::net
