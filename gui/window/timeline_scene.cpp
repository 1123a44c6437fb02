#include "window/timeline_scene.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <QCoreApplication>

#include "model/latency.hpp"

namespace ringside::window {

namespace {

struct Wanting {  // why there is nothing to see, and what to do
  QString reason{};
  QString invitation{};
};

Wanting wanting(const Session& session) {
  for (const Side& side : session.sides())
    if (!side.failure.isEmpty())
      return {QCoreApplication::translate("Timeline", "No recording: the run failed"),
              side.failure.section(QLatin1Char{'\n'}, 0, 0)};
  if (!session.sides().empty())
    return {QCoreApplication::translate("Timeline", "Running %1…")
                .arg(QString::fromStdString(session.sides()[0].scenario)),
            QCoreApplication::translate("Timeline", "Its time line appears as soon as the run is complete.")};
  return {
      QCoreApplication::translate("Timeline", "No recording yet"),
      QCoreApplication::translate(
          "Timeline", "Open a scenario from the library, or a recording: its run appears here over time.")};
}

view::TimelineSide side_of(Session& session, std::size_t side) {
  model::Reel& reel = *session.reel(side);
  view::TimelineSide made{.number = static_cast<int>(side),
                          .recording = &reel.recording(),
                          .cast = &reel.cast(),
                          .host = session.host(side),
                          .overview = reel.overview(),
                          .dropped = {},
                          .thrown = 0,
                          .arrivals = reel.arrivals(),
                          .selected = session.packet(side),
                          .latency = {},
                          .now = session.now(side)};
  if (const trace::HostState* end = reel.end(made.host)) {
    made.dropped = end->dropped;
    made.thrown = std::accumulate(end->thrown.begin(), end->thrown.end(), std::uint64_t{0});
  }
  return made;
}

view::Latency summary(const model::Latencies& of) {
  view::Latency made{.count = of.sorted.size(), .all = of.all};
  if (of.sorted.empty()) return made;
  made.mean = Duration{std::llround(of.mean_picoseconds())};
  made.min = of.sorted.front();
  made.p50 = of.quantile(0.5);
  made.p99 = of.quantile(0.99);
  made.max = of.sorted.back();
  return made;
}

}  // namespace

std::vector<std::optional<view::Latency>> latencies_between_markers(Session& session) {
  std::vector<std::optional<view::Latency>> all;
  const auto& [a, b] = session.markers();
  if (!a || !b) return all;
  for (std::size_t side = 0; side < session.sides().size(); ++side) {
    model::Reel* reel = session.reel(side);
    all.push_back(reel ? std::optional{summary(model::latencies(*reel, std::min(*a, *b), std::max(*a, *b)))}
                       : std::nullopt);
  }
  return all;
}

view::TimelineScene timeline_scene(Session& session,
                                   const std::vector<std::optional<view::Latency>>& latencies) {
  view::TimelineScene scene;
  for (std::size_t side = 0; side < session.sides().size(); ++side) {
    if (!session.reel(side) || session.focus().value_or(side) != side) continue;
    scene.sides.push_back(side_of(session, side));
    if (side < latencies.size()) scene.sides.back().latency = latencies[side];
  }
  scene.from = session.seen_from();
  scene.to = session.seen_to();
  scene.now = session.playback().now();
  scene.markers = session.markers();
  scene.language = session.language();
  if (scene.sides.empty()) {
    Wanting why = wanting(session);
    scene.reason = std::move(why.reason);
    scene.invitation = std::move(why.invitation);
  }
  return scene;
}

view::ScrubberScene scrubber_scene(Session& session) {
  view::ScrubberScene scene;
  const model::Reel* reel = session.reel();
  if (reel) {
    scene.overview = reel->overview();
    scene.host = reel->cast().study;
  }
  scene.from = session.run_from();
  scene.to = session.run_to();
  scene.now = session.playback().now();
  scene.seen_from = session.seen_from();
  scene.seen_to = session.seen_to();
  scene.markers = session.markers();
  scene.bookmarks = session.bookmarks();
  scene.reason = reel ? QCoreApplication::translate("Scrubber", "The recording is being read…")
                      : wanting(session).reason;
  return scene;
}

}  // namespace ringside::window
