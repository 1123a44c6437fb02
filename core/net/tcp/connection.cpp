// Opening, closing and writing segments. What segments bring: connection_input.cpp.
#include "tcp/connection.hpp"

#include <algorithm>

namespace ringside::net {

using wire::ByteSpan;
using wire::TcpHeader;
using wire::TcpOptions;

Connection::Connection(const TcpConfig& config, const TcpSocketOptions& options, Counters& total,
                       const Identity& identity)
    : config_{&config},
      options_{options},
      total_{&total},
      id_{identity},
      timestamps_{config.timestamps},
      sack_{config.sack},
      window_scale_{config.window_scale},
      sender_{config, options_, total, identity.iss},
      receiver_{config, options_},
      keepalive_{options_},
      defer_accept_{config, options_} {}

void Connection::open(Time now) { enter(now, TcpState::syn_sent); }

void Connection::open(Time now, const Segment& syn) {
  receiver_.open(syn.seq());
  agree_on_options(now, syn.header.options);
  sender_.first_window(syn.seq(), syn.header.window);
  enter(now, TcpState::syn_received);
}

// RFC 7323 sections 2.2 and 3.2, RFC 2018 section 2: an option is in use if both SYNs carry it.
void Connection::agree_on_options(Time now, const TcpOptions& offered) {
  peer_mss_ = offered.mss.value_or(peer_mss_);
  if (options_.max_segment > 0)  // Linux tcp_parse_options()
    peer_mss_ = std::min(peer_mss_, static_cast<std::uint16_t>(options_.max_segment));
  timestamps_ = timestamps_ && offered.timestamps;
  sack_ = sack_ && offered.sack_permitted;
  if (timestamps_) ts_recent_ = offered.timestamps->value;
  ts_recent_at_ = now;
  window_scale_ = window_scale_ && offered.window_scale;
  if (window_scale_) {
    send_scale_ = *offered.window_scale;
  } else {
    receiver_.disable_window_scale();
  }
}

// The one place where the state changes.
void Connection::enter(Time now, TcpState state) {
  state_ = state;
  linger_ = end_of_time;
  if (state == TcpState::time_wait) {
    linger_ = now + config_->time_wait;
    keepalive_.stop();
    sender_.release();
  } else if (state == TcpState::fin_wait_2 && orphaned_) {
    // RFC 1122 section 4.2.2.20 allows it once the application is gone.
    linger_ = now + options_.fin_wait_2_timeout.value_or(Duration{});
    keepalive_.stop();
  } else if (state == TcpState::closed) {
    sender_.release();
  }
}

void Connection::fail(Time now, Error error) {
  error_ = error;
  enter(now, TcpState::closed);
}

// Linux tcp_write_err().
void Connection::give_up(Time now) { fail(now, soft_error_ == Error::none ? Error::timed_out : soft_error_); }

void Connection::establish(Time now) {
  constexpr std::uint32_t least = 48;  // Linux TCP_MIN_SND_MSS, whatever the peer's option says
  // RFC 6691: the options of every segment come out of its text.
  const std::uint32_t options = timestamps_ ? wire::timestamps_option_size : 0;
  const std::uint32_t headers = wire::Ipv4Header::size + TcpHeader::size + options;
  const std::uint32_t wanted = peer_mss_ < least + options ? least : peer_mss_ - options;
  sender_.establish(std::min(wanted, id_.mtu - headers), sack_);
  keepalive_.heard(now);
  keepalive_.start(now);
  enter(now, sender_.finished() ? TcpState::fin_wait_1 : TcpState::established);
}

void Connection::on_fragmentation_needed(std::uint32_t mtu) {
  constexpr std::uint32_t least = 68;  // RFC 791, RFC 1191 section 3: no path is narrower
  constexpr std::uint32_t unnamed =
      576;  // RFC 1191 section 5: an old router says 0; RFC 791: any host takes 576
  const std::uint32_t headers =
      wire::Ipv4Header::size + TcpHeader::size + (timestamps_ ? wire::timestamps_option_size : 0u);
  const std::uint32_t mss = (mtu < least ? unnamed : mtu) - headers;
  const bool heeded = options_.path_mtu != PathMtuDiscovery::dont;  // Linux tcp_v4_mtu_reduced()
  if (!heeded || !synchronized() || mss >= sender_.mss()) return;
  id_.mtu = mss + headers;
  sender_.reduce_mss(mss);
}

std::size_t Connection::writable() const {
  const bool open = state_ == TcpState::established || state_ == TcpState::close_wait ||
                    state_ == TcpState::syn_sent || state_ == TcpState::syn_received;
  return open ? sender_.room() : 0;
}

std::size_t Connection::send(std::span<const std::uint8_t> octets, bool more) {
  const std::size_t taken = std::min(octets.size(), writable());
  return sender_.write(octets.first(taken), more && taken == octets.size());
}

// RFC 9293 section 3.10.4, CLOSE call.
void Connection::shutdown(Time now) {
  if (sender_.finished()) return;
  if (state_ == TcpState::established || state_ == TcpState::close_wait) {
    sender_.finish();
    enter(now, state_ == TcpState::established ? TcpState::fin_wait_1 : TcpState::last_ack);
  } else if (state_ == TcpState::syn_sent || state_ == TcpState::syn_received) {
    sender_.finish();  // the FIN follows the handshake
  }
}

Connection::CloseAction Connection::close(Time now) {
  orphaned_ = true;
  if (state_ == TcpState::syn_sent) {
    enter(now, TcpState::closed);
  } else if (receiver_.readable() > 0 && state_ != TcpState::time_wait && state_ != TcpState::closed) {
    abort(now);
    return CloseAction::reset;  // RFC 1122 section 4.2.2.13: text is lost, and the peer shall know
  } else if (state_ == TcpState::fin_wait_2 && !options_.fin_wait_2_timeout) {
    return abort(now);  // Linux __tcp_close() with a negative TCP_LINGER2
  } else if (state_ == TcpState::fin_wait_2) {
    enter(now, state_);  // its time is limited from now on
  } else {
    shutdown(now);
  }
  receiver_.release();
  return CloseAction::none;
}

// RFC 9293 section 3.10.5, ABORT call. In CLOSING, LAST-ACK and TIME-WAIT both ends have said all they had.
Connection::CloseAction Connection::abort(Time now) {
  const bool peer_waits = state_ == TcpState::syn_received || state_ == TcpState::established ||
                          state_ == TcpState::fin_wait_1 || state_ == TcpState::fin_wait_2 ||
                          state_ == TcpState::close_wait;
  orphaned_ = true;
  receiver_.release();
  enter(now, TcpState::closed);
  return peer_waits ? CloseAction::reset : CloseAction::none;
}

bool Connection::end_of_stream() const {
  const bool no_more = state_ == TcpState::close_wait || state_ == TcpState::closing ||
                       state_ == TcpState::last_ack || state_ == TcpState::time_wait ||
                       state_ == TcpState::closed;
  return no_more && receiver_.readable() == 0;
}

bool Connection::anything_to_send() const {
  return state_ != TcpState::closed && state_ != TcpState::time_wait && state_ != TcpState::fin_wait_2 &&
         sender_.anything_to_do();
}

Time Connection::deadline() const {
  if (state_ == TcpState::closed) return end_of_time;
  return std::min({receiver_.ack_deadline(), sender_.deadline(), linger_, keepalive_.deadline()});
}

Connection::Due Connection::on_deadline(Time now) {
  if (receiver_.ack_deadline() <= now) receiver_.on_ack_deadline();
  if (linger_ <= now) return enter(now, TcpState::closed), Due::nothing;
  const int retries = state_ == TcpState::syn_sent       ? options_.syn_retries
                      : state_ == TcpState::syn_received ? defer_accept_.retries(config_->syn_ack_retries)
                                                         : config_->retries;
  switch (sender_.on_deadline(now, retries)) {
    case Sender::Expiry::gave_up: return give_up(now), Due::nothing;
    case Sender::Expiry::acted:
      if (state_ == TcpState::syn_received && !defer_accept_.repeats(sender_.tries())) sender_.forgo_syn();
      break;
    case Sender::Expiry::nothing_due: break;
  }
  return check_keepalive(now);
}

Connection::Due Connection::check_keepalive(Time now) {
  switch (keepalive_.on_deadline(now, sender_.snd().una != sender_.end())) {
    case Keepalive::Act::none: return Due::nothing;
    case Keepalive::Act::probe: return Due::probe;
    case Keepalive::Act::give_up: give_up(now); return Due::reset;
  }
  return Due::nothing;
}

std::size_t Connection::write_next(Time now, ByteSpan out) {
  if (!anything_to_send()) return 0;
  const auto chunk = sender_.next(now);
  return chunk ? write(now, *chunk, out) : 0;
}

std::size_t Connection::write_ack(Time now, ByteSpan out) {
  return write(now, {.seq = sender_.snd().nxt}, out);
}

// RFC 9293 section 3.8.4: an octet before the window, which is answered by an ACK.
std::size_t Connection::write_probe(Time now, ByteSpan out) {
  return write(now, {.seq = sender_.snd().una - 1, .probe = true}, out);
}

std::size_t Connection::write(Time now, const Chunk& chunk, ByteSpan out) {
  const bool has_ack = state_ != TcpState::syn_sent;
  const TcpHeader header{
      .source_port = id_.flow.local.port,
      .destination_port = id_.flow.remote.port,
      .seq = chunk.seq,
      .ack = has_ack ? receiver_.rcv().nxt : SeqNum{},
      .flags = {.fin = chunk.fin, .syn = chunk.syn, .psh = chunk.psh, .ack = has_ack},
      .window = chunk.syn ? receiver_.syn_window_field() : receiver_.window_field(),
      .options = options_for(now, chunk),
  };
  const std::size_t header_bytes = header.encoded_size();
  const ByteSpan segment = out.first(header_bytes + chunk.text);
  sender_.copy_text(chunk, segment.subspan(header_bytes));
  wire::write(segment, header, id_.flow.local.address, id_.flow.remote.address);
  if (chunk.text > 0) receiver_.quick_ack().on_text_sent(now, config_->delayed_ack_timeout);
  if (has_ack) receiver_.ack_sent(header.options.sack.count > 0);
  ++segments_out_;
  return segment.size();
}

TcpOptions Connection::options_for(Time now, const Chunk& chunk) const {
  TcpOptions options;
  if (timestamps_) options.timestamps = {timestamp(now), state_ == TcpState::syn_sent ? 0 : ts_recent_};
  if (chunk.syn) {
    options.mss = static_cast<std::uint16_t>(advertised_mss());
    options.sack_permitted = sack_;
    if (window_scale_) options.window_scale = receiver_.window_scale();
  } else if (sack_) {
    // Only what fits beside the text, since the segment was sized without SACK blocks.
    const std::size_t fitting = (sender_.mss() - std::min(sender_.mss(), chunk.text + 4)) / 8;
    options.sack = receiver_.sack_blocks(std::min(wire::max_sack_blocks(timestamps_), fitting));
  }
  return options;
}

std::size_t Connection::write_reset(ByteSpan out) {
  const TcpHeader header{.source_port = id_.flow.local.port,
                         .destination_port = id_.flow.remote.port,
                         .seq = sender_.snd().nxt,
                         .ack = receiver_.rcv().nxt,
                         .flags = {.rst = true, .ack = true}};
  wire::write(out.first(TcpHeader::size), header, id_.flow.local.address, id_.flow.remote.address);
  ++segments_out_;
  return TcpHeader::size;
}

int Connection::advertised_mss() const {
  const auto mss = static_cast<int>(id_.mtu - wire::Ipv4Header::size - TcpHeader::size);
  return options_.max_segment > 0 ? std::min(mss, options_.max_segment) : mss;
}

// RFC 7323 section 5.4: a clock of 1 ms, as Linux's.
std::uint32_t Connection::timestamp(Time now) const {
  return static_cast<std::uint32_t>(now.time_since_epoch() / Duration{1ms}) + id_.timestamp_offset;
}

}  // namespace ringside::net
