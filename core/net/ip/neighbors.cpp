// The states of an entry, those of RFC 4861 section 7.3.2, which Linux has for ARP as well: incomplete
// (asked, nothing known), reachable, stale (known, never proved or old), delay (in use all the same), probing
// (asked again, it alone) and permanent. RFC 1122 section 2.3.2.1: what is old is not used for ever.
#include "ip/neighbors.hpp"

#include <utility>

namespace ringside::net {

Neighbors::Entry* Neighbors::find(Neighbor neighbor) {
  const std::uint32_t* index = index_.find(neighbor);
  return index ? &entries_[*index] : nullptr;
}

// Nothing if the table is full of entries that are permanent or being asked for.
std::optional<std::uint32_t> Neighbors::create_entry(Neighbor neighbor) {
  if (index_.size() >= static_cast<std::size_t>(config_.entries)) {
    const auto old = oldest();
    if (!old) return std::nullopt;
    forget(*old);
  }
  return place(neighbor);
}

std::uint32_t Neighbors::place(Neighbor neighbor) {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(entries_.size()));
    entries_.emplace_back();
  }
  const std::uint32_t index = free_.back();
  free_.pop_back();
  entries_[index] = {.neighbor = neighbor};
  index_.insert(neighbor, index);
  return index;
}

// The entry that may be given up for a new one: of those that nothing waits for, the one that was heard of
// least recently.
std::optional<std::uint32_t> Neighbors::oldest() const {
  std::optional<std::uint32_t> oldest;
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    const bool candidate = entries_[i].state == State::reachable || entries_[i].state == State::stale;
    if (candidate && (!oldest || entries_[i].reachable_until < entries_[*oldest].reachable_until)) oldest = i;
  }
  return oldest;
}

void Neighbors::forget(std::uint32_t index) {
  timers_.cancel(index);
  index_.erase(entries_[index].neighbor);
  entries_[index] = {};
  free_.push_back(index);
}

std::vector<Neighbors::Frame> Neighbors::add_permanent(Neighbor neighbor, MacAddress mac) {
  const std::uint32_t* known = index_.find(neighbor);
  const std::uint32_t index = known ? *known : place(neighbor);
  timers_.cancel(index);
  Entry& entry = entries_[index];
  entry.state = State::permanent;
  entry.mac = mac;
  entry.pending_bytes = {};
  return std::exchange(entry.pending, {});
}

void Neighbors::start_asking(Time now, std::uint32_t index, State state) {
  entries_[index].state = state;
  entries_[index].requests = 0;
  timers_.set(index, now);
}

std::optional<MacAddress> Neighbors::resolve(Time now, Neighbor neighbor) {
  const std::uint32_t* known = index_.find(neighbor);
  if (!known) {
    if (const auto created = create_entry(neighbor)) start_asking(now, *created, State::incomplete);
    return std::nullopt;
  }
  Entry& entry = entries_[*known];
  if (entry.state == State::incomplete) return std::nullopt;
  const bool grown_old = entry.state == State::reachable && now >= entry.reachable_until;
  if (grown_old || entry.state == State::stale) use_old(now, *known);
  return entry.mac;
}

// There is time for a sign of life: RFC 4861 section 7.3.2, DELAY.
void Neighbors::use_old(Time now, std::uint32_t index) {
  entries_[index].state = State::delay;
  timers_.set(index, now + timing(entries_[index].neighbor).delay);
}

bool Neighbors::park(Neighbor neighbor, std::span<const std::uint8_t> frame) {
  Entry* entry = find(neighbor);
  const Bytes size{static_cast<std::int64_t>(frame.size())};
  if (!entry || entry->pending_bytes + size > config_.pending) return false;
  entry->pending.emplace_back(frame.begin(), frame.end());
  entry->pending_bytes += size;
  return true;
}

std::vector<Neighbors::Frame> Neighbors::learn(Time now, Neighbor neighbor, MacAddress mac,
                                               Believed believed) {
  const std::uint32_t* known = index_.find(neighbor);
  if (!known || (believed == Believed::first && locked(now, entries_[*known], mac))) return {};
  return set(now, *known, State::reachable, mac);
}

