// The way of one packet, from top to bottom: when it came where, and how long that took.
#pragma once

#include <cstdint>

#include "ringside/path/describe.hpp"
#include "ringside/replay/cast.hpp"
#include "ringside/replay/journey.hpp"
#include "view/picture.hpp"

namespace ringside::view {

struct JourneyScene {
  const replay::Cast* cast = nullptr;
  const replay::Journey* journey = nullptr;  // nullptr: there is none to show, and `invitation` says why
  std::uint64_t events = 0;                  // that have happened at the moment of the picture
  path::Language language = path::Language::en;
  QString invitation{};
};

// As wide as is said, within reason, and as high as it needs to be. A row is the target "event N": the moment
// at which the packet has come there.
Picture journey(const JourneyScene&, double width);

// What takes the place of a panel's content: a line that says what to do.
Picture invitation(const QString&, double width);

}  // namespace ringside::view
