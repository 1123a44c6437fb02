#include "ringside/replay/memory.hpp"

#include <algorithm>

namespace ringside::replay {

using path::Hop;
using path::Memory;
using path::Stage;
using path::StageId;
using path::Verdict;
using path::Work;

namespace {

constexpr int most_copies = 9;  // a way that goes round in a circle ends

struct Find {
  Region region{};
  int copies = 0;
};

bool moves_bytes(const Stage& stage) {
  return stage.memory != Memory::none && stage.memory != Memory::reference;
}

Find after(const Stage& stage, Find find) {
  if (stage.work == Work::fetch) find.region = Region::page_cache;
  if (moves_bytes(stage)) find.region = stage.into;
  if (stage.memory == Memory::copy) find.copies = std::min(find.copies + 1, most_copies);
  return find;
}

Owner owner_of(path::Domain domain) {
  if (domain == path::Domain::hardware) return Owner::nic;
  return domain == path::Domain::user ? Owner::program : Owner::kernel;
}

// By a hop of its stage, a packet may go on.
bool carries(const Hop& hop) {
  if (hop.at_batch_end || hop.when == Verdict::drop) return false;
  if (const auto* call = std::get_if<path::Call>(&hop.hand)) return !call->each_batch;
  const auto* queue = std::get_if<path::Queue>(&hop.hand);  // completions carry no bytes
  return queue ? queue->returns.empty() : std::holds_alternative<path::Trap>(hop.hand);
}

// An option that is not taken: packets go by, and are not seen there.
bool is_off(const Stage& stage) {
  const bool gathers_or_cuts = stage.work == Work::coalesce || stage.work == Work::segment;
  return stage.switched_off || (gathers_or_cuts && stage.at_most == 0);
}

bool asks_for_more(Verdict when) { return when == Verdict::read || when == Verdict::reap; }

}  // namespace

// Follows the bytes from where they come from: the wire, and the program.
class WayOfBytes {
 public:
  WayOfBytes(const HostCast& host, const trace::HostState* end, Lodgings::Places& places)
      : host_{host}, end_{end}, places_{places} {
    places_.stages = host.path.stages;
    places_.behind.resize(places_.stages.size());
    places_.in_queue.resize(host.queues.size());
    places_.takes.resize(host.queues.size(), Owner::kernel);
    for (const Hop& hop : host.path.hops)
      if (const auto queue = queue_of(hop)) places_.takes[*queue] = owner_of(stage(hop.to).domain);
    for (StageId id = 0; id < places_.stages.size(); ++id) {
      if (stage(id).work == Work::arrive) come(id, {.region = Region::device});
      if (stage(id).work == Work::application) leave_application(id);
    }
    answer();
  }

 private:
  const Stage& stage(StageId id) const { return host_.path.stages[id]; }

  std::optional<std::size_t> queue_of(const Hop& hop) const {
    const auto* queue = std::get_if<path::Queue>(&hop.hand);
    if (!queue) return std::nullopt;
    const auto known = std::ranges::find(host_.queues, queue->name);
    if (known == host_.queues.end()) return std::nullopt;
    return static_cast<std::size_t>(known - host_.queues.begin());
  }

  bool passed(StageId id) const {
    return !end_ || is_off(stage(id)) || (id < end_->came.size() && end_->came[id] > 0);
  }

  void come(StageId id, Find find) {
    if (!passed(id)) return;
    find = after(stage(id), find);
    if (!places_.behind[id].emplace(find.region, find.copies).second) return;
    const Work work = stage(id).work;
    if (work == Work::application) return;  // what it sends are other bytes
    for (const Hop& hop : host_.path.hops) {
      if (hop.from != id || !carries(hop)) continue;
      const bool sends = hop.when == Verdict::transmit;
      if (sends && work == Work::write) sent_.emplace(find.region, find.copies);
      // A write gives its bytes to the stack, and takes none with it; what others make the stack send are
      // other packets.
      if (sends == (work == Work::write)) go(hop, find);
    }
  }

  void go(const Hop& hop, Find find) {
    if (const auto queue = queue_of(hop)) places_.in_queue[*queue].emplace(find.region, find.copies);
    come(hop.to, find);
  }

  void leave_application(StageId id) {
    for (const Hop& hop : host_.path.hops)
      if (hop.from == id && carries(hop) && !asks_for_more(hop.when)) go(hop, {.region = Region::user});
  }

  // What the stack sends because something came, or did not come: what the program has written, or nothing
  // but headers. The engine has those in the same region.
  void answer() {
    if (sent_.empty()) sent_.emplace(Region::kernel, 0);
    for (const auto& [region, copies] : sent_)
      for (const Hop& hop : host_.path.hops) {
        const bool answers = hop.when == Verdict::transmit && stage(hop.from).work != Work::write;
        if (!answers || !carries(hop) || !passed(hop.from)) continue;
        go(hop, {region, copies});
        go(hop, {region, 0});
      }
  }

  const HostCast& host_;
  const trace::HostState* end_;
  Lodgings::Places& places_;
  std::set<std::pair<Region, int>> sent_{};  // what the stack sends of what programs have written
};

Lodgings::Lodgings(const Cast& cast, const trace::State& end) {
  for (const HostCast& host : cast.hosts) {
    const std::size_t number = hosts_.size();
    Places& places = hosts_.emplace_back();
    if (!host.wire) WayOfBytes{host, number < end.hosts.size() ? &end.hosts[number] : nullptr, places};
  }
}

namespace {

Lodging lodging_of(const std::set<std::pair<Region, int>>& finds, Owner owner) {
  Lodging lodging{.owner = owner};
  if (finds.empty()) return lodging;
  const auto regions = std::minmax_element(finds.begin(), finds.end());
  if (regions.first->first == regions.second->first) lodging.region = regions.first->first;
  const auto fewer = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto copies = std::minmax_element(finds.begin(), finds.end(), fewer);
  lodging.least_copies = copies.first->second;
  lodging.most_copies = copies.second->second;
  return lodging;
}

}  // namespace

Lodging Lodgings::of(const trace::Whereabouts& where) const {
  const bool on_wire =
      where.place == trace::Kind::link || where.host >= hosts_.size() || hosts_[where.host].stages.empty();
  if (on_wire) return {.on_wire = true};
  const Places& host = hosts_[where.host];
  if (where.place == trace::Kind::queue && where.index < host.in_queue.size())
    return lodging_of(host.in_queue[where.index], host.takes[where.index]);
  if (where.place == trace::Kind::stage && where.index < host.stages.size())
    return lodging_of(host.behind[where.index], owner_of(host.stages[where.index].domain));
  return {};
}

Lodging Lodgings::along(std::size_t host, std::span<const StageId> way) const {
  if (host >= hosts_.size() || hosts_[host].stages.empty() || way.empty()) return {.on_wire = true};
  const Places& places = hosts_[host];
  std::set<std::pair<Region, int>> finds;
  for (const StageId id : way) {
    const Stage& stage = places.stages.at(id);
    // Where the way begins, or begins again because the packet came back by the wire. What a timer did is a
    // part of it, and moved nothing yet.
    if (finds.empty() || stage.work == Work::arrive) {
      finds = places.behind[id];
      continue;
    }
    std::set<std::pair<Region, int>> moved;
    for (const auto& [region, copies] : finds) {
      const Find find = after(stage, {region, copies});
      moved.emplace(find.region, find.copies);
    }
    finds = std::move(moved);
  }
  return lodging_of(finds, owner_of(places.stages.at(way.back()).domain));
}

}  // namespace ringside::replay
