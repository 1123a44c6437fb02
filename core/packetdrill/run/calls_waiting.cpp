// How long a call sleeps.
#include <algorithm>
#include <array>
#include <cstring>

#include "ringside/net/socket_options.hpp"
#include "run/calls.hpp"

namespace ringside::packetdrill {

using net::Errno;
using net::Returned;

Calls::Attempt Calls::until_done(std::int64_t number, bool never_blocks,
                                 const std::function<Returned(const Descriptor&)>& once) {
  return [=, this]() -> std::optional<Returned> {
    const Descriptor* descriptor = known(number);
    if (!descriptor) return Returned{-1, Errno::ebadf};
    const Returned returned = once(*descriptor);
    bed_.settle();
    const bool sleeps = returned.error == Errno::eagain && descriptor->blocks && !never_blocks;
    return sleeps ? std::nullopt : std::optional{returned};
  };
}

// sock_rcvtimeo() and sock_sndtimeo() of calls that wait for something to come, or to be connected. Of a call
// that writes the kernel tells how far it has come, which is left out here.
Calls::Made Calls::with_time_out(const SystemCall& call, Made made) {
  constexpr std::array reading{"read", "readv", "recv", "recvfrom", "recvmsg", "accept", "accept4"};
  const bool reads = std::ranges::find(reading, call.name) != reading.end();
  if (!reads && call.name != "connect") return made;
  const Descriptor* its = known(Arguments{call}.number(0));
  if (!its || its->file || !its->blocks) return made;
  const auto time_out = time_out_of(*its, reads);
  if (!time_out) return made;
  const Time until = bed_.now() + *time_out;
  const Errno over = reads ? Errno::eagain : Errno::einprogress;
  made.at_the_latest = std::min(made.at_the_latest, until);
  made.attempt = [=, this, attempt = made.attempt]() -> std::optional<Returned> {
    const auto returned = attempt();
    return !returned && bed_.now() >= until ? Returned{-1, over} : returned;
  };
  return made;
}

std::optional<Duration> Calls::time_out_of(const Descriptor& its, bool reads) {
  struct {
    std::int64_t seconds = 0, microseconds = 0;
  } time;
  std::array<std::uint8_t, sizeof time> octets{};
  const int name = reads ? net::option::socket::receive_timeout : net::option::socket::send_timeout;
  bed_.sockets().getsockopt(bed_.now(), its.fd, net::option::socket_level, name, octets);
  std::memcpy(&time, octets.data(), sizeof time);
  const Duration all = std::chrono::seconds{time.seconds} + std::chrono::microseconds{time.microseconds};
  return all > Duration{} ? std::optional{all} : std::nullopt;
}

}  // namespace ringside::packetdrill
