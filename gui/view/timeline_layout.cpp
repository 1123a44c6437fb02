#include "view/timeline_layout.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::view {

namespace {

constexpr double least_row = 0.95;  // of the size of type: a name can be read in it
constexpr double most_row = 8;
constexpr double name_row = 1.6;  // a side's heading
constexpr double gap = 5;         // between cores, lanes, queues and windows
constexpr double side_gap = 4;

struct Item {  // a heading, or a row
  std::size_t side = 0;
  const Row* row = nullptr;  // nullptr: a heading
  double before = 0;         // what stays free above it, unless it is the first that is seen
};

std::vector<Item> items_of(const std::vector<std::vector<Row>>& sides) {
  std::vector<Item> items;
  for (std::size_t side = 0; side < sides.size(); ++side) {
    if (sides.size() > 1) items.push_back({.side = side, .before = side > 0 ? side_gap : 0});
    const Row* above = nullptr;
    for (const Row& row : sides[side]) {
      items.push_back({side, &row, above && above->kind != row.kind ? gap : 0});
      above = &row;
    }
  }
  return items;
}

class Ruler {
 public:
  Ruler(std::vector<Item> items, double font) : items_{std::move(items)}, font_{font} {}

  const std::vector<Item>& items() const { return items_; }
  double height_of(const Item& item, double unit) const {
    if (!item.row) return font_ * name_row;
    return std::max(unit * weight(*item.row), font_ * least_row);
  }
  // From the first of so many to the last. A row at the top has its side's heading above it.
  double height(std::size_t first, std::size_t behind, double unit) const {
    double sum = first < behind && is_headless(first) ? font_ * name_row : 0;
    for (std::size_t i = first; i < behind; ++i)
      sum += height_of(items_[i], unit) + (i > first ? items_[i].before : 0);
    return sum;
  }
  bool is_headless(std::size_t first) const { return items_[first].row && !items_.front().row; }
  double least() const { return font_ * least_row; }

  // The height of a lane with which all of them take the whole room, or as much as they may.
  double unit_for(double room) const {
    double low = least(), high = font_ * most_row;
    if (height(0, items_.size(), high) <= room) return high;
    for (int i = 0; i < 24; ++i) {
      const double middle = (low + high) / 2;
      (height(0, items_.size(), middle) <= room ? low : high) = middle;
    }
    return low;
  }

  Reach reach(double room, double unit, std::size_t first) const {
    const std::size_t all = items_.size();
    Reach made{.last = all - 1};
    while (made.last > 0 && height(made.last - 1, all, unit) <= room) --made.last;
    made.first = std::min(first, made.last);
    made.seen = 1;
    while (made.first + made.seen < all && height(made.first, made.first + made.seen + 1, unit) <= room)
      ++made.seen;
    return made;
  }

 private:
  std::vector<Item> items_;
  double font_;
};

// From the top of an area to its bottom.
class Stacker {
 public:
  Stacker(const Ruler& ruler, const QRectF& area, double unit)
      : ruler_{ruler}, area_{area}, unit_{unit}, y_{area.top()} {}

  std::vector<SideRows> stack(const Reach& reach) {
    if (ruler_.is_headless(reach.first)) heading(ruler_.items()[reach.first].side);
    for (std::size_t i = reach.first; i < reach.first + reach.seen; ++i) {
      const Item& item = ruler_.items()[i];
      if (i > reach.first) y_ += item.before;
      item.row ? row(item) : heading(item.side);
    }
    return std::move(made_);
  }

 private:
  void heading(std::size_t side) {
    const double height = ruler_.height_of({}, unit_);
    made_.push_back({.side = side, .heading = QRectF{area_.left(), y_, area_.width(), height - 1}});
    y_ += height;
    made_.back().area = {area_.left(), y_, area_.width(), 0};
  }

  void row(const Item& item) {
    if (made_.empty())
      made_.push_back({.side = item.side, .area = {area_.topLeft(), QSizeF{area_.width(), 0}}});
    Row placed = *item.row;
    const double height = ruler_.height_of(item, unit_);
    placed.area = {area_.left(), std::round(y_), area_.width(), std::floor(height)};
    y_ += height;
    made_.back().rows.push_back(placed);
    made_.back().area.setBottom(y_);
  }

  const Ruler& ruler_;
  const QRectF& area_;
  double unit_;
  double y_;
  std::vector<SideRows> made_{};
};

}  // namespace

TimelineLayout lay_out(const std::vector<std::vector<Row>>& sides, const QRectF& area, double font,
                       std::size_t first) {
  const Ruler ruler{items_of(sides), font};
  const double unit = ruler.unit_for(area.height());
  TimelineLayout made{.reach = ruler.reach(area.height(), unit, first)};
  made.sides = Stacker{ruler, area, unit}.stack(made.reach);
  return made;
}

double least_height(const std::vector<std::vector<Row>>& sides, double font) {
  const Ruler ruler{items_of(sides), font};
  return std::ceil(ruler.height(0, ruler.items().size(), ruler.least()));
}

}  // namespace ringside::view
