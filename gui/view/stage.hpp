// The stage: a host's lanes at one instant, with the packets that are in them.
#pragma once

#include <cstdint>
#include <vector>

#include "ringside/replay/cast.hpp"
#include "ringside/trace/state.hpp"
#include "view/picture.hpp"
#include "view/tower.hpp"

namespace ringside::view {

// A packet on its way from one stage to the next, drawn so that the eye can follow.
struct Flight {
  std::uint64_t packet = 0;
  trace::Whereabouts from{};
  trace::Whereabouts to{};
  double part = 0;  // of the way, 0..1
};

struct StageScene {
  const replay::HostCast* host = nullptr;
  std::uint16_t number = 0;             // of the host
  const trace::State* state = nullptr;  // nullptr: the path alone
  std::vector<Flight> flights{};
  std::uint64_t selected = 0;  // packet; 0: none
  path::Language language = path::Language::en;
  bool letters = false;  // lanes by their letter alone
};

Picture stage(const Tower&, const StageScene&);

}  // namespace ringside::view
