// Where a path's stages stand in a picture of any size: a tower of seven lanes, stages from left to right in
// the order in which packets pass them, on as many rows as their lane needs. A function of the graph.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QStringList>

#include "ringside/path/describe.hpp"
#include "ringside/path/lanes.hpp"
#include "ringside/path/path.hpp"

namespace ringside::view {

// What there is room for, from the most to the least.
enum class Detail : std::uint8_t {
  roomy,  // a lane may take more rows than it must, so that its stages stand where their columns are
  tight,
  plain,  // no second lines: neither what a stage does to the memory nor how many a queue holds
  bare    // names on one line, cut off where they are long, and little between them
};

struct Band {
  path::Lane lane{};
  QRectF area{};
  bool bypassed = false;  // the path has nothing there
  bool unused = false;    // it has, and nothing of it is shown
};

// How far apart lines of a chip are, of the size of its type: those of its name, and what is noted below.
inline constexpr double name_line = 1.25, note_line = 1.1;

struct Chip {  // a stage
  path::StageId stage{};
  QRectF area{};
  QStringList name{};
  QString also{};    // in Chinese, where the picture has both languages
  QString memory{};  // "copy → user", or empty

  double text_height(double font) const {
    const int notes = (also.isEmpty() ? 0 : 1) + (memory.isEmpty() ? 0 : 1);
    return font * (name_line * static_cast<double>(name.size()) + note_line * notes);
  }
};

struct Strip {  // a queue, at the stage that it belongs to
  std::string queue{};
  QString name{};       // in the language of the picture
  std::size_t hop = 0;  // the first that uses it
  QRectF area{};
  path::StageId at{};
  bool on_top = false;  // of that stage, otherwise below
};

struct Wire {  // a hop, or what is left of several where stages between are switched off: a cubic Bézier
  std::size_t hop = 0;  // the last of them
  QPointF from{}, out{}, in{}, to{};
  QPointF along(double part) const;  // 0..1
};

// The name of a lane in lines; in both languages where both are shown.
std::vector<std::string> lane_name(path::Lane, path::Language);

struct Tower {
  QSizeF size{};    // higher than asked for if the smallest type is still too large
  double font = 0;  // of names
  Detail detail{};
  double label = 0;  // width that the names of the lanes take
  std::vector<Band> bands{};
  std::vector<Chip> chips{};
  std::vector<Strip> strips{};
  std::vector<Wire> wires{};

  const Chip* chip(path::StageId) const;
  const Strip* strip(const std::string& queue) const;
};

struct TowerOptions {
  QSizeF room{};          // for each
  double least_font = 9;  // as long as there are rows to spare
  double most_font = 15;
  bool letters = false;  // lanes by letter alone, where there is no room for names
  path::Language language = path::Language::en;
  // Where both are shown: stages and queues have their names in both, not in English alone.
  bool names_in_both = false;
};

// What a run makes of a queue.
struct QueueUse {
  int instances = 1;       // of that name
  std::uint64_t lost = 0;  // frames in the whole run: the strip has room for that number
  auto operator<=>(const QueueUse&) const = default;
};
using QueueUses = std::map<std::string, QueueUse>;

// `shown`: by stage; empty: all of them.
Tower tower(const path::Path&, const std::vector<bool>& shown, const TowerOptions&);

struct Wanted {
  const path::Path* path = nullptr;
  std::vector<bool> shown{};
  double width = 0;
  QueueUses queues{};  // those that are not there are as a queue is by itself
};
// Names are in both languages where these are shown and there is room. Towers side by side: in the same type,
// and each lane of all of them at the same height. What one path does not have is a hole beside what the
// others do there.
std::vector<Tower> towers(const std::vector<Wanted>&, const TowerOptions&);

}  // namespace ringside::view
