// MSG_FASTOPEN: the call opens the connection. Where it may sleep it waits for the handshake, and for room
// for what the SYN has not taken: tcp_sendmsg_fastopen() and inet_wait_for_connect(). That there is nothing
// at the address hinders no SYN (tcp_send_syn_data()).
#include <algorithm>
#include <memory>
#include <vector>

#include "run/calls.hpp"

namespace ringside::packetdrill {

using net::Errno;
using net::Returned;

Calls::Attempt Calls::fast_opens(std::int64_t number, const Buffers& buffers, net::MessageFlags flags) {
  struct Progress {
    std::vector<std::uint8_t> zeros{};
    std::size_t taken = 0;
    bool opened = false;
  };
  auto progress = std::make_shared<Progress>();
  progress->zeros.resize(static_cast<std::size_t>(buffers.sendable()));
  constexpr auto fast_open = static_cast<net::MessageFlags>(net::MessageFlag::fast_open);
  const bool dont_wait = (flags & static_cast<net::MessageFlags>(net::MessageFlag::dont_wait)) != 0;
  return until_done(number, dont_wait, [=, this](const Descriptor& its) {
    net::Sockets& sockets = bed_.sockets();
    const bool nowhere = progress->zeros.empty() && buffers.octets > 0;
    const bool sleeps = its.blocks && !dont_wait;
    if (!progress->opened) {
      const net::Endpoint to{bed_.network().remote, options_.connect_port};
      const Returned done = sockets.send_to(
          bed_.now(), its.fd, progress->zeros, to,
          sleeps ? flags : flags | static_cast<net::MessageFlags>(net::MessageFlag::dont_wait));
      if (done.error == Errno::none && nowhere) return bad_address;
      if (!sleeps || (done.error != Errno::none && done.error != Errno::einprogress)) return done;
      progress->opened = true;
      progress->taken = static_cast<std::size_t>(std::max<std::int64_t>(done.value, 0));
    }
    constexpr std::uint32_t decided = net::ready::out | net::ready::err | net::ready::hup;
    if ((sockets.poll(its.fd) & decided) == 0) return Returned{-1, Errno::eagain};
    if (nowhere) return bad_address;
    const auto rest = std::span{progress->zeros}.subspan(progress->taken);
    const Returned done = sockets.send(bed_.now(), its.fd, rest, flags & ~fast_open);
    if (done.error != Errno::none) return done;
    progress->taken += static_cast<std::size_t>(done.value);
    if (progress->taken < progress->zeros.size()) return Returned{-1, Errno::eagain};
    return Returned{buffers.sendable()};
  });
}

}  // namespace ringside::packetdrill
