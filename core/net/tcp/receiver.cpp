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

Receiver::Receiver(const TcpConfig& config, CurrentOptions options)
    : config_{&config},
      options_{options},
      quick_ack_{*options, config.delayed_ack_timeout},
      memory_{config, options} {
  if (!memory_.counts())
    window_scale_ =
        window_scale_for(config, std::max(options->receive_buffer, config.largest_receive_buffer));
  else if (config.window_scale)
    window_scale_ = memory_.scale();
}

void Receiver::open(SeqNum irs) {
  rcv_ = {.irs = irs, .nxt = irs + 1, .edge = irs + 1 + first_window_};
  furthest_edge_ = rcv_.edge;
  last_ack_sent_ = rcv_.nxt;
}

void Receiver::begin(Time now, const Agreed& agreed) {
  sack_ = agreed.sack;
  quick_ack_.begin(now);
  if (config_->whole_segments) whole_segment_ = agreed.segment + agreed.options;
  size_.begin(agreed.segment, agreed.advertised, last_window(), agreed.options);
  if (memory_.counts()) memory_.begin(now, front(), last_window(), agreed.advertised);
}

void Receiver::change(const TcpSocketOptions& before, const TcpSocketOptions& now) {
  if (memory_.counts()) memory_.change(before, now, last_window());
  if (before.interactive != now.interactive) quick_ack_.set_interactive(now.interactive);
}

// A segment without octets may lie on the edge itself: that is where the ACKs of a peer are that has filled
// the window and lost some of it (Linux tcp_sequence; RFC 9293 has it only for a window of zero). As there,
// who has nothing to read takes what goes beyond the window, and a FIN may be just behind it. RFC 7323
// section 2.4: a window that was taken back counts as long as the peer may not know.
bool Receiver::acceptable(SeqNum seq, std::uint32_t length, bool fin) const {
  if (memory_.counts()) {
    const SeqNum end = seq + length;
    if (end.before(last_ack_sent_)) return false;
    const SeqNum furthest = later_of(furthest_edge_, rcv_.nxt);  // tcp_max_receive_window()
    const bool within = (fin ? end - 1 : end).at_or_before(furthest);
    return within || (readable_.size() == 0 && seq.at_or_before(furthest));
  }
  if (length == 0) return seq.at_or_after(rcv_.nxt) && seq.at_or_before(rcv_.edge);
  return seq.before(rcv_.edge) && (seq + (length - 1)).at_or_after(rcv_.nxt);
}

// Linux tcp_send_dupack().
void Receiver::on_unacceptable(SeqNum seq, std::uint32_t length) {
  if (length == 0 || !seq.before(rcv_.nxt)) return;
  report_twice({seq, earlier_of(seq + length, rcv_.nxt)});
  quick_ack_.on_repetition(octets_between(rcv_.nxt, rcv_.edge), full_segment());
}

Receiver::Accepted Receiver::on_text(Time now, Text text, const RttEstimator& rtt) {
  const bool kernel = memory_.counts();
  if (const Fate fate = kernel ? fate_of(text) : Fate::taken; fate != Fate::taken) {
    if (fate == Fate::answered) check_ack(now, rtt);
    return {};
  }
  const bool had_gap = !ahead_.empty() || (kernel && fin_ && !fin_received());
  if (text.fin && !fin_) fin_ = text.seq + text.size();
  if (text.seq.before(rcv_.nxt)) skip_repeated(text);
  const SeqNum limit = fin_ && kernel ? *fin_ : fin_ ? earlier_of(*fin_, rcv_.edge) : rcv_.edge;
  if (fin_ || !kernel)
    text.octets = text.octets.first(
        std::min<std::size_t>(text.size(), octets_between(text.seq, later_of(text.seq, limit))));

  Accepted accepted;
  if (text.seq == rcv_.nxt) {
    accepted.in_order = in_order(text);
    if (accepted.in_order > 0 && kernel) take_in_order(now, text, rtt);
    if (kernel && had_gap && ahead_.empty()) require_ack();
    if (accepted.in_order > 0 && !kernel) {
      quick_ack_.on_text(now, rtt.rto(), octets_between(rcv_.nxt, rcv_.edge), full_segment_);
      full_segment_ = std::max(full_segment_, text.size());
      schedule_ack(now, had_gap);
    }
  } else if (!text.octets.empty() || text.fin) {
    ahead_of_gap(now, text);
  }
  if (fin_ && rcv_.nxt == *fin_) {
    rcv_.nxt = rcv_.nxt + 1;
    rcv_.edge = later_of(rcv_.edge, rcv_.nxt);
    accepted.fin = true;
    kernel ? quick_ack_.set_interactive(true) : require_ack();  // Linux tcp_fin()
  }
  if (kernel && !text.with_syn) check_ack(now, rtt);
  return accepted;
}

