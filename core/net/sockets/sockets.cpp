// The public face: finds the socket of a descriptor and makes the call.
#include "ringside/net/sockets.hpp"

#include <utility>

#include "sockets/returned.hpp"
#include "sockets/table.hpp"

namespace ringside::net {
namespace {

// `call` on the socket, of whichever type it is.
template <class Table, class Call>
auto on(const std::unique_ptr<Table>& table, Fd fd, Call call) {
  auto* socket = table->find(fd);
  using Result = decltype(std::visit(call, *socket));
  if (socket) return std::visit(call, *socket);
  if constexpr (std::is_same_v<Result, Returned>)
    return table->no_socket(fd);
  else
    return Result{};
}

}  // namespace

Sockets::Sockets(Stack& stack) : table_{std::make_unique<Table>(stack)} {}
Sockets::~Sockets() = default;

Stack& Sockets::stack() const { return *table_->stack; }

Returned Sockets::socket(SocketType type, Family family) {
  if (type == SocketType::stream) return table_->add(StreamSocket{*table_->stack, family});
  const DatagramSocket datagrams{*table_->stack, family};
  return datagrams.id() == SocketId{} ? failed(Errno::enobufs) : table_->add(datagrams);
}

Returned Sockets::bind(Fd fd, Endpoint local) {
  Table::Socket* socket = table_->find(fd);
  return socket ? table_->bind(*socket, local) : table_->no_socket(fd);
}

Returned Sockets::listen(Time, Fd fd, int backlog) {
  Table::Socket* socket = table_->find(fd);
  if (!socket) return table_->no_socket(fd);
  const bool stream = std::holds_alternative<StreamSocket>(*socket);
  return stream ? table_->listen(*socket, backlog) : failed(Errno::eopnotsupp);
}

Returned Sockets::accept(Time now, Fd fd) {
  if (!table_->find(fd)) return table_->no_socket(fd);
  StreamSocket* listener = table_->find_stream(fd);
  if (!listener) return failed(Errno::eopnotsupp);
  if (listener->state() != TcpState::listen) return failed(Errno::einval);
  const auto connection = table_->stack->accept(listener->id());
  if (!connection) return failed(Errno::eagain);
  const Returned added = table_->add(listener->child(*connection));
  if (added.error != Errno::none) table_->stack->abort(now, *connection);
  return added;
}

Returned Sockets::connect(Time now, Fd fd, Endpoint to) {
  return on(table_, fd, [&](auto& socket) { return socket.connect(now, to); });
}

Returned Sockets::disconnect(Time now, Fd fd) {
  return on(table_, fd, [&](auto& socket) { return socket.disconnect(now); });
}

Returned Sockets::send(Time now, Fd fd, std::span<const std::uint8_t> octets, MessageFlags flags) {
  return send_message(now, fd, octets, {}, flags);
}

Returned Sockets::send_to(Time now, Fd fd, std::span<const std::uint8_t> octets, Endpoint to,
                          MessageFlags flags) {
  const Returned sent = on(table_, fd, [&](auto& socket) { return socket.send(now, octets, to, flags); });
  table_->expect_reports(fd);
  return sent;
}

Returned Sockets::send_message(Time now, Fd fd, std::span<const std::uint8_t> octets,
                               const SentControl& control, MessageFlags flags) {
  const Returned sent =
      on(table_, fd, [&](auto& socket) { return socket.send(now, octets, std::nullopt, flags, control); });
  table_->expect_reports(fd);
  return sent;
}

Returned Sockets::recv(Time now, Fd fd, std::span<std::uint8_t> out, MessageFlags flags) {
  ReceivedMessage message;
  return recv_message(now, fd, out, message, flags);
}

Returned Sockets::recv_from(Time now, Fd fd, std::span<std::uint8_t> out, Endpoint& from,
                            MessageFlags flags) {
  ReceivedMessage message;
  const Returned received = recv_message(now, fd, out, message, flags);
  from = message.from;
  return received;
}

Returned Sockets::recv_message(Time now, Fd fd, std::span<std::uint8_t> out, ReceivedMessage& message,
                               MessageFlags flags) {
  return on(table_, fd, [&](auto& socket) { return socket.recv(now, out, message, flags); });
}

void Sockets::note_progress(Time now) { table_->note_progress(now); }

Returned Sockets::shutdown(Time now, Fd fd, Shutdown how) {
  return on(table_, fd, [&](auto& socket) { return socket.shutdown(now, how); });
}

Returned Sockets::close(Time now, Fd fd) {
  if (table_->find_epoll(fd)) return table_->remove(fd), success;
  const Returned closed = on(table_, fd, [&](auto& socket) { return socket.close(now); });
  if (closed.error == Errno::none) table_->remove(fd);
  if (closed.error == Errno::eagain) table_->lingers(fd);
  return closed;
}

Returned Sockets::setsockopt(Time now, Fd fd, int level, int name, std::span<const std::uint8_t> value) {
  return on(table_, fd, [&](auto& socket) { return socket.set_option(now, level, name, value); });
}

Returned Sockets::getsockopt(Time now, Fd fd, int level, int name, std::span<std::uint8_t> out) {
  return on(table_, fd, [&](auto& socket) { return socket.get_option(now, level, name, out); });
}

Returned Sockets::amount(Fd fd, Amount which) const {
  return on(table_, fd, [&](const auto& socket) { return socket.amount(which); });
}

Returned Sockets::at_mark(Fd fd) const {
  if (!table_->find(fd)) return failed(Errno::ebadf);
  const StreamSocket* stream = table_->find_stream(fd);
  return stream ? returned(stream->at_mark()) : failed(Errno::enotty);
}

std::optional<Time> Sockets::deadline() const { return table_->deadline(); }

Returned Sockets::epoll_create() { return table_->add_epoll(); }

// do_epoll_ctl().
Returned Sockets::epoll_ctl(Fd fd, EpollControl control, Fd of, EpollEvent event) {
  if (!table_->is_open(fd) || !table_->is_open(of)) return failed(Errno::ebadf);
  Epoll* epoll = table_->find_epoll(fd);
  if (!epoll || fd == of) return failed(Errno::einval);
  const bool exclusive = (event.events & epoll::exclusive) != 0;
  if (control == EpollControl::add && exclusive && table_->find_epoll(of)) return failed(Errno::einval);
  if (control == EpollControl::add)
    if (const Errno why = table_->may_watch(fd, of); why != Errno::none) return failed(why);
  switch (control) {
    case EpollControl::add: return epoll->add(of, event, table_->sight(of));
    case EpollControl::modify: return epoll->modify(of, event, table_->sight(of));
    case EpollControl::remove: return epoll->remove(of);
  }
  return failed(Errno::einval);
}

// do_epoll_wait().
Returned Sockets::epoll_wait(Fd fd, std::span<EpollEvent> out) {
  if (!table_->is_open(fd)) return failed(Errno::ebadf);
  Epoll* epoll = table_->find_epoll(fd);
  if (!epoll || out.empty()) return failed(Errno::einval);
  return epoll->wait(out, [&](Fd of) { return table_->sight(of); });
}

std::uint32_t Sockets::poll(Fd fd) const {
  if (table_->find_epoll(fd)) return table_->sight(fd).ready;
  return on(table_, fd, [](const auto& socket) { return socket.poll(); });
}

Endpoint Sockets::local(Fd fd) const {
  return on(table_, fd, [](const auto& socket) { return socket.local(); });
}

Endpoint Sockets::remote(Fd fd) const {
  return on(table_, fd, [](const auto& socket) { return socket.remote(); });
}

SocketId Sockets::socket_of(Fd fd) const {
  return on(table_, fd, [](const auto& socket) { return socket.id(); });
}

}  // namespace ringside::net
