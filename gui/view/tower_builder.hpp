// Builds one tower at a size of type: first what it needs, then, beside others, where everything stands.
#pragma once

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "view/tower.hpp"
#include "view/tower_rows.hpp"
#include "view/tower_wires.hpp"
#include "view/type.hpp"

namespace ringside::view {

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

class TowerBuilder {
 public:
  TowerBuilder(const Wanted&, const TowerOptions&, double font, Detail);

  // False: it is too wide at this size of type.
  bool arrange();
  // What its lanes need at least, and how many rows they have.
  Storeys storeys() const;
  void stand(const std::array<double, path::lane_count>& heights);
  Tower take() { return std::move(out_); }

 private:
  bool is_shown(path::StageId id) const { return wanted_.shown.empty() || wanted_.shown[id]; }
  bool has_second_lines() const { return detail_ < Detail::plain; }
  // How much less there is between things where there is little room.
  double air() const { return detail_ == Detail::bare ? 0.5 : detail_ == Detail::plain ? 0.8 : 1; }
  double gap() const { return font_ * 0.9 * air(); }
  double row_gap() const { return font_ * (has_second_lines() ? 1.5 : 1.25); }  // packets stand there
  double padding() const { return font_ * 0.75 * air(); }
  double strip_height() const {
    return has_second_lines() ? std::max(font_ * 2, lesser_type(font_) * 2.12 + 2) : font_ * 1.25;
  }
  double widest_name() const { return font_ * 6.5; }  // where names are cut off
  double name_width(const QString&, double size, bool bold) const;
  double token_height() const { return font_ * 1.0; }  // of what waits in a queue, where another is behind it
  double label_width() const;
  path::Language names() const {
    return options_.language == path::Language::both && !options_.names_in_both ? path::Language::en
                                                                                : options_.language;
  }

  path::StageId owner(const Link&) const;
  void find_strips();
  double strip_width(const Strip&) const;
  double height_of(std::size_t strips, bool on_top, std::size_t on_other_side) const;
  void make_blocks();
  Block block_of(const Chip&) const;
  double height_of(path::Lane, const LaneRows&) const;
  bool any_in(path::Lane) const;
  void stack(const std::array<double, path::lane_count>& heights);
  void place();
  void place(const Block&, double y);

  const Wanted& wanted_;
  const path::Path& path_;
  TowerOptions options_;
  double font_;
  Detail detail_;
  std::vector<path::Lane> lanes_;
  std::vector<path::Place> places_;
  std::vector<Link> links_;
  std::vector<LaneRows> lanes_rows_{};
  Tower out_{};
};

}  // namespace ringside::view
