#include "ringside/replay/budget.hpp"

#include <algorithm>
#include <numeric>

#include "ringside/replay/odometers.hpp"
#include "ringside/units/quantity.hpp"

namespace ringside::replay {

namespace {

std::uint64_t line_rate(const Cast& cast) {
  for (const LinkCast& link : cast.links)
    if (link.a == cast.study || link.b == cast.study) return link.bits_per_second;
  return 0;
}

Duration busy_of(const trace::CoreTime& core) {
  const auto sum = std::accumulate(core.busy.begin(), core.busy.end(), std::uint64_t{0});
  return Duration{static_cast<std::int64_t>(sum)};
}

// What shares a machine has its cores counted with the machine's first host.
const trace::HostState* host_with_cores(const Cast& cast, const trace::State& end) {
  const std::string& machine = cast.hosts[cast.study].machine;
  for (std::size_t host = 0; host < std::min(cast.hosts.size(), end.hosts.size()); ++host) {
    const bool same = host == cast.study || (!machine.empty() && cast.hosts[host].machine == machine) ||
                      cast.hosts[host].name == machine;
    if (same && !end.hosts[host].cores.empty()) return &end.hosts[host];
  }
  return nullptr;
}

std::uint32_t with_checksum(std::uint32_t octets) {
  return std::max(octets + Budget::checksum, Budget::shortest_frame);
}

}  // namespace

Duration Budget::time_on_line(std::uint32_t octets, std::uint64_t bits_per_second) {
  return Bytes{with_checksum(octets) + around} / BitRate{static_cast<std::int64_t>(bits_per_second)};
}

std::optional<Budget> budget_of(const Cast& cast, const trace::State& end, Time begin,
                                const Traffic& traffic) {
  if (cast.study >= end.hosts.size()) return std::nullopt;
  const trace::HostState* host = host_with_cores(cast, end);
  if (!host) return std::nullopt;
  const std::uint64_t delivered = end.hosts[cast.study].delivered;
  // The larger frames are the load: a receiver of a stream, whose packets the protocols use up, answers with
  // small ones.
  const bool sends =
      traffic.arrived == 0 || (delivered == 0 && traffic.commonest_leaving >= traffic.commonest_arriving);
  const std::uint64_t received = delivered > 0 ? delivered : traffic.arrived;
  const std::uint32_t length = sends ? traffic.commonest_leaving : traffic.commonest_arriving;
  Budget budget{.bits_per_second = line_rate(cast),
                .frame = with_checksum(length),
                .packets = sends ? traffic.left : received,
                .lost = odometers(cast.hosts[cast.study], end.hosts[cast.study]).dropped,
                .elapsed = end.at - begin};
  if (budget.bits_per_second == 0 || length == 0 || budget.packets == 0) return std::nullopt;
  budget.each = Budget::time_on_line(length, budget.bits_per_second);
  const auto busiest = std::ranges::max_element(host->cores, {}, busy_of);
  budget.core = static_cast<std::size_t>(busiest - host->cores.begin());
  budget.busy = busy_of(*busiest);
  budget.cost = budget.busy / static_cast<std::int64_t>(budget.packets);
  if (budget.cost <= Duration{0}) return std::nullopt;
  return budget;
}

}  // namespace ringside::replay
