#include "format.hpp"

#include "encode.hpp"

namespace ringside::trace {

namespace {

std::uint64_t picoseconds(Time at) { return static_cast<std::uint64_t>(at.time_since_epoch().count()); }
Time time(std::uint64_t picoseconds) { return Time{Duration{static_cast<std::int64_t>(picoseconds)}}; }

template <class List, class Put>
void put_list(std::string& to, const List& list, Put put_one) {
  put(to, std::uint64_t{list.size()});
  for (const auto& item : list) put_one(item);
}

template <class Item, class Take>
std::vector<Item> take_list(Octets& from, std::size_t octets_each, Take take_one) {
  std::vector<Item> list(from.count(octets_each));
  for (Item& item : list) take_one(item);
  return list;
}

}  // namespace

std::string chunk(std::string_view name, std::string_view payload) {
  std::string whole{name};
  put(whole, std::uint64_t{payload.size()});
  put(whole, hash_of(payload));
  return whole.append(payload);
}

void put(std::string& to, const Event& event) {
  put(to, picoseconds(event.at));
  put(to, event.packet);
  put(to, event.other);
  put(to, event.host);
  put(to, event.index);
  put(to, static_cast<std::uint8_t>(event.kind));
  put(to, event.level);
  put(to, std::uint16_t{0});
}

std::optional<std::vector<Event>> decode_events(std::string_view payload) {
  if (payload.size() % event_size != 0) return std::nullopt;
  std::vector<Event> events(payload.size() / event_size);
  Octets from{payload};
  for (Event& event : events) {
    event.at = time(from.take<std::uint64_t>());
    event.packet = from.take<std::uint64_t>();
    event.other = from.take<std::uint64_t>();
    event.host = from.take<std::uint16_t>();
    event.index = from.take<std::uint16_t>();
    const auto kind = from.take<std::uint8_t>();
    if (kind >= kinds) return std::nullopt;
    event.kind = static_cast<Kind>(kind);
    event.level = from.take<std::uint8_t>();
    from.take<std::uint16_t>();
  }
  return events;
}

std::string encode(const State& state) {
  std::string to;
  put(to, state.events);
  put(to, picoseconds(state.at));
  put_list(to, state.hosts, [&](const HostState& host) {
    put_list(to, host.came, [&](std::uint64_t n) { put(to, n); });
    put_list(to, host.waiting, [&](std::uint32_t n) { put(to, n); });
    put_list(to, host.dropped, [&](std::uint64_t n) { put(to, n); });
    put_list(to, host.cores, [&](const CoreTime& core) {
      for (const std::uint64_t busy : core.busy) put(to, busy);
      put(to, core.user);
    });
    put_list(to, host.thrown, [&](std::uint64_t n) { put(to, n); });
    put_list(to, host.masked, [&](std::uint32_t n) { put(to, n); });
    for (const std::uint64_t n : host.counts) put(to, n);
    put(to, host.delivered);
  });
  put_list(to, state.packets, [&](const auto& entry) {
    const auto& [packet, where] = entry;
    put(to, packet);
    put(to, picoseconds(where.since));
    put(to, where.host);
    put(to, where.index);
    put(to, where.bytes);
    put(to, static_cast<std::uint8_t>(where.place));
    put(to, where.frames);
    put(to, static_cast<std::uint8_t>(where.from_place));
    put(to, where.from_index);
  });
  for (const HostState& host : state.hosts)
    put_list(to, host.windows, [&](const Window& window) { put(to, as_other(window)); });
  return to;
}

std::optional<State> decode_state(std::string_view payload) {
  constexpr std::size_t least_host = (6 + counted + 1) * std::size_t{8},
                        packet_size = 29;  // lengths and numbers; see encode()
  Octets from{payload};
  State state;
  state.events = from.take<std::uint64_t>();
  state.at = time(from.take<std::uint64_t>());
  state.hosts = take_list<HostState>(from, least_host, [&](HostState& host) {
    host.came = take_list<std::uint64_t>(from, 8, [&](auto& n) { n = from.take<std::uint64_t>(); });
    host.waiting = take_list<std::uint32_t>(from, 4, [&](auto& n) { n = from.take<std::uint32_t>(); });
    host.dropped = take_list<std::uint64_t>(from, 8, [&](auto& n) { n = from.take<std::uint64_t>(); });
    host.cores = take_list<CoreTime>(from, 32, [&](CoreTime& core) {
      for (std::uint64_t& busy : core.busy) busy = from.take<std::uint64_t>();
      core.user = from.take<std::uint64_t>();
    });
    host.thrown = take_list<std::uint64_t>(from, 8, [&](auto& n) { n = from.take<std::uint64_t>(); });
    host.masked = take_list<std::uint32_t>(from, 4, [&](auto& n) { n = from.take<std::uint32_t>(); });
    for (std::uint64_t& n : host.counts) n = from.take<std::uint64_t>();
    host.delivered = from.take<std::uint64_t>();
  });
  for (std::size_t left = from.count(packet_size); left > 0; --left) {
    const auto packet = from.take<std::uint64_t>();
    Whereabouts where{.since = time(from.take<std::uint64_t>())};
    where.host = from.take<std::uint16_t>();
    where.index = from.take<std::uint16_t>();
    where.bytes = from.take<std::uint32_t>();
    const auto place = from.take<std::uint8_t>();
    if (place >= kinds) return std::nullopt;
    where.place = static_cast<Kind>(place);
    where.frames = from.take<std::uint8_t>();
    const auto from_place = from.take<std::uint8_t>();
    if (from_place >= kinds) return std::nullopt;
    where.from_place = static_cast<Kind>(from_place);
    where.from_index = from.take<std::uint16_t>();
    state.packets.emplace_hint(state.packets.end(), packet, where);
  }
  if (!from.empty())  // version 1 knew no windows
    for (HostState& host : state.hosts)
      host.windows = take_list<Window>(
          from, 8, [&](Window& window) { window = window_of({.other = from.take<std::uint64_t>()}); });
  return from.too_short() || !from.empty() ? std::nullopt : std::optional{std::move(state)};
}

void put(std::string& to, const SeenFrame& frame) {
  put(to, frame.event);
  put(to, frame.stage);
  put(to, frame.length);
  put(to, static_cast<std::uint16_t>(frame.octets.size()));
  to.append(frame.octets);
}

std::string encode_frames(std::uint64_t count, std::string_view frames) {
  std::string to;
  put(to, count);
  return to.append(frames);
}

std::optional<std::vector<SeenFrame>> decode_frames(std::string_view payload, std::size_t events) {
  constexpr std::size_t least_frame = 12;
  Octets from{payload};
  bool sound = true;
  auto frames = take_list<SeenFrame>(from, least_frame, [&](SeenFrame& frame) {
    frame.event = from.take<std::uint32_t>();
    frame.stage = from.take<std::uint16_t>();
    frame.length = from.take<std::uint32_t>();
    frame.octets = from.take_octets(from.take<std::uint16_t>());
    sound &= frame.event < events;
  });
  return sound && !from.too_short() && from.empty() ? std::optional{std::move(frames)} : std::nullopt;
}

std::string encode(const Index& index) {
  std::string to;
  put(to, picoseconds(index.last));
  put(to, index.late);
  put_list(to, index.blocks, [&](const Block& block) {
    put(to, picoseconds(block.first));
    for (const std::uint64_t number : {block.before, block.events, block.keyframe, block.chunk, block.frames})
      put(to, number);
  });
  return to;
}

std::optional<Index> decode_index(std::string_view payload) {
  Octets from{payload};
  Index index{.last = time(from.take<std::uint64_t>())};
  index.late = from.take<std::uint64_t>();
  index.blocks = take_list<Block>(from, 48, [&](Block& block) {
    block.first = time(from.take<std::uint64_t>());
    for (std::uint64_t* number : {&block.before, &block.events, &block.keyframe, &block.chunk, &block.frames})
      *number = from.take<std::uint64_t>();
  });
  return from.too_short() || !from.empty() ? std::nullopt : std::optional{std::move(index)};
}

}  // namespace ringside::trace
