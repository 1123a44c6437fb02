#include "ringside/replay/odometers.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace ringside::replay {

namespace {

constexpr std::array all_counters{
    Counter{"delivered_packets", nullptr, &Odometers::delivered, trace::Kind::end},
    Counter{"dropped_frames", nullptr, &Odometers::dropped, trace::Kind::drop},
    Counter{"cpu_copies_per_packet", "each frame.copies", &Odometers::copies, trace::Kind::stage,
            path::Memory::copy},
    Counter{"dma_transfers_per_packet", "each frame.dmas", &Odometers::dmas, trace::Kind::stage,
            path::Memory::dma},
    Counter{"syscalls_per_packet", "each frame.syscalls", &Odometers::system_calls, trace::Kind::syscall},
    Counter{"interrupts_per_packet", "each frame.interrupts", &Odometers::interrupts, trace::Kind::interrupt},
    Counter{"context_switches_per_packet", "each frame.context switches", &Odometers::context_switches,
            trace::Kind::context_switch},
    Counter{"wakeups_per_packet", "each frame.wakeups", &Odometers::wakeups, trace::Kind::wakeup},
};

}  // namespace

std::span<const Counter> counters() { return all_counters; }

const Counter* counter_of(std::string_view key) {
  const auto found = std::ranges::find(all_counters, key, &Counter::key);
  return found == all_counters.end() ? nullptr : &*found;
}

Happening counted_by(const Counter& counter, const HostCast& its, std::uint16_t host) {
  Happening counted{.kind = counter.kind, .host = host};
  if (counter.memory == path::Memory::none) return counted;
  counted.indices.emplace();
  for (std::uint16_t stage = 0; stage < its.path.stages.size(); ++stage)
    if (its.path.stages[stage].memory == counter.memory) counted.indices->push_back(stage);
  return counted;
}

Odometers odometers(const HostCast& host, const trace::HostState& state) {
  using trace::Kind;
  Odometers all{.delivered = state.delivered,
                .system_calls = state.count(Kind::syscall),
                .interrupts = state.count(Kind::interrupt),
                .context_switches = state.count(Kind::context_switch),
                .wakeups = state.count(Kind::wakeup)};
  std::uint64_t arrived = 0, departed = 0;
  for (std::size_t stage = 0; stage < std::min(state.came.size(), host.path.stages.size()); ++stage) {
    const std::uint64_t came = state.came[stage];
    if (host.path.stages[stage].work == path::Work::arrive) arrived += came;
    if (host.path.stages[stage].work == path::Work::depart) departed += came;
    switch (host.path.stages[stage].memory) {
      case path::Memory::none: break;
      case path::Memory::copy: all.copies += came; break;
      case path::Memory::dma: all.dmas += came; break;
      case path::Memory::map: all.maps += came; break;
      case path::Memory::reference: all.references += came; break;
    }
  }
  all.frames = std::max(arrived, departed);
  for (const auto& dropped : {state.dropped, state.thrown})
    all.dropped = std::accumulate(dropped.begin(), dropped.end(), all.dropped);
  for (const trace::CoreTime& core : state.cores)
    all.busy = std::accumulate(core.busy.begin(), core.busy.end(), all.busy);
  return all;
}

}  // namespace ringside::replay
