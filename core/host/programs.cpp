#include "ringside/host/programs.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "ringside/net/socket_options.hpp"

namespace ringside::host {

namespace {

net::Fd opened(net::Sockets& sockets, net::SocketType type) {
  return net::Fd{static_cast<std::int32_t>(sockets.socket(type).value)};
}

// Of SOL_SOCKET.
void set(net::Sockets& sockets, Time now, net::Fd socket, int name, std::int32_t value) {
  sockets.setsockopt(now, socket, net::option::socket_level, name,
                     std::bit_cast<std::array<std::uint8_t, sizeof value>>(value));
}

net::Errno take_error(net::Sockets& sockets, Time now, net::Fd socket) {
  std::array<std::uint8_t, sizeof(std::int32_t)> value{};
  sockets.getsockopt(now, socket, net::option::socket_level, net::option::socket::error, value);
  return static_cast<net::Errno>(std::bit_cast<std::int32_t>(value));
}

std::size_t octets(const net::Returned& returned) {
  return returned.error == net::Errno::none ? static_cast<std::size_t>(returned.value) : 0;
}

constexpr net::MessageFlags flag(net::MessageFlag one) { return static_cast<net::MessageFlags>(one); }

}  // namespace

void DatagramSink::start(net::Sockets& sockets, Time) {
  for (const std::uint16_t port : ports_) {
    sockets_.push_back(opened(sockets, net::SocketType::datagram));
    sockets.bind(sockets_.back(), {.port = port});
  }
}

std::size_t DatagramSink::read(net::Sockets& sockets, Time now, std::size_t, std::size_t) {
  for (const net::Fd socket : sockets_)
    if (const auto datagram = sockets.recv(now, socket, buffer_); datagram.error == net::Errno::none)
      return octets(datagram);
  return 0;
}

void DatagramSource::start(net::Sockets& sockets, Time now) {
  payload_.resize(config_.payload);
  for (int flow = 0; flow < config_.flows; ++flow)
    sockets_.push_back(opened(sockets, net::SocketType::datagram));
  next_ = now;
}

std::int64_t DatagramSource::due(Time now) const {
  const auto bursts = now < next_ ? 0 : (now - next_) / config_.gap + 1;
  return left_ + bursts * config_.burst;
}

Application::Wish DatagramSource::wish(net::Sockets&, Time now) {
  return due(now) > 0 ? Wish::write : Wish::pause;
}

bool DatagramSource::prepare(Time now) { return due(now) > ++prepared_; }

std::size_t DatagramSource::write(net::Sockets& sockets, Time now) {
  if (prepared_ > 0) --prepared_;
  if (left_ == 0) {
    left_ = config_.burst;
    next_ += config_.gap;
  }
  --left_;
  const auto sent = sockets.send_to(now, sockets_[turn_], payload_, config_.to);
  turn_ = turn_ + 1 == sockets_.size() ? 0 : turn_ + 1;
  return octets(sent);
}

void StreamSource::start(net::Sockets& sockets, Time now) {
  socket_ = opened(sockets, net::SocketType::stream);
  if (config_.lends > 0) set(sockets, now, socket_, net::option::socket::zero_copy, 1);
  failed_ = wrote_all_ = sockets.connect(now, socket_, config_.to).error != net::Errno::einprogress;
  connection_ = sockets.socket_of(socket_);
}

bool StreamSource::can_write(net::Sockets& sockets) {
  return at_end_ || (sockets.poll(socket_) & net::ready::out) != 0;
}

std::size_t StreamSource::write(net::Sockets& sockets, Time now) {
  if (chunk_.empty() && !fetched_) chunk_ = next_chunk();
  fetched_ = false;
  if (chunk_.empty()) return end(sockets, now), 0;
  const bool lends = config_.lends > 0;
  const auto sent = sockets.send_message(now, socket_, chunk_, {.own_notice = config_.notices_in_ring},
                                         lends ? flag(net::MessageFlag::zero_copy) : net::MessageFlags{});
  if (sent.error != net::Errno::none) return fail_by(sent.error, now), 0;
  const std::size_t taken = octets(sent);
  chunk_ = chunk_.subspan(taken);
  if (!lends) return taken;
  ++writes_;
  lending_ += taken;
  if (chunk_.empty()) lent_.push_back({.last_write = writes_ - 1, .bytes = std::exchange(lending_, 0)});
  return taken;
}

void StreamSource::end(net::Sockets& sockets, Time now) {
  if (!std::exchange(at_end_, true)) sockets.shutdown(now, socket_, net::Shutdown::write);
  if (const net::Errno error = take_error(sockets, now, socket_); error != net::Errno::none)
    return fail_by(error, now);
  if (!lent_.empty()) return;  // the buffers come back before the socket goes
  sockets.close(now, socket_);
  wrote_all_ = true;
}

void StreamSource::fail_by(net::Errno error, Time now) {
  if (error == net::Errno::eagain) return;
  failed_ = wrote_all_ = true;
  failed_at_ = now;
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

Application::Wish StreamSource::wish(net::Sockets& sockets, Time now) {
  if (wrote_all_) return Wish::done;
  if (config_.notices_in_ring && can_reap(sockets)) reap(sockets, now);
  const bool must_reap = !lent_.empty() && (at_end_ || lent_.size() == config_.lends);
  return must_reap ? Wish::reap : Wish::write;
}

bool StreamSource::can_reap(const net::Sockets& sockets) const {
  return (sockets.poll(socket_) & net::ready::err) != 0;
}

// One notice tells of all the writes up to a number: their buffers have no other user now.
std::size_t StreamSource::reap(net::Sockets& sockets, Time now) {
  net::ReceivedMessage notice;
  sockets.recv_message(now, socket_, {}, notice, flag(net::MessageFlag::error_queue));
  if (!notice.error || notice.error->origin != net::ExtendedError::Origin::zero_copy) return 0;
  std::size_t bytes = 0;
  while (!lent_.empty() && lent_.front().last_write <= notice.error->data) {
    bytes += lent_.front().bytes;
    lent_.pop_front();
  }
  return bytes;
}

bool StreamSource::closed(const net::Stack& stack) const {
  const auto state = stack.state(connection_);
  return wrote_all_ && (state == net::TcpState::closed || state == net::TcpState::time_wait);
}

void StreamSink::start(net::Sockets& sockets, Time now) {
  constexpr int backlog = 16;
  listener_ = opened(sockets, net::SocketType::stream);
  set(sockets, now, listener_, net::option::socket::receive_low_water, low_water_);  // its child inherits it
  sockets.bind(listener_, at_);
  sockets.listen(now, listener_, backlog);
}

bool StreamSink::can_read(net::Sockets& sockets) {
  return (sockets.poll(socket_.value_or(listener_)) & net::ready::in) != 0;
}

std::size_t StreamSink::read(net::Sockets& sockets, Time now, std::size_t most, std::size_t unit) {
  if (!socket_) {
    const auto accepted = sockets.accept(now, listener_);
    if (accepted.error != net::Errno::none) return 0;
    socket_ = net::Fd{static_cast<std::int32_t>(accepted.value)};
    connection_ = sockets.socket_of(*socket_);
    return 0;
  }
  const std::size_t room = std::min(most, chunk_.size()) / unit * unit;
  const std::size_t bytes = room > 0 ? octets(sockets.recv(now, *socket_, std::span{chunk_}.first(room))) : 0;
  if (bytes > 0) {
    consumer_(std::span{chunk_}.first(bytes));
  } else if (at_end(sockets, now)) {
    sockets.close(now, *socket_);
    ended_ = true;
    ended_at_ = now;
  }
  return bytes;
}

bool StreamSink::at_end(net::Sockets& sockets, Time now) {
  std::array<std::uint8_t, 1> next;
  const auto peeked = sockets.recv(now, *socket_, next, flag(net::MessageFlag::peek));
  return peeked.error != net::Errno::eagain && octets(peeked) == 0;
}

void StreamSink::crash(net::Sockets& sockets, Time now) {
  if (socket_ && !ended_) sockets.close(now, *socket_);
  sockets.close(now, listener_);  // and who was not accepted yet is turned away
  ended_ = true;
}

bool StreamSink::closed(const net::Stack& stack) const {
  return ended_ && (!socket_ || stack.state(connection_) == net::TcpState::closed);
}

Application::Wish Pinger::wish(net::Sockets&, Time now) {
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

std::size_t Pinger::write(net::Sockets& sockets, Time now) {
  --left_;
  next_ = now + interval_;
  waiting_ = sockets.stack().ping(now, to_, 1, ++sequence_, payload_);
  return payload_;
}

std::size_t Pinger::read(net::Sockets& sockets, Time, std::size_t, std::size_t) {
  const auto reply = sockets.stack().recv_echo();
  if (!reply) return 0;
  if (reply->sequence == sequence_) waiting_ = false;
  ++answers_;
  return reply->payload_bytes;
}

}  // namespace ringside::host
