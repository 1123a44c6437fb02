// A machine that runs a compiled path: cards, cores, the queues of the path, the TCP/IP stack and its
// programs.
//
// The engine knows stages, hops and contexts, and no path by name. A context that gets its core takes a
// packet from one of its queues and *walks* the stages (walk.cpp): the bytes are processed at once, the costs
// add up to a piece of work for the core, and what the packet is handed on to is kept as effects, which take
// place when the piece has had its time. Handlers, softirqs and daemons are in batch.cpp, programs in
// program.cpp, cards in card.cpp, the disk in disk.cpp.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ringside/host/application.hpp"
#include "ringside/host/figures.hpp"
#include "ringside/host/simulation.hpp"
#include "ringside/hw/core.hpp"
#include "ringside/hw/interrupt.hpp"
#include "ringside/hw/link.hpp"
#include "ringside/hw/pipe.hpp"
#include "ringside/net/sockets.hpp"
#include "ringside/net/stack.hpp"
#include "ringside/path/compile.hpp"

namespace ringside::host {

struct PortConfig {
  net::InterfaceConfig interface {};
  hw::Link* out = nullptr;
  bool software = false;  // it leads to the same machine: frames come on the core of who sends them
};

class Host;

struct HostConfig {
  std::uint16_t number = 0;  // in the log
  Host* machine = nullptr;   // whose cores it shares, as a network namespace does; otherwise it has its own
  int machine_cores = 0;     // how many there are; 0: as many as it makes use of
  int cores = 1;             // that it makes use of, the first ones
  int nic_queues = 0;        // receive and transmit queues of each card; 0: as many as cores
  int application_core = 0;
  int first_flow_core = 0;     // to which software hands the packets of a flow,
  int flow_cores = 0;          // and how many; 0: all of them
  int kernel_thread_core = 0;  // of threads that never leave the kernel
  net::StackConfig stack{};
  std::vector<PortConfig> ports{};
};

// How many there are of a context or a queue of that scope. `cores`: that the host makes use of;
// `nic_queues`: as in the configuration.
std::uint16_t instances(path::Scope, std::size_t ports, int nic_queues, int cores);

class Host {
 public:
  // Sees the bytes of every packet that comes to a stage (or, for arrivals, of every frame on the wire).
  using Tap = void (*)(void* context, Time now, std::span<const std::uint8_t> frame);

  Host(Simulation&, const HostConfig&, path::Compiled);
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  net::Stack& stack() { return stack_; }
  const net::Stack& stack() const { return stack_; }
  void start(Application& application);                // its thread is runnable from now on
  bool program_gone() const { return program_gone_; }  // with the stack that lived in it, after a crash
  void crash(Application& application);  // and, if it is there, the stack that lives in the program
  void tap(path::StageId stage, Tap tap, void* context) { taps_.push_back({stage, tap, context}); }

  // A link's sink: `context` is what arrival_port returned.
  void* arrival_port(std::size_t port) { return &ports_[port]; }
  static void on_frame(void* port, hw::Packet* packet, Time now);

  // Up to now; of the time that cores have idled or spun since something happened, up to `until`.
  Counts counts(Time until = end_of_time) const;
  Time last_active() const;  // when a core last did something
  Time settled() const;      // nothing before this will be logged any more
  void measure_latency(bool on) { measuring_ = on; }
  const trace::Histogram& latency() const {
    return latency_;
  }  // last bit in to program (or wire), while measured
  const path::Compiled& path() const { return path_; }

  // What contradicts itself in the model; empty unless there is a bug in it.
  std::vector<std::string> broken_invariants() const;

 private:
  class Walk;

  struct Block {  // what gathers in a queue before its consumer may see it
    Host* host = nullptr;
    path::QueueId queue{};
    std::uint16_t instance = 0;
    std::int64_t packets = 0;
    std::int64_t used = 0;
    std::optional<sim::Timer> retire{};
  };

  // One of the path's queues, in one of its instances.
  struct QueueState {
    Block* block = nullptr;
    hw::Fifo fifo{};
    std::int64_t waiting = 0;  // packets in it
    std::int64_t used = 0;     // of its capacity: also what is on its way in, and what is not yet given back
    std::uint64_t drops = 0;
    bool in_use = false;  // a ring that the card has put something into
  };

