// Dijkstra's algorithm on (grid point, heading), one connector after the other.
#include "describe/router.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace ringside::path {

namespace {

// What a way costs. A step of the grid is 10.
constexpr int step = 10;
constexpr int joined_step = 3;  // along a line of the same group
constexpr int turn = 45;
constexpr int crossing = 40;
constexpr int overlap = 900;    // on a line of another group: only when there is no other way
constexpr int near_line = 5;    // beside a line of another group
constexpr int near_box = 4;     // along a box that it has nothing to do with
constexpr int stray_step = 12;  // in a lane of neither end
constexpr int off_centre = 4;   // for each step that a port lies away from the middle of its side
constexpr int wrong_side = 60;  // by the top or bottom in the same lane

constexpr int endless = std::numeric_limits<int>::max();
constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

constexpr int headings = 4;  // right, down, left, up
constexpr std::array<Point, headings> ahead{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
constexpr bool is_vertical(int heading) { return heading % 2 == 1; }
constexpr int opposite(int heading) { return (heading + 2) % headings; }

Point moved(Point p, int heading, int steps = 1) {
  const Point by = ahead[static_cast<std::size_t>(heading)];
  return {p.x + steps * by.x, p.y + steps * by.y};
}

Point middle(const Rect& r) { return {r.x + r.w / 2, r.y + r.h / 2}; }

Point direction(Point from, Point to) {
  const auto sign = [](int v) { return (v > 0) - (v < 0); };
  return {sign(to.x - from.x), sign(to.y - from.y)};
}

}  // namespace

Router::Router(int width, int height)
    : columns_{width / grid + 1},
      rows_{height / grid + 1},
      cells_(static_cast<std::size_t>(columns_ * rows_)) {}

void Router::block(const Rect& box) {
  for (int y = box.y / grid; y <= std::min(box.bottom() / grid, rows_ - 1); ++y)
    for (int x = box.x / grid; x <= std::min(box.right() / grid, columns_ - 1); ++x)
      at({x, y}).blocked = true;
}

void Router::only_across(const Rect& band) {
  for (int y = band.y / grid; y <= std::min(band.bottom() / grid, rows_ - 1); ++y)
    for (int x = band.x / grid; x <= std::min(band.right() / grid, columns_ - 1); ++x)
      at({x, y}).no_run = true;
}

bool Router::open(Point p) const {
  return p.x >= 0 && p.y >= 0 && p.x < columns_ && p.y < rows_ && !at(p).blocked;
}

class Router::Search {
 public:
  Search(const Router& router, const Connection& connection)
      : router_{router},
        wanted_{connection},
        cost_(router.cells_.size() * headings, endless),
        before_(cost_.size(), nowhere),
        arrival_(cost_.size(), endless) {}

  std::vector<Point> way() {
    for_each_port(wanted_.to, [this](Point outside, int outward, int price) {
      arrival_[state(outside, opposite(outward))] = price;
    });
    for_each_port(wanted_.from, [this](Point outside, int outward, int price) {
      reach(nowhere, outside, outward, price + price_of(outside, outward));
    });
    while (!open_.empty() && open_.top().first < best_cost_) {
      const auto [so_far, from_state] = open_.top();
      open_.pop();
      if (so_far == cost_[from_state]) expand(from_state);
    }
    return walk_back();
  }

 private:
  std::size_t state(Point p, int heading) const {
    return static_cast<std::size_t>((p.y * router_.columns_ + p.x) * headings + heading);
  }
  Point point(std::size_t state) const {
    const int cell = static_cast<int>(state / headings);
    return {cell % router_.columns_, cell / router_.columns_};
  }
  static int heading(std::size_t state) { return static_cast<int>(state % headings); }

