#include "view/tower.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "ringside/path/spoken.hpp"
#include "ringside/path/width.hpp"
#include "view/picture.hpp"

namespace ringside::view {

namespace {

using path::Hop;
using path::Lane;
using path::StageId;

constexpr int name_columns = 12;  // longer names are broken
constexpr int most_rows = 5;
constexpr double small = 0.82;  // of the type of names
constexpr double smallest = small * 0.9;

struct Block {  // a chip with its strips
  StageId stage{};
  int column = 0;
  double width = 0;
  double chip = 0;  // heights
  double above = 0;
  double below = 0;
  double x = 0;
  int row = 0;
  double height() const { return above + chip + below; }
};

struct Link {  // over which packets or news go
  std::size_t hop = 0;
  StageId from{};
  StageId to{};
};

struct Rows {  // of a lane
  std::vector<Block> blocks{};
  int count = 0;
  std::vector<double> heights{};
  double strain = 0;  // how far blocks stand from where their column is
};

// Of each lane, what it needs at least.
struct Storeys {
  std::array<double, path::lane_count> heights{};
  std::array<int, path::lane_count> rows{};

  void raise(const Storeys& other) {
    for (std::size_t l = 0; l < heights.size(); ++l) {
      heights[l] = std::max(heights[l], other.heights[l]);
      rows[l] = std::max(rows[l], other.rows[l]);
    }
  }
  double sum() const { return std::accumulate(heights.begin(), heights.end(), 0.0); }
  // What is left of the room goes to lanes that have stages.
  std::array<double, path::lane_count> shared_out(double room) const {
    const int all = std::accumulate(rows.begin(), rows.end(), 0);
    const double spare = all > 0 ? std::max(0.0, room - sum()) / all : 0;
    auto shared = heights;
    for (std::size_t l = 0; l < shared.size(); ++l) shared[l] += spare * rows[l];
    return shared;
  }
};

class Builder {
 public:
  // `roomy`: a lane may take more rows than it must, so that its stages stand where their columns are.
  Builder(const path::Path& path, const std::vector<bool>& shown, const TowerOptions& options, double font,
          bool roomy)
      : path_{path},
        shown_{shown},
        options_{options},
        font_{font},
        roomy_{roomy},
        lanes_{path::lanes(path)},
        places_{path::layout(path)} {
    out_.font = font;
    out_.size = options.room;
    out_.label = label_width();
    left_ = out_.label + font;
    right_ = options.room.width() - font * 0.7;
  }

  // False: it is too wide at this size of type.
  bool arrange() {
    find_links();
    find_strips();
    make_blocks();
    const std::vector<double> centres = column_centres();
    bool fits = true;
    for (Rows& rows : lanes_rows_) fits &= arrange(rows, centres);
    return fits;
  }

  // What its lanes need at least, and how many rows they have.
  Storeys storeys() const {
    Storeys needed;
    for (std::size_t l = 0; l < needed.heights.size(); ++l) {
      needed.heights[l] = height_of(static_cast<Lane>(l), lanes_rows_[l]);
      needed.rows[l] = lanes_rows_[l].count;
    }
    return needed;
  }

  void stand(const std::array<double, path::lane_count>& heights) {
    stack(heights);
    place();
    connect();
  }

  Tower take() { return std::move(out_); }

 private:
  bool is_shown(StageId id) const { return shown_.empty() || shown_[id]; }
  double gap() const { return font_ * 0.9; }
  double row_gap() const { return font_ * 1.5; }
  double padding() const { return font_ * 0.75; }
  double strip_height() const { return font_ * 2.0; }

  double label_width() const {
    if (options_.letters) return font_ * 1.8;
    double widest = 0;
    for (const path::LaneStyle& style : path::lane_styles) {
      const std::string_view name = options_.language == path::Language::zh_CN ? style.zh_CN : style.en;
      for (const std::string& line : path::wrapped(name, name_columns))
        widest = std::max(widest, width_of(QString::fromStdString(line), font_ * small, true));
    }
    return widest + font_ * 0.8;
  }

  // From which stages that are shown a packet comes to this one: over those that are switched off, too.
  void find_links() {
    for (std::size_t h = 0; h < path_.hops.size(); ++h) {
      const Hop& hop = path_.hops[h];
      if (!is_shown(hop.to)) continue;
      std::vector<StageId> from{hop.from};
      for (std::size_t i = 0; i < from.size(); ++i) {
        if (is_shown(from[i])) {
          links_.push_back({h, from[i], hop.to});
        } else if (path::is_off(path_, path_.stages[from[i]])) {
          for (const Hop& before : path_.hops)
            if (before.to == from[i] && std::holds_alternative<path::Call>(before.hand) &&
                std::ranges::find(from, before.from) == from.end())
              from.push_back(before.from);
        }
      }
    }
  }

