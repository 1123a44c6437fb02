// Which of several listeners a SYN is for, and what becomes of those who wait for one that closes:
// net/ipv4/inet_hashtables.c, net/ipv4/inet_connection_sock.c, net/core/sock_reuseport.c.
#include "tcp/tcp.hpp"

namespace ringside::net {

std::uint32_t Tcp::spread(const Flow& flow) const {  // inet_ehashfn()
  return static_cast<std::uint32_t>(siphash(key_, {flow.addresses(), flow.ports()}));
}

// inet_lookup_listener(), compute_score(): who hears IPv4 alone goes before who is bound to :: and hears
// both.
std::optional<SocketId> Tcp::listener_of(const Flow& flow) const {
  for (const Endpoint& end : ends_that_hear(flow.local)) {
    const Listener* best = nullptr;
    std::optional<SocketId> found;
    for (const SocketId id : shared_.of(flows_, end)) {
      const Listener* listener = listeners_.find(id);
      if (best && (best->local == end || listener->local != end)) continue;
      best = listener;
      found = id;
    }
    if (found) return best->group ? best->group->select(spread(flow)) : found;
  }
  return std::nullopt;
}

// inet_reuseport_add_sock(): that of who is bound to the very same, of the same versions.
ReusePort Tcp::group_for(const Endpoint& local, const TcpSocketOptions& options) const {
  for (const SocketId id : shared_.of(flows_, local)) {
    const Listener* other = listeners_.find(id);
    if (other->group && other->local == local && other->hears_ipv6_only == options.ipv6.only)
      return other->group;
  }
  return std::make_shared<ReusePortGroup>();
}

// inet_csk_listen_stop().
void Tcp::stop_listening(Time now, SocketId id) {
  Listener& listener = *listeners_.find(id);
  if (listener.group) listener.group->leave(id);
  while (!listener.accepted.empty()) {
    const SocketId child = listener.accepted.pop();
    const Connection* connection = find(child);
    const bool migrates = config_.migrate_requests && listener.group && connection;
    const auto heir = migrates ? listener.group->select(spread(connection->flow())) : std::nullopt;
    if (heir)
      listeners_.find(*heir)->accepted.push(child);
    else
      abort(now, child);
  }
  shared_.erase(flows_, {listener.local, listener.hears_ipv6_only}, id);
  listeners_.erase(id);
}

// reuseport_migrate_sock(): when something happens to a request whose listener is gone, another one of the
// group has it.
bool Tcp::inherit(SocketId id) {
  Request& request = *requests_.find(id);
  const bool may = config_.migrate_requests && request.shares_port;
  const auto heir = may ? listener_of(request.flow) : std::nullopt;
  Listener* listener = heir ? listeners_.find(*heir) : nullptr;
  if (!listener || !listener->group) return false;
  request.listener = *heir;
  ++listener->requests;
  if (request.timeouts == 0) ++listener->young;
  return true;
}

}  // namespace ringside::net
