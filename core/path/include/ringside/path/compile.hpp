// A path priced by a profile and cut into flat arrays: what the engine runs.
//
// A *context* is what runs in one go: the stages connected over call and trap hops. Domain `caller` belongs
// to whoever calls it, so it is part of no context and is walked from many. Contexts are joined by queues and
// notifications only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "ringside/path/path.hpp"
#include "ringside/path/profile.hpp"

namespace ringside::path {

// How often a context (and the queues that feed it) exists on a host.
enum class Scope : std::uint8_t {
  nic_queue,  // once for each queue of each card: what the hardware feeds
  core,       // once for each core: what only software feeds, and threads that poll cards
  thread,     // once for each program
};

using ContextId = std::uint16_t;
using QueueId = std::uint16_t;
using NotifyId = std::uint16_t;
inline constexpr std::uint16_t nowhere = 0xffff;

struct Compiled {
  // A price in time. Femtoseconds for what is charged by the byte, so that a frame of 64 bytes is exact.
  struct Cost {
    Duration per_packet{};
    std::int64_t femtoseconds_per_byte = 0;
    Duration per_batch{};
    Duration per_instruction{};
    Duration latency{};
    bool operator==(const Cost&) const = default;
    Duration of(std::int64_t bytes) const {
      return per_packet + Duration{(bytes * femtoseconds_per_byte + 500) / 1000};
    }
  };

  struct StageRow {
    Cost cost{};
    Domain domain{};
    Work work{};
    Program program{};
    Memory memory{};
    Region into{};
    bool off = false;          // a coalesce or segment that is switched off: it does nothing, for nothing
    bool whole_pages = false;  // a read that takes nothing else
    bool comes_back = false;   // after a ring has gone round: frames_after
    std::int64_t at_most = 0;
    std::uint16_t line = nowhere;  // the shared line that it writes
    std::uint16_t first_hop = 0;
    std::uint16_t hops = 0;
    ContextId context = nowhere;  // nowhere: domain caller
    bool operator==(const StageRow&) const = default;
  };

  enum class Hands : std::uint8_t { call, trap, queue, notify };
  struct HopRow {
    Hands hands{};
    Verdict when{};
    StageId to{};
    std::uint16_t index = nowhere;  // of the queue or notification
    bool enters_kernel = false;     // a trap from user to kernel
    bool at_batch_end = false;
    bool clone = false;
    QueueId for_blocks = nowhere;  // a notification to who takes from this queue, of whole blocks only
    Domain domain{};               // of the stage that it leaves
    Duration cost{};               // of the trap, or of telling
    bool operator==(const HopRow&) const = default;
  };

  struct QueueRow {
    std::string name{};
    std::int64_t capacity = 0;
    Unit unit{};
    std::int64_t overhead = 0;
    int budget = 0;
    Duration spin{};
    std::int64_t block = 0;  // what makes one, in `unit`
    Duration retire_after{};
    Drain drain{};
    Slots slots{};
    std::vector<QueueId> behind{};  // a packet is taken only if all these have room
    std::vector<ContextId> held{};  // others that take nothing while this queue is full
    QueueId returns = nowhere;      // what a packet in here still holds a slot of
    bool returned_later = false;    // slots of this queue are given back by another one
    StageId consumer{};
    ContextId context = nowhere;  // of the consumer; nowhere: drained by the caller
    Scope scope{};
    bool by_flow = false;          // its instance is the core that the flow of a packet is hashed to
    bool before_protocol = false;  // a packet in here has yet to meet the protocol, the route or the program
    bool operator==(const QueueRow&) const = default;
  };

  struct NotifyRow {
    std::string name{};
    Raise raise{};
    Mask mask{};
    Duration moderation{};
    int after_frames = 0;
    Duration after_time{};
    bool adaptive = false;
    bool own_line = false;    // an interrupt's, of which others may be causes, too,
    std::uint16_t cause = 0;  // and which of them this is
    Duration demote_after{};
    StageId target{};
    ContextId context = nowhere;  // of the target
    bool by_flow = false;         // the target is on the core that the flow is hashed to
    bool operator==(const NotifyRow&) const = default;
  };