  // A queue is drawn at the card when one of its ends is there, else at the stage that empties it.
  StageId owner(const Link& link) const {
    const bool at_producer = lanes_[link.to] != Lane::nic && lanes_[link.from] == Lane::nic;
    return at_producer ? link.from : link.to;
  }

  void find_strips() {
    for (const Link& link : links_) {
      const auto* queue = std::get_if<path::Queue>(&path_.hops[link.hop].hand);
      if (!queue || out_.strip(queue->name)) continue;
      out_.strips.push_back({.queue = queue->name, .hop = link.hop, .area = {}, .at = owner(link)});
      const StageId other = owner(link) == link.from ? link.to : link.from;
      out_.strips.back().on_top = lanes_[other] < lanes_[owner(link)];
    }
  }

  double strip_width(const Strip& strip) const {
    const auto& queue = std::get<path::Queue>(path_.hops[strip.hop].hand);
    const double amount =
        width_of(QString::fromStdString(path::amount(queue.capacity, queue.unit)), font_ * smallest);
    return std::max(width_of(QString::fromStdString(strip.queue), font_ * small), amount + font_ * 2.4) +
           font_;
  }

  void make_blocks() {
    lanes_rows_.resize(path::lane_count);
    for (StageId id = 0; id < path_.stages.size(); ++id) {
      if (!is_shown(id)) continue;
      const path::Stage& stage = path_.stages[id];
      Chip chip{.stage = id,
                .area = {},
                .name = {},
                .memory = QString::fromStdString(path::memory_label(stage, options_.language))};
      double width = width_of(chip.memory, font_ * small);
      for (const std::string& line : path::wrapped(stage.name, name_columns)) {
        chip.name.push_back(QString::fromStdString(line));
        width = std::max(width, width_of(chip.name.back(), font_, true));
      }
      Block block{.stage = id, .column = places_[id].column, .width = width + font_ * 1.5};
      block.chip =
          font_ * (1.25 * static_cast<double>(chip.name.size()) + (chip.memory.isEmpty() ? 0.0 : 1.1) + 0.6);
      for (const Strip& strip : out_.strips) {
        if (strip.at != id) continue;
        block.width = std::max(block.width, strip_width(strip));
        (strip.on_top ? block.above : block.below) += strip_height();
      }
      lanes_rows_[static_cast<std::size_t>(lanes_[id])].blocks.push_back(block);
      out_.chips.push_back(std::move(chip));
    }
    for (Rows& rows : lanes_rows_)
      std::ranges::stable_sort(rows.blocks, {}, [this](const Block& b) {
        return std::pair{b.column, places_[b.stage].row};
      });
  }

  double total_width(const Rows& rows) const {
    return std::accumulate(rows.blocks.begin(), rows.blocks.end(), -gap(),
                           [this](double sum, const Block& b) { return sum + b.width + gap(); });
  }
  int least_rows(const Rows& rows) const {
    return rows.blocks.empty()
               ? 0
               : std::max(1, static_cast<int>(std::ceil(total_width(rows) / (right_ - left_))));
  }

  // Columns are as wide as the lane that has most to put into them.
  std::vector<double> column_centres() const {
    int columns = 1;
    for (const path::Place& place : places_) columns = std::max(columns, place.column + 1);
    std::vector<double> need(static_cast<std::size_t>(columns), 0.0);
    for (const Rows& rows : lanes_rows_) {
      std::vector<double> here(need.size(), 0.0);
      for (const Block& b : rows.blocks)
        here[static_cast<std::size_t>(b.column)] += (b.width + gap()) / least_rows(rows);
      for (std::size_t c = 0; c < need.size(); ++c) need[c] = std::max(need[c], here[c]);
    }
    const double all = std::accumulate(need.begin(), need.end(), 0.0);
    const double stretch = all > 0 ? (right_ - left_) / all : 1;
    std::vector<double> centres;
    double x = left_;
    for (const double n : need) {
      centres.push_back(x + n * stretch / 2);
      x += n * stretch;
    }
    return centres;
  }

  bool arrange(Rows& rows, const std::vector<double>& centres) const {
    const int least = least_rows(rows);
    if (least == 0) return true;
    Rows best{};
    for (int count = least; count <= most_rows; ++count) {
      Rows trial = rows;
      if (!distribute(trial, count, centres)) continue;
      if (best.count > 0 && trial.strain > 0.6 * best.strain) break;
      best = std::move(trial);
      if (!roomy_) break;
      if (best.strain < font_ * 4 * static_cast<double>(best.blocks.size())) break;
    }
    if (best.count == 0) return false;
    rows = std::move(best);
    return true;
  }

