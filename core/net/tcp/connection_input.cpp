// RFC 9293 section 3.10.7: SEGMENT ARRIVES, step by step.
#include <algorithm>

#include "tcp/connection.hpp"

namespace ringside::net {

using Reply = Arrival::Reply;

Arrival Connection::on_segment(Time now, const Segment& segment) {
  ++segments_in_;
  timestamp_advanced_ = false;
  remembered_ = state_ == TcpState::time_wait || (state_ == TcpState::fin_wait_2 && orphaned_);
  if (state_ == TcpState::syn_sent) return in_syn_sent(now, segment);
  if (state_ == TcpState::time_wait) return in_time_wait(now, segment);
  Arrival arrival;
  if (!check_sequence(now, segment, arrival)) return arrival;  // first
  keepalive_.heard(now);
  if (!check_reset(now, segment, arrival)) return arrival;  // second
  if (!check_syn(now, segment, arrival)) return arrival;    // fourth
  ecn_.count(segment.ecn, segment.text.size());
  if (!check_ack(now, segment, arrival)) return arrival;  // fifth
  note_ecn(segment, arrival);
  check_urgent(segment, arrival);       // sixth
  process_text(now, segment, arrival);  // seventh, and eighth: the FIN
  return arrival;
}

// Section 3.10.7.3.
Arrival Connection::in_syn_sent(Time now, const Segment& segment) {
  const wire::TcpFlags flags = segment.flags();
  const SendSpace& snd = sender_.snd();
  const bool good_ack = flags.ack && segment.ack().after(snd.iss) && segment.ack().at_or_before(snd.nxt);
  if (flags.ack && (!good_ack || forged_echo(now, segment))) {
    if (!good_ack) sender_.hasten_syn(now);
    return {.reason = DropReason::bad_ack, .reply = flags.rst ? Reply::none : Reply::reset};
  }
  if (flags.rst) {
    if (!good_ack) return {.reason = DropReason::bad_ack};
    fail(now, Error::connection_refused);
    return {.failed = true};
  }
  if (!flags.syn) return {.reason = DropReason::bad_ack};

  receiver_.open(segment.seq());
  agree_on_options(now, segment.header.options);
  if (segment.flags().ack)
    ecn_.on_syn_ack(segment.flags(), segment.ecn, segment.header.options.ecn_octets, config_->ecn);
  else
    ecn_.on_syn(segment.flags(), segment.ecn);
  sender_.first_window(segment.seq(), segment.header.window);
  if (!good_ack) {  // simultaneous open: the SYN is sent again, with the ACK that makes it a SYN-ACK
    sender_.repeat_syn();
    enter(now, TcpState::syn_received);
    return {};
  }
  sender_.on_ack({.now = now, .seq = segment.seq(), .ack = segment.ack(), .wnd = segment.header.window});
  establish(now);
  acknowledge_handshake(now);
  Arrival arrival{.writable = true, .opened = true};
  take_syn_ack(now, segment, arrival);
  return arrival;
}

// First: the sequence number, and RFC 7323 section 5.3 before it.
bool Connection::check_sequence(Time now, const Segment& segment, Arrival& arrival) {
  const bool rst = segment.flags().rst;
  if (old_timestamp(now, segment) && !rst) {
    if (reordered_ack(segment)) return true;
    refuse_old(now, segment, arrival);
    return false;
  }
  if (answers_our_syn_again(segment)) return receiver_.require_ack(), true;
  if (receiver_.acceptable(segment.seq(), segment.length(), segment.flags().fin)) {
    note_timestamp(now, segment);
    return true;
  }
  arrival.reason = DropReason::out_of_window;
  if (rst && reset_is_exact(segment)) return check_reset(now, segment, arrival);
  if (rst) return false;
  const bool syn_again = segment.flags().syn && !segment.flags().ack && segment.seq() == receiver_.rcv().irs;
  if (state_ == TcpState::syn_received && syn_again) {
    sender_.repeat_syn();  // our SYN-ACK was lost
  } else if (segment.flags().syn) {
    challenge(now, arrival);
  } else {
    answer_unacceptable(now, segment, arrival);
  }
  return false;
}

// Second: RFC 5961 section 3, or what it took the place of.
bool Connection::check_reset(Time now, const Segment& segment, Arrival& arrival) {
  if (!segment.flags().rst) return true;
  const bool doubtful = config_->doubts_resets && !opening_early();  // as of a request: tcp_check_req()
  if (doubtful && !reset_is_exact(segment)) {
    challenge(now, arrival);
    return false;
  }
  arrival.reason = DropReason::none;
  arrival.failed = !orphaned_;
  arrival.readable = arrival.failed;
  if (arrival.failed) error_ = Error::connection_reset;  // tcp_reset(): in SYN-RECEIVED, too
  enter(now, TcpState::closed);
  return false;
}

// Fourth: RFC 5961 section 4, or RFC 793: an error, of which the peer hears.
bool Connection::check_syn(Time now, const Segment& segment, Arrival& arrival) {
  if (!segment.flags().syn || answers_our_syn_again(segment)) return true;
  arrival.reason = DropReason::out_of_window;
  if (config_->doubts_syns) {
    challenge(now, arrival);
    if (arrival.reply == Reply::challenge) ecn_.on_syn_again(segment.ecn, segment.header.options.ecn_octets);
    return false;
  }
  arrival.reply = Reply::abort;
  arrival.failed = arrival.readable = !orphaned_;
  fail(now, Error::connection_reset);
  return false;
}

// Fifth: the acknowledgement.
bool Connection::check_ack(Time now, const Segment& segment, Arrival& arrival) {
  const SendSpace& snd = sender_.snd();
  if (!segment.flags().ack) {
    arrival.reason = DropReason::bad_ack;
    return false;
  }
  if (state_ == TcpState::syn_received) {
    const bool good = segment.ack().after(snd.una) && segment.ack().at_or_before(snd.nxt);
    if (!good) {
      arrival.reason = DropReason::bad_ack;
      arrival.reply = Reply::reset;
      return false;
    }
    ecn_.on_third_segment({.said = said_by(segment),
                           .bare = segment.length() == 0,
                           .with_sack = segment.header.options.sack.count > 0},
                          config_->ecn);
    take_ack(now, segment, arrival);
    establish(now);
    if (sender_.fin_acknowledged()) enter(now, TcpState::fin_wait_2);  // it left early
    return true;
  }
  // RFC 5961 section 5: older than any window ever offered, or than all there was; or of what was never sent.
  const auto oldest =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(snd.max_wnd, sender_.counters().octets_acked + 1));
  if (segment.ack().after(snd.nxt) || segment.ack().before(snd.una - oldest)) {
    arrival.reason = DropReason::bad_ack;
    challenge(now, arrival);
    return false;
  }
  if (segment.ack().at_or_after(snd.una)) take_ack(now, segment, arrival);
  return state_ != TcpState::closed;
}

