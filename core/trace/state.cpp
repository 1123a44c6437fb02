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

void stop_waiting(State& state, const Whereabouts& where) {
  if (where.place != Kind::queue) return;
  auto& waiting = at(at(state.hosts, where.host).waiting, where.index);
  waiting -= std::min<std::uint32_t>(waiting, 1);
}

void leave(State& state, std::uint64_t packet) {
  const auto it = state.packets.find(packet);
  if (it == state.packets.end()) return;
  stop_waiting(state, it->second);
  state.packets.erase(it);
}

void arrive(State& state, const Event& event) {
  const auto [it, fresh] = state.packets.try_emplace(event.packet);
  const Whereabouts was = it->second;
  if (!fresh) stop_waiting(state, was);
  const bool moved = !fresh && was.host == event.host && was.place != Kind::link;
  it->second = {.place = event.kind,
                .host = event.host,
                .index = event.index,
                .since = event.at,
                .bytes = static_cast<std::uint32_t>(event.other),
                .frames = event.level,
                .from_place = moved ? was.place : Kind::birth,
                .from_index = moved ? was.index : std::uint16_t{0}};
}

// It is where it was, and what that stage does with it is done.
void hold(State& state, const Event& event) {
  const auto it = state.packets.find(event.packet);
  if (it == state.packets.end()) return;
  it->second.since = event.at;
  it->second.from_place = it->second.place;
  it->second.from_index = it->second.index;
}

void count_drop(HostState& host, const Event& event) {
  const bool by_queue = event.index != no_queue;
  (by_queue ? at(host.dropped, event.index) : at(host.thrown, event.level)) += event.other;
}

void mask(HostState& host, const Event& event) {
  std::uint32_t& lines = at(host.masked, event.index);
  if (event.other != 0)
    ++lines;
  else
    lines -= std::min<std::uint32_t>(lines, 1);
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
    case Kind::held: hold(*this, event); break;
    case Kind::drop:
      count_drop(host, event);
      leave(*this, event.packet);
      break;
    case Kind::end: ++host.delivered; [[fallthrough]];
    case Kind::gone: leave(*this, event.packet); break;
    case Kind::birth:
    case Kind::interrupted: break;
    case Kind::busy: {
      CoreTime& core = trace::at(host.cores, event.index);
      core.busy[std::min<std::size_t>(event.level, core.busy.size() - 1)] += event.other;
      core.user += event.packet;
      break;
    }
    case Kind::syscall:
    case Kind::interrupt:
    case Kind::context_switch:
    case Kind::wakeup:
      ++host.counts[static_cast<std::size_t>(event.kind) - static_cast<std::size_t>(Kind::syscall)];
      break;
    case Kind::mask: mask(host, event); break;
    case Kind::window:
      if (event.index > 0) trace::at(host.windows, event.index - std::size_t{1}) = window_of(event);
      break;
  }
}

Window window_before(const State& state, const Event& event) {
  if (event.host >= state.hosts.size()) return {};
  const auto& windows = state.hosts[event.host].windows;
  return event.index == 0 || event.index > windows.size() ? Window{} : windows[event.index - std::size_t{1}];
}

}  // namespace ringside::trace
