#include "ringside/host/host.hpp"

#include <algorithm>
#include <utility>

namespace ringside::host {

using path::Compiled;
using path::Domain;
using path::Scope;

namespace {

net::StackConfig stack_config(net::StackConfig config, const Compiled& path) {
  config.tcp.page = Bytes{path.page};
  return config;
}

}  // namespace

std::uint16_t instances(Scope scope, std::size_t ports, int nic_queues, int cores) {
  const int each = nic_queues > 0 ? nic_queues : cores;
  if (scope == Scope::nic_queue) return static_cast<std::uint16_t>(static_cast<int>(ports) * each);
  return scope == Scope::core ? static_cast<std::uint16_t>(cores) : std::uint16_t{1};
}

Host::Host(Simulation& simulation, const HostConfig& config, path::Compiled path)
    : simulation_{simulation},
      path_{std::move(path)},
      number_{config.number},
      nic_queues_{host::instances(Scope::nic_queue, 1, config.nic_queues, config.cores)},
      stack_{stack_config(config.stack, path_)},
      forwarding_{config.stack.forwarding},
      machine_{config.machine ? config.machine->machine_ : std::make_shared<Machine>()},
      application_core_{static_cast<std::uint16_t>(config.application_core)},
      kernel_thread_core_{static_cast<std::uint16_t>(config.kernel_thread_core)},
      first_flow_core_{static_cast<std::uint16_t>(config.first_flow_core)},
      flow_cores_{static_cast<std::uint16_t>(config.flow_cores > 0 ? config.flow_cores : config.cores)},
      disk_{simulation.events, this},
      protocol_timer_{sim::Timer::bind<&Host::protocol_deadline>(simulation.events, this)} {
  const hw::Core::Costs costs{.context_switch = path_.context_switch,
                              .idle_exit = path_.idle_exit,
                              .deep_idle_exit = path_.deep_idle_exit,
                              .deep_idle_after = path_.deep_idle_after};
  build_machine(costs, std::max(config.machine_cores, config.cores));
  for (int i = 0; i < config.cores; ++i) cores_.push_back(machine_->cores[static_cast<std::size_t>(i)].get());
  if (simulation_.log) stack_.watch_windows();
  counts_.stages.resize(path_.stages.size());
  shared_lines_.resize(path_.lines);
  refills_.resize(path_.queues.size());
  build_ports(config);
  find_rings();
  for (path::StageId s = 0; s < path_.stages.size(); ++s)
    for (auto* hop = path_.hops_begin(s); hop != path_.hops_end(s); ++hop)
      on_senders_core_ |= path_.stages[s].domain == Domain::hardware &&
                          hop->hands == Compiled::Hands::notify &&
                          path_.notifies[hop->index].raise == path::Raise::softirq;
  build_contexts();
  build_lines();
  note_shared_rings();
  start_spinning();
}

// The kernel goes round a ring in shared memory from its first slot to its last, however few wait there. A
// ring of a card is in use once a flow comes to its queue (take_in()).
void Host::note_shared_rings() {
  for (const path::QueueId ring : path_.back_after)
    if (ring != path::nowhere && ring != rx_ring_)
      for (std::uint16_t i = 0; i < queues_[ring].size(); ++i) note_use(ring, i);
}

std::uint16_t Host::instances(Scope scope) const {
  return host::instances(scope, ports_.size(), nic_queues_, static_cast<int>(cores_.size()));
}

void Host::build_machine(const hw::Core::Costs& costs, int cores) {
  while (machine_->cores.size() < static_cast<std::size_t>(cores)) {
    const auto number = static_cast<std::uint16_t>(machine_->cores.size());
    machine_->cores.push_back(std::make_unique<hw::Core>(simulation_.events, costs));
    if (simulation_.log) machine_->cores.back()->observe(log_core, log_switch, this, number);
    SoftirqCore& softirq = machine_->softirqs.emplace_back();
    softirq.core = machine_->cores.back().get();
    softirq.ksoftirqd = {.level = hw::Level::thread,
                         .begin = begin_ksoftirqd,
                         .finish = finish_ksoftirqd,
                         .context = &softirq};
  }
}

void Host::log_core(void* self, std::uint16_t core, hw::Level level, Time until, Duration busy,
                    Duration user) {
  const Host& host = *static_cast<Host*>(self);
  host.simulation_.log->add({.at = until,
                             .packet = static_cast<std::uint64_t>(user.count()),
                             .other = static_cast<std::uint64_t>(busy.count()),
                             .host = host.number_,
                             .index = core,
                             .kind = trace::Kind::busy,
                             .level = static_cast<std::uint8_t>(level)});
}

void Host::log_switch(void* self, std::uint16_t core, Time at) {
  const Host& host = *static_cast<Host*>(self);
  host.simulation_.log->add(
      {.at = at, .host = host.number_, .index = core, .kind = trace::Kind::context_switch});
}

void Host::log_line(void* line, hw::InterruptLine::Change change) {
  using Change = hw::InterruptLine::Change;
  const auto& its = *static_cast<WatchedLine*>(line);
  if (change == Change::asserted)
    return its.host->log_now({.index = its.core, .kind = trace::Kind::interrupt});
  its.host->log_now({.other = change == Change::masked ? 1U : 0U,
                     .index = its.notification,
                     .kind = trace::Kind::mask,
                     .level = static_cast<std::uint8_t>(std::min<std::uint16_t>(its.instance, 255))});
}

void Host::watch_lines(path::NotifyId id) {
  const path::ContextId handler = path_.notifies[id].context;
  for (std::uint16_t i = 0; i < lines_[handler].size(); ++i) {
    WatchedLine& line = watched_lines_.emplace_back(
        WatchedLine{.host = this, .notification = id, .instance = i, .core = contexts_[handler][i]->core});
    lines_[handler][i]->observe(log_line, &line);
  }
}

void Host::build_ports(const HostConfig& config) {
  for (const PortConfig& port : config.ports) {
    Port& built = ports_.emplace_back();
    built.host = this;
    built.number = static_cast<std::uint16_t>(ports_.size() - 1);
    built.out = port.out;
    built.software = port.software;
    built.mac = port.interface.mac;
    set_timer<&Host::on_arrival>(built.arrival, built);
    stack_.add_interface(port.interface);
    addresses_.push_back(port.interface.address);
    for (std::uint16_t q = 0; q < nic_queues_; ++q) {
      Lane& lane = lanes_.emplace_back();
      lane.host = this;
      lane.port = built.number;
      lane.instance = static_cast<std::uint16_t>(lanes_.size() - 1);
      set_timer<&Host::on_departure>(lane.departure, lane);
      set_timer<&Host::on_release>(lane.release, lane);
    }
  }
}

// What the card itself needs to know of the path: the ring it fills, the ring it empties, and what both cost.
void Host::find_rings() {
  const auto of_card = [&](path::StageId s) { return path_.stages[s].domain == Domain::hardware; };
  for (path::StageId s = 0; s < path_.stages.size(); ++s)
    for (auto* hop = path_.hops_begin(s); hop != path_.hops_end(s); ++hop) {
      if (hop->hands != Compiled::Hands::queue || of_card(s) == of_card(hop->to)) continue;
      if (of_card(hop->to))
        add_transmit_ring(hop->index);
      else if (path_.stages[s].context == path_.stages[path_.arrive].context)
        rx_ring_ = hop->index;
    }
  const auto add_up = [&](path::ContextId context) {
    Compiled::Cost sum;
    for (const auto& row : path_.stages)
      if (row.context == context) {
        sum.per_packet += row.cost.per_packet;
        sum.latency += row.cost.latency;
        sum.femtoseconds_per_byte += row.cost.femtoseconds_per_byte;
      }
    return sum;
  };
  dma_in_ = add_up(path_.stages[path_.arrive].context);
  for (TransmitRing& ring : tx_rings_) ring.dma = add_up(path_.queues[ring.queue].context);
}

void Host::add_transmit_ring(path::QueueId queue) {
  const auto known = [queue](const TransmitRing& ring) { return ring.queue == queue; };
  if (std::ranges::none_of(tx_rings_, known)) tx_rings_.push_back({.queue = queue});
}

// Every context and queue in all its instances.
void Host::build_contexts() {
  for (const auto& row : path_.queues) queues_.emplace_back(instances(row.scope));
  build_blocks();
  for (path::ContextId id = 0; id < path_.contexts.size(); ++id) {
    const auto& row = path_.contexts[id];
    auto& states = contexts_.emplace_back();
    if (row.domain == Domain::hardware || row.program) continue;
    for (std::uint16_t i = 0; i < instances(row.scope); ++i) states.push_back(build_context(id, i));
  }
}

std::unique_ptr<Host::ContextState> Host::build_context(path::ContextId id, std::uint16_t instance) {
  const auto& row = path_.contexts[id];
  auto state = std::make_unique<ContextState>();
  state->host = this;
  state->id = id;
  state->instance = instance;
  state->core = row.scope == Scope::nic_queue ? core_of(instance)
                : row.scope == Scope::core    ? instance
                : row.in_user                 ? application_core_
                                              : kernel_thread_core_;
  const auto level = row.domain == Domain::hardirq   ? hw::Level::hardirq
                     : row.domain == Domain::softirq ? hw::Level::softirq
                                                     : hw::Level::thread;
  state->job = {.level = level, .begin = begin_context, .finish = finish_context, .context = state.get()};
  // A thread that polls cards polls the rings of its core on each of them.
  for (const path::QueueId queue : row.inputs)
    if (row.loop && path_.stages[path_.queues[queue].consumer].work == path::Work::read)
      continue;  // the program takes that
    else if (row.scope == Scope::core && path_.queues[queue].scope == Scope::nic_queue) {
      for (std::uint16_t lane = 0; lane < instances(Scope::nic_queue); ++lane)
        if (core_of(lane) == instance) state->inputs.push_back({queue, lane});
    } else {
      state->inputs.push_back({queue, instance});
    }
  return state;
}

void Host::build_lines() {
  lines_.resize(path_.contexts.size());
  for (const auto& row : path_.notifies)
    if (row.own_line)
      for (const auto& handler : contexts_[row.context])
        lines_[row.context].push_back(
            std::make_unique<hw::InterruptLine>(simulation_.events, *cores_[handler->core], handler->job,
                                                row.moderation, row.mask == path::Mask::until_polled_empty));
  for (const auto& row : path_.notifies)
    if (row.raise == path::Raise::interrupt)
      for (const auto& line : lines_[row.context])
        line->add_cause({.frames = row.after_frames, .time = row.after_time}, row.adaptive);
  for (path::NotifyId id = 0; simulation_.log && id < path_.notifies.size(); ++id)
    if (path_.notifies[id].own_line) watch_lines(id);
}

// A thread that never sleeps runs from the beginning.
void Host::start_spinning() {
  for (path::ContextId id = 0; id < path_.contexts.size(); ++id)
    if (path_.contexts[id].spin == forever)
      for (const auto& context : contexts_[id])
        if (!context->inputs.empty())
          cores_[context->core]->raise(context->job);  // a core without a ring rests
}

std::int64_t Host::charge(const Compiled::QueueRow& row, std::int64_t bytes) {
  return row.unit == path::Unit::packets ? 1 : row.overhead + bytes;
}

std::int64_t Host::charge(const Compiled::QueueRow& row, const hw::Packet* packet) {
  return charge(row, packet ? packet->total() : 0);
}

bool Host::has_room(path::QueueId id, std::uint16_t instance, const hw::Packet* packet) const {
  const auto& row = path_.queues[id];
  const auto used = queues_[id][instance].used;
  return row.unit == path::Unit::packets ? used < row.capacity : used + charge(row, packet) <= row.capacity;
}

// A queue that is there once for all, or for each core, has not as many instances as the one before it.
bool Host::room_behind(const Compiled::QueueRow& row, std::uint16_t instance) const {
  return std::ranges::all_of(row.behind, [&](path::QueueId id) {
    const bool alike = path_.queues[id].scope == row.scope;
    return has_room(id, alike ? instance : std::uint16_t{0}, nullptr);
  });
}

void Host::drop(path::QueueId id, std::uint16_t instance, hw::Packet* packet) {
  queue(id, instance).drops += packet ? packet->frames() : 1;
  if (packet) discard(packet);
}

// The next packet of a queue; none for a completion, which gives back its slot of another queue.
hw::Packet* Host::take(path::QueueId id, std::uint16_t instance) {
  const auto& row = path_.queues[id];
  QueueState& state = queue(id, instance);
  --state.waiting;
  if (row.returns != path::nowhere) {
    --queue(row.returns, instance).used;
    --state.used;
    let_go_on(row.returns);
    return nullptr;
  }
  hw::Packet* packet = state.fifo.pop();
  if (row.slots == path::Slots::until_freed) {
    packet->holds = id;
    packet->holds_in = instance;
  } else if (!row.returned_later) {
    state.used -= charge(row, packet);
  }
  let_go_on(id);
  return packet;
}

void Host::free_slot(hw::Packet& packet) {
  if (packet.holds == path::nowhere) return;
  --queue(packet.holds, packet.holds_in).used;
  let_go_on(std::exchange(packet.holds, path::nowhere));
}

Counts Host::counts(Time until) const {
  Counts now = counts_;
  for (const auto& instances_of : queues_) {
    std::uint64_t drops = 0;
    for (const auto& state : instances_of) drops += state.drops;
    now.queue_drops.push_back(drops);
  }
  for (const auto& handlers : lines_)
    for (const auto& line : handlers) now.interrupts += line->interrupts();
  for (const auto& core : cores_) {
    now.cores.push_back(core->usage(until));
    now.context_switches += now.cores.back().context_switches;
  }
  now.retransmits = stack_.counters().retransmits;
  const auto& drops = stack_.counters().drops;
  now.protocol_drops.assign(drops.begin(), drops.end());
  return now;
}

Time Host::last_active() const {
  Time last{};
  for (const auto& core : cores_) last = std::max(last, core->last_active());
  return last;
}

// A piece of work is logged when it ends, with the times of what it did; so is a frame that a card is at.
Time Host::settled() const {
  Time first = std::min(simulation_.events.now(), unsettled_since_);
  for (const auto& core : machine_->cores) first = std::min(first, core->earliest_begun());
  for (const Port& port : ports_)
    if (!port.arriving.empty()) first = std::min(first, port.arriving.front()->taken);
  for (const Lane& lane : lanes_)
    if (!lane.in_flight.empty()) first = std::min(first, lane.in_flight.front()->taken);
  return first;
}

std::vector<std::string> Host::broken_invariants() const {
  std::vector<std::string> broken;
  for (std::size_t id = 0; id < queues_.size(); ++id)
    for (const auto& state : queues_[id])
      if (state.waiting < 0 || state.used < 0)
        broken.push_back("queue '" + path_.queues[id].name + "' gave out more than it took in");
  if (std::ranges::any_of(threads_, &Thread::lost))
    broken.emplace_back("a program wants something to which no hop of its path leads");
  return broken;
}

}  // namespace ringside::host
