// What an acknowledgement says of what is in flight: Linux tcp_ack(). What it says of losses:
// sender_recovery.cpp.
#include <algorithm>

#include "tcp/sender.hpp"

namespace ringside::net {

std::uint32_t Sender::on_ack(const Ack& ack) {
  if (ack.ack.after(snd_.nxt)) snd_.nxt = ack.ack;  // the peer has taken a probe's octet
  News news{.now = ack.now,
            .echoed = ack.echoed,
            .una_before = snd_.una,
            .highest_sacked_before = highest_sacked(),
            .losses_before = queue_.losses(),
            .delivered_before = delivered_,
            .in_flight_before = in_flight(),
            .bare = ack.bare,
            .window_changed = update_window(ack.seq, ack.ack, ack.wnd),
            .advanced = ack.ack.after(snd_.una),
            .lowest_overtaken = snd_.nxt};
  const bool anything_out = !queue_.empty();
  resend_ = Resend::nothing;
  if (std::holds_alternative<Persist>(timer_)) patience_.alive();  // RFC 9293 section 3.8.6.1
  if (news.advanced) acknowledge_text(ack.ack);
  if (sack_) take_sacks(ack, news);
  const bool measured = anything_out && (acknowledge_segments(news), measure(news));
  if (anything_out) adjust_timer(news, measured);
  news.congested = ack.ecn && learn_marks(ack, news);
  if (news.rate.prior_delivered_at != Time::min()) rack_.adapt(news.rate.prior_delivered, delivered_);
  if (established_)
    congestion_.acknowledged({.una = snd_.una,
                              .nxt = snd_.nxt,
                              .delivered = delivered_,
                              .delivered_ce = ack.ecn ? ack.ecn->delivered().ce() : 0});
  if (probed_) on_probe_ack(news);
  const bool doubtful = anything_out ? news.dubious(state_) : news.duplicate_reported;
  if (doubtful) on_doubt(news);
  if (news.set_timer && !schedule_probe(ack.now, true)) rearm(ack.now);
  if (anything_out) control_congestion(news);
  if (short_of_room_) note_room(ack.now);
  small_.on_ack(snd_.una, !queue_.empty());
  // A window that was never more than a crumb is open with its first octet; a closed one never is.
  const std::uint32_t worth_sending = std::max(std::min(mss_, snd_.max_wnd / 2), 1u);
  if (std::holds_alternative<Persist>(timer_) && snd_.wnd >= worth_sending) {
    timer_ = {};
    patience_.answered();
  }
  return octets_between(news.una_before, ack.ack);
}

void Sender::acknowledge_text(SeqNum una) {
  const std::uint32_t text = octets_between(text_begin(), later_of(text_begin(), earlier_of(una, text_end_)));
  text_.consume(text);
  counters_.octets_acked += text;
  snd_.una = una;
  syn_acknowledged_ = true;  // the first octet of all
  patience_.answered();
  reported_.erase_before(una);
  records_.acknowledged(una);
  if (urgent_ && urgent_->at_or_before(una)) urgent_.reset();
  // Marks of the past follow, or they would lie in the future again 2^31 octets later.
  if (state_ == LossState::open) high_seq_ = later_of(high_seq_, una);
  constexpr std::uint32_t long_ago = 1u << 30;
  if (undo_.marker && octets_between(*undo_.marker, una) > long_ago) undo_.end();
  resend_from_ = later_of(resend_from_, una);
  packet_end_ = later_of(packet_end_, una);
  probe_end_ = later_of(probe_end_, una);
  pushed_ = later_of(pushed_, una);
  usage_.follow(una - 1);
  rtt_.follow(una - 1);
}

// tcp_clean_rtx_queue()
void Sender::acknowledge_segments(News& news) {
  news.delivered_octets += octets_between(news.una_before, snd_.una);
  while (!queue_.empty() && queue_.front().end.at_or_before(snd_.una)) count_acked(news, queue_.pop());
  if (queue_.empty()) {
    if (snd_.nxt == end()) spent_.rest(news.now);
    return;
  }
  if (queue_.front().begin.before(snd_.una)) queue_.acknowledge_part(snd_.una);
  news.reneged = queue_.front().sacked;  // RFC 2018 section 8
}

void Sender::count_acked(News& news, const SentSegment& segment) {
  ++news.acked;
  if (segment.syn) news.syn_acked = true;
  if (segment.sacked) news.delivered_octets -= octets_between(segment.begin, segment.end);
  // The round trip of a SYN-ACK that text may have followed counts if no other is known:
  // tcp_synack_rtt_meas().
  const bool aside = segment.syn && established_;
  if (aside) {
    if (!segment.repeated) news.syn_ack_sent = segment.sent;
  } else if (segment.again || segment.repeated) {
    news.repeated_acked = true;
    if (rtt_.measures_repeated()) news.first_acked_sent = news.last_acked_sent = segment.sent;
  } else if (!segment.sacked) {
    news.last_acked_sent = segment.sent;
    if (!news.first_acked_sent) news.first_acked_sent = segment.sent;
    news.lowest_overtaken = earlier_of(news.lowest_overtaken, segment.begin);
    if (segment.end.at_or_before(high_seq_)) news.original_arrived = true;
  }
  if (!segment.sacked && sack_) {
    ++delivered_;
    const bool answers_the_first =
        segment.repeated && news.echoed && *news.echoed < in_milliseconds(segment.sent);
    if (!answers_the_first && !aside) rack_.arrived(news.now, segment, rtt_.least());
  }
  if (!segment.sacked) rate_.arrived(segment, news.rate);
}

// Karn's algorithm (RFC 6298 section 3): what was sent twice says nothing, but for the timestamp that comes
// back; which is taken only if nothing better is there. tcp_ack_update_rtt()
bool Sender::measure(News& news) {
  std::optional<Duration> first, latest;
  const bool certain = !news.repeated_acked || rtt_.measures_repeated();
  if (news.first_acked_sent && certain) {
    first = news.now - *news.first_acked_sent;
    latest = news.now - *news.last_acked_sent;
  }
  if (news.first_sacked_sent) {
    if (!first) first = news.now - *news.first_sacked_sent;
    latest = news.now - *news.last_sacked_sent;
  }
  if (!first && news.echoed && news.acked > 0)
    first = latest = std::max(in_milliseconds(news.now) - *news.echoed, Duration{1ms});
  if (!first && news.syn_ack_sent) first = latest = news.now - *news.syn_ack_sent;
  if (!first) return false;
  news.rtt = latest;
  rtt_.sample_least(news.now, *latest);
  rtt_.sample(*first, snd_.una, snd_.nxt);
  if (established_)
    congestion_.measured(
        {.now = news.now, .rtt = *latest, .una = snd_.una, .nxt = snd_.nxt, .burst = burst()});
  return true;
}

// RFC 6298 (5.2) and (5.3). What was SACKed does not put the time-out off for ever: only if it was sent after
// what is the oldest now.
void Sender::adjust_timer(News& news, bool measured) {
  if (news.acked > 0) {
    news.set_timer = true;
    note_mtu_probe(news.now);
    if (news.syn_acked) first_repeat_.reset();
    if (!sack_) {
      uncount_duplicates(news.acked);
      if (news.repeated_acked) news.original_arrived = false;
    } else if (news.lowest_overtaken.before(news.highest_sacked_before)) {
      note_reordering(news.lowest_overtaken);
    }
  } else if (!queue_.empty() && measured && news.first_sacked_sent) {
    news.set_timer = *news.first_sacked_sent < queue_.front().sent;
  }
}

// Linux sk_stream_write_space(): there is room again when a third of the buffer is free.
void Sender::note_room(Time now) {
  if (3 * static_cast<std::int64_t>(room()) < options_->send_buffer.count) return;
  short_of_room_ = false;
  spent_.end(now, Limit::send_buffer);
}

// A receiver may have waited with the ACK of a single small segment: FLAG_ACK_MAYBE_DELAYED.
bool Sender::maybe_delayed(const News& news) const {
  const bool alone = news.acked == 1 && sacked() == 0 && octets_between(news.una_before, snd_.una) < mss_ &&
                     news.rate.prior_delivered + 1 == delivered_;
  const bool calm = !news.sacked && !news.congested && !news.duplicate_reported && !news.syn_acked;
  return alone && calm && news.first_acked_sent && !news.repeated_acked;
}

void Sender::control_congestion(News& news) {
  const std::uint32_t delivered = delivered_ - news.delivered_before;
  if (!news.reneged) rate_.finish(news.now, news.rate, delivered_, delivered, rtt_.least());
  if (!established_) return;
  control_window(news);
  if (!congestion_.models_path()) update_pace();
}

// tcp_cong_control()
void Sender::control_window(const News& news) {
  const std::uint32_t delivered = delivered_ - news.delivered_before;
  if (congestion_.models_path())
    return congestion_.control(news.now, sending(),
                               {.rate = news.rate,
                                .acked = delivered,
                                .losses = queue_.losses() - news.losses_before,
                                .in_flight_before = news.in_flight_before,
                                .rtt = news.rtt,
                                .maybe_delayed = maybe_delayed(news)});
  if (reducing()) {
    if (delivered == 0 || !modern()) return;
    const std::uint32_t cwnd = reduction_.window_after({.delivered = delivered,
                                                        .in_flight = in_flight(),
                                                        .ssthresh = congestion_.ssthresh(),
                                                        .advanced = news.advanced,
                                                        .lost_more = queue_.losses() != news.losses_before});
    return congestion_.shrink(cwnd);
  }
  const bool much_reordering = rack_.reordering() > config_->reordering;
  const bool may_grow = news.acked > 0 || (much_reordering && news.sacked);
  const bool unlimited = config_->grows_unused && window().count <= snd_.wnd;
  if (may_grow && (unlimited || usage_.may_grow(congestion_.cwnd(), congestion_.slow_start())))
    congestion_.grow({.now = news.now,
                      .segments = std::min(delivered, static_cast<std::uint32_t>(config_->growth_for_ack))});
}

}  // namespace ringside::net
