// What leads from the time of one packet to that of another, a part at a time; and how long such parts are
// drawn.
#pragma once

#include <span>
#include <vector>

#include "ringside/replay/difference.hpp"

namespace ringside::view {

struct Fall {
  replay::PartName of{};
  bool rest = false;  // several parts together: there is no room for each
  Duration first{};   // of this part, on either side
  Duration second{};
  Duration from{};  // the level before it, and after it
  Duration to{};
  Duration change() const { return to - from; }
  bool operator==(const Fall&) const = default;
};

struct Waterfall {  // from the one total down or up to the other, without a gap
  Duration first{};
  Duration second{};
  std::vector<Fall> falls{};  // the largest first
};

// Each part in which they differ; with `most` of them at most, the last of which is all that is left.
Waterfall waterfall(const std::vector<replay::Share>& first, const std::vector<replay::Share>& second,
                    std::size_t most = SIZE_MAX);

// What is written of a level, in so many picoseconds. Figures of changes are the differences of those of
// their levels: they add up on paper, too.
constexpr std::int64_t figure(Duration level, std::int64_t grain) {
  return (level.count() + (level.count() < 0 ? -grain : grain) / 2) / grain;
}

// How long a part is drawn. Waiting can take a thousand times what is done to the packet; then it is drawn
// shorter than it is, but never shorter than what took less.
class BarScale {
 public:
  BarScale() = default;
  explicit BarScale(std::span<const std::vector<replay::Share>> packets);

  bool cut(const replay::PartName&, Duration of_it_in_all) const;
  // In picoseconds that are to scale.
  double drawn(const replay::PartName&, Duration of_it_in_all) const;
  double drawn(const std::vector<replay::Share>& packet) const;

 private:
  double longest_ = 0;  // that is to scale; 0: everything is
  double shortest_cut_ = 0;
};

}  // namespace ringside::view