// RFC 2883 section 4: report the part that arrived before.
void Receiver::skip_repeated(Text& text) {
  const auto repeated = std::min(octets_between(text.seq, rcv_.nxt), text.size());
  if (repeated > 0) report_twice({text.seq, text.seq + repeated});
  text.octets = text.octets.subspan(repeated);
  text.seq = rcv_.nxt;
  if (memory_.counts()) return;
  require_ack();
  quick_ack_.on_repetition(octets_between(rcv_.nxt, rcv_.edge), full_segment_);
}

void Receiver::report_twice(SeqRange range) {
  if (config_->duplicate_sack && sack_) duplicate_ = range, reported_twice_from_ = range.begin;
}

// A segment has buffers of its own: whatever its place in the stream, its text begins on a page.
void Receiver::note_pages(SeqNum seq, wire::ByteView text) {
  const auto page = static_cast<std::size_t>(config_->page.count);
  if (page == 0 || text.empty() || text.size() % page != 0) return;
  if (!pages_) pages_ = std::make_unique<RangeSet>();
  pages_->insert({seq, seq + static_cast<std::uint32_t>(text.size())});
}

std::uint32_t Receiver::in_order(const Text& text) {
  readable_.place(readable_.size(), text.octets);
  note_pages(text.seq, text.octets);
  const SeqNum end = text.seq + text.size();
  SeqNum nxt = end;
  if (!ahead_.empty() && ahead_.front().begin.at_or_before(nxt)) {
    const SeqRange& first = ahead_.front();  // of several, only the first can be told: Linux tcp_ofo_queue()
    if (first.begin.before(end)) report_twice({first.begin, earlier_of(first.end, end)});
    nxt = later_of(nxt, ahead_.front().end);
    ahead_.erase_before(nxt);
    if (ahead_.empty()) recent_count_ = 0;
  }
  const std::uint32_t octets = octets_between(rcv_.nxt, nxt);
  readable_.extend(octets);
  rcv_.nxt = nxt;
  rcv_.edge = later_of(rcv_.edge, rcv_.nxt);
  octets_received_ += octets;
  return octets;
}

