#include "ringside/replay/difference.hpp"

#include <algorithm>
#include <map>

namespace ringside::replay {

using trace::Event;
using trace::Kind;

namespace {

Part part_of(path::Lane lane) {
  switch (lane) {
    case path::Lane::user: return Part::user;
    case path::Lane::boundary: return Part::boundary;
    case path::Lane::protocol: return Part::protocol;
    case path::Lane::softirq: return Part::softirq;
    case path::Lane::hardirq: return Part::interrupt;
    case path::Lane::nic: return Part::nic;
    case path::Lane::wire: return Part::wire;
  }
  return Part::wire;
}

PartName part_of(const Cast& cast, const Event& event) {
  if (event.kind == Kind::link || event.host >= cast.hosts.size()) return {Part::wire};
  const HostCast& host = cast.hosts[event.host];
  if (event.kind == Kind::queue)
    return {Part::waiting, event.index < host.queues.size() ? host.queues[event.index] : std::string{}};
  const bool at_stage = event.kind == Kind::stage || event.kind == Kind::held;
  if (!at_stage || event.index >= host.lanes.size()) return {Part::wire};
  if (event.kind == Kind::held) return {Part::waiting, host.path.stages[event.index].name};
  if (host.path.stages[event.index].memory == path::Memory::copy) return {Part::copy};
  return {part_of(host.lanes[event.index])};
}

}  // namespace

std::vector<Share> shares(const Cast& cast, std::span<const Step> way) {
  std::vector<Share> all;
  for (std::size_t i = 0; i + 1 < way.size(); ++i) {
    const bool not_yet_there = way[i].mark.kind == Kind::birth;
    const Duration interrupted = way[i].interrupted;
    all.push_back({part_of(cast, way[not_yet_there ? i + 1 : i].mark), way[i].lasts - interrupted});
    if (interrupted > Duration{0}) all.push_back({{Part::interrupted}, interrupted});
  }
  return all;
}

std::vector<Share> summed(std::vector<Share> shares) {
  std::map<PartName, Duration> sums;
  for (const Share& share : shares) sums[share.of] += share.lasted;
  shares.clear();
  for (const auto& [of, lasted] : sums) shares.push_back({of, lasted});
  return shares;
}

Duration total(std::span<const Share> shares) {
  Duration sum{};
  for (const Share& share : shares) sum += share.lasted;
  return sum;
}

std::vector<Difference> difference(const std::vector<Share>& first, const std::vector<Share>& second) {
  std::map<PartName, Difference> parts;
  for (const Share& share : first) parts[share.of].first += share.lasted;
  for (const Share& share : second) parts[share.of].second += share.lasted;
  std::vector<Difference> all;
  for (auto& [of, part] : parts) {
    if (part.first == part.second) continue;
    part.of = of;
    all.push_back(part);
  }
  const auto size = [](const Difference& part) { return std::chrono::abs(part.change()); };
  std::ranges::stable_sort(all, std::ranges::greater{}, size);
  return all;
}

}  // namespace ringside::replay
