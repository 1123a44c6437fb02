#include "model/lockstep.hpp"

#include <algorithm>

namespace ringside::model {

using trace::Kind;

namespace {

// What is still on its way in when a recording ends has arrived in one and not in the other.
constexpr std::size_t cut_at_most = 8;

// The lane of a mark: of its stage, or where its way between hosts goes. Waiting is no milestone.
std::optional<path::Lane> lane_of(const replay::HostCast& host, const trace::Event& mark) {
  if (mark.kind == Kind::stage && mark.index < host.lanes.size()) return host.lanes[mark.index];
  if (mark.kind == Kind::link) return path::Lane::wire;
  return std::nullopt;
}

// Whether it is a clone that a packet tap takes: others that are made of a packet go other ways.
bool is_clone(const replay::HostCast& host, const replay::Journey& journey) {
  const auto first = std::ranges::find_if(
      journey.steps, [](const replay::Step& step) { return step.mark.kind != Kind::birth; });
  return first != journey.steps.end() && first->mark.kind == Kind::stage &&
         host.takes_clones(first->mark.index);
}

// One way until an event, then another.
replay::Journey gone_on(replay::Journey way, const replay::Journey& with, std::uint64_t event) {
  std::erase_if(way.steps, [event](const replay::Step& step) { return step.number >= event; });
  for (const replay::Step& step : with.steps)
    if (step.mark.kind != Kind::birth) way.steps.push_back(step);
  way.whole = {};
  for (std::size_t i = 0; i + 1 < way.steps.size(); ++i) {
    way.steps[i].lasts = way.steps[i + 1].mark.at - way.steps[i].mark.at;
    way.steps[i].interrupted = std::min(way.steps[i].interrupted, way.steps[i].lasts);
    way.whole += way.steps[i].lasts;
  }
  return way;
}

bool ends(const trace::Event& mark) {
  return mark.kind == Kind::end || mark.kind == Kind::drop || mark.kind == Kind::gone;
}

}  // namespace

replay::Journey way_to_program(Reel& reel, std::uint64_t packet, std::uint64_t near_event) {
  replay::Journey own = replay::journey(reel.recording(), packet, near_event);
  if (own.steps.empty() || own.steps.back().mark.kind == Kind::end) return own;
  const std::uint64_t first = own.steps.front().number, last = own.steps.back().number;
  for (std::uint64_t number = first; number < last; ++number) {
    const trace::Event event = reel.event(number);
    if (event.kind != Kind::birth || event.other != packet) continue;
    const replay::Journey clone = replay::journey(reel.recording(), event.packet, number);
    if (is_clone(reel.host(event.host), clone)) return gone_on(std::move(own), clone, number);
  }
  return own;
}

Likeness likeness(const replay::Arrivals& one, const replay::Arrivals& other) {
  const auto& first = one.in_order();
  const auto& second = other.in_order();
  if (first.empty() || second.empty()) return {.because = Unlike::none};
  const auto [a, b] = std::ranges::mismatch(first, second, {}, &replay::Arrival::at, &replay::Arrival::at);
  const auto left = [](auto from, auto end) { return static_cast<std::size_t>(end - from); };
  const std::size_t cut = std::max(left(a, first.end()), left(b, second.end()));
  if (cut == 0) return {};
  const auto rank = static_cast<std::size_t>(a - first.begin());
  if (cut <= cut_at_most && rank >= cut) return {};
  Likeness unlike{.because = Unlike::times, .rank = rank};
  if (a != first.end()) unlike.first = a->at;
  if (b != second.end()) unlike.second = b->at;
  return unlike;
}

Likeness likeness(const Reel& one, const Reel& other) {
  if (!one.arrivals() || !other.arrivals()) return {.because = Unlike::unread};
  return likeness(*one.arrivals(), *other.arrivals());
}

std::vector<Reached> milestones(const replay::HostCast& cast, std::uint16_t host,
                                const replay::Journey& journey) {
  std::vector<Reached> all;
  int top = path::lane_count;  // the uppermost lane so far
  bool down = false;
  const auto add = [&](Milestone milestone, const replay::Step& step) {
    if (all.empty() || all.back().milestone < milestone) all.push_back({milestone, step.number + 1});
  };
  for (const replay::Step& step : journey.steps) {
    if (step.mark.host != host) continue;
    if (ends(step.mark)) add(over, step);
    const auto lane = lane_of(cast, step.mark);
    if (!lane) continue;
    const int depth = static_cast<int>(*lane);
    // A packet goes down when it comes back to the card: softirqs and protocols call each other.
    down = down || (*lane >= path::Lane::nic && top < static_cast<int>(path::Lane::nic));
    top = std::min(top, depth);
    add(down ? path::lane_count + depth : path::lane_count - 1 - depth, step);
  }
  return all;
}

const Reached* reached(std::span<const Reached> way, std::uint64_t events) {
  const Reached* last = nullptr;
  for (const Reached& step : way)
    if (step.events <= events) last = &step;
  return last;
}

const Reached* matching(std::span<const Reached> way, Milestone milestone) {
  const Reached* last = nullptr;
  for (const Reached& step : way)
    if (step.milestone <= milestone) last = &step;
  return last;
}

void Lockstep::show(std::vector<Reel*> sides) {
  sides_ = std::move(sides);
  known_.assign(sides_.size(), {});
  likenesses_.assign(sides_.size(), {.because = Unlike::unread});
  for (std::size_t side = 0; side < sides_.size(); ++side)
    if (sides_[0] && sides_[side])
      likenesses_[side] = side == 0 ? Likeness{} : likeness(*sides_[0], *sides_[side]);
}

bool Lockstep::all_like() const { return std::ranges::all_of(likenesses_, &Likeness::like); }

const replay::Arrivals* Lockstep::arrivals(std::size_t side) const {
  return reel(side) ? reel(side)->arrivals() : nullptr;
}

std::uint64_t Lockstep::counterpart(std::size_t from, std::uint64_t packet, std::size_t to) const {
  if (packet == 0 || from == to) return packet;
  if (!arrivals(from) || !arrivals(to) || !likenesses_[from].like() || !likenesses_[to].like()) return 0;
  return arrivals(from)->counterpart(packet, *arrivals(to)).value_or(0);
}

std::uint64_t Lockstep::arrived_last(Time now) const {
  if (!arrivals(0)) return 0;
  const auto& all = arrivals(0)->in_order();
  const auto after = std::ranges::upper_bound(all, now, {}, &replay::Arrival::at);
  return after == all.begin() ? 0 : std::prev(after)->packet;
}

std::optional<Time> Lockstep::arrival(std::size_t side, std::uint64_t packet) const {
  if (!arrivals(side)) return std::nullopt;
  const auto rank = arrivals(side)->rank(packet);
  if (!rank) return std::nullopt;
  return arrivals(side)->in_order()[*rank].at;
}

const Lockstep::Known& Lockstep::known(std::size_t side, std::uint64_t packet) {
  Known& known = known_.at(side);
  if (packet != 0 && known.journey.packet == packet) return known;
  known = {};
  Reel* its = reel(side);
  const auto at = arrival(side, packet);
  if (!its || !at) return known;
  known.journey = way_to_program(*its, packet, its->number_at(*at) - 1);
  const std::size_t study = its->cast().study;
  known.way = milestones(its->host(study), static_cast<std::uint16_t>(study), known.journey);
  return known;
}

const replay::Journey& Lockstep::journey(std::size_t side, std::uint64_t packet) {
  return known(side, packet).journey;
}
const std::vector<Reached>& Lockstep::way(std::size_t side, std::uint64_t packet) {
  return known(side, packet).way;
}

const Reached* Lockstep::milestone(std::size_t side, std::uint64_t packet, std::uint64_t first_events) {
  const Reached* leads = reached(way(0, packet), first_events);
  return leads ? matching(way(side, counterpart(0, packet, side)), leads->milestone) : nullptr;
}

Standing Lockstep::standing(std::size_t side, Lock lock, std::uint64_t packet, const Standing& first,
                            Duration shift) {
  Reel* its = reel(side);
  if (!its) return {};
  if (side == 0) return first;
  Time stands = first.now;
  const std::uint64_t other = counterpart(0, packet, side);
  const auto came = arrival(0, packet), comes = arrival(side, other);
  if (lock == Lock::packet && came && comes) stands = *comes + (first.now - *came);
  if (lock == Lock::milestone)
    if (const Reached* step = milestone(side, packet, first.events)) {
      stands = its->event(step->events - 1).at;
      if (shift == Duration{}) return {step->events, stands};
    }
  return {its->number_at(stands + shift), stands + shift};
}

}  // namespace ringside::model
