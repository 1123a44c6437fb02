// The states of an ARP entry: incomplete (asked, nothing known), reachable, probing (known, old, asked again
// while in use) and permanent.
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

// The entry that may be given up for a new one: the reachable one that was heard of least recently.
std::optional<std::uint32_t> Neighbors::oldest() const {
  std::optional<std::uint32_t> oldest;
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    const bool candidate = entries_[i].state == State::reachable;
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
  if (grown_old) start_asking(now, *known, State::probing);
  return entry.mac;
}

bool Neighbors::park(Neighbor neighbor, std::span<const std::uint8_t> frame) {
  Entry* entry = find(neighbor);
  const Bytes size{static_cast<std::int64_t>(frame.size())};
  if (!entry || entry->pending_bytes + size > config_.pending) return false;
  entry->pending.emplace_back(frame.begin(), frame.end());
  entry->pending_bytes += size;
  return true;
}

std::vector<Neighbors::Frame> Neighbors::learn(Time now, Neighbor neighbor, MacAddress mac, bool create) {
  const std::uint32_t* known = index_.find(neighbor);
  std::optional<std::uint32_t> index;
  if (known) {
    index = *known;
  } else if (create) {
    index = create_entry(neighbor);
  }
  if (!index) return {};
  Entry& entry = entries_[*index];
  if (entry.state == State::permanent) return {};
  timers_.cancel(*index);
  entry.state = State::reachable;
  entry.mac = mac;
  entry.reachable_until = now + config_.reachable_for;
  entry.pending_bytes = {};
  return std::exchange(entry.pending, {});
}

std::optional<Neighbors::Due> Neighbors::next_due(Time now) {
  if (timers_.earliest() > now) return std::nullopt;
  const std::uint32_t index = timers_.earliest_key();
  Entry& entry = entries_[index];
  if (entry.requests < config_.requests) {
    ++entry.requests;
    timers_.set(index, now + config_.retry_interval);
    return Due{.neighbor = entry.neighbor, .ask = true};
  }
  Due due{.neighbor = entry.neighbor, .failed = std::move(entry.pending)};
  forget(index);
  return due;
}

}  // namespace ringside::net
