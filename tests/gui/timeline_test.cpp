// A timeline says what the recording says, whatever is seen of it, and keeps to what can be painted in a
// frame.
#include "view/timeline.hpp"

#include <set>

#include "../replay/made_up.hpp"
#include "catch.hpp"
#include "view/closeup.hpp"
#include "view/describe.hpp"
#include "view/scrubber.hpp"
#include "view/timeline_rows.hpp"

using namespace ringside;

namespace {

template <class Kind>
std::size_t count(const view::Picture& picture) {
  return static_cast<std::size_t>(std::ranges::count_if(
      picture.shapes, [](const view::Shape& shape) { return std::holds_alternative<Kind>(shape); }));
}

struct Run {
  replay::Cast cast = made_up_cast();
  MadeUp made;
  std::optional<replay::Overview> overview;

  explicit Run(std::size_t events) : made{made_up_events(events)} {
    overview = replay::Overview::of(*made.recording, cast);
  }

  view::TimelineScene scene(Time from, Time to) {
    view::TimelineScene scene;
    scene.sides.push_back({.recording = made.recording.get(),
                           .cast = &cast,
                           .host = cast.study,
                           .overview = &*overview,
                           .dropped = {1, 1, 1},
                           .thrown = 0,
                           .arrivals = nullptr,
                           .selected = 0,
                           .latency = {},
                           .now = {}});
    scene.from = from;
    scene.to = to;
    scene.now = from + (to - from) / 3;
    return scene;
  }
  Time first() { return made.recording->first(); }
  Duration lasts() { return made.recording->last() - first(); }
};

constexpr QSizeF size{1920, 480};

}  // namespace

