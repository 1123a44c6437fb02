// Places lanes, boxes and queues by the layout, then lets the router connect them.
#include "ringside/path/drawing.hpp"
#include "ringside/path/names.hpp"
#include "ringside/path/spoken.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "describe/facts.hpp"
#include "describe/labels.hpp"
#include "describe/router.hpp"
#include "describe/sizes.hpp"
#include "graph.hpp"
#include "ringside/path/width.hpp"

namespace ringside::path {

namespace {

constexpr int canvas_width = 1280;
constexpr int left_margin = 96;  // the names of the lanes
constexpr int right_margin = 16;
constexpr int header = 48;
constexpr int footer = 32;
constexpr int lane_padding = 16;  // one connector runs between a box and the edge of its lane
constexpr int row_gap = 24;
constexpr int least_column_gap = 40;
constexpr int boundary_height = 24;
constexpr int least_lane_height = 40;
constexpr int least_box_height = 32;  // three lines may leave at a side
constexpr int strip_height = 32;
constexpr int stripe = 16;        // the lane's second mark at the left of a box
constexpr int name_columns = 12;  // longer names are broken
constexpr int name_line = 16;

constexpr int up_to_grid(int length, int step = grid) { return (length + step - 1) / step * step; }

class Painter {
 public:
  Painter(const Path& path, Language language)
      : path_{path}, language_{language}, places_{layout(path)}, lane_{lanes(path)} {}

  Drawing run() {
    boxes();
    strips();
    column_positions();
    lane_positions();
    place_boxes();
    connect();
    place_labels(path_, language_, out_);
    return std::move(out_);
  }

 private:
  // A queue is drawn at the card when one of its ends is there, else at the stage that empties it.
  struct Owner {
    StageId stage{};
    bool on_top = true;
  };

  void boxes() {
    for (StageId id = 0; id < path_.stages.size(); ++id) {
      const Stage& stage = path_.stages[id];
      StageBox box{.stage = id,
                   .name = wrapped(name_in(stage.name, language_), name_columns),
                   .memory = memory_label(stage, language_)};
      int width = pixels(box.memory, small_font);
      for (const auto& line : box.name) width = std::max(width, pixels(line, name_font, true));
      const auto lines = static_cast<int>(box.name.size()) + (box.memory.empty() ? 0 : 1);
      box.area.w = up_to_grid(stripe + width + 6, 2 * grid);
      box.area.h = up_to_grid(std::max(lines * name_line + 8, least_box_height));
      out_.stages.push_back(std::move(box));
    }
  }

  void strips() {
    for (std::size_t h = 0; h < path_.hops.size(); ++h) {
      const auto* queue = std::get_if<Queue>(&path_.hops[h].hand);
      if (!queue || strip_of_.contains(queue->name)) continue;
      strip_of_.emplace(queue->name, out_.queues.size());
      owner_.push_back(owner_of(path_.hops[h]));
      QueueBox box{.name = std::string{name_in(queue->name, language_)},
                   .amount = amount(queue->capacity, queue->unit, language_),
                   .full = queue->full,
                   .hop = h};
      if (queue->unit == Unit::packets) box.amount = std::to_string(queue->capacity);
      const int slots_and_amount = slots_width + pixels(box.amount, small_font);
      const int width = std::max(pixels(box.name, small_font) + 8, slots_and_amount + 24);
      box.area.h = strip_height;
      int& stage_width = out_.stages[owner_.back().stage].area.w;
      stage_width = std::max(stage_width, up_to_grid(width, 2 * grid));
      out_.queues.push_back(std::move(box));
    }
  }

  Owner owner_of(const Hop& hop) const {
    const bool at_producer = lane_[hop.to] != Lane::nic && lane_[hop.from] == Lane::nic;
    const StageId owner = at_producer ? hop.from : hop.to;
    const StageId other = at_producer ? hop.to : hop.from;
    if (lane_[other] != lane_[owner]) return {owner, lane_[other] < lane_[owner]};
    const bool leaves_upwards = std::ranges::any_of(
        path_.hops, [&](const Hop& h) { return h.from == owner && lane_[h.to] < lane_[owner]; });
    return {owner, !leaves_upwards};
  }

