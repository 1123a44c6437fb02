#include "view/timeline_rows.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ringside/path/lanes.hpp"

namespace ringside::view {

namespace {

using path::Lane;

constexpr double empty_lane = 0.6;  // of the height of one that has something
constexpr double core_row = 1.35;
constexpr double queue_row = 1.7;
constexpr double window_row = 2.2;
constexpr double gap = 5;  // between cores, lanes, queues and windows

double weight(const Row& row) {
  switch (row.kind) {
    case RowKind::core: return core_row;
    case RowKind::queue: return queue_row;
    case RowKind::window: return window_row;
    case RowKind::losses: return 1;
    case RowKind::lane: return row.bypassed || row.unused ? empty_lane : 1;
  }
  return 1;
}

double sum(const std::vector<Row>& rows) {
  return std::accumulate(rows.begin(), rows.end(), 0.0, [](double s, const Row& r) { return s + weight(r); });
}

// Between rows of different kinds.
double gaps(const std::vector<Row>& rows) {
  double all = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) all += rows[i].kind != rows[i - 1].kind ? gap : 0;
  return all;
}

bool has_lane(const replay::HostCast& host, Lane lane) {
  if (lane != Lane::boundary) return std::ranges::find(host.lanes, lane) != host.lanes.end();
  return std::ranges::any_of(
      host.path.hops, [](const path::Hop& hop) { return std::holds_alternative<path::Trap>(hop.hand); });
}

// How much is lost where the row of a queue or of a window is left out.
double importance(const RowsWanted& wanted, const Row& row) {
  if (row.kind == RowKind::window) return 1;
  const std::size_t queue = row.index;
  if (queue < wanted.dropped.size() && wanted.dropped[queue] > 0) return 2;
  const std::int64_t capacity = wanted.host->packets_in(queue);
  return static_cast<double>(wanted.most_waiting[queue]) /
         static_cast<double>(std::max<std::int64_t>(capacity, 256));
}

std::vector<Row> all_rows(const RowsWanted& wanted) {
  std::vector<Row> rows;
  rows.reserve(static_cast<std::size_t>(wanted.host->cores));
  for (int core = 0; core < wanted.host->cores; ++core)
    rows.push_back({.kind = RowKind::core, .index = static_cast<std::size_t>(core)});
  for (std::size_t lane = 0; lane < path::lane_count; ++lane) {
    const bool there = has_lane(*wanted.host, static_cast<Lane>(lane));
    rows.push_back({.kind = RowKind::lane,
                    .index = lane,
                    .area = {},
                    .bypassed = !there,
                    .unused = there && lane < wanted.lanes_used.size() && !wanted.lanes_used[lane]});
  }
  for (std::size_t queue = 0; queue < wanted.most_waiting.size(); ++queue)
    if (wanted.most_waiting[queue] > 0 || (queue < wanted.dropped.size() && wanted.dropped[queue] > 0))
      rows.push_back({.kind = RowKind::queue, .index = queue});
  if (wanted.thrown > 0 || std::ranges::count_if(wanted.dropped, [](std::uint64_t n) { return n > 0; }) > 1)
    rows.push_back({.kind = RowKind::losses});
  for (std::size_t window = 0; window < wanted.windows; ++window)
    rows.push_back({.kind = RowKind::window, .index = window});
  return rows;
}

// The queue or window that matters least, or else the last core. False: there is nothing left to give up.
bool give_up_one(std::vector<Row>& rows, const RowsWanted& wanted) {
  auto least = rows.end();
  for (auto row = rows.begin(); row != rows.end(); ++row)
    if ((row->kind == RowKind::queue || row->kind == RowKind::window) &&
        (least == rows.end() || importance(wanted, *row) <= importance(wanted, *least)))
      least = row;
  if (least == rows.end()) {
    const auto cores = std::ranges::find_if(rows, [](const Row& row) { return row.kind != RowKind::core; });
    if (cores - rows.begin() < 2) return false;
    least = cores - 1;
  }
  rows.erase(least);
  return true;
}

}  // namespace

Rows rows_of(const RowsWanted& wanted, const QRectF& area, double font) {
  Rows made{.rows = all_rows(wanted)};
  const double least = font * 1.15;
  const auto unit_of = [&area](const std::vector<Row>& rows) {
    return (area.height() - gaps(rows)) / sum(rows);
  };
  while (unit_of(made.rows) < least && give_up_one(made.rows, wanted)) ++made.left_out;
  const double unit = std::min(unit_of(made.rows), font * 8);
  double y = area.top();
  for (std::size_t i = 0; i < made.rows.size(); ++i) {
    Row& row = made.rows[i];
    if (i > 0 && row.kind != made.rows[i - 1].kind) y += gap;
    const double height = std::floor(unit * weight(row));
    row.area = {area.left(), std::round(y), area.width(), height};
    y += unit * weight(row);
  }
  return made;
}

}  // namespace ringside::view
