#include "measure.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "ringside/path/path.hpp"

namespace ringside::scenarios {

namespace {

double ratio(double a, double b) { return b == 0 ? 0 : a / b; }
std::int64_t whole(std::uint64_t n) { return static_cast<std::int64_t>(n); }

// One host's figures over the interval.
class HostFigures {
 public:
  HostFigures(const Node& node, const host::Counts& before, const Interval& interval,
              const path::Profile& profile)
      : node_{node},
        before_{before},
        after_{node.host->counts(interval.to)},
        seconds_{to_seconds(interval.to - interval.from)},
        profile_{profile} {
    const auto delivered = change(&host::Counts::delivered);
    const auto ended_well = delivered + change(&host::Counts::judged_drops);
    const auto came = change(&host::Counts::offered);
    packets_ = static_cast<double>(ended_well > 0 ? ended_well
                                   : came > 0     ? came
                                                  : change(&host::Counts::sent));
  }

  Values metrics() const {
    Values m;
    rates(m);
    latency(m);
    costs(m);
    interrupts(m);
    cycles(m);
    verdicts(m);
    totals(m);
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
    for (int i = static_cast<int>(shares.size()); i < node_.text->cores; ++i)
      shares.push_back({.core = i, .idle = 1});  // of no use to this kernel
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
    if (const auto n = change(&host::Counts::line_drops); n > 0) all.emplace_back("link", n);
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

  std::uint64_t dropped_before_protocol() const {
    std::uint64_t sum = 0;
    for (std::size_t q = 0; q < after_.queue_drops.size(); ++q)
      if (node_.host->path().queues[q].before_protocol) sum += after_.queue_drops[q] - before_.queue_drops[q];
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
  Duration copying() const {
    Duration sum{};
    for (std::size_t s = 0; s < after_.stages.size(); ++s)
      if (node_.host->path().stages[s].memory == path::Memory::copy)
        sum += after_.stages[s].time - before_.stages[s].time;
    return sum;
  }
  std::string socket_buffer() const {
    const auto& path = node_.host->path();
    const path::QueueId socket = path.socket_queue();
    return socket == path::nowhere ? "socket buffer" : path.queues[socket].name;
  }
  void each(Values& m, const char* name, double n) const { m.emplace_back(name, ratio(n, packets_)); }

  void rates(Values& m) const {
    const auto rate = [&](const char* name, std::uint64_t n) {
      m.emplace_back(name, ratio(double(n), seconds_));
    };
    rate("offered_pps", change(&host::Counts::offered));
    rate("delivered_pps", change(&host::Counts::delivered));
    rate("judged_drops_pps", change(&host::Counts::judged_drops));
    rate("dropped_pps", dropped());
    rate("sent_pps", change(&host::Counts::sent));
    m.emplace_back("offered_packets", whole(change(&host::Counts::offered)));
    m.emplace_back("delivered_packets", whole(change(&host::Counts::delivered)));
    m.emplace_back("delivered_bytes", whole(change(&host::Counts::delivered_bytes)));
  }

  void costs(Values& m) const {
    const auto& l0 = before_.ledger;
    const auto& l1 = after_.ledger;
    each(m, "cpu_copies_per_packet", double(l1.copies().times - l0.copies().times));
    each(m, "cpu_copied_bytes_per_packet", double(l1.copies().bytes - l0.copies().bytes));
    each(m, "dma_transfers_per_packet", double(l1.dmas().times - l0.dmas().times));
    each(m, "mapped_bytes_per_packet", double(l1.maps().bytes - l0.maps().bytes));
    each(m, "syscalls_per_packet", double(change(&host::Counts::system_calls)));
    each(m, "mode_switches_per_packet", double(change(&host::Counts::mode_switches)));
    each(m, "context_switches_per_packet", double(change(&host::Counts::context_switches)));
  }

  // For each packet that reached the card: an interrupt is spent before anyone knows whether it was worth it.
  void interrupts(Values& m) const {
    const auto taken = double(change(&host::Counts::interrupts));
    const auto reached = double(change(&host::Counts::offered));
    m.emplace_back("interrupts_per_packet", ratio(taken, reached));
    m.emplace_back("packets_per_interrupt", ratio(reached, taken));
    m.emplace_back("packets_per_poll", ratio(double(change(&host::Counts::polled_packets)),
                                             double(change(&host::Counts::polls))));
  }

  void cycles(Values& m) const {
    each(m, "wakeups_per_packet", double(change(&host::Counts::wakeups)));
    each(m, "cycles_per_packet", to_seconds(busy()) * double(profile_.clock.count));
    m.emplace_back("cpu_utilisation", ratio(to_seconds(busy()), seconds_ * node_.text->cores));
  }

  void verdicts(Values& m) const {
    static constexpr const char* names[] = {"verdict_delivered", "verdict_forwarded", "verdict_consumed",
                                            "verdict_dropped"};
    for (std::size_t v = 0; v < after_.verdicts.size(); ++v)
      m.emplace_back(names[v], whole(after_.verdicts[v] - before_.verdicts[v]));
    m.emplace_back("verdict_judged",
                   whole(change(&host::Counts::judged_drops) + change(&host::Counts::judged_away)));
    m.emplace_back("dropped_before_protocol", whole(dropped_before_protocol()));
  }

  // What a card fetched to send, by the memory it lay in; what it received came out of its own.
  void fetched_from(Values& m) const {
    for (std::size_t r = 0; r < path::words<Region>().size(); ++r) {
      const auto region = static_cast<Region>(r);
      const auto n = after_.ledger.dmas_from(region).bytes - before_.ledger.dmas_from(region).bytes;
      if (region == Region::device || n == 0) continue;
      std::string place{path::to_string(region)};
      std::ranges::replace(place, ' ', '_');
      m.emplace_back("dma_from_" + place + "_bytes", whole(n));
    }
  }

  void totals(Values& m) const {
    const auto& l0 = before_.ledger;
    const auto& l1 = after_.ledger;
    const auto handled = change(&host::Counts::delivered_bytes) + change(&host::Counts::written_bytes);
    if (const auto bytes = double(handled); bytes > 0) {
      m.emplace_back("cpu_copies_per_byte", ratio(double(l1.copies().bytes - l0.copies().bytes), bytes));
      m.emplace_back("dma_copies_per_byte", ratio(double(l1.dmas().bytes - l0.dmas().bytes), bytes));
      fetched_from(m);
      m.emplace_back("cycles_per_byte", to_seconds(busy()) * double(profile_.clock.count) / bytes);
      m.emplace_back("thread_ns_per_byte", to_nanoseconds(after_.threads - before_.threads) / bytes);
      m.emplace_back("copying_share", ratio(to_seconds(copying()), to_seconds(busy())));
    }
    m.emplace_back("syscalls", whole(change(&host::Counts::system_calls)));
    m.emplace_back("mode_switches", whole(change(&host::Counts::mode_switches)));
    if (const auto chunks = double(change(&host::Counts::chunks)); chunks > 0) {
      m.emplace_back("syscalls_per_chunk", double(change(&host::Counts::system_calls)) / chunks);
      m.emplace_back("mode_switches_per_chunk", double(change(&host::Counts::mode_switches)) / chunks);
    }
    m.emplace_back("retransmits", whole(change(&host::Counts::retransmits)));
  }

  void latency(Values& m) const {
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

// What a receiving program has read of one file, or of all files of a run.
struct Stream {
  std::uint64_t bytes = 0;
  bool intact = true;
  Duration time{};  // until the last byte

  double bits_per_second() const { return ratio(static_cast<double>(bytes) * 8, to_seconds(time)); }
};

Stream stream_of(const Transfer& transfer, Time from) {
  return {.bytes = transfer.bytes,
          .intact = transfer.intact(),
          .time = transfer.bytes > 0 ? transfer.last_byte - from : Duration{0}};
}

// Of the connections, whichever host is under study.
std::uint64_t retransmits_of(const World& world) {
  std::set<const host::Host*> senders;
  for (const auto& transfer : world.transfers()) senders.insert(transfer->from);
  std::uint64_t sum = 0;
  for (const host::Host* sender : senders) sum += sender->stack().counters().retransmits;
  return sum;
}

// Several files: the plain names are of all together, `transfer_2_...` of the second one in the text. A
// digest is of one file.
void add_transfers(const World& world, Time from, Values& metrics) {
  if (world.transfers().empty()) return;
  for (auto& [name, value] : metrics)
    if (name == "retransmits") value = whole(retransmits_of(world));
  const bool several = world.transfers().size() > 1;
  Stream all;
  Values own;
  for (std::size_t i = 0; i < world.transfers().size(); ++i) {
    const Transfer& transfer = *world.transfers()[i];
    const Stream stream = stream_of(transfer, from);
    all.bytes += stream.bytes;
    all.intact = all.intact && stream.intact;
    all.time = std::max(all.time, stream.time);
    const std::string name = "transfer_" + std::to_string(i + 1);
    own.emplace_back(name + "_bytes", whole(stream.bytes));
    own.emplace_back(name + "_sha256", transfer.received.hex());
    own.emplace_back(name + "_intact", std::int64_t{stream.intact});
    own.emplace_back(name + "_goodput_bps", stream.bits_per_second());
    own.emplace_back(name + "_seconds", to_seconds(stream.time));
    if (const auto failed = transfer.source->failed_at())
      own.emplace_back(name + "_sender_told_seconds", to_seconds(*failed - from));
  }
  metrics.emplace_back("stream_bytes", whole(all.bytes));
  if (!several) metrics.emplace_back("stream_sha256", world.transfers().front()->received.hex());
  metrics.emplace_back("stream_intact", std::int64_t{all.intact});
  metrics.emplace_back("goodput_bps", all.bits_per_second());
  metrics.emplace_back("transfer_seconds", to_seconds(all.time));
  if (const auto failed = world.transfers().front()->source->failed_at(); failed && !several)
    metrics.emplace_back("sender_told_seconds", to_seconds(*failed - from));
  if (several) metrics.insert(metrics.end(), own.begin(), own.end());
}

// The payload that the programs under study have read, where datagrams are what the run is about.
void add_datagrams(const Scenario& scenario, const Interval& interval, Values& metrics) {
  const auto any = [&](auto&& is) {
    return std::any_of(scenario.workloads.begin(), scenario.workloads.end(), is);
  };
  const bool files = any([](const Workload& w) { return std::holds_alternative<FileTransfer>(w.what); });
  const bool datagrams = any([](const Workload& w) {
    return std::holds_alternative<UdpLoad>(w.what) || std::holds_alternative<Replay>(w.what);
  });
  const Value* bytes = find(metrics, "delivered_bytes");
  if (files || !datagrams || !bytes) return;
  metrics.emplace_back("goodput_bps", ratio(static_cast<double>(std::get<std::int64_t>(*bytes)) * 8,
                                            to_seconds(interval.to - interval.from)));
}

std::string place_name(const trace::Event& mark, const World& world, const Ingredients& ingredients) {
  const Node& node = world.nodes()[mark.host];
  switch (mark.kind) {
    case trace::Kind::link: return "link";
    case trace::Kind::queue: return node.host->path().queues[mark.index].name;
    case trace::Kind::stage: return ingredients.paths.at(node.text->name).stages[mark.index].name;
    default: return "end";
  }
  return {};
}

// What all round trips spent in each place, in the order of the first one's way.
void add_journeys(const World& world, const Ingredients& ingredients, RunResult& result) {
  trace::Histogram round_trips;
  Duration sum{};
  std::map<std::pair<std::uint16_t, std::string>, std::size_t> known;
  for (const auto& way : trace::journeys(world.journeys())) {
    const bool returned =
        std::any_of(way.begin(), way.end(), [](const auto& m) { return m.kind == trace::Kind::link; });
    if (!returned) continue;
    round_trips.add(way.back().at - way.front().at);
    for (std::size_t i = 0; i + 1 < way.size(); ++i) {
      const Node& node = world.nodes()[way[i].host];
      const std::string place = place_name(way[i], world, ingredients);
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
  const auto counts = node.host->counts();
  for (std::size_t r = 0; r < path::words<Region>().size(); ++r)
    if (const auto& violated = counts.ledger.violations(static_cast<Region>(r)); violated.times > 0)
      result.violations.push_back(node.text->name + ": a program read " + std::to_string(violated.bytes) +
                                  " bytes that lie in " +
                                  std::string{path::to_string(static_cast<Region>(r))} + " memory (" +
                                  std::to_string(violated.times) + " times)");
  for (const std::string& broken : node.host->broken_invariants())
    result.violations.push_back(node.text->name + ": " + broken);
}

void add_study(const HostFigures& figures, const path::Path& path, RunResult& result) {
  const Values metrics = figures.metrics();
  result.metrics.insert(result.metrics.begin(), metrics.begin(), metrics.end());
  result.cores = figures.cores();
  result.stages = figures.stages(path);
  result.drops = figures.drops();
}

}  // namespace

// The plain names come first, then those of the other hosts.
void measure(World& world, const Scenario& scenario, const Ingredients& ingredients, const Interval& interval,
             RunResult& result) {
  for (std::size_t n = 0; n < world.nodes().size(); ++n) {
    const Node& node = world.nodes()[n];
    if (!node.host) continue;
    const std::string& name = node.text->name;
    const HostFigures figures{node, interval.before[n], interval, ingredients.profiles.at(name)};
    if (name == scenario.study)
      add_study(figures, ingredients.paths.at(name), result);
    else
      for (auto& [key, value] : figures.metrics()) result.metrics.emplace_back(name + "." + key, value);
    add_violations(node, result);
  }
  add_transfers(world, interval.from, result.metrics);
  add_datagrams(scenario, interval, result.metrics);
  if (!world.pingers().empty()) add_journeys(world, ingredients, result);
}

}  // namespace ringside::scenarios