  void column_positions() {
    const int columns = 1 + std::accumulate(places_.begin(), places_.end(), 0, [](int most, const Place& p) {
                          return std::max(most, p.column);
                        });
    std::vector<int> width(static_cast<std::size_t>(columns), 6 * grid);
    for (StageId id = 0; id < places_.size(); ++id) {
      if (places_[id].aside) continue;
      int& widest = width[static_cast<std::size_t>(places_[id].column)];
      widest = std::max(widest, out_.stages[id].area.w);
    }
    const int boxes = std::accumulate(width.begin(), width.end(), 0);
    const int spare = (canvas_width - left_margin - right_margin - boxes) / columns / grid * grid;
    const int gap = std::max(spare, least_column_gap);
    int x = left_margin + gap / 2 / grid * grid;
    for (const int w : width) {
      centre_.push_back(x + w / 2 / grid * grid);
      x += w + gap;
    }
    out_.width = std::max(canvas_width, x - gap / 2 + right_margin);
    pitch_ = columns > 1 ? (centre_.back() - centre_.front()) / (columns - 1) : out_.width - left_margin;
  }

  // A stage with the strips above and below it.
  int height_of(StageId id) const {
    const auto strips = std::ranges::count_if(owner_, [id](const Owner& o) { return o.stage == id; });
    return out_.stages[id].area.h + static_cast<int>(strips) * strip_height;
  }

  std::vector<StageId> stack(Lane lane, int column) const {
    std::vector<StageId> stages;
    for (StageId id = 0; id < places_.size(); ++id)
      if (lane_[id] == lane && places_[id].column == column) stages.push_back(id);
    return stages;
  }

  int height_of(const std::vector<StageId>& stack) const {
    int height = stack.empty() ? 0 : -row_gap;
    for (const StageId id : stack) height += height_of(id) + row_gap;
    return height;
  }

  void lane_positions() {
    int y = header;
    for (int l = 0; l < lane_count; ++l) {
      const auto lane = static_cast<Lane>(l);
      int height = lane == Lane::boundary ? boundary_height : least_lane_height;
      for (int column = 0; column < static_cast<int>(centre_.size()); ++column)
        if (const auto stages = stack(lane, column); !stages.empty())
          height = std::max(height, height_of(stages) + 2 * lane_padding);
      const bool bypassed =
          lane == Lane::boundary ? !any_trap() : std::ranges::find(lane_, lane) == lane_.end();
      out_.lanes.push_back(
          {.lane = lane, .area = {0, y, out_.width, up_to_grid(height)}, .bypassed = bypassed});
      y = out_.lanes.back().area.bottom();
    }
    out_.height = y + footer;
  }

  bool any_trap() const {
    return std::ranges::any_of(path_.hops, [](const Hop& h) { return std::holds_alternative<Trap>(h.hand); });
  }

  void place_boxes() {
    for (const LaneBand& band : out_.lanes) {
      for (int column = 0; column < static_cast<int>(centre_.size()); ++column) {
        const auto stages = stack(band.lane, column);
        int y = band.area.y + (band.area.h - height_of(stages)) / 2 / grid * grid;
        for (const StageId id : stages) y = place(id, y) + row_gap;
      }
    }
  }

  // The stage and its strips from `y` downwards; returns where they end.
  int place(StageId id, int y) {
    Rect& box = out_.stages[id].area;
    const int shift = places_[id].aside ? pitch_ / 2 / grid * grid : 0;
    box.x = centre_[static_cast<std::size_t>(places_[id].column)] + shift - box.w / 2;
    const auto stack_strips = [&](bool on_top) {
      for (std::size_t q = 0; q < owner_.size(); ++q) {
        if (owner_[q].stage != id || owner_[q].on_top != on_top) continue;
        out_.queues[q].area = {box.x, y, box.w, strip_height};
        y += strip_height;
      }
    };
    stack_strips(true);
    box.y = y;
    y += box.h;
    stack_strips(false);
    return y;
  }