// arp_process().
bool Neighbors::locked(Time now, const Entry& entry, MacAddress mac) const {
  const bool arp = entry.neighbor.address.is_ipv4(), known = entry.state != State::incomplete;
  return arp && known && entry.mac != mac && now < entry.learned + config_.lock;
}

void Neighbors::set_times(InterfaceId on, std::optional<Duration> reachable,
                          std::optional<Duration> retransmit) {
  const auto at = static_cast<std::size_t>(on);
  if (at >= ndp_told_.size()) ndp_told_.resize(at + 1, ndp_);
  if (reachable) ndp_told_[at].reachable_for = *reachable;
  if (retransmit) ndp_told_[at].retry = *retransmit;
}

// Reachable, or stale. Returns what has waited.
std::vector<Neighbors::Frame> Neighbors::set(Time now, std::uint32_t index, State state, MacAddress mac) {
  Entry& entry = entries_[index];
  if (entry.state == State::permanent) return {};
  timers_.cancel(index);
  if (entry.state == State::unused || entry.state == State::incomplete || entry.mac != mac)
    entry.learned = now;
  entry.state = state;
  entry.mac = mac;
  entry.reachable_until =
      now + (state == State::reachable ? timing(entry.neighbor).reachable_for : Duration{});
  entry.pending_bytes = {};
  return std::exchange(entry.pending, {});
}

std::optional<MacAddress> Neighbors::known(const Neighbor& neighbor) const {
  const std::uint32_t* index = index_.find(neighbor);
  if (!index || entries_[*index].state == State::incomplete) return std::nullopt;
  return entries_[*index].mac;
}

void Neighbors::confirm(Time now, const Neighbor& neighbor) {
  const std::uint32_t* index = index_.find(neighbor);
  if (!index) return;
  const Entry& entry = entries_[*index];
  if (entry.state == State::delay || entry.state == State::probing)
    set(now, *index, State::reachable, entry.mac);
}

std::vector<Neighbors::Frame> Neighbors::on_advertisement(Time now, const Neighbor& neighbor,
                                                          const Advertisement& says) {
  const std::uint32_t* index = index_.find(neighbor);
  if (!index) return {};
  Entry& entry = entries_[*index];
  const MacAddress mac = says.mac.value_or(entry.mac);
  if (entry.state == State::incomplete) {
    if (!says.mac) return {};
    return set(now, *index, says.solicited ? State::reachable : State::stale, mac);
  }
  const bool moved = mac != entry.mac;
  if (moved && !says.override) {  // another claims it: who is right will be seen
    if (entry.state == State::reachable) entry.state = State::stale;
    return {};
  }
  if (says.solicited) return set(now, *index, State::reachable, mac);
  return moved ? set(now, *index, State::stale, mac) : std::vector<Frame>{};
}

std::vector<Neighbors::Frame> Neighbors::learn_unproven(Time now, const Neighbor& neighbor, MacAddress mac,
                                                        bool create, Believed believed) {
  const std::uint32_t* known = index_.find(neighbor);
  if (!known && !create) return {};
  const auto index = known ? std::optional{*known} : create_entry(neighbor);
  if (!index) return {};
  const Entry& entry = entries_[*index];
  // Who asks us is believed: neigh_event_ns()
  const bool first_alone = !create && believed == Believed::first;
  if (known && first_alone && locked(now, entry, mac)) return {};
  const bool news = !known || entry.state == State::incomplete || entry.mac != mac;
  return news ? set(now, *index, State::stale, mac) : std::vector<Frame>{};
}

std::optional<Neighbors::Due> Neighbors::next_due(Time now) {
  if (timers_.earliest() > now) return std::nullopt;
  const std::uint32_t index = timers_.earliest_key();
  Entry& entry = entries_[index];
  if (entry.state == State::delay) start_asking(now, index, State::probing);
  if (entry.requests < timing(entry.neighbor).requests) {
    ++entry.requests;
    timers_.set(index, now + timing(entry.neighbor).retry);
    const auto known = entry.state == State::probing ? std::optional{entry.mac} : std::nullopt;
    return Due{.neighbor = entry.neighbor, .ask = true, .known = known};
  }
  Due due{.neighbor = entry.neighbor, .failed = std::move(entry.pending)};
  forget(index);
  return due;
}

}  // namespace ringside::net
