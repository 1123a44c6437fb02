// Properties of the picture, measured on its rectangles and lines.
#include "ringside/path/drawing.hpp"

#include <algorithm>

#include "catch.hpp"
#include "sample_paths.hpp"

using namespace ringside::path;

namespace {

std::vector<Path> sample_paths() {
  return {samples::napi_socket(), samples::shared_rings(), samples::poll_mode()};
}

// Its name in the path, whatever the language of the drawing.
const std::string& queue_of(const Path& path, const QueueBox& box) {
  return std::get<Queue>(path.hops[box.hop].hand).name;
}

struct Named {
  std::string name;
  Rect area;
};

std::vector<Named> boxes(const Path& path, const Drawing& drawing) {
  std::vector<Named> all;
  for (const StageBox& box : drawing.stages) all.push_back({path.stages[box.stage].name, box.area});
  for (const QueueBox& box : drawing.queues) all.push_back({box.name, box.area});
  return all;
}

// The piece of a connector without its ends, so that it may touch the boxes that it connects.
Rect inner(Point a, Point b) {
  const int x = std::min(a.x, b.x);
  const int y = std::min(a.y, b.y);
  return a.x == b.x ? Rect{x, y + 1, 1, std::max(std::abs(a.y - b.y) - 1, 0)}
                    : Rect{x + 1, y, std::max(std::abs(a.x - b.x) - 1, 0), 1};
}

bool touches(const Rect& box, Point p) {
  return p.x >= box.x && p.x <= box.right() && p.y >= box.y && p.y <= box.bottom();
}

struct Sample {
  Path path;
  Language language;
  Drawing drawing = draw(path, language);
};

// Drawn once, measured often.
const std::vector<Sample>& samples_drawn() {
  static const auto all = [] {
    std::vector<Sample> drawn;
    for (const Path& path : sample_paths())
      for (const Language language : {Language::en, Language::zh_CN, Language::both})
        drawn.push_back({.path = path, .language = language});
    return drawn;
  }();
  return all;
}

template <class Check>
void for_each_drawing(Check check) {
  for (const Sample& sample : samples_drawn()) {
    INFO("path " << sample.path.name << ", language " << static_cast<int>(sample.language));
    check(sample.path, sample.drawing);
  }
}

}  // namespace

TEST_CASE("every stage, queue and hop is in the picture") {
  for_each_drawing([](const Path& path, const Drawing& drawing) {
    CHECK(drawing.stages.size() == path.stages.size());
    CHECK(drawing.connectors.size() == path.hops.size());
    for (const Hop& hop : path.hops)
      if (const auto* queue = std::get_if<Queue>(&hop.hand))
        CHECK(std::ranges::count_if(drawing.queues, [&](const QueueBox& box) {
                return queue_of(path, box) == queue->name;
              }) == 1);
  });
}

TEST_CASE("no two boxes overlap") {
  for_each_drawing([](const Path& path, const Drawing& drawing) {
    const auto all = boxes(path, drawing);
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        INFO(all[i].name << " and " << all[j].name);
        CHECK_FALSE(all[i].area.overlaps(all[j].area));
      }
  });
}

TEST_CASE("labels overlap neither boxes nor each other") {
  for_each_drawing([](const Path& path, const Drawing& drawing) {
    for (std::size_t i = 0; i < drawing.labels.size(); ++i) {
      const Label& label = drawing.labels[i];
      INFO("label " << label.text);
      for (const Named& box : boxes(path, drawing)) CHECK_FALSE(label.area.overlaps(box.area));
      for (std::size_t j = 0; j < i; ++j) CHECK_FALSE(label.area.overlaps(drawing.labels[j].area));
    }
  });
}

TEST_CASE("every verdict that a hop follows has its label") {
  for_each_drawing([](const Path& path, const Drawing& drawing) {
    for (std::size_t h = 0; h < path.hops.size(); ++h) {
      if (path.hops[h].when == Verdict::always || std::holds_alternative<Notify>(path.hops[h].hand)) continue;
      CHECK(std::ranges::count(drawing.labels, h, &Label::hop) == 1);
    }
  });
}

