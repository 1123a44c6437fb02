// A path as a picture in rectangles and lines: what the SVG writer prints, tests measure and a painter can
// paint.
//
// Lengths are pixels of a 1280 pixels wide canvas that grows when a path needs more; the origin is the upper
// left.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ringside/path/describe.hpp"
#include "ringside/path/lanes.hpp"
#include "ringside/path/path.hpp"

namespace ringside::path {

struct Point {
  int x = 0;
  int y = 0;
  bool operator==(const Point&) const = default;
};

struct Rect {
  int x = 0;
  int y = 0;
  int w = 0;
  int h = 0;
  constexpr int right() const { return x + w; }
  constexpr int bottom() const { return y + h; }
  constexpr bool overlaps(const Rect& o) const {
    return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
  }
};

struct LaneBand {
  Lane lane{};
  Rect area{};
  bool bypassed = false;  // no stage of the path is in this lane (or no trap crosses the boundary)
};

struct StageBox {
  StageId stage{};
  Rect area{};
  std::vector<std::string> name{};  // broken into lines
  std::string memory{};             // "copy → user", or empty
};

struct QueueBox {  // a strip of slots, attached to the stage that owns it
  std::string name{};
  std::string amount{};  // "256", "208 KiB"
  Full full{};
  std::size_t hop = 0;  // the first hop that uses the queue
  Rect area{};
};

struct Connector {
  std::size_t hop = 0;          // index into Path::hops
  std::vector<Point> points{};  // horizontal and vertical pieces; the arrow is at the last
};

struct Label {
  std::size_t hop = 0;
  Rect area{};
  std::string text{};
  bool notice = false;  // with a bolt before it
};

struct Toll {  // where a trap crosses the boundary
  std::size_t hop = 0;
  Point at{};
};

struct Drawing {
  int width = 0;
  int height = 0;
  std::vector<LaneBand> lanes{};
  std::vector<StageBox> stages{};  // by StageId
  std::vector<QueueBox> queues{};
  std::vector<Connector> connectors{};
  std::vector<Label> labels{};
  std::vector<Toll> tolls{};
};

Drawing draw(const Path&, Language = Language::en);

}  // namespace ringside::path