void Receiver::ahead_of_gap(Time now, const Text& text) {
  if (!memory_.counts()) ack_ = Ack::duplicate;  // RFC 5681 section 4.2: immediately
  if (text.octets.empty()) return;
  const SeqRange range{text.seq, text.seq + text.size()};
  if (!memory_.counts() && ahead_.count() >= most_gaps() && !ahead_.touches(range)) return;
  readable_.place(readable_.size() + octets_between(rcv_.nxt, text.seq), text.octets);
  note_pages(text.seq, text.octets);
  const std::size_t next = ahead_.first_ending_after(range.begin);
  if (next < ahead_.count() && ahead_[next].begin.before(range.end))
    report_twice({later_of(ahead_[next].begin, range.begin), earlier_of(ahead_[next].end, range.end)});
  const bool fresh = ahead_.insert(range) > 0;
  remember_recent(text.seq);
  if (memory_.counts() && fresh) take_ahead(now, text);
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

// Linux has a FIN in them, as the octet of the sequence that it is: tcp_data_queue_ofo().
wire::SackBlocks Receiver::sack_blocks(std::size_t max) const {
  wire::SackBlocks blocks;
  const bool fin = memory_.counts() && fin_ahead();
  if (duplicate_ && max > 0) blocks.add({duplicate_->begin, duplicate_->end});
  for (std::size_t i = 0; i < recent_count_ && blocks.count < max; ++i) {
    if (const auto range = ahead_.containing(recent_[i]))
      blocks.add({range->begin, fin && range->end == *fin_ ? *fin_ + 1 : range->end});
  }
  const bool alone = fin && (ahead_.empty() || ahead_.back().end != *fin_);
  if (alone && blocks.count < max) blocks.add({*fin_, *fin_ + 1});
  return blocks;
}

void Receiver::ack_sent(bool with_sack) {
  if (ack_ != Ack::none) quick_ack_.on_ack_sent();
  ack_ = Ack::none;
  compressed_ = 0;
  no_memory_ = false;
  if (with_sack) duplicate_.reset();  // it goes first; beside a full segment's text there is no room
  last_ack_sent_ = rcv_.nxt;
}

void Receiver::schedule_ack(Time now, bool gap_filled) {
  // RFC 5681 section 4.2: at least every second full segment, and at once when a gap is filled, wholly or in
  // part.
  const bool full = octets_between(last_ack_sent_, rcv_.nxt) > full_segment_;
  if (gap_filled || !config_->delayed_ack || full || quick_ack_.active()) return require_ack();
  if (ack_ != Ack::none && config_->whole_segments) return require_ack();  // FreeBSD DELAY_ACK(): of any size
  if (ack_ != Ack::none) return;
  ack_ = Ack::delayed;
  ack_at_ = now + config_->delayed_ack_timeout;
}

void Receiver::on_ack_deadline(Duration rto) {
  if (ack_ == Ack::delayed && quick_ack_.adapts()) quick_ack_.on_waited(rto);
  ack_ = Ack::now;
}

// A FIN that is in order has a sequence number, and no octet.
SeqNum Receiver::front() const {
  return rcv_.nxt - (static_cast<std::uint32_t>(readable_.size()) + (fin_received() ? 1 : 0));
}

// Of a page of which a part has been read, the remainder fills none.
std::size_t Receiver::readable_pages() const {
  if (!pages_ || pages_->empty() || pages_->front().begin.after(front())) return 0;
  const std::size_t octets = octets_between(front(), pages_->front().end);
  return octets % static_cast<std::size_t>(config_->page.count) == 0 ? octets : 0;
}

std::size_t Receiver::readable_rest() const {
  if (!pages_ || pages_->empty()) return readable_.size();
  if (pages_->front().begin.after(front()))
    return std::min<std::size_t>(octets_between(front(), pages_->front().begin), readable_.size());
  return octets_between(front(), pages_->front().end) % static_cast<std::size_t>(config_->page.count);
}

std::size_t Receiver::read(Time now, std::span<std::uint8_t> out) {
  const std::size_t octets = std::min(out.size(), available());
  peek(out.first(octets));
  consume(now, octets + (skips_mark() ? 1 : 0));
  return octets;
}

void Receiver::consume(Time now, std::size_t octets) {
  drop(octets);
  if (memory_.counts()) return clean_up(now, static_cast<std::uint32_t>(octets));
  // Linux __tcp_cleanup_rbuf: tell the peer only when the window at least doubles, as it does after being
  // closed; otherwise the next ACK says it.
  const std::uint32_t offered = octets_between(rcv_.nxt, rcv_.edge);
  if (whole_segment_ > 0) {
    if (octets > 0 && !fin_ && update_is_due(offered)) require_ack();
    return;
  }
  if (octets > 0 && !fin_ && window_to_offer() > offered && room() >= 2 * offered) require_ack();
  if (octets > 0 && ack_ == Ack::delayed && readable_.size() == 0 && quick_ack_.due_when_read())
    require_ack();
}

void Receiver::drop(std::size_t octets) {
  if (memory_.counts()) memory_.release(static_cast<std::uint32_t>(octets), held());
  if (pages_ && !pages_->empty()) pages_->erase_before(front() + static_cast<std::uint32_t>(octets));
  readable_.consume(octets);
  if (arrivals_) arrivals_->read_to(front());
  if (urgent_.marked() && front().after(urgent_.mark())) urgent_.passed();
  if (readable_.size() == 0 && ahead_.empty()) readable_.rewind();
}

void Receiver::release() {
  if (memory_.counts()) memory_.release(held(), held());
  readable_.release();
  ahead_.clear();
  pages_.reset();
  arrivals_.reset();
}

// As much of it as the field can express, or the program wants (Linux tp->window_clamp).
std::uint32_t Receiver::room() const {
  const auto used = static_cast<std::int64_t>(readable_.size());
  const std::int64_t expressible = std::int64_t{0xffff} << window_scale_;
  const std::int64_t wanted = options_->window_clamp.count;
  const std::int64_t clamp = wanted > 0 ? std::min(wanted, expressible) : expressible;
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(buffer() - used, 0, clamp));
}

