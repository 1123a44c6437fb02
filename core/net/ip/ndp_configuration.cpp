// What routers say about the link: RFC 4861 section 6.3, RFC 4862.
#include <algorithm>

#include "ip/ndp.hpp"

namespace ringside::net {

using wire::ListenerRecord;
using wire::PrefixInformation;
using wire::RouterAdvertisement;

namespace {

constexpr std::size_t most_routers = 16, most_prefixes = 32;
constexpr std::size_t most_addresses = 16;  // of an interface: Linux net.ipv6.conf.*.max_addresses

// All ones mean for ever, and so does what the clock cannot show.
Time after(Time now, std::uint32_t seconds) {
  const auto shown = (end_of_time - now) / Duration{std::chrono::seconds{1}};
  return seconds >= shown ? end_of_time : now + Duration{std::chrono::seconds{seconds}};
}

// RFC 4291 appendix A: the interface's half of an address, from its MAC address.
IpAddress with_interface_id(const IpAddress& prefix, MacAddress mac) {
  const auto& m = mac.octets;
  const auto pair = [](int high, int low) { return static_cast<std::uint32_t>(high << 8 | low); };
  const std::uint32_t high = pair(m[0] ^ 2, m[1]) << 16 | pair(m[2], 0xff);
  const std::uint32_t low = pair(0xfe, m[3]) << 16 | pair(m[4], m[5]);
  return IpAddress{IpAddress::Words{prefix.words()[0], prefix.words()[1], high, low}};
}

constexpr IpAddress link_local_prefix = IpAddress::ipv6({0xfe80});

}  // namespace

Ndp::Configured* Ndp::configured(InterfaceId on) {
  const auto found = std::find_if(configured_.begin(), configured_.end(),
                                  [&](const Configured& one) { return one.on == on; });
  return found == configured_.end() ? nullptr : &*found;
}

void Ndp::autoconfigure(Time now, InterfaceId on) {
  if (configured(on)) return;
  configured_.push_back({.on = on});
  output_->routes.add({link_local_prefix, 10}, on, std::nullopt);
  begin(now, on, {.address = with_interface_id(link_local_prefix, output_->interface(on).mac)});
}

// RFC 4862 section 5.4: nobody else may have it.
void Ndp::begin(Time now, InterfaceId on, Ipv6Assignment address) {
  address.tentative = config_.duplicate_detections > 0;
  address.next = now;
  output_->interface(on).ipv6.push_back(address);
  report(now, on, ListenerRecord::to_exclude, solicited_node(address.address));
  run_addresses(now, on);
  find_deadline();
}

// With the last address of a group the host leaves it.
template <class Gone>
void Ndp::remove_addresses(Time now, InterfaceId on, Gone gone) {
  Interface& its = output_->interface(on);
  for (std::size_t i = its.ipv6.size(); i-- > 0;) {
    if (!gone(its.ipv6[i])) continue;
    const IpAddress address = its.ipv6[i].address, group = solicited_node(address);
    its.ipv6.erase(its.ipv6.begin() + static_cast<std::ptrdiff_t>(i));
    output_->give_up(address);
    if (!its.listens_to(group)) report(now, on, ListenerRecord::to_include, group);
  }
}

void Ndp::end_duplicate(Time now, InterfaceId on, const IpAddress& address) {
  remove_addresses(now, on, [&](const Ipv6Assignment& own) { return own.address == address; });
  ++counters_->duplicate_addresses;
  find_deadline();
}

void Ndp::run_address(Time now, InterfaceId on, Ipv6Assignment& own) {
  own.deprecated = own.preferred_until <= now;
  if (!own.tentative || own.next > now) return;
  if (own.solicitations < config_.duplicate_detections) {
    ++own.solicitations;
    own.next = now + output_->neighbors.retransmit(on);
    return ask(now, {on, own.address}, std::nullopt);
  }
  own.tentative = false;
  output_->take(own.address);
  // With its first address the host looks for routers.
  Configured* its = configured(on);
  if (its && its->solicitations == 0 && own.address.link_local()) its->next = now;
}

void Ndp::run_addresses(Time now, InterfaceId on) {
  remove_addresses(now, on, [&](const Ipv6Assignment& own) { return own.valid_until <= now; });
  for (Ipv6Assignment& own : output_->interface(on).ipv6) run_address(now, on, own);
}

void Ndp::run_due(Time now) {
  if (deadline_ > now) return;
  for (Configured& one : configured_) {
    run_addresses(now, one.on);
    if (one.next <= now) solicit_routers(now, one);
  }
  for (std::size_t i = routers_.size(); i-- > 0;)
    if (routers_[i].until <= now) remove_router(i);
  std::erase_if(on_link_, [&](const OnLink& one) {
    if (one.until > now) return false;
    output_->routes.remove(one.prefix, one.on, std::nullopt);
    return true;
  });
  find_deadline();
}

void Ndp::find_deadline() {
  deadline_ = end_of_time;
  const auto note = [&](Time at) { deadline_ = std::min(deadline_, at); };
  for (const Configured& one : configured_) {
    note(one.next);
    for (const Ipv6Assignment& own : output_->interface(one.on).ipv6) {
      note(own.valid_until);
      if (own.tentative) note(own.next);
      if (!own.deprecated) note(own.preferred_until);
    }
  }
  for (const Router& router : routers_) note(router.until);
  for (const OnLink& one : on_link_) note(one.until);
}

// RFC 4861 section 6.3.4.
void Ndp::on_router_advertisement(Time now, InterfaceId in, const IpAddress& from,
                                  const RouterAdvertisement& says) {
  Configured* its = configured(in);
  if (!its || forwards_) return;
  Interface& interface = output_->interface(in);
  if (says.hop_limit != 0) interface.hop_limit = says.hop_limit;
  const std::uint32_t mtu = says.options.mtu.value_or(0);
  if (mtu >= wire::least_ipv6_mtu && mtu <= static_cast<std::uint32_t>(interface.mtu))
    interface.ipv6_mtu = mtu;
  take_times(in, says);
  learn(now, {in, from}, says.options.source);
  take_router(in, from, after(now, says.lifetime_seconds));
  if (says.lifetime_seconds > 0) its->next = end_of_time;  // section 6.3.7: enough is known
  for (std::size_t i = 0; i < says.options.prefixes; ++i) {
    const PrefixInformation& prefix = says.options.prefix[i];
    if (prefix.length > 128 || prefix.prefix.link_local() || prefix.prefix.multicast()) continue;
    if (prefix.on_link) take_on_link(in, {prefix.prefix, prefix.length}, after(now, prefix.valid_seconds));
    if (prefix.autonomous) take_address(now, in, prefix);
  }
  run_due(now);
  find_deadline();
}

// Section 6.3.4, within MAX_REACHABLE_TIME of section 6.2.1; and no more than a hundred solicitations in a
// second, as Linux ndisc_router_discovery().
void Ndp::take_times(InterfaceId in, const RouterAdvertisement& says) {
  constexpr std::uint32_t longest_reachable = 3'600'000, shortest_retransmit = 10;
  constexpr Duration millisecond = std::chrono::milliseconds{1};
  std::optional<Duration> reachable, retransmit;
  if (says.reachable_ms != 0 && says.reachable_ms <= longest_reachable)
    reachable = says.reachable_ms * millisecond;
  if (says.retransmit_ms >= shortest_retransmit) retransmit = says.retransmit_ms * millisecond;
  if (reachable || retransmit) output_->neighbors.set_times(in, reachable, retransmit);
}

void Ndp::take_router(InterfaceId in, const IpAddress& address, Time until) {
  const auto known = std::find_if(routers_.begin(), routers_.end(), [&](const Router& router) {
    return router.on == in && router.address == address;
  });
  if (known != routers_.end()) {
    known->until = until;  // in the past, if it is none any more
  } else if (routers_.size() < most_routers) {
    routers_.push_back({in, address, until});
    output_->routes.add({}, in, address);
  }
  deadline_ = std::min(deadline_, until);
}

void Ndp::remove_router(std::size_t index) {
  output_->routes.remove({}, routers_[index].on, routers_[index].address);
  routers_.erase(routers_.begin() + static_cast<std::ptrdiff_t>(index));
}

// Section 6.3.6: the others first, as long as there are any.
void Ndp::on_failure(const Neighbor& neighbor) {
  for (const Router& router : routers_) {
    if (router.on != neighbor.interface || router.address != neighbor.address) continue;
    output_->routes.remove({}, router.on, router.address);
    output_->routes.add({}, router.on, router.address);
  }
}

void Ndp::take_on_link(InterfaceId in, const Prefix& prefix, Time until) {
  const auto known = std::find_if(on_link_.begin(), on_link_.end(), [&](const OnLink& one) {
    return one.on == in && one.prefix.length == prefix.length && one.prefix.contains(prefix.network);
  });
  if (known != on_link_.end()) {
    known->until = until;
  } else if (on_link_.size() < most_prefixes) {
    on_link_.push_back({in, prefix, until});
    output_->routes.add(prefix, in, std::nullopt);
  }
  deadline_ = std::min(deadline_, until);
}

// RFC 4862 section 5.5.3.
void Ndp::take_address(Time now, InterfaceId in, const PrefixInformation& prefix) {
  constexpr int interface_id_bits = 64;
  if (prefix.preferred_seconds > prefix.valid_seconds || prefix.length != 128 - interface_id_bits) return;
  Interface& its = output_->interface(in);
  const IpAddress address = with_interface_id(prefix.prefix, its.mac);
  const Time valid_until = after(now, prefix.valid_seconds);
  const Time preferred_until = after(now, prefix.preferred_seconds);
  const auto known = std::find_if(its.ipv6.begin(), its.ipv6.end(),
                                  [&](const Ipv6Assignment& own) { return own.address == address; });
  if (known == its.ipv6.end()) {
    if (prefix.valid_seconds > 0 && its.ipv6.size() < most_addresses)
      begin(now, in, {.address = address, .preferred_until = preferred_until, .valid_until = valid_until});
    return;
  }
  // (e): a single message, which anybody can send, does not end an address within two hours.
  constexpr Duration two_hours = std::chrono::hours{2};
  known->preferred_until = preferred_until;
  if (valid_until > now + two_hours || valid_until > known->valid_until)
    known->valid_until = valid_until;
  else
    known->valid_until = std::min(known->valid_until, now + two_hours);
  deadline_ = now;  // what has changed is looked at
}

}  // namespace ringside::net
