// Reassembly, acknowledgement and the window: RFC 9293 sections 3.8.6 and 3.10.7.4, RFC 2018, RFC 2883.
#include "tcp/receiver.hpp"

#include <algorithm>

namespace ringside::net {
namespace {

// RFC 7323 section 2.3: the smallest shift that lets the 16-bit field express the whole buffer.
std::uint8_t window_scale_for(const TcpConfig& config, Bytes buffer) {
  std::uint8_t shift = 0;
  while (config.window_scale && shift < 14 && (buffer.count >> shift) > 0xffff) ++shift;
  return shift;
}

}  // namespace

Receiver::Receiver(const TcpConfig& config, const TcpSocketOptions& options)
    : config_{&config},
      options_{&options},
      quick_ack_{options},
      window_scale_{
          window_scale_for(config, std::max(options.receive_buffer, config.largest_receive_buffer))} {}

void Receiver::open(SeqNum irs) {
  rcv_ = {.irs = irs, .nxt = irs + 1, .edge = irs + 1};
  last_ack_sent_ = rcv_.nxt;
}

// A segment without octets may lie on the edge itself: that is where the ACKs of a peer are that has filled
// the window and lost some of it (Linux tcp_sequence; RFC 9293 has it only for a window of zero).
bool Receiver::acceptable(SeqNum seq, std::uint32_t length) const {
  if (length == 0) return seq.at_or_after(rcv_.nxt) && seq.at_or_before(rcv_.edge);
  return seq.before(rcv_.edge) && (seq + (length - 1)).at_or_after(rcv_.nxt);
}

Receiver::Accepted Receiver::on_text(Time now, SeqNum seq, wire::ByteView text, bool fin) {
  if (fin && !fin_) fin_ = seq + static_cast<std::uint32_t>(text.size());
  if (seq.before(rcv_.nxt)) {  // RFC 2883 section 4: report the part that arrived before
    const auto repeated = std::min<std::size_t>(octets_between(seq, rcv_.nxt), text.size());
    if (repeated > 0) duplicate_ = SeqRange{seq, seq + static_cast<std::uint32_t>(repeated)};
    text = text.subspan(repeated);
    seq = rcv_.nxt;
    require_ack();
    quick_ack_.on_repetition(octets_between(rcv_.nxt, rcv_.edge), full_segment_);
  }
  const SeqNum limit = fin_ ? earlier_of(*fin_, rcv_.edge) : rcv_.edge;
  text = text.first(std::min<std::size_t>(text.size(), octets_between(seq, later_of(seq, limit))));

  Accepted accepted;
  const bool had_gap = !ahead_.empty();
  if (seq == rcv_.nxt) {
    accepted.in_order = in_order(seq, text);
    if (!text.empty() && text.size() < full_segment_) quick_ack_.on_small_text();
    full_segment_ = std::max(full_segment_, static_cast<std::uint32_t>(text.size()));
    if (accepted.in_order > 0) schedule_ack(now, accepted.in_order, had_gap);
  } else if (!text.empty() || fin) {
    ahead_of_gap(seq, text);
  }
  if (fin_ && rcv_.nxt == *fin_) {
    rcv_.nxt = rcv_.nxt + 1;
    rcv_.edge = later_of(rcv_.edge, rcv_.nxt);
    accepted.fin = true;
    require_ack();
  }
  return accepted;
}

// A segment has buffers of its own: whatever its place in the stream, its text begins on a page.
void Receiver::note_pages(SeqNum seq, wire::ByteView text) {
  const auto page = static_cast<std::size_t>(config_->page.count);
  if (page > 0 && !text.empty() && text.size() % page == 0)
    pages_.insert({seq, seq + static_cast<std::uint32_t>(text.size())});
}

std::uint32_t Receiver::in_order(SeqNum seq, wire::ByteView text) {
  readable_.place(readable_.size(), text);
  note_pages(seq, text);
  SeqNum nxt = seq + static_cast<std::uint32_t>(text.size());
  if (!ahead_.empty() && ahead_.front().begin.at_or_before(nxt)) {
    nxt = later_of(nxt, ahead_.front().end);
    ahead_.erase_before(nxt);
    if (ahead_.empty()) recent_count_ = 0;
  }
  const std::uint32_t octets = octets_between(rcv_.nxt, nxt);
  readable_.extend(octets);
  rcv_.nxt = nxt;
  octets_received_ += octets;
  return octets;
}

void Receiver::ahead_of_gap(SeqNum seq, wire::ByteView text) {
  ack_ = Ack::duplicate;  // RFC 5681 section 4.2: immediately
  if (text.empty()) return;
  const SeqRange range{seq, seq + static_cast<std::uint32_t>(text.size())};
  if (ahead_.count() >= most_gaps() && !ahead_.touches(range)) return;
  readable_.place(readable_.size() + octets_between(rcv_.nxt, seq), text);
  note_pages(seq, text);
  if (ahead_.insert(range) == 0) duplicate_ = range;
  remember_recent(seq);
}

// Linux charges a segment that waits with the memory it lies in, and drops it where that is more than the
// receive buffer (tcp_try_rmem_schedule()); what joins another costs nothing (tcp_try_coalesce()). A segment
// of an octet takes SKB_TRUESIZE(1) = 768 of a buffer of which half is for such purposes.
std::size_t Receiver::most_gaps() const {
  constexpr std::int64_t octets_of_buffer = 384, least = 16;
  return static_cast<std::size_t>(std::max(options_->receive_buffer.count / octets_of_buffer, least));
}

// RFC 2018 section 4: the first block is the latest arrival's, the others repeat the ones reported before it.
void Receiver::remember_recent(SeqNum seq) {
  const SeqRange joined = *ahead_.containing(seq);
  std::array<SeqNum, wire::SackBlocks::max> recent{seq};
  std::uint8_t count = 1;
  for (std::size_t i = 0; i < recent_count_ && count < recent.size(); ++i) {
    const bool elsewhere = recent_[i].before(joined.begin) || recent_[i].at_or_after(joined.end);
    if (elsewhere) recent[count++] = recent_[i];
  }
  recent_ = recent;
  recent_count_ = count;
}

wire::SackBlocks Receiver::sack_blocks(std::size_t max) const {
  wire::SackBlocks blocks;
  if (duplicate_ && max > 0) blocks.add({duplicate_->begin, duplicate_->end});
  for (std::size_t i = 0; i < recent_count_ && blocks.count < max; ++i) {
    if (const auto range = ahead_.containing(recent_[i])) blocks.add({range->begin, range->end});
  }
  return blocks;
}

void Receiver::ack_sent(bool with_sack) {
  if (ack_ != Ack::none) quick_ack_.on_ack_sent();
  ack_ = Ack::none;
  unacknowledged_ = 0;
  if (with_sack) duplicate_.reset();  // it goes first; beside a full segment's text there is no room
  last_ack_sent_ = rcv_.nxt;
}

void Receiver::schedule_ack(Time now, std::uint32_t octets, bool gap_filled) {
  unacknowledged_ += octets;
  // RFC 5681 section 4.2: at least every second full segment, and at once when a gap is filled, wholly or in
  // part.
  const bool full = unacknowledged_ > full_segment_;
  if (gap_filled || !config_->delayed_ack || full || quick_ack_.active()) return require_ack();
  if (ack_ != Ack::none) return;
  ack_ = Ack::delayed;
  ack_at_ = now + config_->delayed_ack_timeout;
}

// A FIN that is in order has a sequence number, and no octet.
SeqNum Receiver::front() const {
  return rcv_.nxt - (static_cast<std::uint32_t>(readable_.size()) + (fin_received() ? 1 : 0));
}

// Of a page of which a part has been read, the remainder fills none.
std::size_t Receiver::readable_pages() const {
  if (pages_.empty() || pages_.front().begin.after(front())) return 0;
  const std::size_t octets = octets_between(front(), pages_.front().end);
  return octets % static_cast<std::size_t>(config_->page.count) == 0 ? octets : 0;
}

std::size_t Receiver::readable_rest() const {
  if (pages_.empty()) return readable_.size();
  if (pages_.front().begin.after(front()))
    return std::min<std::size_t>(octets_between(front(), pages_.front().begin), readable_.size());
  return octets_between(front(), pages_.front().end) % static_cast<std::size_t>(config_->page.count);
}

std::size_t Receiver::read(std::span<std::uint8_t> out) {
  const std::size_t octets = std::min(out.size(), available());
  peek(out.first(octets));
  consume(octets + (skips_mark() ? 1 : 0));
  return octets;
}

void Receiver::consume(std::size_t octets) {
  if (!pages_.empty()) pages_.erase_before(front() + static_cast<std::uint32_t>(octets));
  readable_.consume(octets);
  if (urgent_.marked() && front().after(urgent_.mark())) urgent_.passed();
  if (readable_.size() == 0 && ahead_.empty()) readable_.rewind();
  // Linux __tcp_cleanup_rbuf: tell the peer only when the window at least doubles, as it does after being
  // closed; otherwise the next ACK says it.
  const std::uint32_t offered = octets_between(rcv_.nxt, rcv_.edge);
  if (octets > 0 && !fin_ && window_to_offer() > offered && room() >= 2 * offered) require_ack();
  if (octets > 0 && ack_ == Ack::delayed && readable_.size() == 0 && quick_ack_.due_when_read())
    require_ack();
}

void Receiver::release() {
  readable_.release();
  ahead_.clear();
  pages_.clear();
}

void Receiver::note_text(Time now, Duration rto) {
  quick_ack_.on_text(now, rto, octets_between(rcv_.nxt, rcv_.edge), full_segment_);
}

// As much of it as the field can express, or the program wants (Linux tp->window_clamp).
std::uint32_t Receiver::room() const {
  const auto used = static_cast<std::int64_t>(readable_.size());
  const std::int64_t expressible = std::int64_t{0xffff} << window_scale_;
  const std::int64_t wanted = options_->window_clamp.count;
  const std::int64_t clamp = wanted > 0 ? std::min(wanted, expressible) : expressible;
  return static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(options_->receive_buffer.count - used, 0, clamp));
}

// RFC 9293 section 3.8.6.2.2: against the silly window, the edge moves only by a segment or half the buffer
// at least.
std::uint32_t Receiver::window_to_offer() const {
  const std::uint32_t offered = octets_between(rcv_.nxt, rcv_.edge);
  const auto half = static_cast<std::uint32_t>(options_->receive_buffer.count / 2);
  return room() < offered + std::min(full_segment_, half) ? offered : room();
}

// The field loses the bits below the scale, so that the peer may see the edge move left by less than one
// unit. RFC 7323 section 2.4: what lies within any window ever offered is honoured, hence the edge kept here
// does not.
std::uint16_t Receiver::offer(std::uint32_t window, std::uint8_t shift) {
  const std::uint32_t field = std::min<std::uint32_t>(window >> shift, 0xffff);
  rcv_.edge = later_of(rcv_.edge, rcv_.nxt + (field << shift));
  return static_cast<std::uint16_t>(field);
}

std::uint16_t Receiver::window_field() { return offer(window_to_offer(), window_scale_); }
std::uint16_t Receiver::syn_window_field() { return offer(room(), 0); }

}  // namespace ringside::net
