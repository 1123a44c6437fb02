#include "measure.hpp"

#include <algorithm>
#include <map>

#include "ringside/path/path.hpp"

namespace ringside::scenarios {

namespace {

using Metrics = std::vector<std::pair<std::string, Value>>;

double ratio(double a, double b) { return b == 0 ? 0 : a / b; }
std::int64_t whole(std::uint64_t n) { return static_cast<std::int64_t>(n); }

// One host's figures over the interval.
class HostFigures {
 public:
  HostFigures(const Node& node, const host::Counts& before, const Interval& interval,
              const path::Profile& profile)
      : node_{node},
        before_{before},
        after_{node.host->counts()},
        seconds_{to_seconds(interval.to - interval.from)},
        profile_{profile} {
    const auto delivered = change(&host::Counts::delivered);
    packets_ = static_cast<double>(delivered > 0 ? delivered : change(&host::Counts::offered));
  }

  Metrics metrics() const {
    Metrics m;
    const auto rate = [&](const char* name, std::uint64_t n) {
      m.emplace_back(name, ratio(double(n), seconds_));
    };
    const auto each = [&](const char* name, double n) { m.emplace_back(name, ratio(n, packets_)); };
    const auto& l0 = before_.ledger;
    const auto& l1 = after_.ledger;
    const auto interrupts = double(change(&host::Counts::interrupts));
    rate("offered_pps", change(&host::Counts::offered));
    rate("delivered_pps", change(&host::Counts::delivered));
    rate("dropped_pps", dropped());
    rate("sent_pps", change(&host::Counts::sent));
    m.emplace_back("offered_packets", whole(change(&host::Counts::offered)));
    m.emplace_back("delivered_packets", whole(change(&host::Counts::delivered)));
    m.emplace_back("delivered_bytes", whole(change(&host::Counts::delivered_bytes)));
    latency(m);
    each("cpu_copies_per_packet", double(l1.copies().times - l0.copies().times));
    each("cpu_copied_bytes_per_packet", double(l1.copies().bytes - l0.copies().bytes));
    each("dma_transfers_per_packet", double(l1.dmas().times - l0.dmas().times));
    each("mapped_bytes_per_packet", double(l1.maps().bytes - l0.maps().bytes));
    each("syscalls_per_packet", double(change(&host::Counts::system_calls)));
    each("mode_switches_per_packet", double(change(&host::Counts::mode_switches)));
    each("context_switches_per_packet", double(change(&host::Counts::context_switches)));
    // For each packet that reached the card: an interrupt is spent before anyone knows whether it was worth
    // it.
    const auto reached = double(change(&host::Counts::offered));
    m.emplace_back("interrupts_per_packet", ratio(interrupts, reached));
    m.emplace_back("packets_per_interrupt", ratio(reached, interrupts));
    m.emplace_back("packets_per_poll", ratio(double(change(&host::Counts::polled_packets)),
                                             double(change(&host::Counts::polls))));
    each("wakeups_per_packet", double(change(&host::Counts::wakeups)));
    each("cycles_per_packet", to_seconds(busy()) * double(profile_.clock.count));
    m.emplace_back("cpu_utilisation", ratio(to_seconds(busy()), seconds_ * double(after_.cores.size())));
    static constexpr const char* verdicts[] = {"verdict_delivered", "verdict_forwarded", "verdict_consumed",
                                               "verdict_dropped"};
    for (std::size_t v = 0; v < after_.verdicts.size(); ++v)
      m.emplace_back(verdicts[v], whole(after_.verdicts[v] - before_.verdicts[v]));
    m.emplace_back("dropped_before_protocol", whole(dropped_in_queues()));
    if (const auto bytes = double(change(&host::Counts::delivered_bytes)); bytes > 0) {
      m.emplace_back("cpu_copies_per_byte", ratio(double(l1.copies().bytes - l0.copies().bytes), bytes));
      m.emplace_back("dma_copies_per_byte", ratio(double(l1.dmas().bytes - l0.dmas().bytes), bytes));
    }
    m.emplace_back("syscalls", whole(change(&host::Counts::system_calls)));
    m.emplace_back("mode_switches", whole(change(&host::Counts::mode_switches)));
    m.emplace_back("retransmits", whole(change(&host::Counts::retransmits)));
    return m;
  }