  // Each block goes to the row in which it stands nearest to its column, then rows are pushed apart.
  bool distribute(Rows& rows, int count, const std::vector<double>& centres) const {
    std::vector<double> end(static_cast<std::size_t>(count), left_ - gap());
    int last = 0;
    for (Block& block : rows.blocks) {
      const double wanted =
          std::max(left_, centres[static_cast<std::size_t>(block.column)] - block.width / 2);
      const auto shift = [&](int row) {
        return std::max(0.0, end[static_cast<std::size_t>(row)] + gap() - wanted);
      };
      int best = last;
      for (int row = 0; row < count; ++row)
        if (shift(row) < shift(best)) best = row;
      block.row = last = best;
      block.x = wanted + shift(best);
      end[static_cast<std::size_t>(best)] = block.x + block.width;
    }
    rows.count = count;
    bool fits = true;
    for (int row = 0; row < count; ++row) fits &= push_left(rows, row);
    rows.strain = 0;
    for (const Block& b : rows.blocks)
      rows.strain += std::abs(b.x + b.width / 2 - centres[static_cast<std::size_t>(b.column)]);
    rows.heights.assign(static_cast<std::size_t>(count), 0.0);
    for (const Block& b : rows.blocks) {
      double& height = rows.heights[static_cast<std::size_t>(b.row)];
      height = std::max(height, b.height());
    }
    return fits;
  }

  bool push_left(Rows& rows, int row) const {
    double limit = right_;
    for (auto b = rows.blocks.rbegin(); b != rows.blocks.rend(); ++b) {
      if (b->row != row) continue;
      b->x = std::min(b->x, limit - b->width);
      limit = b->x - gap();
    }
    return limit >= left_ - gap() - 0.01;
  }

  double height_of(Lane lane, const Rows& rows) const {
    if (lane == Lane::boundary) return font_ * 2.0;
    if (rows.blocks.empty()) return font_ * 2.2;
    return std::accumulate(rows.heights.begin(), rows.heights.end(), 0.0) +
           row_gap() * static_cast<double>(rows.count - 1) + padding() + row_gap();
  }

  bool any_in(Lane lane) const {
    if (lane != Lane::boundary) return std::ranges::find(lanes_, lane) != lanes_.end();
    return std::ranges::any_of(path_.hops,
                               [](const Hop& h) { return std::holds_alternative<path::Trap>(h.hand); });
  }

  // Lanes below each other.
  void stack(const std::array<double, path::lane_count>& heights) {
    double y = 0;
    for (int l = 0; l < path::lane_count; ++l) {
      const auto lane = static_cast<Lane>(l);
      const double height = heights[static_cast<std::size_t>(l)];
      const bool empty = lanes_rows_[static_cast<std::size_t>(l)].blocks.empty();
      out_.bands.push_back({.lane = lane,
                            .area = {0, y, options_.room.width(), height},
                            .bypassed = !any_in(lane),
                            .unused = any_in(lane) && empty && lane != Lane::boundary});
      y += height;
    }
    out_.size.setHeight(std::max(y, options_.room.height()));
  }

  void place() {
    for (const Band& band : out_.bands) {
      const Rows& rows = lanes_rows_[static_cast<std::size_t>(band.lane)];
      if (rows.count == 0) continue;
      const double used = std::accumulate(rows.heights.begin(), rows.heights.end(), 0.0);
      const double share = (band.area.height() - used - padding()) / rows.count;
      double y = band.area.top() + padding() + (share - row_gap()) / 2;
      for (int row = 0; row < rows.count; ++row) {
        const double height = rows.heights[static_cast<std::size_t>(row)];
        for (const Block& b : rows.blocks)
          if (b.row == row) place(b, y + (height - b.height()) / 2);
        y += height + share;
      }
    }
  }

  void place(const Block& block, double y) {
    const auto chip = std::ranges::find(out_.chips, block.stage, &Chip::stage);
    chip->area = {block.x, y + block.above, block.width, block.chip};
    double above = y;
    double below = chip->area.bottom();
    for (Strip& strip : out_.strips) {
      if (strip.at != block.stage) continue;
      double& top = strip.on_top ? above : below;
      strip.area = {block.x, top, block.width, strip_height()};
      top += strip_height();
    }
  }

  // A stage with what stands above and below it.
  QRectF block_of(StageId id) const {
    QRectF all = out_.chip(id)->area;
    for (const Strip& strip : out_.strips)
      if (strip.at == id) all |= strip.area;
    return all;
  }

  void connect() {
    for (const Link& link : links_)
      if (link.from != link.to) out_.wires.push_back(route(link.hop, block_of(link.from), block_of(link.to)));
  }

