#include "window/motion.hpp"

#include <algorithm>

#include "model/fallen.hpp"
#include "ringside/replay/names.hpp"
#include "ringside/replay/narrate.hpp"
#include "view/name.hpp"

namespace ringside::window {

namespace {

constexpr double flight_seconds = 0.25;    // on the screen
constexpr double mark_seconds = 2;         // for which a drop stays in sight,
constexpr double flash_pace = 6;           // events in a second: from one flash to the next are two at least
constexpr double flash_part = 0.6;         // of the event
constexpr std::uint64_t mark_events = 24;  // or, in event time, so many events

bool by_event(Session& session) { return session.playback().clock() == model::Clock::event; }

// In event time only the first side plays event by event; one that goes from milestone to milestone jumps.
bool moves(Session& session, std::size_t side) {
  if (session.still() || !session.playback().playing()) return false;
  return side == 0 || !(by_event(session) || session.lock() == Lock::milestone);
}

// How far a fall has come. Without motion all is over at once.
double part_of(Session& session, std::size_t side, const model::Fallen& fallen, Time now) {
  if (!moves(session, side)) return 1;
  const model::Playback& playback = session.playback();
  if (by_event(session)) return fallen.number + 1 == session.events(side) ? playback.part() : 1;
  const double lasts = playback.speed() * flight_seconds * 1e12;
  return std::clamp(static_cast<double>((now - fallen.drop.at).count()) / lasts, 0.0, 1.0);
}

view::Dropped fall_of(const Session& session, std::size_t side, const model::Fallen& fallen) {
  const model::Reel& reel = *session.reel(side);
  view::Dropped fall{.packet = view::look_of(fallen.drop.packet, *fallen.where, reel.kinds()),
                     .frames = std::max<std::uint64_t>(fallen.drop.other, 1),
                     .from = *fallen.where,
                     .key = replay::loss_key(reel.cast(), fallen.drop)};
  fall.packet.selected = fallen.drop.packet == session.packet(side);
  fall.reason = view::named(replay::drop_reason(fall.key), session.language()).joined();
  return fall;
}

// For the same queue, among the last events before.
bool lost_before(model::Reel& reel, const trace::Event& drop, std::uint64_t number) {
  const auto before = model::fallen(reel, drop.host, number - std::min(number, mark_events), number);
  return std::ranges::any_of(before, [&](const model::Fallen& f) { return f.drop.index == drop.index; });
}

}  // namespace

// In event time the last event is under way; otherwise all that came a moment ago are.
std::vector<view::Flight> flights_of(Session& session, std::size_t side, const trace::State& state) {
  std::vector<view::Flight> flights;
  const model::Playback& playback = session.playback();
  if (!moves(session, side)) return flights;
  const bool one = by_event(session);
  const Time now = session.now(side);
  const Duration lasts = one ? Duration{0} : from_seconds(playback.speed() * flight_seconds);
  for (const auto& [packet, where] : state.packets) {
    const Duration age = now - where.since;
    if (where.from_place == trace::Kind::birth || age > lasts || age < Duration{0}) continue;
    trace::Whereabouts from = where;
    from.place = where.from_place;
    from.index = where.from_index;
    const double part =
        one ? playback.part() : static_cast<double>(age.count()) / static_cast<double>(lasts.count());
    flights.push_back({packet, from, where, part});
  }
  return flights;
}

std::vector<view::Dropped> falls_of(Session& session, std::size_t side) {
  model::Reel& reel = *session.reel(side);
  const std::uint64_t to = session.events(side);
  const Time now = session.now(side);
  const Time since = now - from_seconds(session.playback().speed() * mark_seconds);
  const std::uint64_t from =
      by_event(session) ? to - std::min(to, mark_events) : std::min(reel.number_at(since), to);
  std::vector<view::Dropped> falls;
  for (const model::Fallen& fallen : model::fallen(reel, session.host(side), from, to)) {
    if (!fallen.where) continue;
    falls.push_back(fall_of(session, side, fallen));
    falls.back().part = part_of(session, side, fallen, now);
  }
  return falls;
}

std::optional<std::size_t> just_full(Session& session, std::size_t side, const trace::State& state) {
  const model::Playback& playback = session.playback();
  if (!moves(session, side) || !by_event(session) || playback.pace() > flash_pace ||
      playback.part() > flash_part || session.events(side) == 0)
    return std::nullopt;
  model::Reel& reel = *session.reel(side);
  const std::uint64_t number = session.events(side) - 1;
  const trace::Event last = reel.event(number);
  if (last.host != session.host(side)) return std::nullopt;
  if (last.kind == trace::Kind::queue) {
    const std::int64_t waiting = state.hosts[last.host].waiting[last.index];
    if (waiting == reel.host(last.host).packets_in(last.index)) return last.index;
  }
  // Of several with a name, one is seen to be full when it has no room for a packet, the first in a while.
  if (last.kind == trace::Kind::drop && last.index != trace::no_queue &&
      reel.host(last.host).instances_of(last.index) > 1 && !lost_before(reel, last, number))
    return last.index;
  return std::nullopt;
}

}  // namespace ringside::window
