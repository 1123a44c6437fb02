// send(), recv() and how much waits: net/ipv4/tcp.c.
#include <algorithm>

#include "ringside/net/socket_options.hpp"
#include "sockets/received_control.hpp"
#include "sockets/returned.hpp"
#include "sockets/stream_socket.hpp"

namespace ringside::net {

bool StreamSocket::receive_shut() const {
  return shut_read_ || dead() || stack_->tcp_info(id_).fin_received;  // tcp_fin(), tcp_done()
}

bool StreamSocket::send_shut() const { return shut_write_ || dead(); }

// What comes before the first octet is copied in tcp_sendmsg_locked(): sk_stream_wait_connect(), then the
// error, then whether the pipe is whole.
Returned StreamSocket::may_send(MessageFlags flags) {
  if (!counts_packets()) return may_send_as_freebsd();
  const TcpState now = state();
  const Errno error = take_error();
  if (error != Errno::none) return failed(error);
  const bool early = stack_->tcp_info(id_).opening_early;  // tcp_passive_fastopen()
  if (now == TcpState::syn_sent || (now == TcpState::syn_received && !early)) {
    if (!has(flags, MessageFlag::dont_wait)) stack_->note_writer(id_);
    return failed(Errno::eagain);
  }
  const bool open = now == TcpState::established || now == TcpState::close_wait || early;
  return open && !send_shut() ? success : failed(Errno::epipe);
}

// An address is ignored, as tcp_sendmsg() does, unless it opens.
Returned StreamSocket::send(Time now, std::span<const std::uint8_t> octets, std::optional<Endpoint> to,
                            MessageFlags flags, const SentControl& control) {
  if (has(flags, MessageFlag::fast_open) || deferred_) {
    const Returned opened = fast_open(now, octets, to, flags);
    if (opened.error == Errno::none) written_ += static_cast<std::uint64_t>(opened.value);
    if (opened.error != Errno::none || opened.value > 0) return opened;
  }
  if (const Returned may = may_send(flags); may.error != Errno::none) return may;
  if ((control.timestamping.value_or(0) & ~timestamping::recorded) != 0) return failed(Errno::einval);
  const bool zero_copy =
      has(flags, MessageFlag::zero_copy) && shared_.flag(option::socket_level, option::socket::zero_copy);
  const SendReports::Progress before = zero_copy ? progress() : SendReports::Progress{};
  expand_send_buffer(now);
  const auto room = static_cast<std::size_t>(room_to_send());
  const bool all = octets.size() <= room;
  const std::size_t lent = zero_copy && all ? lend(now, octets, control.buffers) : 0;
  const std::size_t rest = std::min(octets.size(), room) - lent;
  const std::size_t taken =
      lent + stack_->send(now, id_, octets.subspan(lent, rest), all && has(flags, MessageFlag::more));
  if (has(flags, MessageFlag::out_of_band) && taken > 0) stack_->mark_urgent(id_);  // tcp_mark_urg()
  if (taken < octets.size() && room_to_send() <= 0) {                               // set_bit(SOCK_NOSPACE)
    ++shortages_;
    stack_->note_shortage(id_);
  }
  if (taken == octets.size() && taken > 0 && has(flags, MessageFlag::end_of_record)) stack_->end_record(id_);
  if (taken == 0 && !octets.empty()) return failed(Errno::eagain);
  if (taken > 0)
    reports_.wrote({.begin = written_,
                    .end = written_ + taken,
                    .times = times_to_tell(control),
                    .notice = !zero_copy           ? SendReports::Notice::none
                              : control.own_notice ? SendReports::Notice::own
                                                   : SendReports::Notice::shared},
                   before);
  written_ += taken;
  return returned(taken);
}

SendRoom StreamSocket::send_room() const {
  const TcpInfo info = stack_->tcp_info(id_);
  return {.buffer = whole_segments(send_buffer_, exact_send_buffer_).count,
          .packet = SendRoom::goal(std::max(info.mss, 1), info.largest_send_window.count),
          .queued = info.unacknowledged.count,
          .overhead = counts_packets() ? SendRoom::itself : 0};
}

// sk_stream_memory_free() is asked before each packet. Where what was not sent counts, the ones before may
// leave first: then it is one at a time.
std::int64_t StreamSocket::room_to_send() const {
  if (!may_queue(0)) return 0;
  const SendRoom space = send_room();
  return notsent_limit() ? std::min(space.room(), space.packet) : space.room();
}

// tcp_init_buffer_space(), tcp_new_space(): unless it was set, it grows with the congestion window.
void StreamSocket::expand_send_buffer(Time now) {
  constexpr std::int64_t least_segments = 10;  // TCP_INIT_CWND
  const TcpInfo info = stack_->tcp_info(id_);
  if (!counts_packets() || send_buffer_set_ || info.state < TcpState::established) return;
  const std::int64_t segments = std::max(info.cwnd.count / std::max(info.mss, 1), least_segments);
  const std::int64_t all = SendRoom::for_windows(windows_to_buffer(options_.congestion), segments, info.mss);
  const Bytes wanted{std::min(all, stack_->config().tcp.largest_send_buffer.count)};
  if (wanted <= send_buffer_) return;
  set_send_buffer(wanted);
  apply(now);
}

// The stack counts octets alone, and must not be full before the socket is.
void StreamSocket::set_send_buffer(Bytes size) {
  send_buffer_ = size;
  options_.send_buffer = size + Bytes{SendRoom::largest};
}

// Each buffer that is lent is a fragment of a packet, which has no room for more than 17 (MAX_SKB_FRAGS):
// those before the last packet are sent here.
std::size_t StreamSocket::lend(Time now, std::span<const std::uint8_t> octets,
                               std::span<const std::uint32_t> buffers) {
  constexpr std::size_t most = 17;
  std::size_t lent = 0;
  for (; buffers.size() > most; buffers = buffers.subspan(most)) {
    std::size_t packet = 0;
    for (const std::uint32_t octets_of_one : buffers.first(most)) packet += octets_of_one;
    packet = std::min(packet, octets.size() - lent);
    lent += stack_->send(now, id_, octets.subspan(lent, packet), true);
    stack_->end_record(id_);
  }
  return lent;
}

// sock_cmsg_send(): a control message asks for other times than the socket does.
std::uint32_t StreamSocket::times_to_tell(const SentControl& control) const {
  const std::uint32_t usual = shared_.timestamping();
  return control.timestamping ? (usual & ~timestamping::recorded) | *control.timestamping : usual;
}

// A FIN that waits to be acknowledged is one octet of the sequence, and none of the text.
SendReports::Progress StreamSocket::progress() const {
  const TcpInfo info = stack_->tcp_info(id_);
  const auto text = [&](Bytes waiting) {
    const std::int64_t octets = waiting.count - (shut_write_ && waiting.count > 0 ? 1 : 0);
    return std::min(static_cast<std::uint64_t>(octets), written_);
  };
  return {written_ - text(info.unsent), written_ - text(info.unacknowledged)};
}

void StreamSocket::note_progress(Time now) {
  reports_.note(now, progress());
  if (dead() || id_ == SocketId{}) reports_.ended();
}

// FreeBSD sosend_generic(): whoever was connected and is no more breaks the pipe, and the error waits for who
// asks; nobody waits for the handshake.
Returned StreamSocket::may_send_as_freebsd() {
  const TcpState now = state();
  const bool early = stack_->tcp_info(id_).opening_early;
  if (send_shut() || dead()) return failed(Errno::epipe);
  if (const Errno error = take_error(); error != Errno::none) return failed(error);
  const bool open = now == TcpState::established || now == TcpState::close_wait || early;
  const bool never = now == TcpState::closed || now == TcpState::listen || now == TcpState::syn_sent ||
                     now == TcpState::syn_received;
  return open ? success : failed(never ? Errno::enotconn : Errno::epipe);
}

// tcp_recvmsg_locked(), when the queue is empty. After a FIN an error is not asked for (SOCK_DONE).
Returned StreamSocket::nothing_to_read() {
  if (stack_->tcp_info(id_).fin_received) return success;
  const Errno error = take_error();
  if (error != Errno::none) return failed(error);
  if (receive_shut()) return success;
  return failed(state() == TcpState::closed && !deferred_ ? Errno::enotconn : Errno::eagain);
}

// inet_recv_error(), ip_recv_error(). The packet that Linux gives with a timestamp is not here: it is cut to
// nothing.
Returned StreamSocket::take_report(std::span<std::uint8_t> out, ReceivedMessage& message) {
  const auto report = reports_.take();
  if (!report) return take_network_error(out, message);
  const MessageFlag flag = MessageFlag::error_queue;
  message.flags = static_cast<MessageFlags>(flag) |
                  (report->carries_text ? static_cast<MessageFlags>(MessageFlag::truncate) : 0);
  message.timestamp = report->timestamp;
  message.error = report->error;
  return success;
}

bool StreamSocket::reports_waiting() const {
  return !reports_.empty() || !network_errors_.empty() || stack_->network_errors(id_) > 0;
}

void StreamSocket::keep_network_errors() {
  while (auto error = stack_->take_network_error(id_)) network_errors_.push_back(*std::move(error));
}

// sock_dequeue_err_skb(): the last that is taken is no longer the socket's error.
Returned StreamSocket::take_network_error(std::span<std::uint8_t> out, ReceivedMessage& message) {
  keep_network_errors();
  if (network_errors_.empty()) return failed(Errno::eagain);
  const NetworkError error = std::move(network_errors_.front());
  network_errors_.erase(network_errors_.begin());
  ++errors_taken_;
  if (network_errors_.empty()) take_error();
  return give_error(error, out, message);
}

// tcp_recvmsg(). Behind a FIN there is one more to read, so that a program comes to see it: tcp_inq_hint().
Returned StreamSocket::recv(Time now, std::span<std::uint8_t> out, ReceivedMessage& message,
                            MessageFlags flags) {
  if (has(flags, MessageFlag::error_queue)) return take_report(out, message);
  const std::size_t last = std::max<std::size_t>(std::min(out.size(), stack_->readable(id_)), 1) - 1;
  const auto arrived = stack_->arrival(id_, last);
  const Returned taken = take_octets(now, out, flags);
  if (taken.value > 0 && arrived) shared_.tell_arrival(*arrived, message);
  if (taken.error != Errno::none || !shared_.flag(option::tcp_level, option::tcp::in_queue)) return taken;
  const auto rest = static_cast<std::int32_t>(stack_->readable(id_));
  message.in_queue = rest == 0 && stack_->tcp_info(id_).fin_received ? 1 : rest;
  return taken;
}

Returned StreamSocket::take_octets(Time now, std::span<std::uint8_t> out, MessageFlags flags) {
  if (state() == TcpState::listen) return failed(Errno::enotconn);
  if (has(flags, MessageFlag::out_of_band)) return recv_urgent(out, flags);
  const std::size_t readable = stack_->readable(id_);
  if (readable == 0 && at_mark() && !has(flags, MessageFlag::peek))
    stack_->recv(now, id_, {});  // goes on behind
  if (readable == 0) return nothing_to_read();
  // sock_rcvlowat(). A window that is full brings nothing more: then it is as much as there can be.
  const auto low_water = static_cast<std::size_t>(shared_.low_water());
  const std::size_t wanted = has(flags, MessageFlag::wait_all) ? out.size() : std::min(low_water, out.size());
  const bool more_may_come =
      !receive_shut() && pending_error() == Errno::none && stack_->tcp_info(id_).receive_window > 0_B;
  if (!has(flags, MessageFlag::dont_wait) && readable < wanted && more_may_come) return failed(Errno::eagain);
  const std::size_t octets = std::min(readable, out.size());
  const bool copied = !has(flags, MessageFlag::truncate);
  if (has(flags, MessageFlag::peek)) return returned(copied ? stack_->peek(id_, out) : octets);
  return returned(copied ? stack_->recv(now, id_, out) : stack_->discard(now, id_, octets));
}

// tcp_ioctl().
Returned StreamSocket::amount(Sockets::Amount which) const {
  if (state() == TcpState::listen) return failed(Errno::einval);
  const TcpInfo info = stack_->tcp_info(id_);
  if (info.state <= TcpState::syn_received) return success;
  switch (which) {
    case Sockets::Amount::unread: return returned(unread());
    case Sockets::Amount::unsent: return {info.unsent.count};
    case Sockets::Amount::unacknowledged: return {info.unacknowledged.count};
  }
  return success;
}

}  // namespace ringside::net
