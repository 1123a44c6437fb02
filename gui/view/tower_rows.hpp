// In which rows of its lane each stage of a tower stands, and how far to the right.
#pragma once

#include <vector>

#include "ringside/path/path.hpp"

namespace ringside::view {

struct Block {  // a chip with its strips
  path::StageId stage{};
  int column = 0;
  double width = 0;
  double chip = 0;  // heights
  double above = 0;
  double below = 0;
  double x = 0;
  int row = 0;
  double height() const { return above + chip + below; }
};

struct LaneRows {  // of a lane
  std::vector<Block> blocks{};
  int count = 0;
  std::vector<double> heights{};
  double strain = 0;  // how far blocks stand from where their column is
};

struct RowRules {
  double left = 0, right = 0;  // the room
  double gap = 0;              // between blocks
  double font = 0;
  bool roomy = false;  // as Detail says
};

// Lanes with their blocks in the order of their columns. False: they are too wide.
bool arrange(std::vector<LaneRows>& lanes, int columns, const RowRules&);

}  // namespace ringside::view
