// Which segments are believed although, or not believed because, of something besides their sequence number:
// tcp_validate_incoming() and its relatives in net/ipv4/tcp_input.c.
#include "tcp/connection.hpp"

namespace ringside::net {

// RFC 7323 section 3.2: TSecr echoes what was sent since the SYN. tcp_rcv_synsent_state_process().
bool Connection::forged_echo(Time now, const Segment& segment) const {
  const auto& stamped = segment.header.options.timestamps;
  if (!timestamps_ || !stamped || stamped->echo_reply == 0) return false;
  return stamped->echo_reply - first_stamp_ > timestamp(now) - first_stamp_;
}

// RFC 5961 section 3, at the next octet; or behind all that has come, if there is a gap
// (tcp_validate_incoming()); or on a FIN, of a peer that was torn down behind it (tcp_reset_check()).
bool Connection::reset_is_exact(const Segment& segment) const {
  const SeqNum next = receiver_.rcv().nxt;
  if (config_->checks == SegmentChecks::freebsd) return segment.seq() == receiver_.last_ack_sent();
  const bool half_closed =
      state_ == TcpState::close_wait || state_ == TcpState::last_ack || state_ == TcpState::closing;
  return segment.seq() == next || (sack_ && segment.seq() == receiver_.highest()) ||
         (half_closed && segment.seq() == next - 1);
}

// Simultaneous open: the peer has our SYN now, and says so with its own, which came before.
bool Connection::answers_our_syn_again(const Segment& segment) const {
  return state_ == TcpState::syn_received && !fast_open_.early && segment.flags().syn &&
         segment.flags().ack && !segment.flags().rst && segment.seq() == receiver_.rcv().irs &&
         segment.length() == 1 && segment.ack() == sender_.snd().nxt;
}

// An ACK that another one has overtaken is no harm, and says nothing: tcp_disordered_ack().
bool Connection::reordered_ack(const Segment& segment) const {
  const SendSpace& snd = sender_.snd();
  const std::uint32_t window = scaled_window(segment);
  const bool duplicate = segment.flags().ack && segment.length() == 0 &&
                         segment.seq() == receiver_.rcv().nxt && segment.ack() == snd.una;
  const bool updates =
      segment.seq().after(snd.wl1) || (segment.seq() == snd.wl1 && (window > snd.wnd || window == 0));
  const auto replay = static_cast<std::uint32_t>(sender_.rtt().rto() * 6 / 5 / Duration{1ms});
  return duplicate && !updates && ts_recent_ - segment.header.options.timestamps->value <= replay;
}

// RFC 7323 section 5.3 R1, but for ACKs of the past: they are common, and need no answer.
void Connection::refuse_old(Time now, const Segment& segment, Arrival& arrival) {
  arrival.reason = DropReason::old_timestamp;
  const bool old_ack =
      segment.flags().ack && segment.length() == 0 && segment.seq().before(receiver_.rcv().nxt);
  if (segment.flags().syn) return challenge(now, arrival);
  if (!old_ack) answer_unacceptable(now, segment, arrival);
}

}  // namespace ringside::net
