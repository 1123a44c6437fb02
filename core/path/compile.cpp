#include "ringside/path/compile.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "graph.hpp"

namespace ringside::path {

namespace {

using Cost = Compiled::Cost;

std::int64_t round_to_int(double value) {
  return static_cast<std::int64_t>(value < 0 ? value - 0.5 : value + 0.5);
}

// The one place where prices become integers.
class Pricing {
 public:
  explicit Pricing(const Profile& profile) : profile_{profile} {}

  Cost of(const std::vector<std::string>& ops) const {
    Cost sum;
    for (const auto& op : ops) {
      const Price& price = at(op);
      sum.per_packet += picoseconds(price.cycles_per_packet, price.ns_per_packet);
      sum.per_batch += picoseconds(price.cycles_per_batch, 0);
      sum.per_instruction += picoseconds(price.cycles_per_instruction, 0);
      sum.latency += picoseconds(0, price.ns_latency);
      sum.femtoseconds_per_byte +=
          round_to_int((price.cycles_per_byte * cycle_ps() + price.ns_per_byte * 1e3) * 1e3);
    }
    return sum;
  }
  bool has(std::string_view op) const { return profile_.ops.contains(op); }
  const Price& at(std::string_view op) const { return profile_.ops.find(op)->second; }
  // Of what the machine does: without a price it does so on no road of this path.
  Duration once(std::string_view op) const {
    return has(op) ? of({std::string{op}}).per_packet : Duration{0};
  }

 private:
  double cycle_ps() const { return 1e12 / static_cast<double>(profile_.clock.count); }
  Duration picoseconds(double cycles, double ns) const {
    return Duration{round_to_int(cycles * cycle_ps() + ns * 1e3)};
  }

  const Profile& profile_;
};

class Compiler {
 public:
  Compiler(const Path& path, const Profile& profile) : path_{path}, price_{profile} {
    out_.clock = profile.clock;
    out_.context_switch = price_.once(op_context_switch);
    out_.idle_exit = price_.once(op_idle_exit);
    if (price_.has(op_deep_idle_exit)) {
      out_.deep_idle_exit = price_.once(op_deep_idle_exit);
      out_.deep_idle_after = from_seconds(price_.at(op_deep_idle_exit).ns_after * 1e-9);
    }
    out_.remote_wakeup = price_.once(op_remote_wakeup);
    out_.read_request = price_.once(op_read_request);
    out_.cache_refill = price_.once(op_cache_refill);
    if (price_.has(op_cache_refill)) out_.cache_frames = round_to_int(price_.at(op_cache_refill).frames);
  }

  Compiled run() {
    stages();
    hops();
    contexts();
    scopes();
    inputs();
    masks();
    behind();
    before_protocol();
    waits();
    return std::move(out_);
  }

 private:
  void stages() {
    for (const Stage& stage : path_.stages) {
      const auto id = static_cast<StageId>(out_.stages.size());
      if (stage.work == Work::arrive) out_.arrive = id;
      if (stage.work == Work::application) out_.application = id;
      if (stage.work == Work::timer) out_.timer = id;
      if (stage.work == Work::fetch && stage.at_most > 0)
        out_.most_fetched =
            out_.most_fetched == 0 ? stage.at_most : std::min(out_.most_fetched, stage.at_most);
      if (stage.work == Work::segment) out_.most_sent = std::max(out_.most_sent, stage.at_most);
      out_.card_segments |= cuts_in_hardware(stage);
      if (gathers_in_hardware(stage) && stage.at_most > 0) out_.card_gathers_for = stage.at_longest;
      out_.page = std::max(out_.page, stage.page);
      const bool off = is_off(path_, stage);
      out_.stages.push_back({.cost = off ? Cost{} : price_.of(stage.ops),
                             .domain = stage.domain,
                             .work = stage.work,
                             .program = stage.program,
                             .memory = stage.memory,
                             .into = stage.into,
                             .off = off,
                             .whole_pages = stage.page > 0,
                             .comes_back = !stage.back_after.empty(),
                             .at_most = stage.at_most,
                             .line = line_named(stage.line)});
      out_.need_wakeup.push_back(stage.need_wakeup);
      out_.requests.push_back(static_cast<std::uint16_t>(stage.requests));
    }
  }

  std::uint16_t line_named(const std::string& name) {
    if (name.empty()) return nowhere;
    const auto at = std::ranges::find(lines_, name);
    if (at != lines_.end()) return static_cast<std::uint16_t>(at - lines_.begin());
    lines_.push_back(name);
    out_.line_transfer = price_.once(op_line_transfer);
    return out_.lines++;
  }