// FreeBSD tcp_output(): no silly window, but nothing is taken back.
std::uint32_t Receiver::window_of_freebsd(std::uint32_t offered) const {
  const std::uint32_t space = room();
  const bool silly = space < buffer() / 4 && space < whole_segment_;
  return std::max(silly ? 0 : space, offered);
}

// The same: two segments more, and much of the buffer, or the peer has little left.
bool Receiver::update_is_due(std::uint32_t offered) const {
  const std::int64_t space = room(), more = space - offered;
  return more >= 2 * std::int64_t{whole_segment_} &&
         (more >= buffer() / 4 || space <= buffer() / 8 || buffer() <= 8 * std::int64_t{whole_segment_});
}

// FreeBSD tcp_mss().
std::int64_t Receiver::buffer() const {
  const std::int64_t buffer = options_->receive_buffer.count, segment = whole_segment_;
  return segment == 0 || buffer <= segment ? buffer : (buffer + segment - 1) / segment * segment;
}

// RFC 9293 section 3.8.6.2.2: against the silly window, the edge moves only by a segment or half the buffer
// at least.
std::uint32_t Receiver::window_to_offer() const {
  if (memory_.counts()) return memory_.select_window(size_.octets(), last_window(), window_scale_);
  const std::uint32_t offered = octets_between(rcv_.nxt, rcv_.edge);
  if (whole_segment_ > 0) return window_of_freebsd(offered);
  const auto half = static_cast<std::uint32_t>(options_->receive_buffer.count / 2);
  return room() < offered + std::min(full_segment_, half) ? offered : room();
}

// The field loses the bits below the scale, so that the peer may see the edge move left by less than one
// unit. RFC 7323 section 2.4: what lies within any window ever offered is honoured, hence the edge kept here
// does not.
std::uint16_t Receiver::offer(std::uint32_t window, std::uint8_t shift) {
  const std::uint32_t field = std::min<std::uint32_t>(window >> shift, 0xffff);
  rcv_.edge = later_of(rcv_.edge, rcv_.nxt + (field << shift));
  furthest_edge_ = later_of(furthest_edge_, rcv_.edge);
  offered_ = octets_between(rcv_.nxt, rcv_.edge);
  return static_cast<std::uint16_t>(field);
}

// Linux tcp_select_window(): what was offered is not taken back, unless there is no memory at all.
std::uint16_t Receiver::window_field() {
  const std::uint32_t unit = 1u << window_scale_;
  if (config_->whole_segments) return offer((window_to_offer() + unit - 1) & ~(unit - 1), window_scale_);
  if (!memory_.counts()) return offer(window_to_offer(), window_scale_);
  if (no_memory_) return offered_ = 0, rcv_.edge = rcv_.nxt, std::uint16_t{0};
  if (memory_.scarce()) quick_ack_.on_scarce_memory();
  if (config_->shrink_window && window_scale_ > 0) {
    rcv_.edge = rcv_.nxt;
    return offer(window_to_offer(), window_scale_);
  }
  const std::uint32_t offered = octets_between(rcv_.nxt, rcv_.edge), below_scale = unit - 1;
  return offer(std::max(window_to_offer(), (offered + below_scale) & ~below_scale), window_scale_);
}

std::uint16_t Receiver::syn_window_field(std::uint32_t segment) {
  if (!memory_.counts()) return offer(room(), 0);
  offered_ = first_window_ = memory_.first_window(segment);
  furthest_edge_ = rcv_.edge = later_of(rcv_.edge, rcv_.nxt + first_window_);
  return static_cast<std::uint16_t>(std::min(first_window_, 0xffffu));
}

}  // namespace ringside::net
