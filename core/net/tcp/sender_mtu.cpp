// Segments that probe the path for a larger MTU (RFC 4821 section 7), and what follows from their fate; and a
// path that says how much it carries (RFC 1191, RFC 8201).
#include <algorithm>

#include "tcp/sender.hpp"

namespace ringside::net {

// tcp_mtu_probe(): as much must follow it as makes a loss known by SACKs, and the window must hold it all. It
// has no room for SACKs of ours.
// `chunk`, or why even smaller ones wait; nullopt: they do not.
std::optional<Sender::Choice> Sender::choose_mtu_probe() const {
  constexpr std::uint32_t least_window = 11;
  const std::uint32_t cwnd = congestion_.cwnd();
  if (state_ != LossState::open || cwnd < least_window || reports_) return std::nullopt;
  const auto text = mtu_search_.candidate();
  if (!text) return std::nullopt;
  const std::uint32_t needed = *text + (static_cast<std::uint32_t>(rack_.reordering()) + 1) * mss_;
  if (octets_between(snd_.nxt, text_end_) < needed || snd_.wnd < needed) return std::nullopt;
  if (usable(snd_.nxt) < needed || in_flight() + 2 > cwnd) return Choice{.held = Held::by_mtu_probe};
  if (records_.within(snd_.nxt, *text) < *text) return std::nullopt;  // tcp_can_coalesce_send_queue_head()
  return Choice{Chunk{
      .seq = snd_.nxt, .text = *text, .psh = pushes(snd_.nxt + *text), .packet = *text, .mtu_probe = true}};
}

// It counts as two in the window: what it is larger by may be as much.
void Sender::mtu_probe_sent(const Chunk& chunk) {
  congestion_.set_aside();
  mtu_search_.sent(chunk.seq, chunk.text);
}

// tcp_mtup_probe_success(): the window stays the same in octets.
void Sender::note_mtu_probe(Time now) {
  const auto packet = mtu_search_.arrived(snd_.una);
  if (!packet) return;
  congestion_.rescale(mtu_search_.packet_of(mss_ + reserved_), *packet, reducing());
  usage_.full(now);
  mtu_search_.passed();
  bound_mss();
}

// Of what seems lost the probe is the first: it was too long, and that is no congestion.
// tcp_fastretrans_alert()
bool Sender::mtu_probe_failed() {
  if (state_ > LossState::disorder || !mtu_search_.first_in_flight(snd_.una)) return false;
  mtu_search_.failed();
  congestion_.take_back();
  lose_what_is_too_long();
  return true;
}

// tcp_write_timeout(): after so many time-outs (tcp_retries1) a path may be one that loses what is large and
// says nothing, RFC 2923 section 2.1. How long they take at least: tcp_model_timeout()
void Sender::suspect_black_hole(Time now) {
  if (!first_repeat_ || patience_.tries() < 2) return;
  Duration patient{}, rto = config_->min_rto;
  for (int i = 0; i <= config_->mtu_probing.retries_before; ++i) {
    patient += rto;
    rto = std::min(2 * rto, options_->max_rto);
  }
  if (now - *first_repeat_ < patient) return;
  mtu_search_.on_silence(now);
  bound_mss();
}

void Sender::narrow_path(std::uint32_t mtu, std::uint32_t mss) {
  agreed_mss_ = std::min(agreed_mss_, mss);
  mtu_search_.narrow(mtu);
  bound_mss();
  packet_end_ = snd_.nxt;
  lose_what_is_too_long();
}

// As Linux tcp_simple_retransmit(): what is in flight and too long is lost to the path's limit, not to
// congestion. A SYN with text is, whatever its length; what is left of it is sent again.
void Sender::lose_what_is_too_long() {
  const bool opening = !established_ && syn_text_ > 0;
  for (std::size_t i = 0; i < queue_.size(); ++i)
    if (opening || queue_[i].text() > mss_) queue_.mark_lost(i);
  if (queue_.lost() == 0) return;
  if (!sack_) limit_duplicates(0);
  lose_without_congestion();
}

}  // namespace ringside::net