  // Hops in the order of the text, grouped by the stage they leave; named queues and notifications once each.
  void hops() {
    for (const Hop& hop : path_.hops) name(hop);
    for (StageId from = 0; from < path_.stages.size(); ++from) {
      out_.stages[from].first_hop = static_cast<std::uint16_t>(out_.hops.size());
      add_from(from, from, std::nullopt);
      out_.stages[from].hops = static_cast<std::uint16_t>(out_.hops.size() - out_.stages[from].first_hop);
    }
    for (const Stage& stage : path_.stages)
      out_.back_after.push_back(stage.back_after.empty() ? nowhere : queue_named(stage.back_after));
    for (auto& queue : out_.queues)
      if (const auto returned = returns_[static_cast<std::size_t>(&queue - out_.queues.data())];
          !returned.empty()) {
        queue.returns = queue_named(returned);
        out_.queues[queue.returns].returned_later = true;
      }
  }

  // What a stage that is switched off would hand on, who comes to it hands on itself.
  void add_from(StageId from, StageId by_way_of, std::optional<Verdict> when) {
    for (const Hop& hop : path_.hops) {
      if (hop.from != by_way_of) continue;
      if (out_.stages[hop.to].off && carries_on(hop) && hop.when != Verdict::transmit)
        add_from(from, hop.to, when.value_or(hop.when));
      else
        add(hop, from, when.value_or(hop.when));
    }
  }

  void name(const Hop& hop) {
    if (const auto* queue = std::get_if<Queue>(&hop.hand); queue && queue_named(queue->name) == nowhere) {
      out_.queues.push_back({.name = queue->name,
                             .capacity = queue->capacity,
                             .unit = queue->unit,
                             .overhead = queue->overhead,
                             .budget = queue->budget,
                             .spin = queue->spin,
                             .block = queue->block,
                             .retire_after = queue->retire_after,
                             .drain = queue->drain,
                             .slots = queue->slots,
                             .consumer = hop.to});
      out_.queues.back().by_flow = queue->by_flow;
      out_.spreads |= queue->by_flow;
      if (queue->small_queues) out_.small_queues.push_back(static_cast<QueueId>(out_.queues.size() - 1));
      returns_.push_back(queue->returns);
    }
    if (const auto* notify = std::get_if<Notify>(&hop.hand);
        notify && notify_named(notify->name, hop.to) == nowhere)
      out_.notifies.push_back({.name = notify->name,
                               .raise = notify->raise,
                               .mask = notify->mask,
                               .moderation = notify->moderation,
                               .after_frames = notify->after_frames,
                               .after_time = notify->after_time,
                               .adaptive = notify->adaptive,
                               .own_line = notify->raise == Raise::interrupt && notify->line.empty(),
                               .cause = causes_of(hop.to),
                               .demote_after = notify->demote_after,
                               .target = hop.to});
  }

  // How many interrupts of that handler there are by now.
  std::uint16_t causes_of(StageId handler) const {
    return static_cast<std::uint16_t>(
        std::ranges::count(out_.notifies, handler, &Compiled::NotifyRow::target));
  }

  void add(const Hop& hop, StageId from, Verdict when) {
    Compiled::HopRow row{.hands = Compiled::Hands::call,
                         .when = when,
                         .to = hop.to,
                         .at_batch_end = hop.at_batch_end,
                         .domain = path_.stages[from].domain};
    if (const auto* call = std::get_if<Call>(&hop.hand)) {
      if (call->each_batch) return;  // joins two contexts; nothing to follow with a packet
      row.clone = call->clone;
    } else if (const auto* trap = std::get_if<Trap>(&hop.hand)) {
      row.hands = Compiled::Hands::trap;
      row.cost = price_.of(trap->ops).per_packet;
      row.enters_kernel = path_.stages[from].domain == Domain::user;
    } else if (const auto* queue = std::get_if<Queue>(&hop.hand)) {
      row.hands = Compiled::Hands::queue;
      row.index = queue_named(queue->name);
    } else if (const auto* notify = std::get_if<Notify>(&hop.hand)) {
      row.hands = Compiled::Hands::notify;
      row.index = notify_named(notify->name, hop.to);
      row.for_blocks = blocks_told_by(hop);
      row.cost = price_.of(notify->ops).per_packet;
    }
    out_.hops.push_back(row);
  }

