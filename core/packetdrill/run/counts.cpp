#include "run/counts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "run/failure.hpp"

namespace ringside::packetdrill {
namespace {

using net::Counters, net::DropReason;

struct Count {
  std::string_view name;  // include/uapi/linux/snmp.h, net/ipv4/proc.c
  std::uint64_t (*of)(const Counters&);
};
constexpr Count counts[]{
    // what tcp_validate_incoming() finds outside of the window
    {"TcpExtBeyondWindow", [](const Counters& all) { return all.dropped(DropReason::out_of_window); }},
    {"TcpExtPAWSEstab", [](const Counters& all) { return all.dropped(DropReason::old_timestamp); }},
    {"TcpExtTCPChallengeACK", [](const Counters& all) { return all.challenge_acks; }},
    {"TcpExtTCPTimeouts", [](const Counters& all) { return all.timeouts; }},
    {"TcpInSegs", [](const Counters& all) { return all.segments_in; }},
    {"TcpOutRsts", [](const Counters& all) { return all.resets_out; }},
    {"TcpRetransSegs", [](const Counters& all) { return all.retransmits; }},
};

// As iproute2's nstat prints it, which leaves out what is zero.
std::string line_of(const Count& count, const Counters& before, const Counters& now) {
  const std::uint64_t since = count.of(now) - count.of(before);
  return since == 0 ? std::string{} : fmt::format("{:<32}{:<16}{:>6.1f}", count.name, since, 0.0);
}

bool has_all(std::string_view line, const std::vector<std::string>& patterns) {
  return std::ranges::all_of(patterns,
                             [&](const std::string& pattern) { return line.find(pattern) != line.npos; });
}

}  // namespace

void Counts::apply(const CountOperation& operation, const Counters& now) {
  if (!operation.patterns.empty()) {
    const std::string& name = operation.patterns.front();
    const auto known = [&](const Count& count) { return count.name.find(name) != count.name.npos; };
    if (std::ranges::none_of(counts, known)) unsupported(fmt::format("the counter '{}'", name));
    const auto there = [&](const Count& count) {
      return has_all(line_of(count, before_, now), operation.patterns);
    };
    if (std::ranges::none_of(counts, there))
      fail(fmt::format("expected a count with '{}', got none", fmt::join(operation.patterns, "' and '")));
  }
  if (!operation.count_on) before_ = now;
}

}  // namespace ringside::packetdrill