// The third segment of the handshake waits for text that is sure to come soon: Linux
// tcp_rcv_synsent_state_process().
void Connection::acknowledge_handshake(Time now) {
  constexpr Duration longest = 200ms;  // Linux TCP_DELACK_MAX
  const bool waits = writer_waits_ || options_->interactive || options_->defer_accept > Duration{0};
  if (waits)
    receiver_.delay_ack(now + longest);
  else
    receiver_.require_ack();
}

void Connection::take_ack(Time now, const Segment& segment, Arrival& arrival) {
  soft_error_ = Error::none;
  Sender::Ack ack{.now = now,
                  .seq = segment.seq(),
                  .ack = segment.ack(),
                  .wnd = scaled_window(segment),
                  .sack = segment.header.options.sack.all(),
                  .bare = segment.length() == 0};
  const auto& echo = segment.header.options.timestamps;
  if (timestamps_ && echo && echo->echo_reply != 0) {
    const auto since = static_cast<std::int32_t>(timestamp(now) - echo->echo_reply);
    ack.echoed = in_milliseconds(now) - since * Duration{1ms};
  }
  if (synchronized()) ack.ecn = &ecn_, ack.said = said_by(segment);
  const std::uint32_t acked = sender_.on_ack(ack);
  arrival.acknowledged = acked > 0;
  // Linux sk_stream_is_writeable: the application is woken when a third of the buffer is free.
  const auto third = static_cast<std::size_t>(options_->send_buffer.count / 3);
  arrival.writable = acked > 0 && !orphaned_ && sender_.room() >= third;

  if (!sender_.fin_acknowledged()) return;
  if (state_ == TcpState::fin_wait_1) enter(now, TcpState::fin_wait_2);
  if (state_ == TcpState::closing) enter(now, TcpState::time_wait);
  if (state_ == TcpState::last_ack) enter(now, TcpState::closed);
}

