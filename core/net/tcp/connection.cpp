// Opening, closing and time-outs. TCP Fast Open: connection_fast_open.cpp; what segments bring:
// connection_input.cpp; how they are written: connection_output.cpp.
#include "tcp/connection.hpp"

#include <algorithm>
#include <utility>

#include "tcp/syn_options.hpp"

namespace ringside::net {

using wire::TcpOptions;

Connection::Connection(const TcpConfig& config, OptionCopy options, Counters& total, const Identity& identity)
    : config_{&config},
      options_{std::move(options)},
      id_{identity},
      peer_mss_{default_mss(identity.flow.local.address)},
      timestamps_{config.timestamps && !options_->no_options},
      sack_{config.sack && !options_->no_options},
      window_scale_{config.window_scale && !options_->no_options},
      sender_{config, CurrentOptions{options_}, total, identity.iss},
      receiver_{config, CurrentOptions{options_}},
      keepalive_{config, CurrentOptions{options_}} {}

// RFC 9293 section 3.5: the first of three segments.
void Connection::open(Time now) {
  ecn_.need(needs_ecn(options_->congestion));
  ecn_.ask(config_->ecn.asks);
  enter(now, TcpState::syn_sent);
}

void Connection::open(const Request& request) {
  take_request(request);
  // FreeBSD syncache_socket(): without a timestamp nothing is measured.
  const bool untimed = request.by_cookie || (config_->rto == RtoRule::slop && !request.timestamps);
  sender_.syn_was_sent(request.sent, untimed, request.timeouts, request.repetitions);
}

void Connection::take_request(const Request& request) {
  receiver_.open(request.irs);
  agree_on_options(request.sent, request.offered());
  ecn_.need(needs_ecn(options_->congestion));
  ecn_.agree(request.ecn, request.syn_field, request.ecn_failures);
  receiver_.syn_window_field(full_segment_in());  // which the SYN-ACK has offered
  // FreeBSD's syncache keeps nothing of it.
  const bool known = config_->checks != SegmentChecks::freebsd;
  sender_.first_window(request.irs, known ? request.window : 0);
  enter(request.sent, TcpState::syn_received);
}

// RFC 7323 sections 2.2 and 3.2, RFC 2018 section 2: an option is in use if both SYNs carry it.
void Connection::agree_on_options(Time now, const TcpOptions& offered) {
  if (offered.mss.value_or(0) > 0) peer_mss_ = *offered.mss;  // 0 says nothing
  if (options_->max_segment > 0)                              // Linux tcp_parse_options()
    peer_mss_ = std::min(peer_mss_, static_cast<std::uint16_t>(options_->max_segment));
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
  if (state == TcpState::syn_sent && connect_timeout() > Duration{0}) {
    linger_ = now + connect_timeout();
  } else if (state == TcpState::time_wait) {
    linger_ = now + config_->time_wait;  // RFC 9293 section 3.6.1: 2 MSL
    keepalive_.stop();
    sender_.release();
  } else if (state == TcpState::fin_wait_2 && orphaned_) {
    // RFC 1122 section 4.2.2.20 allows it once the application is gone.
    linger_ = now + fin_wait_2_timeout();
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
  if (!fast_open_.early) open_halves(now);
  if (fast_open_.shut) sender_.finish();
  keepalive_.heard(now);
  keepalive_.start(now);
  enter(now, sender_.finished() ? TcpState::fin_wait_1 : TcpState::established);
}

void Connection::open_halves(Time now) {
  sender_.establish(now, text_within(id_.mtu), sack_);
  sender_.search_mtu(now,
                     {.headers = static_cast<std::uint8_t>(headers_size()),
                      .options = static_cast<std::uint8_t>(timestamps_ ? wire::timestamps_option_size : 0),
                      .peer_mss = peer_mss_,
                      .mtu = id_.mtu},
                     state_ == TcpState::syn_sent);
  const std::uint32_t most = full_segment_in();
  receiver_.begin(now, {.advertised = most,
                        .segment = std::min(most, sender_.mss()),
                        .options = timestamps_ ? wire::timestamps_option_size : 0,
                        .sack = sack_});
}

// RFC 6691: the options of every segment come out of its text. Whatever the peer's SYN and the path say,
// there is some: tcp_mtu_to_mss().
std::uint32_t Connection::text_within(std::uint32_t mtu) const {
  const std::uint32_t options = timestamps_ ? wire::timestamps_option_size : 0, headers = headers_size();
  const std::uint32_t most = std::min<std::uint32_t>(peer_mss_, mtu > headers ? mtu - headers : 0);
  return std::max(most, static_cast<std::uint32_t>(config_->least_mss)) - options;
}

std::uint32_t Connection::full_segment_in() const {
  const std::uint32_t options =
      timestamps_ && state_ != TcpState::syn_sent ? wire::timestamps_option_size : 0;
  const std::uint32_t most = advertised_mss(id_.mtu, id_.flow.local.address, *options_);
  return most > options ? most - options : 1;
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

// RFC 9293 sections 3.6 and 3.10.4, CLOSE call.
void Connection::shutdown(Time now) {
  if (sender_.finished()) return;
  if (state_ == TcpState::established || state_ == TcpState::close_wait) {
    sender_.finish();
    enter(now, state_ == TcpState::established ? TcpState::fin_wait_1 : TcpState::last_ack);
  } else if (opening_early() && !orphaned_) {
    fast_open_.shut = true;  // tcp_rcv_state_process(), since Linux 6.9
  } else if (state_ == TcpState::syn_sent || state_ == TcpState::syn_received) {
    sender_.finish();  // the FIN follows the handshake, or leaves at once if it may
  }
}

Connection::CloseAction Connection::close(Time now) {
  orphaned_ = true;
  if (state_ == TcpState::syn_sent) {
    enter(now, TcpState::closed);
  } else if (config_->resets_unread && receiver_.readable() > 0 && state_ != TcpState::time_wait &&
             state_ != TcpState::closed) {
    abort(now);
    return CloseAction::reset;  // RFC 1122 section 4.2.2.13: text is lost, and the peer shall know
  } else if (state_ == TcpState::fin_wait_2 && !options_->fin_wait_2_timeout) {
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
  if (receiver_.ack_deadline() <= now) receiver_.on_ack_deadline(sender_.rtt().rto());
  if (linger_ <= now && state_ == TcpState::syn_sent) return give_up(now), Due::nothing;
  if (linger_ <= now) return enter(now, TcpState::closed), Due::nothing;
  const int syn_retries = options_->syn_retries > 0 ? options_->syn_retries : config_->syn_retries;
  const int retries = state_ == TcpState::syn_sent ? syn_retries
                      : state_ == TcpState::syn_received
                          ? config_->syn_ack_retries + (fast_open_.early ? 1 : 0)
                          : config_->retries;
  const int not_doubled = state_ == TcpState::syn_sent ? config_->steady_syns : 0;
  switch (sender_.on_deadline(now, {retries, not_doubled})) {
    case Sender::Expiry::gave_up: {
      const bool tells = config_->gives_up_with_reset && synchronized();
      return give_up(now), tells ? Due::reset : Due::nothing;
    }
    case Sender::Expiry::acted:
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

}  // namespace ringside::net
