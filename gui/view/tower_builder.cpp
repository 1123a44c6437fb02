#include "view/tower_builder.hpp"

#include "ringside/path/spoken.hpp"
#include "ringside/path/width.hpp"
#include "view/name.hpp"
#include "view/picture.hpp"

namespace ringside::view {

using path::Hop;
using path::Lane;
using path::StageId;

namespace {
constexpr int name_columns = 12;  // longer names are broken
}

TowerBuilder::TowerBuilder(const Wanted& wanted, const TowerOptions& options, double font, Detail detail)
    : wanted_{wanted},
      path_{*wanted.path},
      options_{options},
      font_{font},
      detail_{detail},
      lanes_{path::lanes(path_)},
      places_{path::layout(path_)},
      links_{links_of(path_, wanted.shown)} {
  options_.room.setWidth(wanted.width);
  out_.font = font;
  out_.detail = detail;
  out_.size = options_.room;
  out_.label = label_width();
}

bool TowerBuilder::arrange() {
  find_strips();
  make_blocks();
  int columns = 1;
  for (const path::Place& place : places_) columns = std::max(columns, place.column + 1);
  return view::arrange(lanes_rows_, columns,
                       {.left = out_.label + font_,
                        .right = options_.room.width() - font_ * 0.7,
                        .gap = gap(),
                        .font = font_,
                        .roomy = detail_ == Detail::roomy});
}

Storeys TowerBuilder::storeys() const {
  Storeys needed;
  for (std::size_t l = 0; l < needed.heights.size(); ++l) {
    needed.heights[l] = height_of(static_cast<Lane>(l), lanes_rows_[l]);
    needed.rows[l] = lanes_rows_[l].count;
  }
  return needed;
}

void TowerBuilder::stand(const std::array<double, path::lane_count>& heights) {
  stack(heights);
  place();
  out_.wires = wires_of(out_, links_, row_gap() * 1.2);
}

double TowerBuilder::label_width() const {
  if (options_.letters) return font_ * 1.8;
  double widest = 0;
  for (int lane = 0; lane < path::lane_count; ++lane)
    for (const std::string& line : lane_name(static_cast<Lane>(lane), options_.language))
      widest = std::max(widest, width_of(QString::fromStdString(line), lesser_type(font_), true));
  return widest + font_ * 0.8;
}

void TowerBuilder::make_blocks() {
  lanes_rows_.resize(path::lane_count);
  for (StageId id = 0; id < path_.stages.size(); ++id) {
    if (!is_shown(id)) continue;
    const path::Stage& stage = path_.stages[id];
    const Name name = named(stage.name, names());
    Chip chip{.stage = id,
              .area = {},
              .name = {},
              .also = name.also,
              .memory = QString::fromStdString(path::memory_label(stage, options_.language))};
    if (!has_second_lines()) chip.memory.clear(), chip.also.clear();
    const std::string text = name.text.toStdString();
    const int columns = detail_ == Detail::bare ? static_cast<int>(text.size()) : name_columns;
    for (const std::string& line : path::wrapped(text, columns))
      chip.name.push_back(QString::fromStdString(line));
    lanes_rows_[static_cast<std::size_t>(lanes_[id])].blocks.push_back(block_of(chip));
    out_.chips.push_back(std::move(chip));
  }
  for (LaneRows& rows : lanes_rows_)
    std::ranges::stable_sort(rows.blocks, {}, [this](const Block& b) {
      return std::pair{b.column, places_[b.stage].row};
    });
}

// As large as its texts need it.
Block TowerBuilder::block_of(const Chip& chip) const {
  double width = std::max(width_of(chip.memory, lesser_type(font_)), width_of(chip.also, lesser_type(font_)));
  for (const QString& line : chip.name) width = std::max(width, name_width(line, font_, true));
  Block block{.stage = chip.stage, .column = places_[chip.stage].column, .width = width + font_ * 1.5};
  block.chip = chip.text_height(font_) + font_ * 0.6 * air();
  std::size_t above = 0, below = 0;
  for (const Strip& strip : out_.strips) {
    if (strip.at != chip.stage) continue;
    block.width = std::max(block.width, strip_width(strip));
    ++(strip.on_top ? above : below);
  }
  block.above = height_of(above, true, below);
  block.below = height_of(below, false, above);
  return block;
}

double TowerBuilder::name_width(const QString& name, double size, bool bold) const {
  const double width = width_of(name, size, bold);
  return detail_ == Detail::bare ? std::min(width, widest_name()) : width;
}

double TowerBuilder::height_of(Lane lane, const LaneRows& rows) const {
  const std::size_t lines = options_.letters ? 1 : lane_name(lane, options_.language).size();
  const double named = font_ * (1.1 * static_cast<double>(lines) + 0.9 * air());
  if (lane == Lane::boundary) return std::max(named, font_ * (1 + air()));
  if (rows.blocks.empty()) return std::max(lines > 1 ? named : 0, font_ * (1.2 + air()));
  const double high = std::accumulate(rows.heights.begin(), rows.heights.end(), 0.0) +
                      row_gap() * static_cast<double>(rows.count - 1) + padding() + row_gap();
  return std::max(high, lines > 2 ? named : 0);
}

bool TowerBuilder::any_in(Lane lane) const {
  if (lane != Lane::boundary) return std::ranges::find(lanes_, lane) != lanes_.end();
  return std::ranges::any_of(path_.hops,
                             [](const Hop& h) { return std::holds_alternative<path::Trap>(h.hand); });
}

// Lanes below each other.
void TowerBuilder::stack(const std::array<double, path::lane_count>& heights) {
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

void TowerBuilder::place() {
  for (const Band& band : out_.bands) {
    const LaneRows& rows = lanes_rows_[static_cast<std::size_t>(band.lane)];
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

void TowerBuilder::place(const Block& block, double y) {
  const auto chip = std::ranges::find(out_.chips, block.stage, &Chip::stage);
  chip->area = {block.x, y + block.above, block.width, block.chip};
  double above = y;
  double below = chip->area.bottom();
  for (Strip& strip : out_.strips) {
    if (strip.at != block.stage) continue;
    double& top = strip.on_top ? above : below;
    strip.area = {block.x, top, block.width, strip_height()};
    top += strip_height() + token_height();
  }
}

}  // namespace ringside::view
