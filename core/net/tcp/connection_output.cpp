// Writing segments.
#include <algorithm>

#include "tcp/connection.hpp"
#include "tcp/syn_options.hpp"

namespace ringside::net {

using wire::ByteSpan;
using wire::TcpHeader;
using wire::TcpOptions;

std::size_t Connection::write_next(Time now, ByteSpan out) {
  if (!anything_to_send()) return 0;
  reserve_options(now);
  const auto chunk = sender_.next(now);
  return chunk ? write(now, *chunk, out) : 0;
}

std::size_t Connection::write_ack(Time now, ByteSpan out) {
  const Chunk nothing{.seq = sender_.snd().nxt};
  if (!earlier_ack_) return write(now, nothing, out);
  TcpHeader header = header_for(now, nothing);
  header.ack = earlier_ack_->ack;
  header.flags.ece = earlier_ack_->echo;
  earlier_ack_.reset();
  wire::write(out.first(header.encoded_size()), header, id_.flow.local.address, id_.flow.remote.address);
  ++segments_out_;
  return header.encoded_size();
}

// RFC 9293 section 3.8.4: an octet before the window, which is answered by an ACK.
std::size_t Connection::write_probe(Time now, ByteSpan out) {
  return write(now, {.seq = sender_.snd().una - 1, .probe = true}, out);
}

TcpHeader Connection::header_for(Time now, const Chunk& chunk) {
  const bool has_ack = state_ != TcpState::syn_sent;
  const auto urgent = sender_.urgent_pointer(chunk.seq);
  TcpHeader header{
      .source_port = id_.flow.local.port,
      .destination_port = id_.flow.remote.port,
      .seq = chunk.seq,
      .ack = has_ack ? receiver_.rcv().nxt : SeqNum{},
      .flags = flags_for(chunk),
      .window = window_for(chunk),
      .urgent = urgent.value_or(0),
      .options = options_for(now, chunk),
  };
  header.flags.urg = urgent.has_value();
  return header;
}

// With a reset FreeBSD's tcp_output() offers nothing; Linux's __tcp_transmit_skb() does not look.
std::uint16_t Connection::window_for(const Chunk& chunk) {
  if (chunk.rst && config_->whole_segments) return 0;
  return chunk.syn ? receiver_.syn_window_field(full_segment_in()) : receiver_.window_field();
}

std::size_t Connection::write(Time now, const Chunk& chunk, ByteSpan out) {
  const TcpHeader header = header_for(now, chunk);
  if (chunk.syn && !chunk.retransmission) first_stamp_ = timestamp(now);
  const std::size_t header_bytes = header.encoded_size();
  const ByteSpan segment = out.first(header_bytes + chunk.text);
  sender_.copy_text(chunk, segment.subspan(header_bytes));
  wire::write(segment, header, id_.flow.local.address, id_.flow.remote.address);
  if (chunk.text > 0) receiver_.quick_ack().on_text_sent(now);
  if (header.flags.ack) receiver_.ack_sent(header.options.sack.count > 0);
  sender_.note_reports(receiver_.reports());
  ++segments_out_;
  return segment.size();
}

wire::TcpFlags Connection::flags_for(const Chunk& chunk) {
  wire::TcpFlags flags{
      .fin = chunk.fin, .syn = chunk.syn, .rst = chunk.rst, .psh = chunk.psh, .ack = state_ != TcpState::syn_sent};
  if (remembered_) return flags;
  last_field_ = ecn_.field_of_syn();
  if (chunk.syn && flags.ack) {
    Ecn::mark_syn_ack(flags, ecn_.use(), ecn_.syn_field());
  } else if (chunk.syn) {
    ecn_.mark_syn(flags, sender_.counters().timeouts, config_->ecn);
  } else {
    const bool fresh = chunk.text > 0 && !chunk.retransmission;
    ecn_.mark(flags, fresh, fresh && sender_.tell_reduction(), chunk.length() == 0);
    last_field_ = ecn_.field(fresh);
  }
  return flags;
}

TcpOptions Connection::options_for(Time now, const Chunk& chunk) {
  TcpOptions options;
  options.order = config_->options_order;
  if (timestamps_) options.timestamps = {timestamp(now), state_ == TcpState::syn_sent ? 0 : ts_recent_};
  if (chunk.syn) {
    options.mss = advertised_mss(id_.mtu, id_.flow.local.address, *options_);
    options.sack_permitted = sack_;
    if (window_scale_) options.window_scale = receiver_.window_scale();
    if (!chunk.retransmission) options.fast_open = fast_open_.option;  // a middlebox may have minded it
    const bool tells =
        state_ != TcpState::syn_sent && ecn_.accurate() && config_->ecn.option != EcnOptionUse::never;
    if (!chunk.retransmission && tells)
      add_ecn_octets(options, Ecn::first_octets(), 0, wire::max_options_size);
  } else if (sack_) {
    // Only what fits beside the text, since the segment was sized without SACK blocks.
    const std::size_t fitting = (sender_.mss() - std::min(sender_.mss(), chunk.text + 4)) / 8;
    options.sack = receiver_.sack_blocks(std::min(wire::max_sack_blocks(timestamps_), fitting));
  }
  if (!chunk.syn && ecn_.accurate() && !remembered_) add_ecn_option(now, chunk, options);
  return options;
}

// A segment that probes for a larger MTU has no room for it, or it would be larger than is to be found out.
// Of a packet that a lower layer divides all segments have it or none: tcp_established_options() is asked
// once.
void Connection::add_ecn_option(Time now, const Chunk& chunk, TcpOptions& options) {
  const std::uint32_t segment = sender_.mss() + sender_.reserved();
  const std::size_t agreed = timestamps_ ? wire::timestamps_option_size : 0;
  const std::size_t most =
      std::min<std::size_t>(wire::max_options_size, agreed + segment - std::min(segment, chunk.text));
  const EcnReceived& received = ecn_.received();
  const bool due =
      chunk.joined ? ecn_option_in_packet_ : ecn_.option_due(now, sender_.rtt().srtt(), config_->ecn);
  ecn_option_in_packet_ = due && add_ecn_octets(options, received.option(), received.fields_needed(), most);
  if (!ecn_option_in_packet_)
    ecn_.option_left_out();
  else if (!chunk.joined)
    ecn_.option_told(now, options.sack.count > 0 && receiver_.reports_twice());
}

// Linux tcp_current_mss(): of the text, for an option that comes and goes.
void Connection::reserve_options(Time now) {
  if (!ecn_.accurate() || sender_.in_packet()) return;
  const bool due = ecn_.option_due(now, sender_.rtt().srtt(), config_->ecn);
  sender_.reserve(due ? wire::ecn_octets_option_size : 0);
}

// A segment of the connection like others, options and all: Linux tcp_send_active_reset().
std::size_t Connection::write_reset(Time now, ByteSpan out) {
  return write(now, {.seq = sender_.snd().nxt, .rst = true}, out);
}

std::uint32_t Connection::headers_size() const { return net::headers_size(id_.flow.local.address); }

std::uint32_t Connection::timestamp(Time now) const { return timestamp_clock(now) + id_.timestamp_offset; }

}  // namespace ringside::net
