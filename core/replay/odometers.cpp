#include "ringside/replay/odometers.hpp"

#include <algorithm>
#include <numeric>

namespace ringside::replay {

Odometers odometers(const HostCast& host, const trace::HostState& state) {
  using trace::Kind;
  Odometers all{.delivered = state.delivered,
                .system_calls = state.count(Kind::syscall),
                .interrupts = state.count(Kind::interrupt),
                .context_switches = state.count(Kind::context_switch),
                .wakeups = state.count(Kind::wakeup)};
  for (std::size_t stage = 0; stage < std::min(state.came.size(), host.path.stages.size()); ++stage) {
    const std::uint64_t came = state.came[stage];
    switch (host.path.stages[stage].memory) {
      case path::Memory::none: break;
      case path::Memory::copy: all.copies += came; break;
      case path::Memory::dma: all.dmas += came; break;
      case path::Memory::map: all.maps += came; break;
      case path::Memory::reference: all.references += came; break;
    }
  }
  for (const auto& dropped : {state.dropped, state.thrown})
    all.dropped = std::accumulate(dropped.begin(), dropped.end(), all.dropped);
  for (const trace::CoreTime& core : state.cores)
    all.busy = std::accumulate(core.busy.begin(), core.busy.end(), all.busy);
  return all;
}

}  // namespace ringside::replay