  Wire route(std::size_t hop, const QRectF& a, const QRectF& b) const {
    if (b.bottom() <= a.top()) return vertical(hop, {near(a, b), a.top()}, {near(b, a), b.bottom()});
    if (a.bottom() <= b.top()) return vertical(hop, {near(a, b), a.bottom()}, {near(b, a), b.top()});
    const bool onwards = b.left() >= a.right();
    if (between(a, b)) return over(hop, a, b);
    const QPointF from{onwards ? a.right() : a.left(), a.center().y()};
    const QPointF to{onwards ? b.left() : b.right(), b.center().y()};
    const QPointF bend{(to.x() - from.x()) / 2, 0};
    return {hop, from, from + bend, to - bend, to};
  }

  // Whether a straight line would run behind another stage.
  bool between(const QRectF& a, const QRectF& b) const {
    const double left = std::min(a.right(), b.right()), right = std::max(a.left(), b.left());
    const double y = (a.center().y() + b.center().y()) / 2;
    return std::ranges::any_of(out_.chips, [&](const Chip& chip) {
      return chip.area.left() >= left - 1 && chip.area.right() <= right + 1 && chip.area.top() < y &&
             chip.area.bottom() > y;
    });
  }

  // From roof to roof.
  Wire over(std::size_t hop, const QRectF& a, const QRectF& b) const {
    const QPointF from{near(a, b), a.top()};
    const QPointF to{near(b, a), b.top()};
    const QPointF rise{0, -row_gap() * 1.2 - std::abs(from.y() - to.y())};
    return {hop, from, from + rise, to + rise, to};
  }

  // Where a line leaves a side: towards the other end, but not at a corner.
  static double near(const QRectF& from, const QRectF& to) {
    const double shift =
        std::clamp((to.center().x() - from.center().x()) * 0.2, -from.width() * 0.3, from.width() * 0.3);
    return from.center().x() + shift;
  }

  static Wire vertical(std::size_t hop, QPointF from, QPointF to) {
    const QPointF bend{0, (to.y() - from.y()) * 0.5};
    return {hop, from, from + bend, to - bend, to};
  }

  const path::Path& path_;
  const std::vector<bool>& shown_;
  TowerOptions options_;
  double font_;
  bool roomy_;
  std::vector<Lane> lanes_;
  std::vector<path::Place> places_;
  std::vector<Link> links_{};
  double left_ = 0, right_ = 0;
  std::vector<Rows> lanes_rows_{};
  Tower out_{};
};

// Empty: they do not fit at this size of type. `anyway`: then they are higher than the room.
std::vector<Tower> built_at(double font, bool roomy, const std::vector<Wanted>& all,
                            const TowerOptions& options, bool anyway = false) {
  std::vector<Builder> builders;
  bool fit = true;
  Storeys needed;
  for (const Wanted& wanted : all) {
    TowerOptions its = options;
    its.room.setWidth(wanted.width);
    builders.emplace_back(*wanted.path, wanted.shown, its, font, roomy);
    fit &= builders.back().arrange();
    needed.raise(builders.back().storeys());
  }
  fit &= needed.sum() <= options.room.height() + 0.5;
  std::vector<Tower> towers;
  if (!fit && !anyway) return towers;
  const auto heights = needed.shared_out(options.room.height());
  for (Builder& builder : builders) {
    builder.stand(heights);
    towers.push_back(builder.take());
  }
  return towers;
}

}  // namespace

QPointF Wire::along(double t) const {
  const double s = 1 - t;
  return from * (s * s * s) + out * (3 * s * s * t) + in * (3 * s * t * t) + to * (t * t * t);
}

const Chip* Tower::chip(StageId id) const {
  const auto found = std::ranges::find(chips, id, &Chip::stage);
  return found == chips.end() ? nullptr : &*found;
}

const Strip* Tower::strip(const std::string& queue) const {
  const auto found = std::ranges::find(strips, queue, &Strip::queue);
  return found == strips.end() ? nullptr : &*found;
}

Tower tower(const path::Path& path, const std::vector<bool>& shown, const TowerOptions& options) {
  return std::move(towers({{.path = &path, .shown = shown, .width = options.room.width()}}, options).front());
}

// Rows to spare, as long as the smallest type stays large enough; then the largest type that fits at all.
std::vector<Tower> towers(const std::vector<Wanted>& all, const TowerOptions& options) {
  for (double font = options.most_font; font * smallest >= options.least_font; font -= 0.5)
    if (auto built = built_at(font, true, all, options); !built.empty()) return built;
  // Four of the largest paths at once: rather somewhat smaller than wanted than not in the picture.
  const double at_least = all.size() > 2 ? options.least_font * 0.75 : options.least_font;
  for (double font = options.most_font; font > at_least; font -= 0.5)
    if (auto built = built_at(font, false, all, options); !built.empty()) return built;
  return built_at(at_least, false, all, options, true);
}

}  // namespace ringside::view