  // What a piece of work does when it is done.
  struct Effect {
    enum class Kind : std::uint8_t { enqueue, notify, deliver, depart } kind{};
    std::uint16_t index = 0;     // of the queue, the notification or the port
    std::uint16_t instance = 0;  // of a departure, the stage
    hw::Packet* packet = nullptr;
    Duration offset{};  // into the piece
  };
  static constexpr Duration at_end = forever;  // of the piece
  struct PendingMark {
    trace::Event event{};      // but for its time and host
    Duration offset{};         // into the piece, or at_end
    std::uint16_t octets = 0;  // of the packet, behind those of the marks before it in Activation::octets
    void name(const hw::Packet&);
  };
  // A piece of work: filled by a walk, carried out by commit().
  struct Activation {
    std::vector<Effect> effects{};
    std::vector<PendingMark> marks{};
    std::vector<std::uint8_t> octets{};
    Duration cost{};
    Duration user{};
    void clear() { effects.clear(), marks.clear(), octets.clear(), cost = user = Duration{0}; }
    hw::Piece piece() const { return {.length = cost, .user = user}; }
  };

  // A hop that waits for the end of the batch, with the ring it was met on.
  struct AtBatchEnd {
    const path::Compiled::HopRow* hop = nullptr;
    std::uint16_t lane = 0;
    std::uint32_t flow = 0;  // where flows choose the core; one of each core will do
    bool operator==(const AtBatchEnd&) const = default;
  };

  struct Input {  // one instance of a queue
    path::QueueId queue{};
    std::uint16_t instance = 0;
  };

  struct Train {            // frames that travel as one packet, from the first to the last
    path::StageId stage{};  // that gathers them
    hw::Packet* first = nullptr;
    hw::Packet* last = nullptr;
    void append(hw::Packet* packet);
  };

  struct Thread;

  // One of the path's contexts, in one of its instances.
  struct ContextState {
    Host* host = nullptr;
    path::ContextId id{};
    std::uint16_t instance = 0;
    std::uint16_t core = 0;
    hw::Job job{};
    Activation activation{};
    std::vector<AtBatchEnd> at_end{};
    std::vector<Train> trains{};  // which its batch is putting together
    std::vector<Input> inputs{};
    std::size_t input = 0;            // the batch is at this one of them,
    int taken = 0;                    // and has taken so much from it
    std::vector<Thread*> programs{};  // which its loop calls
    std::size_t step = 0;             // of the loop, behind the packets: the timers, then each program
    bool in_batch = false;
    bool fresh = false;         // the batch has done nothing yet
    bool raised_again = false;  // since the batch began: without a queue nothing else would remember it
    bool demoted = false;       // ksoftirqd has it
    bool spun = false;          // it has looked in vain for as long as it may
    bool waits = false;         // inside a system call
    bool in_kernel = false;     // a thread that has a side there and one in user
  };

  struct SoftirqCore {  // ksoftirqd of a core, and what decides about it
    hw::Core* core = nullptr;
    hw::Job ksoftirqd{};
    std::deque<ContextState*> demoted{};  // what is left to it, in turn
    int raised = 0;                       // contexts that run or wait as softirqs
    Time since{};                         // this has not been 0
  };

  struct Machine {  // its hosts share it
    std::vector<std::unique_ptr<hw::Core>> cores{};
    std::deque<SoftirqCore> softirqs{};  // by core
  };

  struct Completion {  // of a read
    hw::Packet* packet = nullptr;
    std::int64_t bytes = 0;
    Region where{};
  };

