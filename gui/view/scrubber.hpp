// A whole run in a strip: how much happened when, where packets were lost, bookmarks, the moment of the
// picture, and the part of it that the timeline shows.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "ringside/replay/overview.hpp"
#include "view/axis.hpp"
#include "view/picture.hpp"

namespace ringside::view {

struct ScrubberScene {
  const replay::Overview* overview = nullptr;  // nullptr: there is none, or the recording is still being read
  std::size_t host = 0;
  Time from{};  // of the run
  Time to{};
  Time now{};
  Time seen_from{};  // what the timeline shows
  Time seen_to{};
  std::array<std::optional<Time>, 2> markers{};
  std::vector<Time> bookmarks{};
  QString reason{};  // why there is nothing to see
  double font = 12;
};

struct ScrubberPicture {
  Picture picture{};
  Axis axis{};
};

ScrubberPicture scrubber(const ScrubberScene&, QSizeF);

}  // namespace ringside::view
