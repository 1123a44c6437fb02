// What a kernel does with text that comes, and when it acknowledges it: net/ipv4/tcp_input.c. Who uses the
// stack alone has none of this.
#include <algorithm>

#include "tcp/receiver.hpp"

namespace ringside::net {

// RFC 9293 section 3.10.7.4, tcp_data_queue(): what came before, or does not lie in the window at all, is
// answered. Of what is in order and begins in the window nothing is cut off.
Receiver::Fate Receiver::fate_of(const Text& text) {
  duplicate_.reset();
  const bool bare_fin = text.fin && text.octets.empty();
  const bool old = text.end().at_or_before(rcv_.nxt);
  const bool closed = rcv_.edge == rcv_.nxt && !(text.seq == rcv_.nxt && bare_fin);
  const bool beyond = text.seq.after(rcv_.nxt) && text.seq.at_or_after(rcv_.edge);
  if (!old && !closed && !beyond) return make_room(text);
  if (text.seq.before(rcv_.nxt)) report_twice({text.seq, earlier_of(text.end(), rcv_.nxt)});
  quick_ack_.on_repetition(last_window(), size_.octets());
  return Fate::answered;
}

// tcp_prune_queue(), tcp_prune_ofo_queue(): what is in order comes before what is not, and of that the first.
// RFC 2018 section 8 allows it, though SACKs have told of it.
Receiver::Fate Receiver::make_room(const Text& text) {
  const auto admitted = [&] { return memory_.admits(held(), 1 + ahead_.count()); };
  if (admitted()) return Fate::taken;
  while (!ahead_.empty() && ahead_.back().begin.after(text.seq) && !admitted()) {
    memory_.release(ahead_.back().size(), held());
    ahead_.pop_back();
    if (pages_) pages_->clear();
    recent_count_ = 0;  // tcp_sack_reset()
  }
  if (admitted()) return Fate::taken;
  if (text.seq.after(rcv_.nxt)) return Fate::ignored;
  no_memory_ = true;
  require_ack();
  return readable_.size() > 0 && !text.octets.empty() ? Fate::answered : Fate::taken;
}

// tcp_event_data_recv().
void Receiver::take_in_order(Time now, const Text& text, const RttEstimator& rtt) {
  constexpr std::uint32_t worth_growing = 128;
  const PacketMemory packet = text.memory();
  memory_.charge(packet, true);
  stamp(now, text);
  if (text.with_syn) return;  // tcp_fastopen_add_skb()
  measure(text, packet);
  rtt_.on_text(now, rcv_.nxt, last_window());
  quick_ack_.on_text(now, rtt.rto(), last_window(), size_.octets());
  if (text.size() >= worth_growing && memory_.grow(packet, size_.octets())) quick_ack_.on_window_grown();
}

// tcp_data_queue_ofo(): without SACK the window does not grow, so that the duplicate ACKs are such.
void Receiver::take_ahead(Time now, const Text& text) {
  const PacketMemory packet = text.memory();
  stamp(now, text);
  ++came_ahead_;
  measure(text, packet);
  if (sack_ && memory_.grow(packet, size_.octets())) quick_ack_.on_window_grown();
  memory_.charge(packet, false);
  memory_.grow_buffer(octets_between(rcv_.nxt, highest()));
}

void Receiver::stamp(Time now, const Text& text) {
  if (!options_->stamps_arrivals) return;
  if (!arrivals_) arrivals_ = std::make_unique<ArrivalTimes>();
  arrivals_->note({text.seq, text.seq + text.size()}, now);
}

std::optional<Time> Receiver::arrival(std::size_t before) const {
  return arrivals_ ? arrivals_->of(front() + static_cast<std::uint32_t>(before)) : std::nullopt;
}

void Receiver::measure(const Text& text, const PacketMemory& packet) {
  const auto merged = static_cast<std::uint32_t>(config_->merged_segment);  // gso_size
  const std::uint32_t segment = merged > 0 ? std::min(merged, text.size()) : text.size();
  switch (size_.measure(segment, text.tcp_options, text.ends)) {
    case ReceivedSize::Kind::larger: memory_.measure_ratio(packet, last_window()); [[fallthrough]];
    case ReceivedSize::Kind::full:
      if (text.ends) quick_ack_.on_pushed_text();
      break;
    case ReceivedSize::Kind::small: quick_ack_.on_small_text(); break;
  }
}

void Receiver::on_echo(std::uint32_t echo, Duration ago, std::uint32_t length) {
  if (memory_.counts()) rtt_.on_echo(echo, ago, length >= size_.octets(), readable_.size() == 0);
}

// __tcp_ack_snd_check(): more than one full segment, and the window moves on; else who reads will say so,
// unless it waits for more.
void Receiver::check_ack(Time now, const RttEstimator& rtt) {
  if (ack_now()) return;
  const bool more_than_one = octets_between(last_ack_sent_, rcv_.nxt) > size_.octets();
  if (more_than_one && memory_.scarce()) quick_ack_.on_scarce_memory();
  const bool too_little = readable_.size() < static_cast<std::size_t>(options_->receive_low_water);
  const bool at_once = (more_than_one && (too_little || window_to_offer() >= last_window())) ||
                       quick_ack_.active() || !config_->delayed_ack;
  if (at_once)
    ack_ = ahead_.empty() ? Ack::now : Ack::duplicate;
  else if (ahead_.empty())
    put_off_ack(now, rtt);
  else
    compress_ack(now, rtt);
}

// RFC 9293 section 3.8.6.3: tcp_send_delayed_ack().
void Receiver::put_off_ack(Time now, const RttEstimator& rtt) {
  // tcp_delack_max(): the peer, which may be of our kind, shall not time out for it.
  const Duration before_rto = std::max<Duration>(options_->min_rto, 2ms) - Duration{1ms};
  const Duration most = std::min(options_->longest_ack_wait, before_rto);
  const Duration wait = quick_ack_.wait(rtt.srtt(), most);
  const bool waits = ack_ == Ack::delayed;
  if (waits && ack_at_ <= now + wait / 4) return require_ack();
  ack_at_ = waits ? std::min(ack_at_, now + wait) : now + wait;
  ack_ = Ack::delayed;
}

// RFC 5681 section 4.2: at once. The first duplicates tell the sender of a loss; the others may be one.
void Receiver::compress_ack(Time now, const RttEstimator& rtt) {
  constexpr int telling = 3;  // TCP_FASTRETRANS_THRESH
  const CompressedAcks& limits = config_->compressed_acks;
  if (!sack_ || compressed_ >= limits.most) return void(ack_ = Ack::duplicate);
  if (duplicates_at_ != rcv_.nxt) duplicates_ = 0;
  duplicates_at_ = rcv_.nxt;
  if (duplicates_ < telling) return ++duplicates_, void(ack_ = Ack::duplicate);
  ++compressed_;
  if (ack_ == Ack::compressed) return;
  Duration round_trip = rtt_.estimate();
  if (rtt.srtt() > Duration{}) round_trip = std::min(round_trip, rtt.srtt());
  ack_ = Ack::compressed;
  ack_at_ = now + std::min(limits.longest, round_trip * limits.percent / 100) + limits.slack;
}

// tcp_sack_new_ofo_skb(): two blocks fit beside a D-SACK and timestamps, so the peer is sure to hear of the
// latest two. What goes to the front from behind them, or is new, pushes others back.
bool Receiver::would_bury_blocks(const Text& text) const {
  constexpr std::size_t expected = 2;  // TCP_SACK_BLOCKS_EXPECTED
  const bool ahead = text.seq.after(rcv_.nxt) && text.seq.before(rcv_.edge);
  if (compressed_ == 0 || text.octets.empty() || !ahead) return false;
  const SeqNum end = text.seq + text.size();
  const auto touches = [&](SeqNum one) {
    const auto block = ahead_.containing(one);
    return block && text.seq.at_or_before(block->end) && block->begin.at_or_before(end);
  };
  const auto* const last = recent_.begin() + recent_count_;
  const auto* const joined = std::find_if(recent_.begin(), last, touches);
  return static_cast<std::size_t>(joined - recent_.begin()) >= expected;
}

// tcp_cleanup_rbuf(), after tcp_rcv_space_adjust().
void Receiver::clean_up(Time now, std::uint32_t octets) {
  memory_.adjust(now, front(), static_cast<std::uint32_t>(readable_.size()),
                 octets_between(rcv_.nxt, highest()), rtt_.estimate());
  const bool all_read = octets > 0 && readable_.size() == 0 && ahead_.empty();
  const bool more_than_one = octets_between(last_ack_sent_, rcv_.nxt) > size_.octets();
  if (ack_due() && (more_than_one || (all_read && quick_ack_.due_when_read()))) return require_ack();
  const std::int64_t offered = octets_between(rcv_.nxt, rcv_.edge);
  if (octets == 0 || fin_received() || 2 * offered > memory_.window_clamp()) return;
  if (const std::uint32_t window = window_to_offer(); window > 0 && window >= 2 * offered) require_ack();
}

}  // namespace ringside::net
