// Tries every place along a connector and takes the best.
#include "describe/labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "describe/facts.hpp"
#include "describe/router.hpp"
#include "describe/sizes.hpp"
#include "graph.hpp"
#include "ringside/path/names.hpp"
#include "ringside/path/spoken.hpp"
#include "ringside/path/width.hpp"

namespace ringside::path {

namespace {

constexpr int label_height = 13;
constexpr int beside_line = 3;  // pixels between a line and its label
constexpr int margin = 2;       // pixels between a box and a label
// What it costs, in pixels of distance from the wanted place along the line:
constexpr int gap_cost = 4;       // each pixel farther away from the line
constexpr int crossed_line = 80;  // each line under the label
constexpr int crossed_rule = 40;  // each border of a lane under it

std::string words_for(const Hop& hop, Language language) {
  std::string words{hop.when == Verdict::always ? "" : spoken(to_string(hop.when), language)};
  if (each_batch(hop)) words = spoken("each batch", language);
  if (is_clone(hop)) words = spoken("clone", language);
  if (const auto* queue = std::get_if<Queue>(&hop.hand); queue && queue->budget > 0)
    words =
        fmt::format("{}{}{} {}", words, words.empty() ? "" : ", ", spoken("budget", language), queue->budget);
  if (const auto* queue = std::get_if<Queue>(&hop.hand); queue && queue->spin > Duration{})
    words = fmt::format("{}{}{}", words, words.empty() ? "" : ", ", spoken("spins", language));
  if (const auto* notify = std::get_if<Notify>(&hop.hand)) words = name_in(notify->name, language);
  if (hop.at_batch_end)
    words = fmt::format("{}{}{}", words, words.empty() ? "" : ", ", spoken("batch end", language));
  return words;
}

int distance(Point a, Point b) { return std::abs(a.x - b.x) + std::abs(a.y - b.y); }

int length(const std::vector<Point>& points) {
  int sum = 0;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) sum += distance(points[i], points[i + 1]);
  return sum;
}

Rect around(Point a, Point b) {
  return {std::min(a.x, b.x) - 1, std::min(a.y, b.y) - 1, std::abs(a.x - b.x) + 2, std::abs(a.y - b.y) + 2};
}

class Labels {
 public:
  explicit Labels(Drawing& drawing) : out_{drawing} {
    for (const StageBox& box : out_.stages) keep_clear(box.area);
    for (const QueueBox& box : out_.queues) keep_clear(box.area);
    for (const Toll& toll : out_.tolls) taken_.push_back({toll.at.x - 6, toll.at.y - 6, 12, 12});
    taken_.push_back(out_.lanes[static_cast<std::size_t>(Lane::boundary)].area);
    for (const LaneBand& band : out_.lanes) taken_.push_back({0, band.area.y, 104, band.area.h});
  }

  // `wanted`: how far along the line the label should be, in per cent.
  void place(const Connector& connector, std::string text, bool notice, int wanted) {
    const int width = pixels(text, small_font) + (notice ? bolt_width : 0);
    best_ = {};
    const int goal = length(connector.points) * wanted / 100;
    int so_far = 0;
    for (std::size_t i = 0; i + 1 < connector.points.size(); ++i) {
      try_along(connector.points[i], connector.points[i + 1], width, so_far, goal);
      so_far += distance(connector.points[i], connector.points[i + 1]);
    }
    if (!best_.found) return;  // a line without any room goes without; its tooltip says the same
    taken_.push_back(best_.area);
    out_.labels.push_back(
        {.hop = connector.hop, .area = best_.area, .text = std::move(text), .notice = notice});
  }

 private:
  struct Candidate {
    bool found = false;
    int cost = 0;
    Rect area{};
  };

  void keep_clear(const Rect& r) {
    taken_.push_back({r.x - margin, r.y - margin, r.w + 2 * margin, r.h + 2 * margin});
  }

