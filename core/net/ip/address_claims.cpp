#include "ip/address_claims.hpp"

#include <algorithm>

namespace ringside::net {

using wire::ArpOperation;
using wire::ArpPacket;

void AddressClaims::claim(Time now, InterfaceId on, Ipv4Address address, int prefix_length) {
  std::erase_if(claims_, [&](const Claim& other) { return other.on == on; });  // it wants another one now
  claims_.push_back({.on = on, .address = address, .prefix_length = prefix_length, .next = now});
  deadline_ = std::min(deadline_, now);
}

void AddressClaims::announce(InterfaceId on) {
  const Ipv4Address own = output_->interface(on).address;
  if (!own.any()) output_->send_arp(on, ArpOperation::request, broadcast_mac, own);
}

// RFC 5227 section 2.1.1: while an address is probed, who uses it, or probes for it at the same time, has it.
// Section 2.4: once it is ours it is defended, and never given up (its case c).
bool AddressClaims::conflicts(Time now, InterfaceId in, const ArpPacket& packet) {
  const Interface& its = output_->interface(in);
  if (packet.sender_mac == its.mac) return false;
  const auto lost = std::find_if(claims_.begin(), claims_.end(), [&](const Claim& claim) {
    const bool probes_too = packet.sender.any() && packet.target == claim.address;
    return claim.on == in && its.address.any() && (packet.sender == claim.address || probes_too);
  });
  if (lost != claims_.end()) {
    ++counters_->duplicate_addresses;
    claims_.erase(lost);
    find_deadline();
  }
  if (its.address.any() || packet.sender != its.address) return false;
  defend(now, in);
  return true;
}

void AddressClaims::defend(Time now, InterfaceId on) {
  const auto known = std::find_if(defenses_.begin(), defenses_.end(),
                                  [&](const Defense& defense) { return defense.on == on; });
  if (known != defenses_.end() && now < known->until) return;
  announce(on);
  const Time until = now + config_.defend_interval;
  if (known == defenses_.end())
    defenses_.push_back({on, until});
  else
    known->until = until;
}

// A probe has no sender, since the interface has no address yet: section 2.1.1. One that found no room asked
// nobody, and leaves later.
void AddressClaims::run(Time now, Claim& claim) {
  if (claim.probes < config_.probes) {
    if (output_->send_arp(claim.on, ArpOperation::request, broadcast_mac, claim.address)) ++claim.probes;
    claim.next = now + (claim.probes < config_.probes ? config_.probe_interval : config_.announce_wait);
    return;
  }
  if (claim.announcements == 0) take(claim);
  if (claim.announcements < config_.announcements) announce(claim.on);
  claim.next = now + config_.announce_interval;
  ++claim.announcements;
}

void AddressClaims::take(const Claim& claim) {
  Interface& its = output_->interface(claim.on);
  its.address = claim.address;
  its.prefix_length = claim.prefix_length;
  output_->routes.add({claim.address, claim.prefix_length}, claim.on, std::nullopt);
  output_->take(claim.address);
}

void AddressClaims::run_due(Time now) {
  if (deadline_ > now) return;
  for (Claim& claim : claims_)
    if (claim.next <= now) run(now, claim);
  std::erase_if(claims_, [&](const Claim& claim) {
    return claim.announcements > 0 && claim.announcements >= config_.announcements;
  });
  find_deadline();
}

void AddressClaims::find_deadline() {
  deadline_ = end_of_time;
  for (const Claim& claim : claims_) deadline_ = std::min(deadline_, claim.next);
}

}  // namespace ringside::net
