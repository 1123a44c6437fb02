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
  if (event.kind != Kind::stage || event.index >= host.lanes.size()) return {Part::wire};
  if (host.path.stages[event.index].memory == path::Memory::copy) return {Part::copy};
  return {part_of(host.lanes[event.index])};
}

}  // namespace

std::vector<Share> shares(const Cast& cast, std::span<const Event> way) {
  std::vector<Share> all;
  for (std::size_t i = 0; i + 1 < way.size(); ++i) {
    const bool not_yet_there = way[i].kind == Kind::birth;
    all.push_back({part_of(cast, way[not_yet_there ? i + 1 : i]), way[i + 1].at - way[i].at});
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
