// Which of several listeners a SYN is for, and what becomes of those who wait for one that closes:
// net/ipv4/inet_hashtables.c, net/ipv4/inet_connection_sock.c, net/core/sock_reuseport.c.
#include "tcp/tcp.hpp"

namespace ringside::net {

std::uint32_t Tcp::spread(const Flow& flow) const {  // inet_ehashfn()
  return static_cast<std::uint32_t>(siphash(key_, {flow.addresses(), flow.ports()}));
}

namespace {

// compute_score(): who is bound to the device goes before who is bound to none, then who hears IPv4 alone
// before who is bound to :: and hears both.
int score(const Device& device, bool of_both_versions) {
  return (device ? 2 : 0) + (of_both_versions ? 1 : 2);
}

}  // namespace

// inet_lookup_listener(). `in`: by which device it came; none: whichever.
std::optional<SocketId> Tcp::listener_of(const Flow& flow, Device in) const {
  for (const Endpoint& end : ends_that_hear(flow.local)) {
    const Listener* best = nullptr;
    std::optional<SocketId> found;
    for (const SocketId id : shared_.of(flows_, end)) {
      const Listener* listener = listeners_.find(id);
      const auto its = [&](const Listener& one) { return score(one.options.device, one.local != end); };
      if (!may_meet(listener->options.device, in) || (best && its(*listener) <= its(*best))) continue;
      best = listener;
      found = id;
    }
    if (found) return best->group ? best->group->select(spread(flow)) : found;
  }
  return std::nullopt;
}

// inet_reuseport_add_sock(): that of who is bound to the very same, of the same versions and device.
ReusePort Tcp::group_for(const Endpoint& local, const TcpSocketOptions& options) const {
  for (const SocketId id : shared_.of(flows_, local)) {
    const Listener* other = listeners_.find(id);
    const bool same = other->local == local && other->hears_ipv6_only == options.ipv6.only &&
                      other->options.device == options.device;
    if (other->group && same) return other->group;
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