TEST_CASE("connectors are horizontal and vertical and do not run through boxes") {
  for_each_drawing([](const Path& path, const Drawing& drawing) {
    const auto all = boxes(path, drawing);
    for (const Connector& connector : drawing.connectors) {
      const Hop& hop = path.hops[connector.hop];
      INFO("from " << path.stages[hop.from].name << " to " << path.stages[hop.to].name);
      for (std::size_t i = 0; i + 1 < connector.points.size(); ++i) {
        const Point a = connector.points[i];
        const Point b = connector.points[i + 1];
        CHECK((a.x == b.x) != (a.y == b.y));
        for (const Named& box : all) {
          INFO("through " << box.name);
          CHECK_FALSE(inner(a, b).overlaps(box.area));
        }
      }
    }
  });
}

TEST_CASE("a connector leads from its stage to its stage, or to the queue between them") {
  for_each_drawing([](const Path& path, const Drawing& drawing) {
    for (const Connector& connector : drawing.connectors) {
      const Hop& hop = path.hops[connector.hop];
      const auto* queue = std::get_if<Queue>(&hop.hand);
      const auto at = [&](StageId stage, Point p) {
        const bool at_queue = queue && std::ranges::any_of(drawing.queues, [&](const QueueBox& box) {
                                return queue_of(path, box) == queue->name && touches(box.area, p);
                              });
        return at_queue || touches(drawing.stages[stage].area, p);
      };
      CHECK(at(hop.from, connector.points.front()));
      CHECK(at(hop.to, connector.points.back()));
    }
  });
}

TEST_CASE("each stage lies in its lane, and the lanes fill the picture from user space to the wire") {
  for_each_drawing([](const Path& path, const Drawing& drawing) {
    REQUIRE(drawing.lanes.size() == lane_count);
    const auto lane = lanes(path);
    for (const StageBox& box : drawing.stages) {
      const Rect band = drawing.lanes[static_cast<std::size_t>(lane[box.stage])].area;
      CHECK((band.y < box.area.y && box.area.bottom() < band.bottom()));
      CHECK((0 < box.area.x && box.area.right() < drawing.width));
    }
    for (std::size_t l = 1; l < lane_count; ++l)
      CHECK(drawing.lanes[l].area.y == drawing.lanes[l - 1].area.bottom());
  });
}

TEST_CASE("every trap pays its toll at the boundary") {
  for_each_drawing([](const Path& path, const Drawing& drawing) {
    const Rect boundary = drawing.lanes[static_cast<std::size_t>(Lane::boundary)].area;
    for (std::size_t h = 0; h < path.hops.size(); ++h)
      CHECK(std::ranges::count(drawing.tolls, h, &Toll::hop) ==
            std::holds_alternative<Trap>(path.hops[h].hand));
    for (const Toll& toll : drawing.tolls) CHECK(touches(boundary, toll.at));
  });
}

TEST_CASE("lanes that a path bypasses are hollow") {
  const Drawing drawing = draw(samples::poll_mode());
  std::string bypassed;
  for (const LaneBand& band : drawing.lanes)
    if (band.bypassed) bypassed += style(band.lane).letter;
  CHECK(bypassed == "BPSH");
}

TEST_CASE("the picture fits a projector") {
  for_each_drawing([](const Path&, const Drawing& drawing) {
    CHECK(drawing.width <= 1280);
    CHECK(drawing.height <= 760);
  });
}

TEST_CASE("the same path gives the same picture") {
  const Drawing a = draw(samples::napi_socket());
  const Drawing b = draw(samples::napi_socket());
  for (std::size_t c = 0; c < a.connectors.size(); ++c)
    CHECK(a.connectors[c].points == b.connectors[c].points);
}
