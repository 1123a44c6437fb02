#include "view/timeline_rows.hpp"

#include <algorithm>

#include "ringside/path/lanes.hpp"

namespace ringside::view {

namespace {

using path::Lane;

constexpr double empty_lane = 0.6;  // of the height of one that has something
constexpr double core_row = 1.35;
constexpr double queue_row = 1.7;
constexpr double window_row = 2.2;

bool has_lane(const replay::HostCast& host, Lane lane) {
  if (lane != Lane::boundary) return std::ranges::find(host.lanes, lane) != host.lanes.end();
  return std::ranges::any_of(
      host.path.hops, [](const path::Hop& hop) { return std::holds_alternative<path::Trap>(hop.hand); });
}

}  // namespace

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

std::vector<Row> rows_of(const RowsWanted& wanted) {
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

}  // namespace ringside::view
