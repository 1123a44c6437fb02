#include "window/scene.hpp"

#include <array>
#include <cmath>

#include <QCoreApplication>

#include "ringside/replay/narrate.hpp"

namespace ringside::window {

namespace {

constexpr double flight_seconds = 0.25;  // on the screen

// In event time the last event is under way; otherwise all that came a moment ago are.
std::vector<view::Flight> flights_of(Session& session, std::size_t side, const trace::State& state) {
  std::vector<view::Flight> flights;
  const model::Playback& playback = session.playback();
  if (session.still() || !playback.playing()) return flights;
  const bool by_event = playback.clock() == model::Clock::event;
  const bool stands_elsewhere =
      side > 0 && (session.lock() == Lock::milestone || session.sides()[side].shift != Duration{});
  if ((by_event && side > 0) || stands_elsewhere) return flights;
  const Duration lasts = by_event ? Duration{0} : from_seconds(playback.speed() * flight_seconds);
  for (const auto& [packet, where] : state.packets) {
    const Duration age = playback.now() - where.since;
    if (where.from_place == trace::Kind::birth || age > lasts || age < Duration{0}) continue;
    trace::Whereabouts from = where;
    from.place = where.from_place;
    from.index = where.from_index;
    const double part =
        by_event ? playback.part() : static_cast<double>(age.count()) / static_cast<double>(lasts.count());
    flights.push_back({packet, from, where, part});
  }
  return flights;
}

// The kinds of memory that packets come to on this host, the program's at the top.
std::vector<Region> regions_of(const replay::HostCast& host, const std::vector<bool>& used) {
  std::vector<Region> regions;
  for (const Region region :
       {Region::user, Region::shared, Region::kernel, Region::page_cache, Region::device})
    for (std::size_t i = 0; i < host.path.stages.size(); ++i) {
      const path::Stage& stage = host.path.stages[i];
      const bool moves = stage.memory != path::Memory::none && stage.memory != path::Memory::reference;
      if (!moves || stage.into != region || (i < used.size() && !used[i])) continue;
      regions.push_back(region);
      break;
    }
  return regions;
}

std::vector<view::Buffer> buffers_of(const model::Reel& reel, const trace::State& state, std::uint16_t host) {
  std::vector<view::Buffer> buffers;
  for (const auto& [packet, where] : state.packets) {
    if (where.host != host) continue;
    const replay::Lodging lodging = reel.lodgings().of(where);
    if (lodging.on_wire || !lodging.region || !lodging.owner) continue;
    const bool copying = where.place == trace::Kind::stage &&
                         reel.host(host).path.stages[where.index].memory == path::Memory::copy;
    buffers.push_back({packet, *lodging.region, *lodging.owner, copying});
  }
  return buffers;
}

view::Seat seat_of(Session& session, std::size_t side) {
  model::Reel& reel = *session.reel(side);
  const Side& its = session.sides()[side];
  const trace::State& state = reel.after(session.events(side));
  view::Seat seat;
  seat.side = static_cast<int>(side);
  seat.cast = &reel.cast();
  seat.host = session.host(side);
  seat.state = &state;
  if (!session.all_stages()) seat.used = reel.used(seat.host);
  seat.flights = flights_of(session, side, state);
  seat.regions = regions_of(reel.host(seat.host), reel.used(seat.host));
  seat.buffers = buffers_of(reel, state, seat.host);
  seat.selected = session.packet(side);
  seat.note = its.failure.section(QLatin1Char{'\n'}, 0, 0);
  if (const Duration shift = its.shift - session.sides()[0].shift; shift != Duration{} && seat.note.isEmpty())
    seat.note = (shift > Duration{} ? QStringLiteral("+") : QString{}) + time_text(Time{shift});
  seat.progress = its.progress;
  return seat;
}

}  // namespace

QStringList caption_of(Session& session, std::uint64_t events) {
  model::Reel* reel = session.reel();
  if (!reel) return {};
  QStringList lines;
  const auto say = [&](path::Language language) {
    if (events == 0) {
      const path::Text& title = reel->cast().title;
      lines.push_back(QString::fromStdString(language == path::Language::zh_CN ? title.zh_CN : title.en));
    } else {
      lines.push_back(QString::fromStdString(
          replay::narrate(reel->cast(), reel->event(events - 1), reel->before(events - 1), language)));
    }
  };
  if (session.language() != path::Language::zh_CN) say(path::Language::en);
  if (session.language() != path::Language::en) say(path::Language::zh_CN);
  return lines;
}

view::TheatreScene scene_of(Session& session, std::size_t most_seats) {
  view::TheatreScene scene;
  scene.language = session.language();
  for (std::size_t side = 0; side < session.sides().size() && scene.seats.size() < most_seats; ++side)
    if (session.reel(side) && session.focus().value_or(side) == side)
      scene.seats.push_back(seat_of(session, side));
  scene.caption = caption_of(session);
  if (scene.seats.empty())
    scene.invitation = QCoreApplication::translate(
        "Stage", "Open a scenario: double-click one in the library, or press Ctrl+K");
  for (const Side& side : session.sides()) {
    if (side.reel) continue;
    scene.invitation =
        side.failure.isEmpty()
            ? QCoreApplication::translate("Stage", "Running %1…").arg(QString::fromStdString(side.scenario))
            : side.failure;
  }
  return scene;
}

QString time_text(Time time) {
  struct Unit {
    double picoseconds;
    const char* name;
  };
  static constexpr std::array<Unit, 4> units{{{1e12, "s"}, {1e9, "ms"}, {1e6, "µs"}, {1e3, "ns"}}};
  const auto ps = static_cast<double>(time.time_since_epoch().count());
  const Unit* unit = &units.back();
  for (const Unit& u : units)
    if (std::abs(ps) >= u.picoseconds) {
      unit = &u;
      break;
    }
  return QStringLiteral("%1%2%3")
      .arg(ps / unit->picoseconds, 0, 'f', 3)
      .arg(QChar{0x2009})
      .arg(QString::fromUtf8(unit->name));
}

}  // namespace ringside::window