  struct ContextRow {
    Domain domain{};  // of its entry; a program's is kernel or user
    Scope scope{};
    StageId entry{};                 // where a batch without a packet begins
    std::vector<QueueId> inputs{};   // in the order in which a batch serves them
    std::uint16_t wait = nowhere;    // the hop (when: empty) that a thread follows before it sleeps
    std::uint16_t resume = nowhere;  // the trap by which it comes back from there
    bool program = false;            // driven by what an application wants next, not by its queues alone
    bool loop = false;     // driven by its queues, and calls an application's program after each batch
    bool in_user = false;  // at least one of its stages runs in user
    bool reads = false;    // from a socket, which keeps the account of what waits for it
    Duration spin{};       // a thread's: how long it looks for packets before it sleeps
    Duration per_batch{};
    Duration demote_after{};
    std::vector<ContextId>
        unmasks{};  // the handlers whose line is masked until this context runs out of work
    bool operator==(const ContextRow&) const = default;
  };

  std::vector<StageRow> stages{};
  std::vector<HopRow> hops{};
  std::vector<QueueRow> queues{};
  std::vector<NotifyRow> notifies{};
  std::vector<ContextRow> contexts{};
  StageId arrive{};
  StageId application = nowhere;
  StageId timer = nowhere;
  std::uint16_t lines = 0;        // that cores share
  Duration line_transfer{};       // of such a line, from one core's cache to another's
  std::int64_t most_fetched = 0;  // bytes in one go; 0: as many as the program wants
  std::int64_t most_sent = 0;  // bytes that the stack sends as one packet, since it is cut later; 0: a frame
  bool card_segments = false;  // it is cut by the card
  std::vector<QueueId> small_queues{};  // while one of these is full, the stack keeps what it has to send
  bool spreads = false;                 // some queue is by flow
  std::int64_t page = 0;  // bytes; a stage reads what lies in whole pages of this size without a copy
  Duration context_switch{};
  Duration idle_exit{};
  Duration deep_idle_exit{};  // of a core that has been idle for `deep_idle_after`
  Duration deep_idle_after = forever;
  Duration remote_wakeup{};
  Duration read_request{};                // of a card, on the way by which frames come in
  Duration cache_refill{};                // of a frame of which the cache has kept nothing
  Duration card_gathers_for{};            // frames that it puts together, from the first on; 0: it does not
  std::int64_t cache_frames{};            // that it keeps
  std::vector<QueueId> back_after{};      // by stage: the ring after which it comes back to a frame
  std::vector<std::uint16_t> requests{};  // by stage: done in one call
  std::vector<bool> need_wakeup{};  // by stage: a call that is spared while the softirq runs that it raises
  Frequency clock{};
  bool operator==(const Compiled&) const = default;

  bool has_stack_in_user() const {
    return std::ranges::any_of(
        stages, [](const StageRow& row) { return row.work == Work::protocol && row.domain == Domain::user; });
  }
  // Where datagrams wait for a program; the stack keeps its account. nowhere: no program reads any.
  QueueId socket_queue() const {
    for (QueueId q = 0; q < queues.size(); ++q)
      if (queues[q].context != nowhere && contexts[queues[q].context].reads) return q;
    return nowhere;
  }
  bool has(Work work) const { return std::ranges::find(stages, work, &StageRow::work) != stages.end(); }
  const HopRow* hops_begin(StageId stage) const { return hops.data() + stages[stage].first_hop; }
  const HopRow* hops_end(StageId stage) const { return hops_begin(stage) + stages[stage].hops; }
};

// The path has passed check() and the profile prices all it needs (missing_operations is empty).
Compiled compile(const Path&, const Profile&);

}  // namespace ringside::path
