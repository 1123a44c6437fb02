#include "ringside/trace/state.hpp"

#include <algorithm>

namespace ringside::trace {

namespace {

// What a host has is known as it is met: a recording need not say beforehand.
template <class List>
auto& at(List& list, std::size_t index) {
  if (list.size() <= index) list.resize(index + 1);
  return list[index];
}

void leave(State& state, std::uint64_t packet) {
  const auto it = state.packets.find(packet);
  if (it == state.packets.end()) return;
  const Whereabouts& was = it->second;
  if (was.place == Kind::queue) {
    auto& waiting = at(at(state.hosts, was.host).waiting, was.index);
    waiting -= std::min<std::uint32_t>(waiting, 1);
  }
  state.packets.erase(it);
}

void arrive(State& state, const Event& event) {
  leave(state, event.packet);
  state.packets[event.packet] = {event.kind, event.host, event.index, event.at};
}

}  // namespace

void State::apply(const Event& event) {
  ++events;
  at = event.at;
  HostState& host = trace::at(hosts, event.host);
  switch (event.kind) {
    case Kind::stage:
      ++trace::at(host.came, event.index);
      if (event.packet != 0) arrive(*this, event);
      break;
    case Kind::queue:
      arrive(*this, event);
      ++trace::at(host.waiting, event.index);
      break;
    case Kind::link: arrive(*this, event); break;
    case Kind::drop:
      ++trace::at(host.dropped, event.index);
      leave(*this, event.packet);
      break;
    case Kind::end: ++host.delivered; [[fallthrough]];
    case Kind::gone: leave(*this, event.packet); break;
    case Kind::birth: break;
    case Kind::busy: {
      CoreTime& core = trace::at(host.cores, event.index);
      core.busy[std::min<std::size_t>(event.level, core.busy.size() - 1)] += event.other;
      core.user += event.packet;
      break;
    }
  }
}

}  // namespace ringside::trace
