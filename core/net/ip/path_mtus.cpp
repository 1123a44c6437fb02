#include "ip/path_mtus.hpp"

#include <algorithm>

#include "ringside/net/wire/ipv6.hpp"

namespace ringside::net {

std::uint64_t PathMtus::Destination::hash() const {
  std::uint64_t hash = 0;
  for (const std::uint32_t word : address.words()) hash = mixed(hash ^ word);
  return hash;
}

// A message that tells of more than is known is late or forged: RFC 8201 section 4.
void PathMtus::note(Time now, const IpAddress& destination, std::uint32_t mtu) {
  const std::uint32_t least = destination.is_ipv4() ? least_believed_ipv4_mtu : wire::least_ipv6_mtu;
  Known learned{.mtu = std::max(mtu, least), .divides = destination.is_ipv4() && mtu < least};
  const Destination key{destination};
  if (const Known* known = by_destination_.find(key)) {
    learned = {.mtu = std::min(known->mtu, learned.mtu), .divides = known->divides || learned.divides};
    by_destination_.erase(key);
    by_destination_.insert(key, learned);
    return;
  }
  if (by_destination_.size() == most) by_destination_.erase(order_.pop().destination);
  by_destination_.insert(key, learned);
  order_.push({key, now + lifetime});
}

void PathMtus::forget_old(Time now) {
  while (!order_.empty() && order_.front().until <= now) by_destination_.erase(order_.pop().destination);
}

}  // namespace ringside::net