  struct Thread {  // that runs a program
    Host* host = nullptr;
    std::uint16_t instance = 0;
    std::uint16_t core = 0;
    hw::Job job{};
    Activation activation{};
    Application* application = nullptr;
    ContextState* loop = nullptr;            // that calls the program; without one it has a job of its own
    path::StageId waits_at = path::nowhere;  // inside a system call
    Region writes_from = Region::user;       // where its bytes lie
    int prepared = 0;                        // requests that its next call submits
    std::vector<Completion> completed{};     // which its last call brought, and the first of them that it has
    std::size_t handled = 0;                 // yet to look at
    bool paused = false;
    bool crashed = false;
    bool lost = false;  // it wants something that no hop of the path leads to
    std::optional<sim::Timer> alarm{};
  };

  struct Lane {  // the transmit side of one queue of a card
    Host* host = nullptr;
    std::uint16_t port = 0;
    std::uint16_t instance = 0;
    hw::Fifo in_flight{};
    std::optional<sim::Timer> departure{};
    std::vector<Train>
        trains{};  // received, and waiting on the card for more of them (LRO); the oldest first
    std::optional<sim::Timer> release{};
  };
  struct Port {
    Host* host = nullptr;
    std::uint16_t number = 0;
    net::MacAddress mac{};
    hw::Link* out = nullptr;
    bool software = false;  // both ends are on one machine: there is no card
    hw::Fifo leaving{};     // what cores have given to its driver, in order
    hw::Pipe dma_in{}, dma_out{};
    hw::Fifo arriving{};
    std::optional<sim::Timer> arrival{};
  };
  struct DiskRequest {
    Thread* from = nullptr;
    std::int64_t bytes = 0;
    path::StageId stage{};  // where the disk's way begins
    Time due{};             // once the doorbell has rung
  };
  struct Disk {
    Disk(sim::EventQueue& events, Host* host) : done{sim::Timer::bind<&Host::on_disk>(events, host)} {}
    hw::Pipe pipe{};
    std::deque<DiskRequest> asked{};  // the doorbell has not rung for these
    std::deque<DiskRequest> reading{};
    sim::Timer done;
  };
  struct WatchedLine {  // an interrupt line of which the log is told
    Host* host = nullptr;
    path::NotifyId notification{};
    std::uint16_t instance = 0;
    std::uint16_t core = 0;
  };
  struct SharedLine {  // of the cache: with the core that wrote it last, or until then on its way there
    std::uint16_t core = path::nowhere;
    Time until{};
  };
  struct TapState {
    path::StageId stage{};
    Tap tap = nullptr;
    void* context = nullptr;
  };
  enum class Turn { piece, again, over };

  // host.cpp: construction and small facts
  SoftirqCore& softirq(std::uint16_t core) { return machine_->softirqs[core]; }
  void build_contexts();
  std::unique_ptr<ContextState> build_context(path::ContextId, std::uint16_t instance);
  void build_lines();
  void watch_lines(path::NotifyId);
  void note_shared_rings();
  void start_spinning();
  void build_machine(const hw::Core::Costs&, int cores);
  static void log_core(void* self, std::uint16_t core, hw::Level, Time until, Duration busy, Duration user);
  static void log_switch(void* self, std::uint16_t core, Time at);
  static void log_line(void* line, hw::InterruptLine::Change);
  void build_ports(const HostConfig&);
  // Of a port or a lane: what its host does then.
  template <auto Method, class Part>
  void set_timer(std::optional<sim::Timer>& timer, Part& part) {
    timer.emplace(
        simulation_.events,
        [](void* self, Time now) {
          auto& its = *static_cast<Part*>(self);
          (its.host->*Method)(its, now);
        },
        &part);
  }
  void find_rings();
  void add_transmit_ring(path::QueueId);
  std::uint16_t instances(path::Scope) const;
  // The core that serves a ring, of whichever card.
  std::uint16_t core_of(std::uint16_t lane) const {
    return static_cast<std::uint16_t>(lane % nic_queues_ % cores_.size());
  }
  std::uint16_t lane(const hw::Packet& packet) const {
    return static_cast<std::uint16_t>(packet.port * nic_queues_ + packet.queue);
  }
  void show(path::StageId stage, Time now, const hw::Packet& packet) {
    for (const TapState& t : taps_)
      if (t.stage == stage)
        for (const hw::Packet* frame = &packet; frame; frame = frame->train)
          t.tap(t.context, now, frame->frame());
  }
  QueueState& queue(path::QueueId id, std::uint16_t instance) { return queues_[id][instance]; }
  // What it takes of a queue, in its unit.
  static std::int64_t charge(const path::Compiled::QueueRow& row, std::int64_t bytes);
  static std::int64_t charge(const path::Compiled::QueueRow& row, const hw::Packet* packet);
  bool has_room(path::QueueId id, std::uint16_t instance, const hw::Packet* packet) const;
  bool room_behind(const path::Compiled::QueueRow& row, std::uint16_t instance) const;
  void drop(path::QueueId id, std::uint16_t instance, hw::Packet* packet);
  hw::Packet* take(path::QueueId id, std::uint16_t instance);
  void free_slot(hw::Packet&);
  void discard(hw::Packet* packet) {
    if (packet->train) return discard_train(packet);
    free_slot(*packet);
    simulation_.pool.give_back(packet);
  }

