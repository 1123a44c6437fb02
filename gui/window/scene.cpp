#include "window/scene.hpp"

#include <array>
#include <cmath>

#include <QCoreApplication>

#include "ringside/replay/narrate.hpp"
#include "window/motion.hpp"

namespace ringside::window {

namespace {

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
    buffers.push_back({.packet = view::look_of(packet, where, reel.kinds()),
                       .region = *lodging.region,
                       .owner = *lodging.owner,
                       .copying = copying,
                       .refers_to = reel.kinds() ? reel.kinds()->of(packet).clone_of : 0});
  }
  return buffers;
}

// How many there are of each queue's name, and what they lose in the whole run.
view::QueueUses queues_of(const model::Reel& reel, std::size_t host) {
  const replay::HostCast& cast = reel.host(host);
  const trace::HostState* end = reel.end(host);
  view::QueueUses uses;
  for (std::size_t q = 0; q < cast.queues.size(); ++q)
    uses[cast.queues[q]] = {.instances = cast.instances_of(q),
                            .lost = end && q < end->dropped.size() ? end->dropped[q] : 0};
  return uses;
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
  seat.kinds = reel.kinds();
  seat.queues = queues_of(reel, seat.host);
  seat.flights = flights_of(session, side, state);
  seat.falls = falls_of(session, side);
  seat.just_full = just_full(session, side, state);
  seat.regions = regions_of(reel.host(seat.host), reel.used(seat.host));
  seat.buffers = buffers_of(reel, state, seat.host);
  seat.selected = session.packet(side);
  seat.note = its.failure.section(QLatin1Char{'\n'}, 0, 0);
  if (const Duration shift = its.shift - session.sides()[0].shift; shift != Duration{} && seat.note.isEmpty())
    seat.note = (shift > Duration{} ? QStringLiteral("+") : QString{}) + time_text(Time{shift});
  seat.progress = its.progress;
  return seat;
}

// Where several hosts are at work, with the name of the one where it happens.
std::string sentence_of(model::Reel& reel, std::uint64_t number, path::Language language) {
  const trace::Event event = reel.event(number);
  std::string sentence = replay::narrate(reel.cast(), event, reel.before(number), language);
  if (!view::several_act(reel.cast().hosts)) return sentence;
  return replay::on_host(reel.cast(), event, std::move(sentence), language);
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
      lines.push_back(QString::fromStdString(sentence_of(*reel, events - 1, language)));
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