  std::vector<CoreShare> cores() const {
    std::vector<CoreShare> shares;
    for (std::size_t i = 0; i < after_.cores.size(); ++i) {
      const auto part = [&](hw::Level level) {
        const auto at = static_cast<std::size_t>(level);
        return ratio(to_seconds(after_.cores[i].busy[at] - before_.cores[i].busy[at]), seconds_);
      };
      const double user = ratio(to_seconds(after_.cores[i].user - before_.cores[i].user), seconds_);
      shares.push_back({.core = static_cast<int>(i),
                        .hardirq = part(hw::Level::hardirq),
                        .softirq = part(hw::Level::softirq),
                        .kernel = part(hw::Level::thread) - user,
                        .user = user,
                        .idle = ratio(to_seconds(after_.cores[i].idle - before_.cores[i].idle), seconds_)});
    }
    return shares;
  }

  std::vector<StageFigure> stages(const path::Path& path) const {
    std::vector<StageFigure> figures;
    for (std::size_t s = 0; s < path.stages.size(); ++s) {
      const auto packets = after_.stages[s].packets - before_.stages[s].packets;
      const double cycles =
          to_seconds(after_.stages[s].time - before_.stages[s].time) * double(profile_.clock.count);
      figures.push_back({.stage = path.stages[s].name,
                         .domain = std::string{path::to_string(path.stages[s].domain)},
                         .packets = packets,
                         .cycles_per_packet = ratio(cycles, double(packets))});
    }
    return figures;
  }

  // By the name of the queue that was full, or the reason of the stack. The stack keeps the socket's buffer.
  std::vector<std::pair<std::string, std::uint64_t>> drops() const {
    std::vector<std::pair<std::string, std::uint64_t>> all;
    for (std::size_t q = 0; q < after_.queue_drops.size(); ++q)
      if (const auto n = after_.queue_drops[q] - before_.queue_drops[q]; n > 0)
        all.emplace_back(node_.host->path().queues[q].name, n);
    for (std::size_t r = 0; r < after_.protocol_drops.size(); ++r)
      if (const auto n = after_.protocol_drops[r] - before_.protocol_drops[r]; n > 0)
        all.emplace_back(r == static_cast<std::size_t>(net::DropReason::socket_buffer_full)
                             ? socket_buffer()
                             : std::string{net::to_string(static_cast<net::DropReason>(r))},
                         n);
    return all;
  }

 private:
  std::uint64_t change(std::uint64_t host::Counts::*count) const { return after_.*count - before_.*count; }

  std::uint64_t dropped_in_queues() const {
    std::uint64_t sum = 0;
    for (std::size_t q = 0; q < after_.queue_drops.size(); ++q)
      sum += after_.queue_drops[q] - before_.queue_drops[q];
    return sum;
  }
  std::uint64_t dropped() const {
    std::uint64_t sum = 0;
    for (const auto& [place, n] : drops()) sum += n;
    return sum;
  }
  Duration busy() const {
    Duration sum{};
    for (std::size_t i = 0; i < after_.cores.size(); ++i)
      for (std::size_t level = 0; level < hw::levels; ++level)
        sum += after_.cores[i].busy[level] - before_.cores[i].busy[level];
    return sum;
  }
  std::string socket_buffer() const {
    for (const auto& queue : node_.host->path().queues)
      if (queue.context != path::nowhere && node_.host->path().contexts[queue.context].program)
        return queue.name;
    return "socket buffer";
  }
  void latency(Metrics& m) const {
    const trace::Histogram& h = node_.host->latency();
    if (h.count() == 0) return;
    m.emplace_back("latency_ns_min", to_nanoseconds(h.min()));
    m.emplace_back("latency_ns_mean", h.mean_picoseconds() / 1e3);
    m.emplace_back("latency_ns_p50", to_nanoseconds(h.quantile(0.5)));
    m.emplace_back("latency_ns_p90", to_nanoseconds(h.quantile(0.9)));
    m.emplace_back("latency_ns_p99", to_nanoseconds(h.quantile(0.99)));
    m.emplace_back("latency_ns_p999", to_nanoseconds(h.quantile(0.999)));
    m.emplace_back("latency_ns_max", to_nanoseconds(h.max()));
  }

