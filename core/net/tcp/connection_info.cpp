// What a connection says about itself.
#include "tcp/connection.hpp"
#include "tcp/syn_options.hpp"

namespace ringside::net {

namespace {

MarkedOctets octets_of(const auto& marks) {
  return {.ect1 = marks.octets(EcnField::ect1),
          .ect0 = marks.octets(EcnField::ect0),
          .ce = marks.octets(EcnField::ce)};
}

std::optional<BbrInfo> info_of(const Bbr* bbr, std::uint32_t mss) {  // bbr_get_info()
  if (!bbr) return std::nullopt;
  return BbrInfo{.bandwidth = std::uint64_t{bbr->bandwidth()} * mss * 1'000'000 >> bandwidth_bits,
                 .least_rtt = bbr->least_rtt(),
                 .pacing_gain = bbr->pacing_gain(),
                 .window_gain = bbr->window_gain()};
}

}  // namespace

// tcp_connect_init(): what the path carries, until the peer says what it takes.
std::uint32_t Connection::first_mss() const {
  const std::size_t options = config_->timestamps ? wire::timestamps_option_size : 0;
  return advertised_mss(id_.mtu, id_.flow.local.address, *options_) - static_cast<std::uint32_t>(options);
}

TcpInfo Connection::info() const {
  const SenderCounters& counters = sender_.counters();
  const ReceiveSpace& rcv = receiver_.rcv();
  const int timestamps_size = timestamps_ ? static_cast<int>(wire::timestamps_option_size) : 0;
  return {.state = state_,
          .cwnd = sender_.window(),
          .ssthresh = sender_.threshold(),
          .send_window = {sender_.snd().wnd},
          .receive_window = {octets_between(rcv.nxt, rcv.edge)},
          .largest_send_window = {sender_.snd().max_wnd},
          .in_flight = {std::int64_t{sender_.in_flight()} * sender_.mss()},
          .mss = static_cast<int>(state_ == TcpState::syn_sent ? first_mss() : sender_.mss()),
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
          .sacked = sender_.sacked(),
          .lost = sender_.queue().lost(),
          .repeating = sender_.queue().again(),
          .reordering = sender_.rack().reordering(),
          .least_rtt = sender_.rtt().measured() ? sender_.rtt().least() : Duration{},
          .delivered = sender_.delivered(),
          .arrived_twice = sender_.arrived_twice(),
          .reordering_seen = sender_.rack().reordering_seen(),
          .pacing_rate = sender_.pace().rate(),
          .delivery_rate = sender_.delivery_rate().octets(sender_.mss()),
          .app_limited = sender_.delivery_rate().app_limited(),
          .bbr = info_of(sender_.congestion().bbr(), sender_.mss()),
          .spent = sender_.spent(),
          .timeout_recoveries = counters.timeout_recoveries,
          .timeout_time = counters.timeout_time,
          .back_off = sender_.rtt().doublings(),
          .unanswered = sender_.tries(),
          .probes = keepalive_.probes(),
          .path_mtu = static_cast<int>(id_.mtu),
          .advertised_mss = advertised_mss(id_.mtu, id_.flow.local.address, *options_) - timestamps_size,
          .receive_mss = static_cast<int>(receiver_.full_segment()),
          .offered_window = {receiver_.last_window()},
          .receive_memory = {receiver_.memory().buffer()},
          .receive_threshold = {receiver_.memory().threshold()},
          .window_clamp = {receiver_.memory().window_clamp()},
          .read_in_round_trip = {receiver_.memory().per_round_trip()},
          .receive_rtt = receiver_.round_trip(),
          .ack_wait = receiver_.quick_ack().usual_wait(),
          .came_ahead = receiver_.came_ahead(),
          .ecn = ecn_.agreed(),
          .ecn_seen = ecn_.seen(),
          .delivered_ce = ecn_.delivered().ce(),
          .received_ce = ecn_.received().ce(),
          .delivered_octets = octets_of(ecn_.delivered()),
          .received_octets = octets_of(ecn_.received()),
          .ecn_use = ecn_.use(),
          .ecn_option_seen = static_cast<std::uint8_t>(ecn_.delivered().option_seen()),
          .ecn_failures = ecn_.failures(),
          .opening_early = opening_early(),
          .syn_text_acknowledged = fast_open_.text_acknowledged,
          .interactive = receiver_.quick_ack().interactive(),
          .last_sent = sender_.last_sent(),
          .last_received = receiver_.quick_ack().last_text(),
          .last_acked = keepalive_.heard()};
}

}  // namespace ringside::net
