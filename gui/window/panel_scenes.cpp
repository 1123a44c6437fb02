#include "window/panel_scenes.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <QCoreApplication>

#include "ringside/path/names.hpp"
#include "view/words.hpp"

namespace ringside::window {

namespace {

QString first_a_scenario(const Session& session) {
  const auto failed = [](const Side& side) { return !side.failure.isEmpty(); };
  if (std::ranges::any_of(session.sides(), failed))
    return QCoreApplication::translate("Panels", "It did not run: the stage says why");
  if (!session.sides().empty())
    return QCoreApplication::translate("Panels", "It runs: what it has done is here as soon as it is done");
  return QCoreApplication::translate("Panels",
                                     "Open a scenario: double-click one in the library, or press Ctrl+K");
}

std::map<std::string, double> numbers(const std::optional<scenarios::RunResult>& result) {
  std::map<std::string, double> all;
  if (!result) return all;
  for (const auto& [key, value] : result->metrics) {
    if (const auto* real = std::get_if<double>(&value)) all[key] = *real;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) all[key] = static_cast<double>(*whole);
  }
  return all;
}

// Of what was offered, by where or why it was lost.
std::map<std::string, double> losses(const std::optional<scenarios::RunResult>& result) {
  std::map<std::string, double> shares;
  const auto all = numbers(result);
  const auto offered = all.find("offered_packets");
  if (offered == all.end() || offered->second <= 0) return shares;
  for (const auto& [place, frames] : result->drops)
    shares[place] = static_cast<double>(frames) / offered->second;
  return shares;
}

// The rate of packets, times how large their frames are.
void add_throughput(std::map<std::string, double>& run, const replay::Traffic& traffic) {
  const auto packets = run.find("delivered_pps");
  if (packets != run.end() && traffic.arrived > 0)
    run[view::BoardSide::throughput] = packets->second * static_cast<double>(traffic.octets_arrived) /
                                       static_cast<double>(traffic.arrived) * 8;
}

// A recording that was opened has no result: its latencies are those of its packets.
void add_latencies(std::map<std::string, double>& run, const replay::Traffic& traffic) {
  constexpr std::array shares{std::pair{"latency_ns_p50", 0.5}, std::pair{"latency_ns_p90", 0.9},
                              std::pair{"latency_ns_p99", 0.99}, std::pair{"latency_ns_p999", 0.999}};
  if (traffic.latency.count() == 0) return;
  for (const auto& [key, share] : shares)
    run.try_emplace(key, to_nanoseconds(traffic.latency.quantile(share)));
}

// The stages that cores run, by lane in their order; then copies, wherever they are made; last what
// belongs to no stage, so that the sum is what a packet costs the cores.
std::vector<view::LaneCost> costs_of(const scenarios::RunResult& result, const replay::HostCast& host) {
  std::array<double, path::lane_count> lanes{};
  double copying = 0;
  const auto numbers_of_run = numbers(result);
  const auto delivered = numbers_of_run.find("delivered_packets");
  if (delivered == numbers_of_run.end() || delivered->second <= 0) return {};
  for (const scenarios::StageFigure& figure : result.stages) {
    const auto stage = std::ranges::find(host.path.stages, figure.stage, &path::Stage::name);
    if (stage == host.path.stages.end() || stage->domain == path::Domain::hardware) continue;
    const double cycles = figure.cycles_per_packet * static_cast<double>(figure.packets) / delivered->second;
    if (stage->memory == path::Memory::copy)
      copying += cycles;
    else
      lanes[static_cast<std::size_t>(
          host.lanes[static_cast<std::size_t>(stage - host.path.stages.begin())])] += cycles;
  }
  std::vector<view::LaneCost> costs;
  for (std::size_t lane = lanes.size(); lane-- > 0;)  // from the wire up, as packets come
    if (lanes[lane] > 0) costs.push_back({static_cast<path::Lane>(lane), false, lanes[lane]});
  if (copying > 0) costs.push_back({path::Lane::user, true, copying});
  double told = 0;
  for (const view::LaneCost& cost : costs) told += cost.cycles;
  const auto all = numbers_of_run.find("cycles_per_packet");
  if (all != numbers_of_run.end() && all->second > told) costs.push_back({.cycles = all->second - told});
  return costs;
}

view::BoardSide board_side(Session& session, std::size_t number) {
  model::Reel& reel = *session.reel(number);
  const Side& its = session.sides()[number];
  const std::uint16_t shown = session.host(number);
  const replay::HostCast& host = reel.host(reel.cast().study);
  const trace::State& state = reel.after(session.events(number));
  view::BoardSide side{.name = QString::fromStdString(its.path()),
                       .run = numbers(its.result),
                       .before = numbers(its.before.result),
                       .lost = losses(its.result),
                       .lost_before = losses(its.before.result),
                       .latencies_before = its.before.latencies,
                       .traffic = reel.traffic()};
  const trace::HostState* end = reel.end(shown);
  side.by_frame = end && end->delivered == 0;
  if (shown < state.hosts.size()) side.so_far = replay::odometers(reel.host(shown), state.hosts[shown]);
  if (shown != reel.cast().study) side.host = QString::fromStdString(reel.host(shown).name);
  if (side.traffic) add_throughput(side.run, *side.traffic);
  if (side.traffic) add_latencies(side.run, *side.traffic);
  if (its.result) side.costs = costs_of(*its.result, host);
  return side;
}

}  // namespace

