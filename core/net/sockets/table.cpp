// Which descriptor is which socket, and whose port is whose.
#include "sockets/table.hpp"

#include <algorithm>

#include "sockets/family.hpp"
#include "sockets/returned.hpp"

namespace ringside::net {
namespace {

constexpr std::size_t first_descriptor = 3;         // a program begins with three
constexpr std::size_t most_descriptors = 1u << 20;  // fs.nr_open

// What a socket is bound to.
struct Bound {
  Endpoint local{};
  bool ipv6_only = false;
  Device device{};
  bool hears_ipv4() const { return local.address.is_ipv4() || (local.address.any() && !ipv6_only); }
  bool hears_ipv6() const { return !local.address.is_ipv4(); }
};

bool overlap(const Bound& a, const Bound& b) {  // inet_rcv_saddr_equal()
  const IpAddress &x = a.local.address, &y = b.local.address;
  if (!may_meet(a.device, b.device)) return false;
  if (a.local.port != b.local.port || (x != y && !x.any() && !y.any())) return false;
  return (a.hears_ipv4() && b.hears_ipv4()) || (a.hears_ipv6() && b.hears_ipv6());
}

bool is_ipv6_only(const std::variant<StreamSocket, DatagramSocket>& socket) {
  return std::visit([](const auto& its) { return its.ipv6_only(); }, socket);
}

bool shares_address(const std::variant<StreamSocket, DatagramSocket>& socket) {
  return std::visit([](const auto& its) { return its.shares_address(); }, socket);
}

bool shares_port(const std::variant<StreamSocket, DatagramSocket>& socket) {
  return std::visit([](const auto& its) { return its.shares_port(); }, socket);
}

const Device& device_of(const std::variant<StreamSocket, DatagramSocket>& socket) {
  return std::visit([](const auto& its) -> const Device& { return its.device(); }, socket);
}

constexpr int most_nested = 4;  // EP_MAX_NESTS

// So many others stand in a row below it, or above: ep_loop_check_proc(), ep_get_upwards_depth_proc().
template <class Next>
int depth(Fd from, Next next, int so_far = 0) {
  int deepest = 0;
  if (so_far <= most_nested)
    next(from, [&](Fd to) { deepest = std::max(deepest, 1 + depth(to, next, so_far + 1)); });
  return deepest;
}

}  // namespace

// ep_loop_check().
Errno Sockets::Table::may_watch(Fd epoll, Fd fd) const {
  if (!find_epoll(fd)) return Errno::none;
  bool loops = false;
  const auto below = [&](Fd from, auto see) {
    find_epoll(from)->each([&](Fd to) {
      loops = loops || to == epoll;
      if (find_epoll(to)) see(to);
    });
  };
  const auto above = [&](Fd from, auto see) {
    for (std::size_t i = 0; i < open_.size(); ++i)
      if (open_[i].epoll)
        open_[i].epoll->each([&](Fd to) {
          if (to == from) see(static_cast<Fd>(i + first_descriptor));
        });
  };
  const bool too_deep = depth(fd, below) + 1 + depth(epoll, above) > most_nested;
  return loops || too_deep ? Errno::eloop : Errno::none;
}

Returned Sockets::Table::add(Description what) {
  const auto free = std::find_if(open_.begin(), open_.end(), [](const Description& d) { return d.free(); });
  const auto place = static_cast<std::size_t>(free - open_.begin());
  if (place == most_descriptors) return failed(Errno::emfile);
  if (free == open_.end()) open_.emplace_back();
  open_[place] = std::move(what);
  return returned(place + first_descriptor);
}

Returned Sockets::Table::add(const Socket& socket) {
  return add(Description{.socket = std::make_unique<Socket>(socket)});
}

Returned Sockets::Table::add_epoll() { return add(Description{.epoll = std::make_unique<Epoll>()}); }

const Sockets::Table::Description* Sockets::Table::at(Fd fd) const {
  const auto place = static_cast<std::int64_t>(fd) - static_cast<std::int64_t>(first_descriptor);
  const bool known = place >= 0 && place < static_cast<std::int64_t>(open_.size());
  return known ? &open_[static_cast<std::size_t>(place)] : nullptr;
}

Sockets::Table::Socket* Sockets::Table::find(Fd fd) const {
  const Description* known = at(fd);
  return known ? known->socket.get() : nullptr;
}

Epoll* Sockets::Table::find_epoll(Fd fd) const {
  const Description* known = at(fd);
  return known ? known->epoll.get() : nullptr;
}

StreamSocket* Sockets::Table::find_stream(Fd fd) const {
  Socket* socket = find(fd);
  return socket ? std::get_if<StreamSocket>(socket) : nullptr;
}

std::optional<Time> Sockets::Table::deadline() const {
  Time earliest = end_of_time;
  for (const Fd fd : lingering_)
    if (const StreamSocket* stream = find_stream(fd))
      earliest = std::min(earliest, stream->deadline().value_or(end_of_time));
  return earliest < end_of_time ? std::optional{earliest} : std::nullopt;
}

void Sockets::Table::lingers(Fd fd) {
  if (std::find(lingering_.begin(), lingering_.end(), fd) == lingering_.end()) lingering_.push_back(fd);
}

void Sockets::Table::expect_reports(Fd fd) {
  const StreamSocket* stream = find_stream(fd);
  const bool known = std::find(reporting_.begin(), reporting_.end(), fd) != reporting_.end();
  if (stream && stream->awaits_reports() && !known) reporting_.push_back(fd);
}

void Sockets::Table::note_progress(Time now) {
  std::erase_if(reporting_, [&](Fd fd) {
    StreamSocket* stream = find_stream(fd);
    if (stream) stream->note_progress(now);
    return !stream || !stream->awaits_reports();
  });
}

void Sockets::Table::remove(Fd fd) {
  if (const StreamSocket* stream = find_stream(fd)) {
    if (stack->state(stream->id()) != TcpState::closed)
      orphans_.push_back({stream->id(), stream->local(), stream->ipv6_only(), stream->shares_address(),
                          stream->shares_port(), stream->device()});
  }
  open_[static_cast<std::size_t>(fd) - first_descriptor] = {};
  std::erase(lingering_, fd);
  for (const Description& other : open_)
    if (other.epoll) other.epoll->remove(fd);  // eventpoll_release()
}

// Linux inet_bind_conflict(): two may share a port if both say so and neither listens, or if both have
// SO_REUSEPORT and the same user, which all here are.
bool Sockets::Table::taken(const Socket& by, const Endpoint& local, Sharing may) {
  std::erase_if(orphans_, [&](const Orphan& orphan) { return stack->state(orphan.id) == TcpState::closed; });
  const Bound wanted{local, is_ipv6_only(by), device_of(by)};
  const bool stream = std::holds_alternative<StreamSocket>(by);
  const bool sharing = may == Sharing::allowed || !stream;  // udp_lib_lport_inuse() asks the same of both
  const bool address = sharing && shares_address(by), port = sharing && shares_port(by);
  const auto in_the_way = [&](const Description& one) {
    const Socket* other = one.socket.get();
    if (!other || other == &by || other->index() != by.index()) return false;
    const auto* connection = std::get_if<StreamSocket>(other);
    const bool listens = connection && connection->state() == TcpState::listen;
    const Endpoint theirs = std::visit([](const auto& socket) { return socket.local(); }, *other);
    const bool shared = (address && shares_address(*other) && !listens) || (port && shares_port(*other));
    return !shared && overlap({theirs, is_ipv6_only(*other), device_of(*other)}, wanted);
  };
  if (std::any_of(open_.begin(), open_.end(), in_the_way)) return true;
  return stream && std::any_of(orphans_.begin(), orphans_.end(), [&](const Orphan& orphan) {
           const bool shared = (address && orphan.shares_address) || (port && orphan.shares_port);
           return !shared && overlap({orphan.local, orphan.ipv6_only, orphan.device}, wanted);
         });
}

// inet_csk_find_open_port(): one that nobody has, whoever would share it.
std::optional<std::uint16_t> Sockets::Table::free_port(const Socket& by, const IpAddress& address) {
  const TcpConfig& tcp = stack->config().tcp;
  const std::uint32_t ports = tcp.last_ephemeral_port - tcp.first_ephemeral_port + 1u;
  for (std::uint32_t tried = 0; tried < ports; ++tried) {
    const auto port = static_cast<std::uint16_t>(tcp.first_ephemeral_port + ports_chosen_++ % ports);
    if (!taken(by, {address, port}, Sharing::never)) return port;
  }
  return std::nullopt;
}

// Linux inet_bind().
Returned Sockets::Table::bind(Socket& socket, Endpoint local) {
  const Family family = std::visit([](const auto& its) { return its.family(); }, socket);
  local = written_by(family, local);
  if (const Errno why = may_bind(family, is_ipv6_only(socket), local.address); why != Errno::none)
    return failed(why);
  if (!local.address.any() && !stack->owns(local.address)) return failed(Errno::eaddrnotavail);
  const auto* stream = std::get_if<StreamSocket>(&socket);
  const bool in_use = stream && stream->state() != TcpState::closed;
  const Endpoint bound = std::visit([](const auto& s) { return s.local(); }, socket);
  if (in_use || bound.port != 0) return failed(Errno::einval);
  const bool choose = local.port == 0;
  if (choose) {
    const auto port = free_port(socket, local.address);
    if (!port) return failed(Errno::eaddrinuse);
    local.port = *port;
  } else if (taken(socket, local)) {
    return failed(Errno::eaddrinuse);
  }
  return std::visit([&](auto& s) { return s.bind(local, choose); }, socket);
}

// Linux __inet_listen_sk() and inet_csk_listen_start(): who shares a port is asked again.
Returned Sockets::Table::listen(Socket& socket, int backlog) {
  StreamSocket& stream = std::get<StreamSocket>(socket);
  if (stream.state() == TcpState::closed) {
    if (!stream.may_listen()) return failed(Errno::einval);
    if (stream.local().port == 0) {
      if (const Returned bound = bind(socket, stream.local()); bound.value < 0) return bound;
    } else if (taken(socket, stream.local())) {
      return failed(Errno::eaddrinuse);
    }
  }
  return stream.listen(backlog);
}

}  // namespace ringside::net