  // Calls back with each free grid point next to the box, the heading away from the box, and the price of the
  // port.
  template <class Use>
  void for_each_port(const Rect& box, Use use) const {
    const Rect r{box.x / grid, box.y / grid, box.w / grid, box.h / grid};
    const auto offer = [&](Point edge, int outward, int away) {
      const Point outside = moved(edge, outward);
      if (!router_.open(outside)) return;
      const int side = wanted_.side_by_side && is_vertical(outward) ? wrong_side : 0;
      use(outside, outward, off_centre * std::abs(away) + side);
    };
    for (int x = r.x + 1; x < r.right(); ++x) {
      offer({x, r.bottom()}, 1, x - middle(r).x);
      offer({x, r.y}, 3, x - middle(r).x);
    }
    for (int y = r.y + 1; y < r.bottom(); ++y) {
      offer({r.right(), y}, 0, y - middle(r).y);
      offer({r.x, y}, 2, y - middle(r).y);
    }
  }

  void expand(std::size_t from) {
    const int so_far = cost_[from];
    if (arrival_[from] != endless && so_far + arrival_[from] < best_cost_) {
      best_cost_ = so_far + arrival_[from];
      best_ = from;
    }
    const Point here = point(from);
    for (const int change : {0, 1, 3}) {
      const int onward = (heading(from) + change) % headings;
      const Point next = moved(here, onward);
      if (!router_.open(next)) continue;
      if (!is_vertical(onward) && (router_.at(here).no_run || router_.at(next).no_run)) continue;
      const int turning =
          change == 0 ? 0 : turn + (foreign(here) ? overlap : 0);  // a turn on a line hides where it goes
      reach(from, next, onward, so_far + turning + price_of(next, onward));
    }
  }

  void reach(std::size_t from, Point p, int heading, int cost) {
    const std::size_t to = state(p, heading);
    if (cost >= cost_[to]) return;
    cost_[to] = cost;
    before_[to] = from;
    open_.emplace(cost, to);
  }

  bool foreign(int group) const { return group != nobody && group != wanted_.group; }
  bool foreign(Point p) const { return foreign(router_.at(p).group[0]) || foreign(router_.at(p).group[1]); }

  bool astray(Point p) const { return p.y * grid <= wanted_.top || p.y * grid >= wanted_.bottom; }

  // What it costs to enter a grid point with this heading.
  int price_of(Point p, int heading) const {
    const bool vertical = is_vertical(heading);
    const Cell& cell = router_.at(p);
    int price = cell.group[vertical] == wanted_.group ? joined_step : step;
    if (foreign(cell.group[vertical])) price += overlap;
    if (foreign(cell.group[!vertical])) price += cell.turned ? overlap : crossing;
    if (astray(p)) price += stray_step;
    for (const int side : {(heading + 1) % headings, (heading + 3) % headings}) {
      const Point beside = moved(p, side);
      if (!router_.open(beside))
        price += near_box;
      else if (foreign(router_.at(beside).group[vertical]))
        price += near_line;
    }
    return price;
  }

  std::vector<Point> walk_back() const {
    if (best_ == nowhere) return {};
    std::vector<Point> way{moved(point(best_), heading(best_))};
    std::size_t at = best_;
    for (; before_[at] != nowhere; at = before_[at])
      if (heading(at) != heading(before_[at])) way.push_back(point(before_[at]));
    way.push_back(moved(point(at), opposite(heading(at))));
    std::ranges::reverse(way);
    return way;
  }

  using Entry =
      std::pair<int, std::size_t>;  // cost, state: ties fall to the lower state, so all pictures are alike

  const Router& router_;
  const Connection& wanted_;
  std::vector<int> cost_;
  std::vector<std::size_t> before_;
  std::vector<int> arrival_;  // the price of the port where a way may end
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open_{};
  std::size_t best_ = nowhere;
  int best_cost_ = endless;
};

std::vector<Point> Router::route(const Connection& connection) {
  auto way = Search{*this, connection}.way();
  take(way, connection.group);
  for (Point& p : way) p = {p.x * grid, p.y * grid};
  return way;
}

void Router::take(const std::vector<Point>& way, int group) {
  for (std::size_t i = 0; i + 1 < way.size(); ++i) {
    const Point by = direction(way[i], way[i + 1]);
    for (Point p = way[i];; p = {p.x + by.x, p.y + by.y}) {
      at(p).group[by.y != 0] = group;
      if (p == way[i + 1]) break;
    }
    if (i > 0) at(way[i]).turned = true;
  }
}

}  // namespace ringside::path