view::JourneyScene journey_scene(Session& session) {
  view::JourneyScene scene{.language = session.language()};
  model::Reel* reel = session.reel();
  const std::uint64_t packet = session.packet();
  scene.invitation =
      !reel ? first_a_scenario(session)
      : packet == 0
          ? QCoreApplication::translate("Panels", "Choose a packet: click one on the stage, or press Ctrl+→")
          : QCoreApplication::translate("Panels", "This recording has no packet %1.").arg(packet);
  const model::Passenger* passenger = reel ? reel->passenger(packet) : nullptr;
  if (!passenger) return scene;
  scene.cast = &reel->cast();
  scene.journey = &passenger->journey;
  scene.events = session.events(0);
  return scene;
}

view::BytesScene bytes_scene(Session& session, std::string pointed) {
  view::BytesScene scene{.pointed = std::move(pointed), .language = session.language()};
  model::Reel* reel = session.reel();
  const model::Passenger* passenger = reel ? reel->passenger(session.packet()) : nullptr;
  if (!passenger) return scene;
  if (passenger->looks.empty()) {
    scene.invitation = QCoreApplication::translate(
        "Panels", "This recording has no octets of packets. Run the scenario again to have them.");
    return scene;
  }
  const model::Passenger::Look* look = passenger->look(session.events(0));
  if (!look) {
    scene.invitation = QCoreApplication::translate(
        "Panels", "Not seen yet at this moment. Its octets are known from the first stage on.");
    return scene;
  }
  scene.octets = look->frame.octets;
  scene.length = look->frame.length;
  scene.first = passenger->looks.front().frame.octets;
  const replay::HostCast& host = reel->host(look->frame.host);
  scene.where = QString::fromStdString(host.name);
  if (look->frame.stage < host.path.stages.size())
    scene.where =
        QCoreApplication::translate("Panels", "%1, %2", "a host, and a stage of it")
            .arg(scene.where,
                 view::words(path::name_in(host.path.stages[look->frame.stage].name, session.language())));
  return scene;
}

view::BoardScene board_scene(Session& session) {
  view::BoardScene scene{.language = session.language(), .invitation = first_a_scenario(session)};
  for (std::size_t side = 0; side < session.sides().size(); ++side)
    if (session.reel(side)) scene.sides.push_back(board_side(session, side));
  return scene;
}

view::BudgetScene budget_scene(Session& session) {
  view::BudgetScene scene{.language = session.language(), .invitation = first_a_scenario(session)};
  for (std::size_t side = 0; side < session.sides().size(); ++side)
    if (const model::Reel* reel = session.reel(side))
      scene.sides.push_back({QString::fromStdString(session.sides()[side].path()), reel->budget()});
  return scene;
}

}  // namespace ringside::window