  QueueId blocks_told_by(const Hop& notice) const {
    for (const Hop& hop : path_.hops)
      if (const auto* queue = std::get_if<Queue>(&hop.hand);
          queue && queue->block > 0 && hop.from == notice.from && hop.to == notice.to)
        return queue_named(queue->name);
    return nowhere;
  }

  // Where a thread goes when it finds nothing, and how it comes back from there.
  void waits() {
    for (const auto& stage : out_.stages)
      for (std::uint16_t h = stage.first_hop; h < stage.first_hop + stage.hops; ++h)
        if (out_.hops[h].when == Verdict::empty) {
          auto& context = out_.contexts[stage.context];
          context.wait = h;
          const auto& there = out_.stages[out_.hops[h].to];
          for (std::uint16_t back = there.first_hop; back < there.first_hop + there.hops; ++back)
            if (out_.hops[back].hands == Compiled::Hands::trap) context.resume = back;
        }
  }

  void before_protocol() {
    const StageGraph order = packet_order(path_);
    for (Compiled::QueueRow& queue : out_.queues) {
      const std::vector<bool> ahead = reachable(order, {queue.consumer});
      for (StageId stage = 0; stage < path_.stages.size(); ++stage) {
        const Work work = path_.stages[stage].work;
        queue.before_protocol |=
            ahead[stage] && (work == Work::protocol || work == Work::route || work == Work::consume);
      }
    }
  }

  // Connected components over call and trap hops, callers' code left out.
  void contexts() {
    std::vector<StageId> parent(path_.stages.size());
    std::iota(parent.begin(), parent.end(), StageId{0});
    const auto root = [&](StageId s) {
      while (parent[s] != s) s = parent[s] = parent[parent[s]];
      return s;
    };
    for (const Hop& hop : path_.hops)
      if (in_context(hop.from) && in_context(hop.to) &&
          (std::holds_alternative<Call>(hop.hand) || std::holds_alternative<Trap>(hop.hand))) {
        const StageId a = root(hop.from), b = root(hop.to);
        parent[std::max(a, b)] = std::min(a, b);
      }
    std::vector<ContextId> of_root(path_.stages.size(), nowhere);
    for (StageId s = 0; s < path_.stages.size(); ++s) {
      if (!in_context(s)) continue;
      ContextId& context = of_root[root(s)];
      if (context == nowhere) {
        context = static_cast<ContextId>(out_.contexts.size());
        out_.contexts.push_back({.domain = path_.stages[s].domain, .entry = s});
      }
      auto& row = out_.contexts[context];
      out_.stages[s].context = context;
      row.per_batch += out_.stages[s].cost.per_batch;
      if (path_.stages[s].work == Work::application && asks(path_, s))
        (called_by_a_loop(path_, s) ? row.loop : row.program) = true;
      row.in_user |= path_.stages[s].domain == Domain::user;
      row.reads |= path_.stages[s].work == Work::read;
    }
  }

  void scopes() {
    for (auto& queue : out_.queues)
      if (queue.drain == Drain::consumer) queue.context = out_.stages[queue.consumer].context;
    for (auto& notify : out_.notifies) {
      notify.context = out_.stages[notify.target].context;
      for (const auto& queue : out_.queues)
        notify.by_flow |= queue.by_flow && queue.context == notify.context;
    }
    for (auto& context : out_.contexts) {
      if (context.domain == Domain::hardware || context.domain == Domain::hardirq)
        context.scope = Scope::nic_queue;
      else
        context.scope = context.domain == Domain::softirq ? Scope::core : Scope::thread;
    }
    // A softirq that polls a ring, or restarts the queue before one, exists once for each ring; a thread that
    // polls rings, once for each core.
    for (const Hop& hop : path_.hops) {
      const auto* notify = std::get_if<Notify>(&hop.hand);
      if (filled_by_the_card(hop) && path_.stages[hop.to].domain == Domain::softirq)
        out_.contexts[out_.stages[hop.to].context].scope = Scope::nic_queue;
      const auto* queue = std::get_if<Queue>(&hop.hand);
      const bool on_each_core = queue && queue->consumers == Consumers::each_core;
      if ((filled_by_the_card(hop) || on_each_core) && is_thread(path_.stages[hop.to].domain))
        out_.contexts[out_.stages[hop.to].context].scope = Scope::core;
      if (notify && notify->raise == Raise::restart && path_.stages[hop.from].domain == Domain::softirq)
        out_.contexts[out_.stages[hop.from].context].scope = Scope::nic_queue;
    }
    for (auto& queue : out_.queues)
      queue.scope = queue.context == nowhere ? Scope::nic_queue : out_.contexts[queue.context].scope;
    for (const Hop& hop : path_.hops)
      if (filled_by_the_card(hop))
        out_.queues[queue_named(std::get<Queue>(hop.hand).name)].scope = Scope::nic_queue;
  }

