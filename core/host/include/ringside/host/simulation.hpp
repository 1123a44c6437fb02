// What all parts of one run share: the clock with its events, the pool of packets, the seed, and the log if
// one is kept.
#pragma once

#include <cstdint>

#include "ringside/hw/packet.hpp"
#include "ringside/sim/event_queue.hpp"
#include "ringside/trace/log.hpp"

namespace ringside::host {

struct Simulation {
  Simulation(std::uint64_t seed_, std::size_t largest_frame) : seed{seed_}, pool{largest_frame} {}

  std::uint64_t seed;
  hw::PacketPool pool;
  sim::EventQueue events{};
  trace::Log* log = nullptr;  // nullptr: no journeys are recorded
};

}  // namespace ringside::host