  void try_along(Point a, Point b, int width, int so_far, int goal) {
    const int steps = distance(a, b) / grid;
    for (int s = 0; s <= steps; ++s) {
      const Point at{a.x + (b.x - a.x) * s / std::max(steps, 1), a.y + (b.y - a.y) * s / std::max(steps, 1)};
      const int off = std::abs(so_far + s * grid - goal);
      for (int gap = 0; gap <= 3 * grid; gap += grid)
        try_beside(at, a.y == b.y, width, gap, off + gap_cost * gap);
    }
  }

  // Both sides of a point of the line; the upper and the right one first.
  void try_beside(Point at, bool horizontal, int width, int gap, int cost) {
    const int away = beside_line + gap;
    if (horizontal) {
      const int x = at.x - width / 2;
      const int above = at.y - away - label_height;
      consider({x, above, width, label_height}, {x, above, width, label_height + gap}, cost);
      consider({x, at.y + away, width, label_height}, {x, at.y + beside_line, width, label_height + gap},
               cost + 2);
    } else {
      const int y = at.y - label_height / 2;
      const int left = at.x - away - width;
      consider({at.x + away, y, width, label_height}, {at.x + beside_line, y, width + gap, label_height},
               cost);
      consider({left, y, width, label_height}, {left, y, width + gap, label_height}, cost + 2);
    }
  }

  // `reach`: the label and the gap to its line. A line in between would take the label for its own.
  void consider(const Rect& area, const Rect& reach, int cost) {
    if (best_.found && cost >= best_.cost) return;
    if (area.x < 0 || area.right() > out_.width) return;
    if (std::ranges::any_of(taken_, [&](const Rect& other) { return other.overlaps(area); })) return;
    cost += crossed_line * lines_under(reach) + crossed_rule * rules_under(area);
    if (!best_.found || cost < best_.cost) best_ = {.found = true, .cost = cost, .area = area};
  }

  int lines_under(const Rect& area) const {
    int count = 0;
    for (const Connector& connector : out_.connectors)
      for (std::size_t i = 0; i + 1 < connector.points.size(); ++i)
        count += around(connector.points[i], connector.points[i + 1]).overlaps(area);
    return count;
  }

  int rules_under(const Rect& area) const {
    return static_cast<int>(std::ranges::count_if(out_.lanes, [&](const LaneBand& band) {
      return area.y < band.area.y && band.area.y < area.bottom();
    }));
  }

  Drawing& out_;
  std::vector<Rect> taken_{};
  Candidate best_{};
};

// One name for all hops of a notification to the same target, at the longest of their lines.
std::set<std::size_t> named_notices(const Path& path, const Drawing& drawing) {
  std::map<std::pair<std::string, StageId>, const Connector*> longest;
  for (const Connector& connector : drawing.connectors) {
    const Hop& hop = path.hops[connector.hop];
    if (!std::holds_alternative<Notify>(hop.hand)) continue;
    const Connector*& best = longest[{name_of(hop.hand), hop.to}];
    if (!best || length(connector.points) > length(best->points)) best = &connector;
  }
  std::set<std::size_t> named;
  for (const auto& [key, connector] : longest) named.insert(connector->hop);
  return named;
}

}  // namespace

void place_labels(const Path& path, Language language, Drawing& drawing) {
  const auto named = named_notices(path, drawing);
  Labels labels{drawing};
  for (const Connector& connector : drawing.connectors) {
    const Hop& hop = path.hops[connector.hop];
    const bool notice = std::holds_alternative<Notify>(hop.hand);
    std::string words = words_for(hop, language);
    if (words.empty() || (notice && !named.contains(connector.hop))) continue;
    // A verdict stands where the lines are apart: before they join, or after they parted.
    const bool parted = path.stages[hop.from].work == Work::demultiplex;
    labels.place(connector, std::move(words), notice, notice ? 50 : parted ? 90 : 10);
  }
}

}  // namespace ringside::path
