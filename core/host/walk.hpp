// One walk over the stages of a path: from where a context begins to where everything has been handed on.
#pragma once

#include "ringside/host/host.hpp"

namespace ringside::host {

class Host::Walk {
 public:
  // On a core: effects and marks are kept in the activation until commit().
  Walk(Host& host, ContextState& context, Time now)
      : host_{host},
        activation_{context.activation},
        now_{now},
        core_{context.core},
        lane_{context.instance},
        context_{&context} {}
  // A program's: `thread` runs it.
  Walk(Host& host, Thread& thread, Time now)
      : host_{host},
        activation_{thread.activation},
        now_{now},
        core_{thread.core},
        lane_{thread.core},
        thread_{&thread} {}
  // A program's that a loop calls, in the piece of work of that loop.
  Walk(Host& host, ContextState& loop, Thread& thread, Time now) : Walk{host, loop, now} {
    thread_ = &thread;
  }
  // On a card, which has its own time: `clock` is when it took the packet.
  Walk(Host& host, Time now, std::uint16_t lane, Time clock)
      : host_{host},
        activation_{host.card_},
        now_{now},
        core_{0},
        lane_{lane},
        on_card_{true},
        clock_{clock} {}

  // Walks on from a stage, with a packet or (a program, a timer, a handler) without.
  void follow(path::StageId stage, hw::Packet* packet);
  // The disk has read so many bytes for a program, and walks on from its stage.
  void follow_read(path::StageId stage, std::int64_t bytes);
  // Walks on with the next packet of a queue of this context.
  void take_from(path::QueueId queue, std::uint16_t instance);
  // Costs the core so much.
  void spend(Duration time, path::Domain domain);
  // Where a thread goes that found its queues empty: into a system call such as poll().
  void enter_wait(const path::Compiled::ContextRow&);
  // What waits in a queue of the kernel's side is taken inside that call, what waits in one of the program's
  // side outside.
  void change_sides(const path::Compiled::ContextRow&, path::Domain side);
  // The batch is over: a packet that was being put together goes on as it is.
  void let_go_first();
  // Carries out what was left for the end of the batch.
  void end_batch();

 private:
  using Row = path::Compiled::StageRow;
  using Hop = path::Compiled::HopRow;

  // What the work of a stage said.
  struct Outcome {
    path::Verdict verdict = path::Verdict::always;
    std::int64_t bytes = 0;  // that the stage handled
    bool readable = true;    // there is something for who sleeps in a read
    bool writable = true;
    bool acknowledged = true;       // memory that was lent for sending is free again
    bool sends = false;             // the stack may have frames to send
    std::int64_t instructions = 0;  // of the program that judged
  };

  bool must_wait(path::StageId stage, const Row& row) const;
  bool continue_call(path::StageId stage, const Row& row, hw::Packet*& packet);
  void take_completion(hw::Packet*& packet);
  void ask_disk(path::StageId stage);
  Outcome perform(path::StageId stage, const Row& row, hw::Packet*& packet);
  Outcome protocol(hw::Packet*& packet);
  Outcome timer();
  void route(hw::Packet*& packet);
  Outcome read(const Row& row, hw::Packet*& packet);
  Outcome prepare(path::StageId stage);
  std::int64_t write();
  std::int64_t fetch();
  hw::Packet* next_datagram();
  Outcome application(hw::Packet*& packet);
  void depart(path::StageId stage, hw::Packet*& packet);
  Outcome judge(const Row& row, hw::Packet*& packet);
  void send_away(hw::Packet& packet, bool redirected);
  void consume(const hw::Packet& packet);
  hw::Packet* coalesce(path::StageId stage, hw::Packet* packet);
  std::vector<Train>& gathering();
  void let_go(std::vector<Train>::iterator train);
  void cut(path::StageId stage, hw::Packet* packet);
  hw::Packet* next_to_send(hw::Packet*& ahead, std::uint64_t cause);
  hw::Packet* frame_to_send(std::uint64_t cause);

  // Walks on with a packet with which the stage has done what it does.
  void follow_from_behind(path::StageId stage, hw::Packet* packet);
  path::StageId hand_on(path::StageId stage, const Row& row, const Outcome& outcome, std::uint64_t id,
                        hw::Packet*& packet);
  void cross(const Hop& hop);
  void follow_clone(path::StageId stage, const hw::Packet* packet);
  void charge_frame(path::StageId stage, hw::Packet& frame);  // one of a packet that is being cut
  void charge(path::StageId stage, const Row& row, const Outcome& outcome, hw::Packet* packet);
  Duration fetch_line(std::uint16_t line);
  void account_memory(const Row& row, std::int64_t bytes, hw::Packet* packet);

  void hand_to_queue(const Row& from, const Hop& hop, hw::Packet*& packet);
  void leave_for_the_end(const Hop& hop);
  bool runs_anyway(path::StageId stage) const;
  void call_and_return(const Hop& hop);
  void hand_to_notify(const Hop& hop, const Outcome& outcome);
  void send_out(path::StageId first, std::uint64_t cause);
  void carry(path::QueueId queue, std::uint16_t instance, hw::Packet* packet);
  std::uint16_t instance_of(path::Scope scope) const;
  std::uint16_t core_of_flow() const {
    return static_cast<std::uint16_t>(host_.first_flow_core_ + flow_ % host_.flow_cores_);
  }

  void mark(trace::Kind place, std::uint16_t index, hw::Packet* packet) {
    if (host_.simulation_.log) record(place, index, packet);
  }
  void record(trace::Kind place, std::uint16_t index, hw::Packet* packet);
  void show_to_log(PendingMark&, hw::Packet&);
  void adopt_marks(const hw::Packet&);
  Duration offset() const { return on_card_ ? clock_ - now_ : activation_.cost; }
  // A queue has no room for it.
  void drop(path::QueueId, std::uint16_t instance, hw::Packet*);
  // It is thrown away; `frames` of it.
  void mark_lost(std::uint64_t packet, std::uint64_t frames, std::uint8_t reason) {
    if (host_.simulation_.log) record_lost(packet, frames, trace::no_queue, reason);
  }
  void record_lost(std::uint64_t packet, std::uint64_t frames, std::uint16_t queue, std::uint8_t reason);
  // What the stack has just done to congestion windows, on account of a packet or (0) of none.
  void mark_windows(std::uint64_t packet) {
    if (host_.simulation_.log) record_windows(packet);
  }
  void record_windows(std::uint64_t packet);
  void mark_refused(const hw::Packet& frame, net::DropReason);

  Host& host_;
  Activation& activation_;
  Time now_;
  std::uint16_t core_;
  std::uint16_t lane_;
  ContextState* context_ = nullptr;  // elsewhere nothing waits for the end of a batch
  Thread* thread_ = nullptr;
  bool passed_application_ = false;
  std::uint32_t flow_ = 0;                       // of the packet that is handed on, where queues ask for it
  Region where_ = Region::user;                  // where the bytes lie that the program handles
  std::int64_t read_bytes_ = 0;                  // that it, or the disk, has just read
  std::uint16_t departed_from_ = path::nowhere;  // the ring of the frame that has just left
  bool on_card_ = false;
  Time clock_{};
};

}  // namespace ringside::host