  void connect() {
    Router router{out_.width, out_.height};
    router.block({0, 0, out_.width, header});
    router.block({0, 0, left_margin - 2 * grid, out_.height});
    router.block({0, out_.height - footer, out_.width, footer});
    for (const LaneBand& band : out_.lanes)
      if (band.lane == Lane::boundary) router.only_across(band.area);
    for (const StageBox& box : out_.stages) router.block(box.area);
    for (const QueueBox& box : out_.queues) router.block(box.area);
    for (const std::size_t h : routing_order()) {
      const Hop& hop = path_.hops[h];
      auto points = router.route(connection(hop));
      if (!points.empty()) out_.connectors.push_back({.hop = h, .points = std::move(points)});
    }
    tolls();
  }

  // Packets have the straight ways, notifications go around; the short before the long.
  std::vector<std::size_t> routing_order() const {
    std::vector<std::size_t> order(path_.hops.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [this](std::size_t h) {
      const Hop& hop = path_.hops[h];
      const Rect a = start_of(hop);
      const Rect b = end_of(hop);
      return std::tuple{!carries_packet(hop), std::abs(a.x + a.w / 2 - b.x - b.w / 2) + std::abs(a.y - b.y)};
    });
    return order;
  }

  Rect start_of(const Hop& hop) const {
    const auto* queue = std::get_if<Queue>(&hop.hand);
    if (!queue) return out_.stages[hop.from].area;
    const std::size_t strip = strip_of_.at(queue->name);
    return owner_[strip].stage == hop.from ? out_.queues[strip].area : out_.stages[hop.from].area;
  }

  Rect end_of(const Hop& hop) const {
    const auto* queue = std::get_if<Queue>(&hop.hand);
    if (!queue) return out_.stages[hop.to].area;
    const std::size_t strip = strip_of_.at(queue->name);
    return owner_[strip].stage == hop.to ? out_.queues[strip].area : out_.stages[hop.to].area;
  }

  Connection connection(const Hop& hop) {
    const auto [upper, lower] = std::minmax(lane_[hop.from], lane_[hop.to]);
    return {.from = start_of(hop),
            .to = end_of(hop),
            .top = out_.lanes[static_cast<std::size_t>(upper)].area.y,
            .bottom = out_.lanes[static_cast<std::size_t>(lower)].area.bottom(),
            .side_by_side = upper == lower,
            .group = group_of(hop)};
  }

  // Lines that may join: out of a stage that sorts packets, into any other stage, queue or notification.
  int group_of(const Hop& hop) {
    const bool sorts = is_call(hop) && path_.stages[hop.from].work == Work::demultiplex;
    auto key = std::tuple{hop.hand.index(), name_of(hop.hand), sorts, sorts ? hop.from : hop.to};
    return groups_.try_emplace(std::move(key), static_cast<int>(groups_.size())).first->second;
  }

  void tolls() {
    const Rect boundary = out_.lanes[static_cast<std::size_t>(Lane::boundary)].area;
    for (const Connector& connector : out_.connectors) {
      if (!std::holds_alternative<Trap>(path_.hops[connector.hop].hand)) continue;
      for (std::size_t i = 0; i + 1 < connector.points.size(); ++i) {
        const auto [low, high] = std::minmax(connector.points[i].y, connector.points[i + 1].y);
        if (low <= boundary.y && boundary.bottom() <= high)
          out_.tolls.push_back(
              {.hop = connector.hop, .at = {connector.points[i].x, boundary.y + boundary.h / 2}});
      }
    }
  }

  const Path& path_;
  Language language_;
  std::vector<Place> places_;
  std::vector<Lane> lane_;
  Drawing out_{};
  std::vector<Owner> owner_{};  // by index into Drawing::queues
  std::map<std::string, std::size_t> strip_of_{};
  std::map<std::tuple<std::size_t, std::string, bool, StageId>, int> groups_{};
  std::vector<int> centre_{};  // by column
  int pitch_ = 0;              // mean distance of two columns
};

}  // namespace

Drawing draw(const Path& path, Language language) { return Painter{path, language}.run(); }

}  // namespace ringside::path
