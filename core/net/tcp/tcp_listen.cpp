// LISTEN, and what becomes of a SYN: a request, then a connection that waits for accept(). The functions
// named are those of net/ipv4/tcp_input.c, tcp_minisocks.c and inet_connection_sock.c.
#include <algorithm>

#include "dropped.hpp"
#include "ringside/net/wire/icmp.hpp"
#include "tcp/defer_accept.hpp"
#include "tcp/tcp.hpp"

namespace ringside::net {

// RFC 9293 section 3.10.7.2: LISTEN. A SYN that ends in the same segment is no SYN, if it is so set:
// tcp_rcv_state_process(), FreeBSD tcp_input().
Received Tcp::on_listener(Time now, SocketId id, const Flow& flow, const Segment& segment) {
  const wire::TcpFlags flags = segment.flags();
  if (flags.rst) return dropped(DropReason::no_socket);
  if (flags.ack) return on_cookie(now, id, flow, segment);
  if (!flags.syn || (flags.fin && config_.drops_syn_fin)) return dropped(DropReason::no_socket);
  return on_syn(now, id, flow, segment);
}

// tcp_conn_request(). RFC 4987 sections 3.5 and 3.6: a request is kept, or nothing. Who comes after a
// connection in TIME-WAIT is real, and always finds room.
Received Tcp::on_syn(Time now, SocketId id, const Flow& flow, const Segment& segment) {
  Listener& listener = *listeners_.find(id);
  const SocketId* predecessor = flows_.find(flow);
  const bool crowded = config_.syn_cookies == SynCookieUse::always || listener.requests >= listener.backlog;
  const bool by_cookie = (crowded && !predecessor) || requests_.full();
  const bool no_room = by_cookie ? config_.syn_cookies == SynCookieUse::never : last_quarter(listener);
  if (no_room || accept_queue_full(listener)) return dropped(DropReason::backlog_full, id);
  if (!output_->path_to(flow.remote.address, listener.options.device))
    return dropped(DropReason::no_route, id);

  Request request{
      .flow = flow, .listener = id, .irs = segment.seq(), .window = segment.header.window, .sent = now};
  wire::TcpOptions offered = segment.header.options;
  const bool in_stamp = by_cookie && !SynCookies::holds_options(config_);
  if (in_stamp && !offered.timestamps) offered = {.mss = offered.mss};  // there is nowhere to note the others
  if (listener.options.no_options) offered = {.mss = offered.mss};
  request.agree_on(offered, config_);
  const bool needed = needs_ecn(listener.options.congestion);
  request.ecn = by_cookie && !(in_stamp && request.timestamps)
                    ? EcnUse::no
                    : Ecn::asked_by(segment.flags(), segment.ecn, config_.ecn, needed);
  request.syn_field = segment.ecn;
  request.flow_label = segment.flow_label;
  request.shares_port = listener.group != nullptr;
  request.iss = predecessor ? succeed(now, *predecessor)
                : by_cookie ? cookies_.number(now, request, config_)
                            : initial_sequence(now, flow);
  if (by_cookie) {
    (listener.group ? listener.group->overflowed : listener.overflowed) = now;
    send_syn_ack(now, request, true);
    return {.socket = id};
  }
  if (segment.raw) request.syn = saved(*segment.raw, listener.options.save_syn);
  std::optional<wire::FastOpenCookie> fast_open_cookie;
  if (const auto opened = try_fast_open(now, request, segment, fast_open_cookie)) return *opened;
  send_syn_ack(now, request, false, fast_open_cookie);
  ++listener.requests, ++listener.young;
  flows_.insert(flow, requests_.add(request, now + config_.initial_rto));
  return {.socket = id};
}

bool Tcp::accept_queue_full(const Listener& listener) const {  // sk_acceptq_is_full()
  return listener.accepted.size() > listener.backlog || connections_.full();
}

// Without cookies the last quarter is kept for those who are known to be there, which is nobody.
bool Tcp::last_quarter(const Listener& listener) const {
  const auto most = static_cast<std::size_t>(config_.max_syn_backlog);
  return config_.syn_cookies == SynCookieUse::never && listener.requests + most / 4 > most;
}

// cookie_v4_check(): the third segment of a handshake of which nothing was kept.
Received Tcp::on_cookie(Time now, SocketId id, const Flow& flow, const Segment& segment) {
  const Listener& listener = *listeners_.find(id);
  const auto overflowed = listener.group ? listener.group->overflowed : listener.overflowed;
  const bool expected = config_.syn_cookies != SynCookieUse::never && !segment.flags().syn && overflowed &&
                        now - *overflowed <= SynCookies::valid;
  auto request =
      expected ? cookies_.request_of(now, flow, segment, timestamp_offset(flow), config_) : std::nullopt;
  if (!request) return refuse(now, flow, segment, DropReason::no_socket);
  if (accept_queue_full(listener)) return dropped(DropReason::backlog_full, id);
  request->listener = id;
  return establish(now, *request, segment);
}

// tcp_check_req(): SYN-RECEIVED.
Received Tcp::on_request(Time now, SocketId id, const Segment& segment) {
  if (config_.checks == SegmentChecks::freebsd) return on_request_as_freebsd(now, id, segment);
  Request& request = *requests_.find(id);
  const wire::TcpFlags flags = segment.flags();
  const bool old = request.old_timestamp(segment) && !flags.rst;
  const bool syn_again = segment.seq() == request.irs && flags.syn && !flags.ack && !flags.rst;
  if (syn_again && !old) return repeat_syn_ack(now, id, segment);
  if (flags.ack && segment.ack() != request.iss + 1)  // which is the listener's business
    return refuse(now, request.flow, segment, DropReason::bad_ack);
  const std::uint32_t window = offer_of(request).window;
  if (old || request.forged_echo(segment) || !request.acceptable(segment, window)) {
    if (!flags.rst && may_answer(now, request, segment)) send_request_ack(now, request);
    return dropped(old ? DropReason::old_timestamp : DropReason::out_of_window, request.listener);
  }
  const bool syn_inside = flags.syn && segment.seq() != request.irs;
  if (flags.rst || syn_inside) {
    const Flow flow = request.flow;
    forget(id);
    return flags.rst ? Received{} : refuse(now, flow, segment, DropReason::out_of_window);
  }
  if (!flags.ack) return dropped(DropReason::bad_ack, request.listener);
  return complete(now, id, segment);
}

// The ACK is good. It may open nothing yet: TCP_DEFER_ACCEPT, or nobody has accepted those before.
Received Tcp::complete(Time now, SocketId id, const Segment& segment) {
  Request& request = *requests_.find(id);
  const Listener& listener = *listeners_.find(request.listener);
  const int deferred = DeferAccept::cover(listener.options.defer_accept, config_).periods;
  const bool bare = segment.seq() + segment.length() == request.irs + 1;
  if (request.timeouts < deferred && bare) {
    request.acknowledged = true;
    return {.socket = request.listener};
  }
  const bool full = accept_queue_full(listener);
  if (full && !config_.abort_on_overflow) {
    request.acknowledged = true;  // the SYN-ACK is repeated, and so will be the ACK
    return dropped(DropReason::backlog_full, request.listener);
  }
  const Request done = request;
  forget(id);
  return full ? refuse(now, done.flow, segment, DropReason::backlog_full) : establish(now, done, segment);
}

// tcp_ca_openreq_child(): what the listener was given when it was made is not handed down.
TcpSocketOptions Tcp::options_of_child(const Listener& listener) const {
  TcpSocketOptions options = listener.options;
  if (!options.congestion_set) options.congestion = default_options_.congestion;
  return options;
}

// The segment goes through all tests of a connection again, and what else it brings is taken.
Received Tcp::establish(Time now, const Request& request, const Segment& segment) {
  Listener& listener = *listeners_.find(request.listener);
  const auto path = output_->path_to(request.flow.remote.address, listener.options.device);
  if (!path) return dropped(DropReason::no_route, request.listener);
  const SocketId id = create(request.flow, options_of_child(listener), request.iss, *path);
  connections_.find(id)->connection.open(request);
  if (request.syn) saved_syns_.insert({connections_.place_of(id)}, request.syn);
  if (listener.options.ipv6.reflects_flow_label)  // RFC 7690: tcp_v6_syn_recv_sock()
    connections_.find(id)->connection.reflect(segment.flow_label);
  Received received = dispatch(now, id, segment);
  listener.accepted.push(id);
  received.socket = request.listener;
  received.acceptable = true;
  received.writable = received.failed = false;
  return received;
}

// RFC 9293 section 3.10.7.4, first: our SYN-ACK was lost. RFC 9768 section 3.1.5: whoever asks for AccECN no
// more gets it, and nothing that is ECT.
Received Tcp::repeat_syn_ack(Time now, SocketId id, const Segment& syn) {
  Request& request = *requests_.find(id);
  if (request.ecn == EcnUse::accurate) {
    request.syn_field = syn.ecn;
    if (ace::of(syn.flags()) == 0) request.ecn_failures |= ecn_failure::ace_received;
  }
  if (limited(now, request.answered)) return {.socket = request.listener};
  send_syn_ack_again(now, request);
  requests_.repeat_at(id, now + time_out(request));
  return {.socket = request.listener};
}

// tcp_oow_rate_limited(): text is not part of an exchange of ACKs between two ends that find each other's
// unacceptable.
bool Tcp::may_answer(Time now, Request& request, const Segment& segment) {
  const bool text = segment.length() > 0 && !segment.flags().syn;
  return text || !limited(now, request.answered);
}

bool Tcp::limited(Time now, std::optional<Time>& last) {
  constexpr Duration interval = 500ms;  // tcp_invalid_ratelimit
  if (last && now - *last < interval) return true;
  last = now;
  return false;
}

Duration Tcp::time_out(const Request& request) const {  // tcp_reqsk_timeout()
  const Duration most = listeners_.find(request.listener)->options.max_rto;
  Duration time = config_.initial_rto;
  for (int i = 0; i < request.timeouts && time < most; ++i) time *= 2;
  return std::min(time, most);
}

// reqsk_timer_handler(): old requests are dropped earlier when they fill half of the queue, RFC 4987 section
// 3.3.
int Tcp::syn_ack_retries(const Listener& listener) const {
  const int own = listener.options.syn_retries;  // TCP_SYNCNT
  int retries = own > 0 ? own : config_.syn_ack_retries;
  if (2 * listener.requests <= std::max<std::size_t>(8, listener.backlog)) return retries;
  for (std::size_t young = 2 * listener.young; retries > 2 && listener.requests >= young; young *= 2)
    --retries;
  return retries;
}

// syn_ack_recalc(): while the client is known to be there, the SYN-ACK is only repeated when the time of
// TCP_DEFER_ACCEPT is nearly over; what answers it then opens the connection.
void Tcp::run_requests(Time now) {
  while (const auto id = requests_.due(now)) {
    Request& request = *requests_.find(*id);
    if (!listening(request.listener)) inherit(*id);
    const Listener* listener = listeners_.find(request.listener);
    const int deferred = listener ? DeferAccept::cover(listener->options.defer_accept, config_).periods : 0;
    const bool waits = request.acknowledged && request.timeouts < deferred;
    if (!listener || (request.timeouts >= syn_ack_retries(*listener) && !waits)) {
      forget(*id);
      continue;
    }
    ++counters_->timeouts;
    if (!request.acknowledged || request.timeouts + 1 >= deferred) send_syn_ack_again(now, request);
    if (request.timeouts++ == 0) --listeners_.find(request.listener)->young;
    requests_.repeat_at(*id, now + time_out(request));
  }
}

void Tcp::forget(SocketId id) {
  const Request& request = *requests_.find(id);
  if (Listener* listener = listeners_.find(request.listener)) {
    --listener->requests;
    if (request.timeouts == 0) --listener->young;
  }
  flows_.erase(request.flow);
  requests_.erase(id);
}

// tcp_req_err().
Received Tcp::on_icmp_error_of_request(SocketId id, const IcmpError& error) {
  if (error.seq != requests_.find(id)->iss) return dropped(DropReason::out_of_window);
  if (!error.too_big_for && error.why.ends_request) forget(id);
  return {};
}

}  // namespace ringside::net