  bool filled_by_the_card(const Hop& hop) const {
    return std::holds_alternative<Queue>(hop.hand) && path_.stages[hop.from].domain == Domain::hardware;
  }

  // What is called once a batch comes first, as its queue does.
  void inputs() {
    for (const bool before_packets : {true, false})
      for (QueueId q = 0; q < out_.queues.size(); ++q)
        if (const auto& queue = out_.queues[q];
            queue.context != nowhere && called_each_batch(queue.consumer) == before_packets)
          add_input(out_.contexts[queue.context], q);
    for (auto& notify : out_.notifies) {
      if (notify.context == nowhere) continue;
      auto& context = out_.contexts[notify.context];
      context.demote_after = std::max(context.demote_after, notify.demote_after);
      if (context.inputs.empty()) context.entry = notify.target;
    }
  }

  void add_input(Compiled::ContextRow& context, QueueId queue) const {
    context.inputs.push_back(queue);
    context.spin = std::max(context.spin, out_.queues[queue].spin);
  }

  // An interrupt that is masked until polled empty is unmasked by the context that its handler raises.
  void masks() {
    for (const auto& line : out_.notifies) {
      if (line.raise != Raise::interrupt || line.mask != Mask::until_polled_empty) continue;
      for (const Hop& hop : path_.hops)
        if (const auto* raised = std::get_if<Notify>(&hop.hand);
            raised && raised->raise == Raise::softirq && out_.stages[hop.from].context == line.context)
          out_.contexts[out_.stages[hop.to].context].unmasks.push_back(line.context);
    }
  }

  // What a packet meets, call by call, before it can wait again: who takes from a queue looks there first,
  // except for a program, whose calls do that.
  void behind() {
    for (auto& queue : out_.queues) {
      const bool of_a_card = path_.stages[queue.consumer].domain == Domain::hardware;
      if (of_a_card || (queue.context != nowhere && out_.contexts[queue.context].program)) continue;
      std::vector<StageId> called{queue.consumer};
      for (std::size_t i = 0; i < called.size(); ++i)
        for (const Hop& hop : path_.hops) {
          if (hop.from != called[i]) continue;
          if (const auto* next = std::get_if<Queue>(&hop.hand); next && next->full == Full::hold)
            queue.behind.push_back(queue_named(next->name));
          else if (goes_on(hop) && std::ranges::find(called, hop.to) == called.end())
            called.push_back(hop.to);
        }
      for (const QueueId next : queue.behind)
        if (queue.context != nowhere && queue.context != out_.queues[next].context)
          out_.queues[next].held.push_back(queue.context);
    }
  }

  static bool goes_on(const Hop& hop) {
    const bool in_context = std::holds_alternative<Call>(hop.hand) || std::holds_alternative<Trap>(hop.hand);
    return in_context && !each_batch(hop) && !hop.at_batch_end && hop.when != Verdict::empty;
  }
  bool in_context(StageId s) const { return path_.stages[s].domain != Domain::caller; }
  bool called_each_batch(StageId s) const {
    return std::ranges::any_of(path_.hops, [s](const Hop& hop) { return each_batch(hop) && hop.to == s; });
  }
  QueueId queue_named(std::string_view name) const {
    const auto at =
        std::find_if(out_.queues.begin(), out_.queues.end(), [&](const auto& q) { return q.name == name; });
    return at == out_.queues.end() ? nowhere : static_cast<QueueId>(at - out_.queues.begin());
  }
  // A notification may have several targets by one name (data ready); each is a row.
  NotifyId notify_named(std::string_view name, StageId target) const {
    const auto at = std::find_if(out_.notifies.begin(), out_.notifies.end(),
                                 [&](const auto& n) { return n.name == name && n.target == target; });
    return at == out_.notifies.end() ? nowhere : static_cast<NotifyId>(at - out_.notifies.begin());
  }

  const Path& path_;
  Pricing price_;
  Compiled out_{};
  std::vector<std::string> returns_{};  // by queue
  std::vector<std::string> lines_{};
};

}  // namespace

Compiled compile(const Path& path, const Profile& profile) { return Compiler{path, profile}.run(); }

}  // namespace ringside::path
