// Which segments FreeBSD hears: tcp_do_segment() of netinet/tcp_input.c up to the acknowledgement, and
// tcp_twcheck().
#include "tcp/connection.hpp"

namespace ringside::net {

using Reply = Arrival::Reply;

// RFC 7323 section 3.2. A reset needs none.
bool Connection::lacks_timestamp(const Segment& segment) const {
  return timestamps_ && !segment.header.options.timestamps && !segment.flags().rst &&
         !config_->tolerates_missing_timestamps;
}

// What comes before the window is cut off, but its ACK is heard; what comes behind it is answered. Neither
// has a limit: only challenges have.
bool Connection::check_as_freebsd(Time now, const Segment& segment, Arrival& arrival) {
  const SeqNum next = receiver_.rcv().nxt, edge = receiver_.rcv().edge, seq = segment.seq();
  const auto text = static_cast<std::uint32_t>(segment.text.size());
  const wire::TcpFlags flags = segment.flags();
  arrival.reason = DropReason::out_of_window;
  if (lacks_timestamp(segment)) return false;
  if (!flags.rst && answers_our_syn_again(segment)) {
    receiver_.require_ack();
  } else if (flags.rst || flags.syn) {
    if (!check_control_as_freebsd(now, segment, arrival)) return false;
  } else if (old_timestamp(now, segment)) {
    if (text > 0) arrival.reply = Reply::ack;
    return false;
  } else if (seq.before(next) && ((seq + text).before(next) || (seq + text == next && !flags.fin))) {
    heed_repetition(now, segment, arrival);
    return false;
  } else if (orphaned_ && text > 0 && synchronized() && state_ != TcpState::close_wait) {
    arrival.reply = Reply::reset;  // tcps_rcvafterclose
    enter(now, TcpState::closed);
    return false;
  } else if ((seq + text).after(edge) && seq.at_or_after(edge)) {
    const bool probes_closed = edge == next && seq == next;  // what it says is heard, but for its text
    if (!probes_closed) return arrival.reply = Reply::ack, false;
    receiver_.require_ack();
  }
  if (!flags.rst) note_timestamp(now, segment);
  arrival.reason = DropReason::none;
  return true;
}

// A reset counts from the last ACK that was sent, since a later one may be delayed. True: it, or a SYN that
// is not doubted, is for the tests of RFC 5961.
bool Connection::check_control_as_freebsd(Time now, const Segment& segment, Arrival& arrival) {
  const SeqNum first = receiver_.last_ack_sent(), edge = receiver_.rcv().edge;
  const bool closed = edge == receiver_.rcv().nxt && segment.seq() == first;
  const bool inside = segment.seq().at_or_after(first) && segment.seq().before(edge);
  if (segment.flags().rst) return inside || closed;
  if (inside && !config_->doubts_syns) return true;
  if (state_ == TcpState::syn_received && segment.seq() == receiver_.rcv().irs)
    sender_.repeat_syn();
  else
    challenge(now, arrival);
  return false;
}

void Connection::heed_repetition(Time now, const Segment& segment, Arrival& arrival) {
  note_timestamp(now, segment);
  note_repetition(segment);
  receiver_.on_unacceptable(segment.seq(), static_cast<std::uint32_t>(segment.text.size()));
  receiver_.require_ack();
  keepalive_.heard(now);
  check_ack(now, segment, arrival);
}

// A reset says nothing (RFC 1337), and who has no ACK is not answered. The FIN that began it restarts the
// 2 MSL.
Arrival Connection::in_time_wait_of_freebsd(Time now, const Segment& segment) {
  const wire::TcpFlags flags = segment.flags();
  const SeqNum next = receiver_.rcv().nxt;
  Arrival arrival{.reason = DropReason::out_of_window};
  if (flags.rst || !flags.ack || lacks_timestamp(segment)) return arrival;
  if (flags.fin && segment.seq() + segment.length() == next) enter(now, TcpState::time_wait);
  const bool bare = segment.length() == 0 && !flags.psh && !flags.urg;
  if (bare && segment.seq() == next && segment.ack() == sender_.snd().nxt) return {};
  last_field_ = EcnField::not_ect;
  arrival.reply = Reply::ack;
  return arrival;
}

}  // namespace ringside::net
