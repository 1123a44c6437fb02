#include "view/tower.hpp"

#include <algorithm>

#include "ringside/path/width.hpp"
#include "view/tower_builder.hpp"

namespace ringside::view {

namespace {

// Empty: they do not fit at this size of type. `anyway`: then they are higher than the room.
std::vector<Tower> built_at(double font, Detail detail, const std::vector<Wanted>& all,
                            const TowerOptions& options, bool anyway = false) {
  std::vector<TowerBuilder> builders;
  builders.reserve(all.size());
  bool fit = true;
  Storeys needed;
  for (const Wanted& wanted : all) {
    builders.emplace_back(wanted, options, font, detail);
    fit &= builders.back().arrange();
    needed.raise(builders.back().storeys());
  }
  fit &= needed.sum() <= options.room.height() + 0.5;
  std::vector<Tower> towers;
  if (!fit && !anyway) return towers;
  const auto heights = needed.shared_out(options.room.height());
  for (TowerBuilder& builder : builders) {
    builder.stand(heights);
    towers.push_back(builder.take());
  }
  return towers;
}

}  // namespace

std::vector<std::string> lane_name(path::Lane lane, path::Language language) {
  constexpr int columns = 12;  // longer names are broken
  const path::LaneStyle& style = path::style(lane);
  if (language == path::Language::zh_CN) return {std::string{style.zh_CN}};
  std::vector<std::string> lines = path::wrapped(style.en, columns);
  if (language == path::Language::both) lines.emplace_back(style.zh_CN);
  return lines;
}

QPointF Wire::along(double t) const {
  const double s = 1 - t;
  return from * (s * s * s) + out * (3 * s * s * t) + in * (3 * s * t * t) + to * (t * t * t);
}

const Chip* Tower::chip(path::StageId id) const {
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
// Where that could not be read, there is less to read.
std::vector<Tower> towers(const std::vector<Wanted>& all, const TowerOptions& options) {
  constexpr double least_for_both = 12.5;
  if (options.language == path::Language::both && !options.names_in_both) {
    TowerOptions wished = options;
    wished.names_in_both = true;
    if (auto built = towers(all, wished); built.front().font >= least_for_both) return built;
  }
  for (double font = options.most_font; font * smallest_type >= options.least_font; font -= 0.5)
    if (auto built = built_at(font, Detail::roomy, all, options); !built.empty()) return built;
  for (const Detail detail : {Detail::tight, Detail::plain, Detail::bare})
    for (double font = options.most_font; font >= readable; font -= 0.5)
      if (auto built = built_at(font, detail, all, options); !built.empty()) return built;
  return built_at(readable, Detail::bare, all, options, true);
}

}  // namespace ringside::view