  // trains.cpp
  static hw::Packet* uncouple(hw::Packet& first);  // the rest of its train
  void discard_train(hw::Packet* packet);

  // commit.cpp
  void commit(Activation&, const hw::Job&, Time now);
  void walk_on_card(path::StageId, hw::Packet*, std::uint16_t lane, Time now);
  void commit_card(Time now) { commit(card_, {.begun = now}, now); }
  void record(const Activation&, const hw::Job&, Time now);
  void record_gap(const Activation&, Duration done, Time at, Duration length);
  void log(trace::Event event) {  // of this host, and now
    if (simulation_.log) log_now(event);
  }
  void log_now(trace::Event);
  void log_lost(std::uint64_t packet, std::uint8_t reason) {  // on its way out
    log({.packet = packet, .other = 1, .index = trace::no_queue, .kind = trace::Kind::drop, .level = reason});
  }
  void log_refused(path::QueueId ring, hw::Packet&);
  std::optional<trace::Event> next_window_change();
  static std::span<const std::uint8_t> new_octets(hw::Packet&);
  void deliver(hw::Packet* packet, Time at);
  void leave(std::uint16_t port, path::StageId, Time now);
  void count_departure(const hw::Packet& packet, Time now);

  // blocks.cpp
  void build_blocks();
  void add_to_block(Block&, const hw::Packet& packet);
  void retire(Block&);
  bool fills_block(path::QueueId, std::uint16_t instance, std::int64_t bytes) const;

  // batch.cpp: contexts that are driven by their queues
  void raise(ContextState&);
  Turn next_piece(ContextState&, Time now);
  bool may_take(path::QueueId, std::uint16_t instance) const;
  bool has_work(const ContextState&);
  bool next_step(ContextState&, Time now);
  bool timers_due(const ContextState&) const;
  void let_go_on(path::QueueId with_room) {
    for (const path::ContextId held : path_.queues[with_room].held) wake_held(held);
  }
  void wake_held(path::ContextId held);
  std::optional<hw::Piece> rest(ContextState&, Time now);
  void tell_who_spins(path::QueueId, std::uint16_t instance);
  static std::optional<hw::Piece> begin_context(void* context, Time now);
  static void finish_context(void* context, Time now);
  static std::optional<hw::Piece> begin_ksoftirqd(void* context, Time now);
  static void finish_ksoftirqd(void* context, Time now);
  void demote(ContextState&);
  void end_batch(ContextState&);
  void notify(path::NotifyId id, std::uint16_t instance);
  void protocol_deadline(Time now);
  void arm_protocol_timer(Time now);
  // The core on which somebody sleeps who is woken by this, of several the first; nullopt: nobody does.
  std::optional<std::uint16_t> asleep(path::NotifyId id, std::uint16_t instance);

  // send.cpp
  bool stack_must_wait() const;
  std::int64_t most_sent() const;

