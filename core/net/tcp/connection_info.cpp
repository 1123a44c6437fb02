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

void tell_sent(TcpInfo& info, const Sender& sender) {
  const SenderCounters& counters = sender.counters();
  const SendSpace& snd = sender.snd();
  info.send_window = {snd.wnd};
  info.largest_send_window = {snd.max_wnd};
  info.mss = static_cast<int>(sender.mss());
  info.unacknowledged = {octets_between(snd.una, sender.end())};
  info.unsent = {octets_between(snd.nxt, sender.end())};
  info.bytes_acked = counters.octets_acked;
  info.bytes_sent = counters.octets_sent;
  info.bytes_retransmitted = counters.octets_resent;
  info.text_segments_out = counters.text_segments;
  info.delivered = sender.delivered();
  info.last_sent = sender.last_sent();
}

void tell_congestion(TcpInfo& info, const Sender& sender) {
  info.cwnd = sender.window();
  info.ssthresh = sender.threshold();
  info.in_flight = {std::int64_t{sender.in_flight()} * sender.mss()};
  info.pacing_rate = sender.pace().rate();
  info.delivery_rate = sender.delivery_rate().octets(sender.mss());
  info.app_limited = sender.delivery_rate().app_limited();
  info.bbr = info_of(sender.congestion().bbr(), sender.mss());
  info.spent = sender.spent();
}

void tell_losses(TcpInfo& info, const Sender& sender) {
  const SenderCounters& counters = sender.counters();
  info.loss = sender.loss_state();
  info.retransmits = counters.retransmits;
  info.fast_retransmits = counters.fast_retransmits;
  info.timeouts = counters.timeouts;
  info.timeout_recoveries = counters.timeout_recoveries;
  info.timeout_time = counters.timeout_time;
  info.back_off = sender.doublings();
  info.unanswered = sender.timeouts_unanswered();
  info.sacked = sender.sacked();
  info.lost = sender.queue().lost();
  info.repeating = sender.queue().again();
  info.arrived_twice = sender.arrived_twice();
  info.reordering = sender.rack().reordering();
  info.reordering_seen = sender.rack().reordering_seen();
}

void tell_round_trip(TcpInfo& info, const RttEstimator& rtt) {
  info.srtt = rtt.srtt();
  info.rttvar = rtt.rttvar();
  info.rto = rtt.rto();
  info.least_rtt = rtt.measured() ? rtt.least() : Duration{};
}

void tell_received(TcpInfo& info, const Receiver& receiver) {
  info.receive_window = {octets_between(receiver.rcv().nxt, receiver.rcv().edge)};
  info.receive_scale = receiver.window_scale();
  info.fin_received = receiver.fin_received();
  info.bytes_received = receiver.octets_received();
  info.receive_mss = static_cast<int>(receiver.full_segment());
  info.offered_window = {receiver.last_window()};
  info.receive_memory = {receiver.memory().buffer()};
  info.receive_threshold = {receiver.memory().threshold()};
  info.window_clamp = {receiver.memory().window_clamp()};
  info.read_in_round_trip = {receiver.memory().per_round_trip()};
  info.receive_rtt = receiver.round_trip();
  info.ack_wait = receiver.quick_ack().usual_wait();
  info.came_ahead = receiver.came_ahead();
  info.interactive = receiver.quick_ack().interactive();
  info.last_received = receiver.quick_ack().last_text();
}

void tell_marks(TcpInfo& info, const Ecn& ecn) {
  info.ecn = ecn.agreed();
  info.ecn_seen = ecn.seen();
  info.delivered_ce = ecn.delivered().ce();
  info.received_ce = ecn.received().ce();
  info.delivered_octets = octets_of(ecn.delivered());
  info.received_octets = octets_of(ecn.received());
  info.ecn_use = ecn.use();
  if (info.state == TcpState::syn_sent) info.ecn_asked = ecn.asked();
  info.ecn_option_seen = static_cast<std::uint8_t>(ecn.delivered().option_seen());
  info.ecn_failures = ecn.failures();
}

}  // namespace

// tcp_connect_init(): what the path carries, until the peer says what it takes.
std::uint32_t Connection::first_mss() const {
  const std::size_t options = config_->timestamps ? wire::timestamps_option_size : 0;
  return advertised_mss(id_.mtu, id_.flow.local.address, *options_) - static_cast<std::uint32_t>(options);
}

TcpInfo Connection::info() const {
  const int timestamps_size = timestamps_ ? static_cast<int>(wire::timestamps_option_size) : 0;
  TcpInfo info{.state = state_,
               .segments_in = segments_in_,
               .segments_out = segments_out_,
               .text_segments_in = text_segments_in_,
               .timestamps = timestamps_,
               .sack = sack_,
               .window_scale = window_scale_,
               .send_scale = send_scale_,
               .probes = keepalive_.probes() + sender_.probes_unanswered(),
               .path_mtu = static_cast<int>(id_.mtu),
               .advertised_mss = advertised_mss(id_.mtu, id_.flow.local.address, *options_) - timestamps_size,
               .opening_early = opening_early(),
               .syn_text_acknowledged = fast_open_.text_acknowledged,
               .last_acked = keepalive_.heard()};
  tell_sent(info, sender_);
  if (state_ == TcpState::syn_sent) info.mss = static_cast<int>(first_mss());
  tell_congestion(info, sender_);
  tell_losses(info, sender_);
  tell_round_trip(info, sender_.rtt());
  tell_received(info, receiver_);
  tell_marks(info, ecn_);
  return info;
}

}  // namespace ringside::net