TEST_CASE("a timeline takes no more shapes than a frame has time for, at any zoom", "[timeline]") {
  Run run{200'000};
  view::Timeline timeline;
  for (Duration width = run.lasts(); width > Duration{1000}; width /= 3) {
    CAPTURE(width.count());
    const Time from = run.first() + (run.lasts() - width) / 2;
    const view::Picture picture = timeline.draw(run.scene(from, from + width), size);
    CHECK(count<view::Box>(picture) <= 10'000);
    CHECK(count<view::Words>(picture) <= 150);
    for (const view::Target& target : picture.targets) CHECK_FALSE(target.what.empty());
  }
}

TEST_CASE("a timeline does not depend on what was seen before", "[timeline]") {
  Run run{20'000};
  view::Timeline panned;
  const Duration width = run.lasts() / 40;
  for (int i = 0; i < 80; ++i) {
    const Time from = run.first() + width * i / 3;
    const view::Picture picture = panned.draw(run.scene(from, from + width), size);
    view::Timeline fresh;
    if (i % 8 == 0)
      CHECK(view::describe(picture) == view::describe(fresh.draw(run.scene(from, from + width), size)));
  }
}

TEST_CASE("a close-up fills queues as the events do", "[timeline]") {
  Run run{5000};
  const view::Closeup close = view::closeup(*run.made.recording, run.cast, run.cast.study, 1000, 3000);
  for (std::size_t queue = 0; queue < run.cast.hosts[run.cast.study].queues.size(); ++queue)
    for (std::uint64_t event = 1000; event < 3000; event += 37) {
      const trace::State state = run.made.recording->at(run.made.recording->slice(event, 1).front().at);
      const auto& waiting = state.hosts[run.cast.study].waiting;
      const auto& fills = close.fills[queue];
      const auto after = std::ranges::upper_bound(fills, state.at, {}, &view::Fill::at);
      REQUIRE(after != fills.begin());
      CHECK(std::prev(after)->waiting == (queue < waiting.size() ? waiting[queue] : 0));
    }
}

TEST_CASE("no recording, and one that is still being read, say what to do", "[timeline]") {
  view::Timeline timeline;
  view::TimelineScene none;
  none.reason = QStringLiteral("none");
  CHECK(count<view::Words>(timeline.draw(none, size)) > 0);
  Run run{200'000};
  view::TimelineScene reading = run.scene(run.first(), run.first() + run.lasts());
  reading.sides.front().overview = nullptr;
  CHECK(count<view::Words>(timeline.draw(reading, size)) > 0);
  const view::ScrubberPicture empty = view::scrubber({.reason = QStringLiteral("none")}, {800, 40});
  CHECK(count<view::Words>(empty.picture) == 1);
}

TEST_CASE("rows can be read and are within their area, and all of them are come to, however low it is",
          "[timeline]") {
  constexpr double font = 12, least = font * 0.9;
  const replay::Cast cast = made_up_cast();
  for (const std::size_t count : {1U, 2U, 4U})
    for (const std::size_t windows : {0U, 4U})
      for (const double height : {90.0, 300.0, 1500.0}) {
        const std::vector<std::vector<view::Row>> sides(
            count, view::rows_of({.host = &cast.hosts[1],
                                  .lanes_used = std::vector<bool>(path::lane_count, true),
                                  .most_waiting = {20, 9, 3},
                                  .dropped = {7, 0, 0},
                                  .windows = windows,
                                  .thrown = 7}));
        CAPTURE(count, windows, height);
        const QRectF area{0, 10, 900, height};
        std::set<std::pair<std::size_t, std::pair<view::RowKind, std::size_t>>> seen;
        const std::size_t last = view::lay_out(sides, area, font, 0).reach.last;
        CHECK((last == 0) == (view::least_height(sides, font) <= height));
        for (std::size_t first = 0; first <= last; ++first)
          for (const view::SideRows& side : view::lay_out(sides, area, font, first).sides) {
            CHECK(side.heading.has_value() == (count > 1));
            for (const view::Row& row : side.rows) {
              CHECK(area.contains(row.area));
              CHECK(row.area.height() >= least);
              seen.insert({side.side, {row.kind, row.index}});
            }
          }
        CHECK(seen.size() == count * sides.front().size());
      }
}

TEST_CASE("a timeline that is exported has all rows, and is as high as they need", "[timeline]") {
  Run run{2000};
  view::TimelineScene scene = run.scene(run.first(), run.first() + run.lasts());
  for (int side = 1; side < 4; ++side) {
    scene.sides.push_back(scene.sides.front());
    scene.sides.back().number = side;
  }
  view::Timeline timeline;
  CHECK(timeline.draw(scene, {800, 200}).size.height() == 200);
  CHECK(timeline.reach().last > 0);
  scene.whole = true;
  CHECK(timeline.draw(scene, {800, 200}).size.height() > 200);
  CHECK(timeline.reach().last == 0);
  CHECK(timeline.draw(scene, {800, 2000}).size.height() == 2000);
}

TEST_CASE("the same congestion windows have rows close up and from afar, and change as the events say",
          "[timeline]") {
  Run run{20'000};
  REQUIRE_FALSE(run.overview->windows().empty());
  const auto names = [](const view::Picture& picture) {
    std::vector<std::string> found;
    for (const view::Target& target : picture.targets)
      if (target.what.starts_with("window ")) found.push_back(target.tip.toStdString());
    return found;
  };
  view::Timeline timeline;
  const auto afar = names(timeline.draw(run.scene(run.first(), run.first() + run.lasts()), {1920, 900}));
  const auto close =
      names(timeline.draw(run.scene(run.first(), run.first() + run.lasts() / 40), {1920, 900}));
  REQUIRE(afar.size() == 4);  // of six
  CHECK(close == afar);
  for (const std::string& tip : afar)  // its own come first
    CHECK((tip.find("server") != std::string::npos) == (&tip - afar.data() < 3));

  const auto shown = view::windows_shown(*run.overview, run.cast.study);
  const view::Closeup closeup = view::closeup(*run.made.recording, run.cast, run.cast.study, 1000, 3000);
  for (const view::ShownWindow& window : shown)
    for (std::uint64_t event = 1000; event < 3000; event += 37) {
      const trace::State state = run.made.recording->at(run.made.recording->slice(event, 1).front().at);
      trace::Window now;
      for (const view::WindowChange& change : closeup.windows)
        if (change.host == window.host && change.connection == window.connection && change.at <= state.at)
          now = change.window;
      CHECK(now == trace::window_before(state, {.host = window.host, .index = window.connection}));
    }
}
