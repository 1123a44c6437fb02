// What paths cost and bring, side by side: the odometers at the moment of the picture, and the whole run.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ringside/path/describe.hpp"
#include "ringside/replay/odometers.hpp"
#include "ringside/replay/traffic.hpp"
#include "view/name.hpp"
#include "view/picture.hpp"

namespace ringside::view {

struct LaneCost {                    // cycles for each packet that came through
  std::optional<path::Lane> lane{};  // without one: of none, as the switches between threads
  bool copy = false;
  double cycles = 0;
};

struct BoardSide {
  // A key of `run` that no result file has: what programs count as delivered differs from path to path, the
  // frames that came for it do not.
  static constexpr const char* throughput = "frames_bps";

  QString name{};
  QString host{};  // whose counts these are, if it is not the one under study
  replay::Odometers so_far{};
  bool by_frame = false;  // it delivers no packets: it forwards them, or has their octets in a stream
  std::map<std::string, double> run{};     // by the keys of result files
  std::map<std::string, double> before{};  // of the run before: the ghost
  // Of what was offered, by where or why it was lost (the keys of result files); and in the run before.
  std::map<std::string, double> lost{}, lost_before{};
  std::vector<replay::Traffic::Point> latencies_before{};
  const replay::Traffic* traffic = nullptr;
  std::vector<LaneCost> costs{};
};

struct BoardScene {
  std::vector<BoardSide> sides{};  // at most four
  path::Language language = path::Language::en;
  QString invitation{};
};

// A count that follows the moment, by the key of its replay::Counter.
Name count_name(std::string_view key, path::Language);

// Its counts are targets, "count KEY".
Picture board(const BoardScene&, double width);

// The parts of the board, which stand below each other: latencies by the share of packets, and cycles by
// lane.
Picture latency_curves(const BoardScene&, double width);
Picture lane_costs(const BoardScene&, double width);

// The letter of a side in its colour.
void side_badge(Picture&, int side, const QRectF&);

}  // namespace ringside::view
