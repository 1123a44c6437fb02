// Which rows a host has in a timeline: its cores, the seven lanes, the queues that it uses, and congestion
// windows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <QRectF>
#include <QString>

#include "ringside/path/describe.hpp"
#include "ringside/replay/cast.hpp"

namespace ringside::view {

enum class RowKind : std::uint8_t { core, lane, queue, losses, window };  // losses: of all queues and of none

struct Row {
  RowKind kind{};
  std::size_t index = 0;  // of the core, the lane, the queue, or the window of those shown
  QRectF area{};          // from the name to the right edge
  bool bypassed = false;  // a lane that the path does not have
  bool unused = false;    // or in which nothing came to pass
};

// What decides which rows there are.
struct RowsWanted {
  const replay::HostCast* host = nullptr;
  std::vector<bool> lanes_used{};
  std::vector<std::uint32_t> most_waiting{};  // by queue
  std::vector<std::uint64_t> dropped{};       // by queue
  std::size_t windows = 0;                    // of congestion, shown
  std::uint64_t thrown = 0;                   // by none
};

// In the order in which they stand, without a place.
std::vector<Row> rows_of(const RowsWanted&);
// How high a row is beside others.
double weight(const Row&);

}  // namespace ringside::view
