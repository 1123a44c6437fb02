// Finds ways for connectors: horizontal and vertical lines on a grid that run around boxes, turn seldom,
// cross few others and never lie on one another, except that lines of one group join like brooks.
#pragma once

#include <array>
#include <vector>

#include "ringside/path/drawing.hpp"

namespace ringside::path {

inline constexpr int grid = 8;  // pixels; boxes have their edges on it

// What to connect: two blocked rectangles, and the band (of the lanes of both) outside which the line should
// not stray.
struct Connection {
  Rect from{};
  Rect to{};
  int top = 0;
  int bottom = 0;
  bool side_by_side =
      false;  // in the same lane: lines leave and enter by the sides rather than by top or bottom
  int group = 0;
};

class Router {
 public:
  Router(int width, int height);

  void block(const Rect&);        // a box: lines keep a distance of one grid step
  void only_across(const Rect&);  // a band that lines cross but do not run along

  // The cheapest way: where it starts, turns and ends. Empty when there is none. The way stays taken.
  std::vector<Point> route(const Connection&);

 private:
  class Search;
  static constexpr int nobody = -1;

  struct Cell {
    bool blocked = false;
    bool no_run = false;                       // may be passed vertically only
    bool turned = false;                       // a line turns here
    std::array<int, 2> group{nobody, nobody};  // whose line passes horizontally, vertically
  };

  // Grid coordinates, not pixels.
  bool open(Point) const;
  const Cell& at(Point p) const { return cells_[static_cast<std::size_t>(p.y * columns_ + p.x)]; }
  Cell& at(Point p) { return cells_[static_cast<std::size_t>(p.y * columns_ + p.x)]; }
  void take(const std::vector<Point>& way, int group);

  int columns_;
  int rows_;
  std::vector<Cell> cells_;
};

}  // namespace ringside::path