  const Node& node_;
  const host::Counts& before_;
  host::Counts after_;
  double seconds_;
  const path::Profile& profile_;
  double packets_ = 0;
};

void add_transfers(const World& world, Time from, Metrics& metrics) {
  std::uint64_t retransmits = 0;  // of the connections, whichever host is under study
  for (const auto& transfer : world.transfers())
    retransmits += transfer->from->stack().counters().retransmits;
  for (auto& [name, value] : metrics)
    if (name == "retransmits" && !world.transfers().empty()) value = whole(retransmits);
  for (const auto& transfer : world.transfers()) {
    const std::string digest = transfer->received.hex();
    metrics.emplace_back("stream_bytes", whole(transfer->bytes));
    metrics.emplace_back("stream_sha256", digest);
    metrics.emplace_back("stream_intact", std::int64_t{transfer->intact()});
    metrics.emplace_back("goodput_bps", ratio(static_cast<double>(transfer->bytes) * 8,
                                              to_seconds(transfer->last_byte - from)));
    metrics.emplace_back("transfer_seconds", to_seconds(transfer->last_byte - from));
  }
}

std::string place_name(const trace::Mark& mark, const World& world) {
  const Node& node = world.nodes()[mark.host];
  switch (mark.place) {
    case trace::Place::link: return "link";
    case trace::Place::queue: return node.host->path().queues[mark.index].name;
    case trace::Place::stage: break;
    case trace::Place::end: return "end";
  }
  return {};
}

// What all round trips spent in each place, in the order of the first one's way.
void add_journeys(const World& world, const Ingredients& ingredients, RunResult& result) {
  trace::Histogram round_trips;
  Duration sum{};
  std::map<std::pair<std::uint16_t, std::string>, std::size_t> known;
  for (const auto& way : trace::journeys(world.log())) {
    const bool returned =
        std::any_of(way.begin(), way.end(), [](const auto& m) { return m.place == trace::Place::link; });
    if (!returned) continue;
    round_trips.add(way.back().at - way.front().at);
    for (std::size_t i = 0; i + 1 < way.size(); ++i) {
      const Node& node = world.nodes()[way[i].host];
      const std::string place = way[i].place == trace::Place::stage
                                    ? ingredients.paths.at(node.text->name).stages[way[i].index].name
                                    : place_name(way[i], world);
      const auto [at, fresh] = known.try_emplace({way[i].host, place}, result.journey.size());
      if (fresh) result.journey.push_back({.host = node.text->name, .place = place});
      result.journey[at->second].time += way[i + 1].at - way[i].at;
      sum += way[i + 1].at - way[i].at;
    }
  }
  auto& m = result.metrics;
  std::uint64_t answers = 0;
  for (const auto& pinger : world.pingers()) answers += pinger->answers();
  m.emplace_back("answers", whole(answers));
  m.emplace_back("round_trips", whole(round_trips.count()));
  m.emplace_back("round_trip_ns_min", to_nanoseconds(round_trips.min()));
  m.emplace_back("round_trip_ns_mean", round_trips.mean_picoseconds() / 1e3);
  m.emplace_back("round_trip_ns_p50", to_nanoseconds(round_trips.quantile(0.5)));
  m.emplace_back("round_trip_ns_max", to_nanoseconds(round_trips.max()));
  m.emplace_back("journey_ns", to_nanoseconds(sum));
}

void add_violations(const Node& node, RunResult& result) {
  static constexpr const char* regions[] = {"the card's memory", "kernel memory", "the page cache",
                                            "shared memory", "its own memory"};
  const auto counts = node.host->counts();
  for (std::size_t r = 0; r < std::size(regions); ++r)
    if (const auto& violated = counts.ledger.violations(static_cast<Region>(r)); violated.times > 0)
      result.violations.push_back(node.text->name + ": a program read " + std::to_string(violated.bytes) +
                                  " bytes that lie in " + regions[r] + " (" + std::to_string(violated.times) +
                                  " times)");
  for (const std::string& broken : node.host->broken_invariants())
    result.violations.push_back(node.text->name + ": " + broken);
}

}  // namespace

void measure(World& world, const Scenario& scenario, const Ingredients& ingredients, const Interval& interval,
             RunResult& result) {
  for (std::size_t n = 0; n < world.nodes().size(); ++n) {
    const Node& node = world.nodes()[n];
    if (!node.host) continue;
    const std::string& name = node.text->name;
    const HostFigures figures{node, interval.before[n], interval, ingredients.profiles.at(name)};
    const bool study = name == scenario.study;
    for (auto& [key, value] : figures.metrics())
      if (study) result.metrics.emplace_back(key, value);
    if (study) {
      result.cores = figures.cores();
      result.stages = figures.stages(ingredients.paths.at(name));
      result.drops = figures.drops();
    }
    add_violations(node, result);
  }
  for (std::size_t n = 0; n < world.nodes().size();
       ++n) {  // the other hosts', after those of the host under study
    const Node& node = world.nodes()[n];
    if (!node.host || node.text->name == scenario.study) continue;
    const HostFigures figures{node, interval.before[n], interval, ingredients.profiles.at(node.text->name)};
    for (auto& [key, value] : figures.metrics())
      result.metrics.emplace_back(node.text->name + "." + key, value);
  }
  add_transfers(world, interval.from, result.metrics);
  if (!world.pingers().empty()) add_journeys(world, ingredients, result);
}

}  // namespace ringside::scenarios
