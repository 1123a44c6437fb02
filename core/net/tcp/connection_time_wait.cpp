// TIME-WAIT: RFC 9293 section 3.10.7.4, RFC 6191; tcp_timewait_state_process() of net/ipv4/tcp_minisocks.c.
#include "tcp/connection.hpp"

namespace ringside::net {

// Only a reset or a bare ACK can be in order here. RFC 1337 would have resets ignored, by which an old one
// ends the state too early. Whatever else has an ACK restarts the 2 MSL, and is answered.
Arrival Connection::in_time_wait(Time now, const Segment& segment) {
  if (config_->checks == SegmentChecks::freebsd) return in_time_wait_of_freebsd(now, segment);
  const bool rst = segment.flags().rst;
  const bool old = old_timestamp(now, segment) && !rst;
  const bool in_order = segment.seq() == receiver_.rcv().nxt && (segment.length() == 0 || rst);
  if (!old && in_order) {
    note_timestamp(now, segment);
    if (!rst) enter(now, TcpState::time_wait);
    if (rst && !config_->time_wait_ignores_resets) enter(now, TcpState::closed);
    return {};
  }
  Arrival arrival{.reason = old ? DropReason::old_timestamp : DropReason::out_of_window};
  if (rst) return arrival;
  last_field_ = EcnField::not_ect;  // else it is as of the last segment: tcp_v4_timewait_ack()
  if (old || segment.flags().ack) enter(now, TcpState::time_wait);
  answer(now, segment, arrival);
  return arrival;
}

// RFC 6191 section 2: the timestamp decides if there is one on both sides and it differs, else the sequence.
bool Connection::may_be_replaced_by(const Segment& syn) const {
  if (state_ != TcpState::time_wait) return false;
  const auto& timestamps = syn.header.options.timestamps;
  if (timestamps_ && timestamps && timestamps->value != ts_recent_) {
    return static_cast<std::int32_t>(timestamps->value - ts_recent_) > 0;
  }
  return syn.seq().after(receiver_.rcv().nxt);
}

// tcp_twsk_unique(): a second later, when the timestamps of the new one are newer than all of the old one.
bool Connection::may_be_succeeded(Time now) const {
  const bool inside = id_.flow.local.address.loopback() || id_.flow.remote.address.loopback();
  const TimeWaitReuse allowed = config_->time_wait_reuse;
  const bool may = allowed == TimeWaitReuse::always || (allowed == TimeWaitReuse::loopback && inside);
  return state_ == TcpState::time_wait && may && timestamps_ && now - ts_recent_at_ > 1s;
}

}  // namespace ringside::net
