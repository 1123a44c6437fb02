#include "model/fallen.hpp"

#include <algorithm>

namespace ringside::model {

using trace::Event;
using trace::Kind;

namespace {

constexpr std::uint64_t most_read = 4096;  // events: so that a frame of a film costs little
constexpr std::uint64_t most_back = 1024;  // from a drop to where its packet was

// The last mark of the packet before an event. Packets are dropped soon after they came somewhere.
std::optional<trace::Whereabouts> last_mark(Reel& reel, const Event& drop, std::uint64_t number) {
  const std::uint64_t end = number - std::min(number, most_back);
  while (number-- > end) {
    const Event event = reel.event(number);
    if (event.packet != drop.packet || event.kind > Kind::link) continue;
    if (event.host != drop.host || event.kind == Kind::link) return std::nullopt;
    return trace::Whereabouts{.place = event.kind,
                              .host = event.host,
                              .index = event.index,
                              .since = event.at,
                              .bytes = static_cast<std::uint32_t>(event.other),
                              .frames = event.level};
  }
  return std::nullopt;
}

Fallen fallen_at(Reel& reel, const Event& drop, std::uint64_t number) {
  Fallen made{.number = number, .drop = drop};
  if (drop.index != trace::no_queue)
    made.where = trace::Whereabouts{.place = Kind::queue, .host = drop.host, .index = drop.index};
  else
    made.where = last_mark(reel, drop, number);
  return made;
}

}  // namespace

std::vector<Fallen> fallen(Reel& reel, std::size_t host, std::uint64_t from, std::uint64_t to) {
  std::vector<Fallen> all;
  from = std::max(from, to - std::min(to, most_read));
  for (std::uint64_t number = from; number < to; ++number) {
    const Event event = reel.event(number);
    if (event.kind == Kind::drop && event.host == host) all.push_back(fallen_at(reel, event, number));
  }
  return all;
}

}  // namespace ringside::model
