// Where the rows of a timeline stand, those of all its sides below each other. Where there is no room for all
// of them they are as low as can be read, and those from a certain one on are seen.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <QRectF>

#include "view/timeline_rows.hpp"

namespace ringside::view {

struct SideRows {
  std::size_t side = 0;
  std::optional<QRectF> heading{};  // of a side that has company
  QRectF area{};                    // of its rows
  std::vector<Row> rows{};
};

// Headings and rows, counted together.
struct Reach {
  std::size_t first = 0;  // that is seen
  std::size_t seen = 0;   // so many
  std::size_t last = 0;   // the first of them when all those behind are seen; 0: there is room for all
};

struct TimelineLayout {
  std::vector<SideRows> sides{};  // of which something is seen
  Reach reach{};
};

TimelineLayout lay_out(const std::vector<std::vector<Row>>& sides, const QRectF& area, double font,
                       std::size_t first);
// What all of them take at least.
double least_height(const std::vector<std::vector<Row>>& sides, double font);

}  // namespace ringside::view