  // program.cpp
  static std::optional<hw::Piece> begin_program(void* thread, Time now);
  static void finish_program(void* thread, Time now);
  bool ready(const Thread&, path::StageId stage);
  path::QueueId socket_with_datagram(const Thread&) const;
  bool stays_asleep(Thread&, Time now);
  path::StageId goes_on_at(Thread&) const;
  void rouse(Thread&);
  ContextState& near_application(path::ContextId context) {  // the one that serves the programs' core
    const bool each_core = path_.contexts[context].scope == path::Scope::core;
    return *contexts_[context][each_core ? application_core_ : 0];
  }
  void wake(Thread&);
  void count_wakeup(std::uint16_t core) {
    ++counts_.wakeups;
    log({.index = core, .kind = trace::Kind::wakeup});
  }

  // card.cpp
  std::uint16_t transmit_queue(const hw::Packet&) const;
  void classify(Port&, hw::Packet& packet) const;
  void note_use(path::QueueId ring, std::uint16_t instance);
  void take_in(Port&, hw::Packet* packet, Time now);
  void received(hw::Packet* packet, Time now);
  void on_arrival(Port&, Time now);
  void reserve(const hw::Packet&, std::int64_t sign);
  void release_in_time(Lane&);
  void on_release(Lane&, Time now);
  void ring_doorbell(std::uint16_t lane);
  void on_departure(Lane&, Time now);

  // disk.cpp
  void ring_disk(path::StageId stage);
  void on_disk(Time now);

  Simulation& simulation_;
  path::Compiled path_;
  std::uint16_t number_;
  std::uint16_t nic_queues_;
  net::Stack stack_;
  net::Sockets sockets_{stack_};  // of its programs
  std::vector<net::Ipv4Address> addresses_{};
  // By ring: what a stage costs more that comes back to a frame after all of them that are in use went round.
  std::vector<Duration> refills_{};
  Region received_in_ =
      Region::kernel;  // where the road has put what belongs to streams: it has one place for all
  bool forwarding_;
  // Where what the stack has to send would begin its way: it keeps it until a queue has room again.
  path::StageId stack_waits_at_ = path::nowhere;
  hw::Packet* taken_ahead_ =
      nullptr;                 // from the stack, and kept as well: it did not fit the packet before it
  bool program_gone_ = false;  // the one in which the stack lived
  // Of what comes over a link in software: a softirq that is raised without an interrupt is the sender's.
  // Otherwise the flow chooses the core.
  bool on_senders_core_ = false;
  std::shared_ptr<Machine> machine_;
  std::vector<hw::Core*> cores_{};                 // of the machine, those that it makes use of
  std::vector<std::vector<QueueState>> queues_{};  // by queue, by instance
  std::vector<std::vector<std::unique_ptr<ContextState>>> contexts_{};    // by context, by instance
  std::vector<std::vector<std::unique_ptr<hw::InterruptLine>>> lines_{};  // by handler's context, by instance
  std::deque<WatchedLine> watched_lines_{};
  std::deque<Block> blocks_{};
  std::deque<Thread> threads_{};
  std::uint16_t application_core_;
  std::uint16_t kernel_thread_core_;
  std::uint16_t first_flow_core_;
  std::uint16_t flow_cores_;
  Application* ring_program_ = nullptr;  // whose thread its queues drive
  std::deque<Port> ports_{};
  std::deque<Lane> lanes_{};
  Disk disk_;
  std::vector<SharedLine> shared_lines_{};
  Region payload_in_ = Region::kernel;  // where the bytes lie that a program's socket sends
  std::vector<TapState> taps_{};
  path::QueueId rx_ring_ = path::nowhere;  // where arrivals go; nowhere: straight on
  struct TransmitRing {
    path::QueueId queue{};
    path::Compiled::Cost dma{};
  };
  std::vector<TransmitRing> tx_rings_{};  // which the card empties
  path::Compiled::Cost dma_in_{};
  sim::Timer protocol_timer_;
  bool stack_used_ = false;                     // since the timer was armed: its deadline may have moved
  Activation card_{};                           // of the cards, which have no core
  std::vector<std::uint64_t> left_at_stage_{};  // record()'s own, and keeps its room
  Counts counts_{};
  trace::Histogram latency_{};
  bool measuring_ = false;
  Time unsettled_since_ =
      end_of_time;  // what is being carried out began then, and the log has yet to hear of it
};

}  // namespace ringside::host
