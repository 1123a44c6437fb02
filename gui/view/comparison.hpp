// One packet on two to four paths: its time on each, in parts, and what leads from one to another.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <QString>

#include "ringside/path/describe.hpp"
#include "ringside/replay/difference.hpp"
#include "view/picture.hpp"

namespace ringside::view {

enum class Ending : std::uint8_t { delivered, dropped, used_up, under_way, absent };

struct ComparedSide {
  int side = 0;  // A is 0
  QString path{};
  std::uint64_t packet = 0;            // its number there
  Time from{};                         // its first bit
  std::vector<replay::Share> parts{};  // in the order in which it went through them
  Ending ending = Ending::delivered;   // of its way
  QString reason{};                    // of a drop
};

struct ComparisonScene {
  std::vector<ComparedSide> sides{};
  std::size_t first = 0;   // which of them the waterfall leads from
  std::size_t second = 1;  // and to
  path::Language language = path::Language::en;
  QString obstacle{};    // why packets are not compared: then nothing else is drawn of them
  QStringList facts{};   // what differs between the sides
  QString invitation{};  // what to do when there is nothing to compare
};

Picture comparison(const ComparisonScene&, QSizeF);

// What it shows, in sentences: for those who do not see it.
QStringList spoken(const ComparisonScene&);

}  // namespace ringside::view
