// Which socket a datagram is for, where several are bound to one end point: __udp4_lib_lookup() and
// udp_lib_lport_inuse() of net/ipv4/udp.c.
#include <algorithm>

#include "udp/udp.hpp"

namespace ringside::net {

// compute_score(): a peer that is named counts most, then a device; who hears IPv4 alone goes before who is
// bound to :: and hears both. 0: it does not want it.
int Udp::score(const Socket& socket, const Endpoint& end, const Endpoint& remote, Device in) {
  const Device& device = socket.options.device;
  if ((socket.peer && *socket.peer != remote) || !may_meet(device, in)) return 0;
  return (socket.peer ? 8 : 0) + (device ? 4 : 0) + (*socket.local == end ? 2 : 1);
}

// udp4_lib_lookup2(). Of a group those without a peer take turns; among equals who was bound last has it all.
std::optional<SocketId> Udp::socket_of(const Flow& flow, Device in) const {
  for (const Endpoint& end : ends_that_hear(flow.local)) {
    std::optional<SocketId> found;
    int best = 0;
    for (const SocketId id : shared_.of(bound_, end)) {
      const Socket& socket = *sockets_.find(id);
      const int its = score(socket, end, flow.remote, in);
      if (its <= best) continue;
      best = its;
      found = id;
      if (socket.peer || !socket.group) continue;
      const auto hash = static_cast<std::uint32_t>(siphash(key_, {flow.addresses(), flow.ports()}));
      found = socket.group->select(hash, [&](SocketId one) { return !sockets_.find(one)->peer; });
    }
    if (found) return found;
  }
  return std::nullopt;
}

bool Udp::may_share(const Socket& socket, const LocalEnds& ends) const {
  return std::all_of(ends.begin(), ends.end(), [&](const Endpoint& end) {
    const auto there = shared_.of(bound_, end);
    return std::all_of(there.begin(), there.end(), [&](SocketId id) {
      const UdpSocketOptions &ours = socket.options, &theirs = sockets_.find(id)->options;
      if (!may_meet(ours.device, theirs.device)) return true;
      return (ours.reuse_address && theirs.reuse_address) || (ours.reuse_port && theirs.reuse_port);
    });
  });
}

// udp_reuseport_add_sock().
ReusePort Udp::group_for(const Endpoint& local, const UdpSocketOptions& options) const {
  for (const SocketId id : shared_.of(bound_, local)) {
    const Socket& other = *sockets_.find(id);
    const bool same = *other.local == local && other.hears_ipv6_only == options.ipv6.only &&
                      other.options.device == options.device;
    if (other.group && same) return other.group;
  }
  return std::make_shared<ReusePortGroup>();
}

}  // namespace ringside::net