EcnSaid Connection::said_by(const Segment& segment) const {
  return {.flags = segment.flags(),
          .option = segment.header.options.ecn_octets,
          .timestamp_advanced = timestamp_advanced_};
}

// What the network has marked: RFC 3168 section 6.1.3, RFC 9768 section 3.2.2.5.
void Connection::note_ecn(const Segment& segment, Arrival& arrival) {
  const bool echoed = ecn_.echoes();
  switch (ecn_.on_segment(segment.ecn, segment.flags(), segment.text.size())) {
    case Ecn::Acknowledge::as_usual: break;
    case Ecn::Acknowledge::quickly: receiver_.acknowledge_quickly(); break;
    case Ecn::Acknowledge::now: receiver_.require_ack(); break;
    case Ecn::Acknowledge::changed:
      if (receiver_.ack_due()) {
        earlier_ack_ = EarlierAck{receiver_.rcv().nxt, echoed};
        arrival.reply = Reply::ack;
      }
      receiver_.require_ack();
      break;
  }
}

// Sixth: the URG bit.
void Connection::check_urgent(const Segment& segment, Arrival& arrival) {
  if (segment.flags().urg) receiver_.on_urgent(segment.seq(), segment.header.urgent);
  if (receiver_.pick_urgent(segment.seq(), segment.text)) arrival.urgent = !orphaned_;
}

std::optional<std::uint8_t> Connection::urgent_octet(bool take) {
  if (!receiver_.urgent().here()) return std::nullopt;
  if (take) receiver_.take_urgent();
  return receiver_.urgent().octet();
}

// Seventh and eighth: text goes to the receiver in the states in which the peer may still send.
void Connection::process_text(Time now, const Segment& segment, Arrival& arrival) {
  if (segment.flags().syn)
    return receiver_.on_unacceptable(segment.seq(), segment.length());  // a second time
  if (segment.text.empty() && !segment.flags().fin) return;
  const bool receiving =
      state_ == TcpState::established || state_ == TcpState::fin_wait_1 || state_ == TcpState::fin_wait_2;
  const SeqNum end = segment.seq() + static_cast<std::uint32_t>(segment.text.size());
  const bool unheard = orphaned_ ? receiving : deaf_ && receiving && state_ != TcpState::established;
  if (unheard && end.after(receiver_.rcv().nxt)) {
    // RFC 1122 section 4.2.2.13: nobody will read it. What was read before and comes again is no loss.
    arrival.reason = DropReason::connection_closed;
    arrival.reply = Reply::reset;
    arrival.failed = arrival.readable = !orphaned_;
    if (!orphaned_) error_ = Error::connection_reset;
    return enter(now, TcpState::closed);
  }
  if (!segment.text.empty()) ++text_segments_in_;
  note_echo(now, segment);
  note_repetition(segment);
  const Receiver::Accepted accepted = receiver_.on_text(now, text_of(segment), sender_.rtt());
  sender_.note_reports(receiver_.reports());
  arrival.text = accepted.in_order;
  arrival.readable = (accepted.in_order > 0 || accepted.fin || arrival.urgent) && !orphaned_;
  if (accepted.fin) process_fin(now);
}

