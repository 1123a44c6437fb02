#include "ringside/replay/arrivals.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_set>
#include <utility>

namespace ringside::replay {

using trace::Event;
using trace::Kind;

namespace {

constexpr std::size_t read_at_once = 65536;  // events: a block of a recording

// The queues that the card fills: a frame that finds no room there is lost before it comes to any stage.
std::vector<bool> filled_by_card(const HostCast& host) {
  std::vector<bool> filled(host.queues.size());
  for (const path::Hop& hop : host.path.hops) {
    const auto* queue = std::get_if<path::Queue>(&hop.hand);
    if (!queue || host.path.stages[hop.from].domain != path::Domain::hardware) continue;
    const auto known = std::ranges::find(host.queues, queue->name);
    if (known != host.queues.end()) filled[static_cast<std::size_t>(known - host.queues.begin())] = true;
  }
  return filled;
}

class Listing {
 public:
  explicit Listing(const Cast& cast)
      : study_{cast.study},
        stages_{cast.hosts.at(cast.study).path.stages},
        filled_by_card_{filled_by_card(cast.hosts[cast.study])} {}

  void take(const Event& event) {
    if (event.host != study_) return;
    switch (event.kind) {
      case Kind::stage:
        if (event.packet == 0 || event.index >= stages_.size()) return;
        if (stages_[event.index].work != path::Work::arrive) return;
        found.push_back({event.at, event.packet, event.other});
        inside_.insert(event.packet);
        break;
      case Kind::drop:
        if (inside_.erase(event.packet) == 0 && event.index < filled_by_card_.size() &&
            filled_by_card_[event.index])
          found.push_back({event.at, event.packet});
        break;
      case Kind::link:
      case Kind::end:
      case Kind::gone: inside_.erase(event.packet); break;
      default: break;
    }
  }

  std::vector<Arrival> found{};

 private:
  std::size_t study_;
  const std::vector<path::Stage>& stages_;
  std::vector<bool> filled_by_card_;
  std::unordered_set<std::uint64_t> inside_{};  // that have arrived
};

}  // namespace

Arrivals::Arrivals(std::vector<Arrival> in_order) : in_order_{std::move(in_order)} {
  by_packet_.resize(in_order_.size());
  std::iota(by_packet_.begin(), by_packet_.end(), std::uint32_t{0});
  std::ranges::stable_sort(by_packet_, {}, [&](std::uint32_t rank) { return in_order_[rank].packet; });
}

std::optional<Arrivals> Arrivals::of(trace::Recording& recording, const Cast& cast,
                                     const Progress& progress) {
  Listing listing{cast};
  const std::uint64_t all = recording.events();
  for (std::uint64_t from = 0; from < all; from += read_at_once) {
    if (progress && !progress(static_cast<double>(from) / static_cast<double>(all))) return std::nullopt;
    for (const Event& event : recording.slice(from, read_at_once)) listing.take(event);
  }
  return Arrivals{std::move(listing.found)};
}

std::optional<std::size_t> Arrivals::rank(std::uint64_t packet) const {
  const auto number = [&](std::uint32_t rank) { return in_order_[rank].packet; };
  const auto found = std::ranges::lower_bound(by_packet_, packet, {}, number);
  if (found == by_packet_.end() || number(*found) != packet) return std::nullopt;
  return *found;
}

std::optional<std::uint64_t> Arrivals::counterpart(std::uint64_t packet, const Arrivals& other) const {
  const auto its = rank(packet);
  if (!its || *its >= other.in_order_.size()) return std::nullopt;
  return other.in_order_[*its].packet;
}

bool Arrivals::same(const Arrivals& other) const {
  return std::ranges::equal(in_order_, other.in_order_, [](const Arrival& a, const Arrival& b) {
    const bool as_long = a.bytes == b.bytes || a.bytes == 0 || b.bytes == 0;
    return a.at == b.at && as_long;
  });
}

}  // namespace ringside::replay
