// The stage: a host's lanes at one instant, with the packets that are in them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ringside/replay/cast.hpp"
#include "ringside/trace/state.hpp"
#include "view/packet_token.hpp"
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

// A packet that was dropped a moment ago: it falls out of its lane, and a × stays for a while.
struct Dropped {
  PacketLook packet{};
  std::uint64_t frames = 1;
  trace::Whereabouts from{};
  double part = 1;    // of the fall, 0..1: over
  std::string key{};  // of the reason, as results have it
  QString reason{};   // in the language of the picture
};

struct StageScene {
  const replay::HostCast* host = nullptr;
  std::uint16_t number = 0;                    // of the host
  const trace::State* state = nullptr;         // nullptr: the path alone
  const replay::PacketKinds* kinds = nullptr;  // nullptr: not known yet
  std::vector<Flight> flights{};
  std::vector<Dropped> falls{};            // in the order of time
  std::optional<std::size_t> just_full{};  // a queue that flashes
  std::uint64_t selected = 0;              // packet; 0: none
  path::Language language = path::Language::en;
  bool letters = false;  // lanes by their letter alone
};

Picture stage(const Tower&, const StageScene&);

}  // namespace ringside::view