Text Connection::text_of(const Segment& segment) const {
  const wire::TcpFlags flags = segment.flags();
  return {.seq = segment.seq() + (flags.syn ? 1 : 0),
          .octets = segment.text,
          .fin = flags.fin,
          .with_syn = flags.syn,
          .ends = flags.psh || flags.fin || flags.urg,
          .ip_header = headers_size() - static_cast<std::uint32_t>(wire::TcpHeader::size),
          .tcp_options = static_cast<std::uint32_t>(segment.header.options.encoded_size())};
}

void Connection::note_echo(Time now, const Segment& segment) {
  const auto& stamped = segment.header.options.timestamps;
  if (!timestamps_ || !stamped) return;
  const auto ticks = static_cast<std::int32_t>(timestamp(now) - stamped->echo_reply);
  receiver_.on_echo(stamped->echo_reply, ticks * Duration{1ms}, segment.length());
}

void Connection::process_fin(Time now) {
  if (state_ == TcpState::established) {
    enter(now, TcpState::close_wait);
  } else if (state_ == TcpState::fin_wait_1) {
    enter(now, TcpState::closing);
  } else if (state_ == TcpState::fin_wait_2) {
    enter(now, TcpState::time_wait);
  }
}

// RFC 5961 section 7 asks for a limit; as Linux tcp_invalid_ratelimit, one per connection in half a second,
// which also ends an exchange of ACKs between two ends that find each other's unacceptable.
void Connection::challenge(Time now, Arrival& arrival) {
  constexpr Duration interval = 500ms;
  if (challenged_ && now - *challenged_ < interval) return;
  challenged_ = now;
  arrival.reply = Reply::challenge;
}

// tcp_oow_rate_limited(): of those text is not a part.
void Connection::answer(Time now, const Segment& segment, Arrival& arrival) {
  const bool text = segment.length() > 0 && !segment.flags().syn;
  if (text) arrival.reply = Reply::ack;
  if (!text) challenge(now, arrival);
}

// tcp_send_dupack().
void Connection::answer_unacceptable(Time now, const Segment& segment, Arrival& arrival) {
  note_repetition(segment);
  receiver_.on_unacceptable(segment.seq(), segment.length());
  answer(now, segment, arrival);
}

// RFC 7323 section 5.3 R1; section 5.5: what was noted 24 days ago says nothing any more. Section 3.2 would
// have segments dropped that lack the option although it was agreed on; as Linux (tcp_validate_incoming) they
// are taken without the check, since some middleboxes strip options.
bool Connection::old_timestamp(Time now, const Segment& segment) const {
  constexpr Duration outdated = 24 * 24h;
  const auto& timestamps = segment.header.options.timestamps;
  return timestamps_ && timestamps && static_cast<std::int32_t>(timestamps->value - ts_recent_) < 0 &&
         now - ts_recent_at_ < outdated;
}

// RFC 7323 section 4.3 (2).
void Connection::note_timestamp(Time now, const Segment& segment) {
  const auto& timestamps = segment.header.options.timestamps;
  const bool covers_last_ack = segment.seq().at_or_before(receiver_.last_ack_sent());
  if (!timestamps_ || !timestamps || !covers_last_ack) return;
  timestamp_advanced_ = static_cast<std::int32_t>(timestamps->value - ts_recent_) > 0;
  ts_recent_ = timestamps->value;
  ts_recent_at_ = now;
}

void Connection::note_repetition(const Segment& segment) {
  const bool old =
      segment.length() > 0 && (segment.seq() + segment.length()).at_or_before(receiver_.rcv().nxt);
  if (old) ecn_.on_repetition(receiver_.reported_twice_from() == segment.seq());
}

std::uint32_t Connection::scaled_window(const Segment& segment) const {
  return std::uint32_t{segment.header.window} << send_scale_;
}

}  // namespace ringside::net
