// The rows of a journey's table: a packet's milestones with their names, times and lanes.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <QString>

#include "ringside/replay/journey.hpp"
#include "view/journey.hpp"
#include "view/words.hpp"

namespace ringside::view {

struct JourneyRow {
  const replay::Step* step = nullptr;
  std::optional<path::Lane> lane{};
  QString name{};
  QString also{};    // in Chinese, where the picture has both languages
  QString detail{};  // what becomes of the bytes, and what came between
  bool copies = false;
  bool waits = false;
  bool lost = false;
  bool crosses = false;               // the boundary, on the way here
  bool enters = false;                // another host than the one before
  std::int64_t since = 0, lasts = 0;  // in the last digit of the table

  Duration worked() const { return step->lasts - step->interrupted; }  // or waited
};

struct JourneyRows {
  std::vector<JourneyRow> rows{};
  int copies = 0, dmas = 0, crossings = 0;
};

JourneyRows rows_of(const JourneyScene&);

}  // namespace ringside::view
