#include "model/fallen.hpp"

#include <algorithm>

namespace ringside::model {

using trace::Event;
using trace::Kind;

namespace {

constexpr std::uint64_t most_read = 4096;  // events: so that a frame of a film costs little
constexpr std::uint64_t most_back = 1024;  // from a drop to where its packet was

struct LastSeen {  // of a packet that is dropped
  std::optional<trace::Whereabouts> at{};
  std::optional<std::uint16_t> left_by{};  // the port, if it was under way on the line already
};

// Packets are dropped soon after they came somewhere.
LastSeen last_seen(Reel& reel, const Event& drop, std::uint64_t number) {
  const std::uint64_t end = number - std::min(number, most_back);
  LastSeen last;
  while (number-- > end) {
    const Event event = reel.event(number);
    if (event.packet != drop.packet || event.kind > Kind::link) continue;
    if (event.host != drop.host) break;
    if (event.kind == Kind::link) {
      last.left_by = event.index;
      continue;
    }
    last.at = {.place = event.kind,
               .host = event.host,
               .index = event.index,
               .since = event.at,
               .bytes = static_cast<std::uint32_t>(event.other),
               .frames = event.level};
    break;
  }
  return last;
}

Fallen fallen_at(Reel& reel, const Event& drop, std::uint64_t number) {
  Fallen made{.number = number, .drop = drop};
  if (drop.index != trace::no_queue)
    made.where = trace::Whereabouts{.place = Kind::queue, .host = drop.host, .index = drop.index};
  else
    made.where = last_seen(reel, drop, number).at;
  return made;
}

// What the line has lost that leads to this host would have come in there next.
std::optional<Fallen> never_came(Reel& reel, std::size_t host, const Event& drop, std::uint64_t number) {
  if (drop.index != trace::no_queue) return std::nullopt;
  const LastSeen last = last_seen(reel, drop, number);
  if (!last.left_by || reel.cast().beyond(drop.host, *last.left_by) != host) return std::nullopt;
  const auto& stages = reel.host(host).path.stages;
  const auto arrives = std::ranges::find(stages, path::Work::arrive, &path::Stage::work);
  if (arrives == stages.end()) return std::nullopt;
  Fallen made{.number = number, .drop = drop, .where = last.at.value_or(trace::Whereabouts{})};
  made.where->place = Kind::stage;
  made.where->host = static_cast<std::uint16_t>(host);
  made.where->index = static_cast<std::uint16_t>(arrives - stages.begin());
  return made;
}

}  // namespace

std::vector<Fallen> fallen(Reel& reel, std::size_t host, std::uint64_t from, std::uint64_t to) {
  std::vector<Fallen> all;
  from = std::max(from, to - std::min(to, most_read));
  for (std::uint64_t number = from; number < to; ++number) {
    const Event event = reel.event(number);
    if (event.kind != Kind::drop) continue;
    if (event.host == host)
      all.push_back(fallen_at(reel, event, number));
    else if (auto lost = never_came(reel, host, event, number))
      all.push_back(*lost);
  }
  return all;
}

}  // namespace ringside::model
