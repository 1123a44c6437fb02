#include "ringside/host/programs.hpp"

#include <algorithm>
#include <utility>

namespace ringside::host {

void DatagramSink::start(net::Stack& stack, Time) {
  for (const std::uint16_t port : ports_) {
    sockets_.push_back(stack.udp_open());
    stack.bind(sockets_.back(), {.port = port});
  }
}

std::size_t DatagramSink::read(net::Stack& stack, Time, std::size_t, std::size_t) {
  for (const net::SocketId socket : sockets_)
    if (const auto datagram = stack.recv_from(socket, buffer_)) return datagram->size;
  return 0;
}

void DatagramSource::start(net::Stack& stack, Time now) {
  payload_.resize(config_.payload);
  for (int flow = 0; flow < config_.flows; ++flow) sockets_.push_back(stack.udp_open());
  next_ = now;
}

std::int64_t DatagramSource::due(Time now) const {
  const auto bursts = now < next_ ? 0 : (now - next_) / config_.gap + 1;
  return left_ + bursts * config_.burst;
}

Application::Wish DatagramSource::wish(const net::Stack&, Time now) {
  return due(now) > 0 ? Wish::write : Wish::pause;
}

bool DatagramSource::prepare(Time now) { return due(now) > ++prepared_; }

std::size_t DatagramSource::write(net::Stack& stack, Time now) {
  if (prepared_ > 0) --prepared_;
  if (left_ == 0) {
    left_ = config_.burst;
    next_ += config_.gap;
  }
  --left_;
  const net::Error error = stack.send_to(now, sockets_[turn_], payload_, config_.to);
  turn_ = turn_ + 1 == sockets_.size() ? 0 : turn_ + 1;
  return error == net::Error::none ? payload_.size() : 0;
}

void StreamSource::start(net::Stack& stack, Time now) {
  if (const auto connection = stack.tcp_connect(now, config_.to))
    socket_ = *connection;
  else
    failed_ = wrote_all_ = true;
}

// As sk_stream_is_writeable(): a sleeping writer is woken when a third of the buffer is free, or all it
// needs.
bool StreamSource::can_write(net::Stack& stack) {
  if (at_end_ || stack.error(socket_) != net::Error::none) return true;
  const auto third = static_cast<std::size_t>(config_.send_buffer.count / 3);
  const std::size_t needs = chunk_.empty() ? pages_.chunk() : chunk_.size();
  return stack.state(socket_) != net::TcpState::syn_sent && stack.writable(socket_) >= std::min(needs, third);
}

std::size_t StreamSource::write(net::Stack& stack, Time now) {
  if (stack.error(socket_) != net::Error::none) {
    failed_ = wrote_all_ = true;
    failed_at_ = now;
    return 0;
  }
  if (chunk_.empty() && !fetched_) chunk_ = next_chunk();
  fetched_ = false;
  if (chunk_.empty()) {
    if (!std::exchange(at_end_, true)) stack.shutdown(now, socket_);
    if (!lent_.empty()) return 0;  // the buffers come back before the socket goes
    stack.close(now, socket_);
    wrote_all_ = true;
    return 0;
  }
  const auto taken = stack.send(now, socket_, chunk_);
  chunk_ = chunk_.subspan(taken);
  written_ += taken;
  if (chunk_.empty() && config_.lends > 0) lent_.push_back(written_);
  return taken;
}

std::span<const std::uint8_t> StreamSource::next_chunk() {
  if (prepared_.empty()) return pages_.take();
  writing_ = std::move(prepared_.front());
  prepared_.pop_front();
  return writing_;
}

bool StreamSource::prepare(Time) {
  const auto chunk = pages_.take();
  prepared_.emplace_back(chunk.begin(), chunk.end());
  return !chunk.empty() && (config_.lends == 0 || lent_.size() + prepared_.size() < config_.lends);
}

std::size_t StreamSource::fetch() {
  fetched_ = true;
  chunk_ = pages_.take();
  return chunk_.size();
}

Application::Wish StreamSource::wish(const net::Stack& stack, Time) {
  if (wrote_all_) return Wish::done;
  if (config_.notices_in_ring && can_reap(stack)) reap(stack);
  const bool must_reap = !lent_.empty() && (at_end_ || lent_.size() == config_.lends);
  return must_reap ? Wish::reap : Wish::write;
}

// A connection that failed holds nothing any more.
std::uint64_t StreamSource::acknowledged(const net::Stack& stack) const {
  return stack.error(socket_) == net::Error::none ? stack.tcp_info(socket_).bytes_acked : written_;
}

bool StreamSource::can_reap(const net::Stack& stack) const {
  return !lent_.empty() && acknowledged(stack) >= lent_.front();
}

// One notice tells of all that are complete (as sock_extended_err does with a range).
std::size_t StreamSource::reap(const net::Stack& stack) {
  std::size_t bytes = 0;
  while (can_reap(stack)) {
    bytes += static_cast<std::size_t>(lent_.front() - reaped_);
    reaped_ = lent_.front();
    lent_.pop_front();
  }
  return bytes;
}

bool StreamSource::closed(const net::Stack& stack) const {
  const auto state = stack.state(socket_);
  return wrote_all_ && (state == net::TcpState::closed || state == net::TcpState::time_wait);
}

void StreamSink::start(net::Stack& stack, Time) {
  if (const auto listener = stack.tcp_listen(at_, 16)) listener_ = *listener;
}

bool StreamSink::can_read(net::Stack& stack) {
  if (!socket_) socket_ = stack.accept(listener_);
  if (!accepted_) return socket_.has_value();
  return stack.readable(*socket_) > 0 || stack.end_of_stream(*socket_);
}

std::size_t StreamSink::read(net::Stack& stack, Time now, std::size_t most, std::size_t unit) {
  if (!std::exchange(accepted_, true)) return 0;
  const std::size_t room = std::min(most, chunk_.size()) / unit * unit;
  const std::size_t bytes = stack.recv(now, *socket_, std::span{chunk_}.first(room));
  if (bytes > 0) {
    consumer_(std::span{chunk_}.first(bytes));
  } else if (stack.end_of_stream(*socket_)) {
    stack.close(now, *socket_);
    ended_ = true;
    ended_at_ = now;
  }
  return bytes;
}

void StreamSink::crash(net::Stack& stack, Time now) {
  if (socket_ && !ended_) stack.close(now, *socket_);
  stack.close(now, listener_);  // and who was not accepted yet is turned away
  ended_ = true;
}

bool StreamSink::closed(const net::Stack& stack) const {
  return ended_ && (!socket_ || stack.state(*socket_) == net::TcpState::closed);
}

Application::Wish Pinger::wish(const net::Stack&, Time now) {
  wakes_at_ = end_of_time;
  if (waiting_) {
    wakes_at_ = next_ - interval_ + patience;
    return Wish::read;
  }
  if (left_ == 0) return Wish::done;
  if (now >= next_) return Wish::write;
  wakes_at_ = next_;
  return Wish::pause;
}

std::size_t Pinger::write(net::Stack& stack, Time now) {
  --left_;
  next_ = now + interval_;
  waiting_ = stack.ping(now, to_, 1, ++sequence_, payload_);
  return payload_;
}

std::size_t Pinger::read(net::Stack& stack, Time, std::size_t, std::size_t) {
  const auto reply = stack.recv_echo();
  if (!reply) return 0;
  if (reply->sequence == sequence_) waiting_ = false;
  ++answers_;
  return reply->payload_bytes;
}

}  // namespace ringside::host
