#include "walk.hpp"

#include "judges.hpp"
#include "ringside/host/losses.hpp"

#include <algorithm>
#include <utility>

namespace ringside::host {

using path::Compiled;
using path::Verdict;
using path::Work;

void Host::Walk::take_from(path::QueueId queue, std::uint16_t instance) {
  const auto& row = host_.path_.queues[queue];
  if (row.scope == path::Scope::nic_queue) lane_ = instance;
  follow(row.consumer, host_.take(queue, instance));
}

void Host::Walk::follow_read(path::StageId stage, std::int64_t bytes) {
  read_bytes_ = bytes;
  where_ = Region::device;
  follow(stage, nullptr);
}

void Host::Walk::follow(path::StageId stage, hw::Packet* packet) {
  while (stage != path::nowhere) {
    const Row& row = host_.path_.stages[stage];
    if (row.work == Work::fetch) ask_disk(stage);
    if (must_wait(stage, row)) {
      thread_->waits_at = stage;
      return;
    }
    if (row.work == Work::segment && packet->train && !host_.path_.card_segments) return cut(stage, packet);
    const std::uint64_t id = packet ? packet->id : 0;
    if (packet) lane_ = host_.lane(*packet);
    const bool shown_elsewhere = row.work == Work::arrive || (row.work == Work::depart && !on_card_);
    if (packet && !shown_elsewhere) host_.show(stage, now_, *packet);  // take_in(), leave()
    mark(trace::Kind::stage, stage, packet);
    const Outcome outcome = perform(stage, row, packet);
    mark_windows(id);
    if (packet && id == 0) host_.show(stage, now_, *packet);  // a read has just fetched it
    if (row.work != Work::segment || on_card_) charge(stage, row, outcome, packet);
    if (row.work == Work::coalesce && !row.off) {
      if (!(packet = coalesce(stage, packet))) return;
      lane_ = host_.lane(*packet);
    }
    if (row.work == Work::depart && departed_from_ == path::nowhere) return;
    if (row.work == Work::fetch) thread_->writes_from = where_;
    if (row.work == Work::write && outcome.bytes > 0) host_.payload_in_ = where_;
    if ((row.work == Work::application || row.work == Work::consume) && packet) {
      activation_.effects.push_back(
          {.kind = Effect::Kind::deliver, .packet = packet, .offset = activation_.cost});
      packet = nullptr;
    }
    stage = hand_on(stage, row, outcome, id, packet);
    if (thread_ && row.work == Work::application && stage == path::nowhere)
      thread_->lost = outcome.verdict != Verdict::always;
    // A program goes on when its packet is delivered; elsewhere the way ends with the packet.
    if (!packet && id != 0 && !thread_) break;
  }
  if (packet) host_.discard(packet);
}

void Host::Walk::follow_from_behind(path::StageId stage, hw::Packet* packet) {
  lane_ = host_.lane(*packet);
  const Outcome outcome{.bytes = packet->total()};
  const path::StageId next = hand_on(stage, host_.path_.stages[stage], outcome, packet->id, packet);
  if (packet) follow(next, packet);
}

// Follows the hops of a stage that fit its verdict; the stage where the walk goes on, if any. A part of the
// hot loop, whoever else calls it.
[[gnu::always_inline]] inline path::StageId Host::Walk::hand_on(path::StageId stage, const Row& row,
                                                                const Outcome& outcome, std::uint64_t id,
                                                                hw::Packet*& packet) {
  const bool stays =
      thread_ && (row.work == Work::write || row.work == Work::read) && continue_call(stage, row, packet);
  if (stays) thread_->waits_at = stage;
  if (host_.path_.spreads && packet) flow_ = packet->hash;
  path::StageId next = path::nowhere;
  for (const Hop *hop = host_.path_.hops_begin(stage), *end = host_.path_.hops_end(stage); hop != end;
       ++hop) {
    if (hop->when == Verdict::transmit) {
      if (outcome.sends) send_out(hop->to, id);
      continue;
    }
    if (stays || (hop->when != Verdict::always && hop->when != outcome.verdict)) continue;
    if (hop->at_batch_end && context_) {
      leave_for_the_end(*hop);
      continue;
    }
    switch (hop->hands) {
      case Compiled::Hands::call:
        if (hop->clone)
          follow_clone(hop->to, packet);
        else
          next = hop->to;
        break;
      case Compiled::Hands::trap:
        cross(*hop);
        next = hop->to;
        break;
      case Compiled::Hands::queue:
        if (packet || row.work == Work::depart) hand_to_queue(row, *hop, packet);
        break;
      case Compiled::Hands::notify: hand_to_notify(*hop, outcome); break;
    }
  }
  return next;
}

void Host::Walk::cross(const Hop& hop) {
  spend(hop.cost, path::Domain::kernel);
  ++host_.counts_.mode_switches;
  if (hop.enters_kernel) {
    ++host_.counts_.system_calls;
    mark(trace::Kind::syscall, core_, nullptr);
  }
  if (context_) context_->in_kernel = hop.enters_kernel;
}

// The frame's bytes are shared, as skb_clone() has it; a copy of them is the simulator's own affair.
void Host::Walk::follow_clone(path::StageId stage, const hw::Packet* packet) {
  if (!packet) return;
  const Region mine = where_;
  hw::Packet* clone = host_.simulation_.pool.clone(*packet);
  Train train{.first = clone, .last = clone};
  for (const hw::Packet* frame = packet->train; frame; frame = frame->train)
    train.append(host_.simulation_.pool.clone(*frame));
  if (host_.simulation_.log)
    activation_.marks.push_back(
        {.event = {.packet = clone->id, .other = packet->id, .kind = trace::Kind::birth},
         .offset = offset()});
  follow(stage, clone);
  where_ = mine;
  lane_ = host_.lane(*packet);
}

void Host::Walk::enter_wait(const Compiled::ContextRow& context) {
  const Hop& hop = host_.path_.hops[context.wait];
  if (hop.hands == Compiled::Hands::trap && !context_->in_kernel) cross(hop);
  charge(hop.to, host_.path_.stages[hop.to], {}, nullptr);
}

void Host::Walk::change_sides(const Compiled::ContextRow& context, path::Domain side) {
  if (context.wait == path::nowhere) return;
  const bool by_trap = host_.path_.hops[context.wait].hands == Compiled::Hands::trap;
  if (side == path::Domain::kernel && by_trap && !context_->in_kernel) enter_wait(context);
  if (side == path::Domain::user && context_->in_kernel && context.resume != path::nowhere)
    cross(host_.path_.hops[context.resume]);
}

// A system call sleeps when its socket is not ready. It also ends a piece of work where the program comes to
// its next call: the piece after it starts there.
bool Host::Walk::must_wait(path::StageId stage, const Row& row) const {
  const bool may =
      row.work == Work::read || row.work == Work::write || row.work == Work::fetch || row.work == Work::reap;
  return thread_ && may && (passed_application_ || !host_.ready(*thread_, stage));
}

// The disk is asked before anyone sleeps for want of a page, and ahead of that.
void Host::Walk::ask_disk(path::StageId stage) {
  while (const std::size_t bytes = thread_->application->ask_disk()) {
    host_.disk_.asked.push_back({.from = thread_, .bytes = static_cast<std::int64_t>(bytes)});
    for (const Hop *hop = host_.path_.hops_begin(stage), *end = host_.path_.hops_end(stage); hop != end;
         ++hop)
      if (hop->when == Verdict::miss) hand_to_notify(*hop, {});
  }
}

Host::Walk::Outcome Host::Walk::perform(path::StageId stage, const Row& row, hw::Packet*& packet) {
  Outcome outcome{.bytes = packet ? packet->total() : 0};
  switch (row.work) {
    case Work::pass:
    case Work::coalesce:
    case Work::segment:
    case Work::arrive:
    case Work::reclaim: break;
    case Work::demultiplex: outcome.verdict = static_cast<Verdict>(packet->label); break;
    case Work::protocol: return protocol(packet);
    case Work::route: route(packet); break;
    case Work::timer: return timer();
    case Work::read: return read(row, packet);
    case Work::prepare: return prepare(stage);
    case Work::write: return {.bytes = write(), .sends = true};
    case Work::fetch: return {.bytes = fetch()};
    case Work::load: return {.bytes = std::exchange(read_bytes_, 0)};
    case Work::reap:
      return {.bytes = static_cast<std::int64_t>(thread_->application->reap(host_.sockets_, now_))};
    case Work::application: return application(packet);
    case Work::judge: return judge(row, packet);
    case Work::consume: consume(*packet); break;
    case Work::depart: depart(stage, packet); break;
  }
  return outcome;
}

// The stack has the last word on what a frame is. A datagram waits for its program as a packet; stream bytes
// stay in the stack, and the frame is gone.
Host::Walk::Outcome Host::Walk::protocol(hw::Packet*& packet) {
  host_.stack_used_ = true;
  Outcome outcome{
      .bytes = packet->total(), .readable = false, .writable = false, .acknowledged = false, .sends = true};
  bool readable = false;
  if (static_cast<Verdict>(packet->label) == Verdict::tcp) host_.received_in_ = packet->where;
  if (packet->train) host_.stack_.begin_train();
  for (const hw::Packet* frame = packet; frame; frame = frame->train) {
    const auto result = host_.stack_.receive(now_, net::InterfaceId{packet->port}, frame->frame());
    ++host_.counts_.verdicts[static_cast<std::size_t>(result.verdict)];
    if (result.verdict == net::Verdict::dropped) mark_refused(*frame, result.reason);
    readable |= result.readable;
    outcome.readable |= result.readable || result.acceptable || result.failed;
    outcome.writable |= result.writable || result.failed;
    outcome.acknowledged |= result.acknowledged || result.failed;
  }
  if (packet->train) host_.stack_.end_train(now_);
  host_.sockets_.note_progress(now_);
  const bool waits = readable && static_cast<Verdict>(packet->label) != Verdict::tcp;
  if (!waits) {
    host_.discard(packet);
    packet = nullptr;
  }
  return outcome;
}

// A connection that gave up has news for whoever sleeps on it. The stack says so once it has run what is due,
// which is when it is asked for frames: before the hops are followed, then.
Host::Walk::Outcome Host::Walk::timer() {
  host_.stack_used_ = true;
  host_.stack_.run_due(now_);
  bool gave_up = false;
  while (host_.stack_.take_timed_out()) gave_up = true;
  host_.sockets_.note_progress(now_);
  return {.readable = gave_up, .writable = gave_up, .acknowledged = gave_up, .sends = true};
}

// The frames of a train differ in nothing that routing looks at.
void Host::Walk::route(hw::Packet*& packet) {
  const auto result = host_.stack_.forward(now_, net::InterfaceId{packet->port}, packet->frame());
  for (hw::Packet* frame = packet->train; frame && result.sent; frame = frame->train)
    host_.stack_.forward(now_, net::InterfaceId{packet->port}, frame->frame());
  const bool dropped = result.reason != net::DropReason::none;
  host_.counts_.verdicts[static_cast<std::size_t>(dropped ? net::Verdict::dropped : net::Verdict::forward)] +=
      packet->frames();
  if (!result.sent) {
    if (dropped) mark_lost(packet->id, packet->frames(), static_cast<std::uint8_t>(result.reason));
    host_.stack_used_ = true;  // an ICMP error, an ARP request or fragments may want to leave
    host_.discard(packet);
    packet = nullptr;
    return;
  }
  for (hw::Packet* frame = packet; frame; frame = frame->train) {
    frame->port = static_cast<std::uint16_t>(result.out);
    frame->queue = static_cast<std::uint16_t>(core_ % host_.nic_queues_);
  }
  lane_ = host_.lane(*packet);
}

// A dropped packet has met the end that was meant for it; where others go, the frame leaves as a forwarded
// one. The frames of a train share the verdict, as their headers do.
Host::Walk::Outcome Host::Walk::judge(const Row& row, hw::Packet*& packet) {
  const std::int64_t bytes = packet->total();
  if (row.domain == path::Domain::user)
    host_.counts_.ledger.read_by_program(packet->where, static_cast<std::uint64_t>(bytes));
  const bool for_others = static_cast<Verdict>(packet->label) == Verdict::forward;
  const Judgement judgement = host::judge(row.program, packet->frame(), for_others);
  for (hw::Packet* frame = packet->train; frame; frame = frame->train)
    host::judge(row.program, frame->frame(), for_others);  // changes it as it has changed the first
  switch (judgement.verdict) {
    case Verdict::drop:
      host_.counts_.judged_drops += packet->frames();
      mark_lost(packet->id, packet->frames(), dropped_by_program);
      host_.discard(packet);
      packet = nullptr;
      break;
    case Verdict::redirect:
    case Verdict::tx: send_away(*packet, judgement.verdict == Verdict::redirect); break;
    default: break;
  }
  return {.verdict = judgement.verdict, .bytes = bytes, .instructions = judgement.instructions};
}

// Back where it came from, or out of the next port, on the queue of this core.
void Host::Walk::send_away(hw::Packet& packet, bool redirected) {
  host_.counts_.judged_away += packet.frames();
  for (hw::Packet* frame = &packet; frame; frame = frame->train) {
    frame->label = static_cast<std::uint8_t>(Verdict::forward);
    if (!redirected) continue;
    frame->port = static_cast<std::uint16_t>((frame->port + 1) % host_.ports_.size());
    frame->queue = static_cast<std::uint16_t>(core_ % host_.nic_queues_);
  }
  lane_ = host_.lane(packet);
}

void Host::Walk::consume(const hw::Packet& packet) {
  const auto bytes = static_cast<std::uint64_t>(packet.total());
  host_.counts_.ledger.read_by_program(packet.where, bytes);
  host_.counts_.delivered_bytes += bytes;
  host_.counts_.verdicts[static_cast<std::size_t>(net::Verdict::delivered)] += packet.frames();
}

void Host::Walk::leave_for_the_end(const Hop& hop) {
  const bool by_flow = hop.hands == Compiled::Hands::notify && host_.path_.notifies[hop.index].by_flow;
  const AtBatchEnd left{.hop = &hop, .lane = lane_, .flow = by_flow ? flow_ % host_.flow_cores_ : 0};
  auto& at_end = context_->at_end;
  if (std::ranges::find(at_end, left) == at_end.end()) at_end.push_back(left);
}

// XDP_USE_NEED_WAKEUP: whoever is to be told will look by itself before it rests.
bool Host::Walk::runs_anyway(path::StageId stage) const {
  for (const Hop* in = host_.path_.hops_begin(stage), *end = host_.path_.hops_end(stage); in != end; ++in) {
    if (in->hands != Compiled::Hands::notify) continue;
    const auto& row = host_.path_.notifies[in->index];
    if (row.raise != path::Raise::softirq) continue;
    const auto instance = instance_of(host_.path_.contexts[row.context].scope);
    const ContextState& context = *host_.contexts_[row.context][instance];
    if (!context.job.raised && !context.demoted) return false;
  }
  return true;
}

// A system call that tells the kernel something, and comes back.
void Host::Walk::call_and_return(const Hop& hop) {
  if (host_.path_.need_wakeup[hop.to] && runs_anyway(hop.to)) return;
  cross(hop);
  charge(hop.to, host_.path_.stages[hop.to], {}, nullptr);
  for (const Hop* in = host_.path_.hops_begin(hop.to), *end = host_.path_.hops_end(hop.to); in != end; ++in) {
    if (in->hands == Compiled::Hands::notify) hand_to_notify(*in, {});
    if (in->hands == Compiled::Hands::trap) cross(*in);
  }
}

void Host::Walk::end_batch() {
  for (const AtBatchEnd& left : context_->at_end) {
    lane_ = left.lane;
    flow_ = left.flow;
    if (left.hop->hands == Compiled::Hands::trap)
      call_and_return(*left.hop);
    else
      hand_to_notify(*left.hop, {});
  }
  context_->at_end.clear();  // and keeps its room for the next batch
}

void Host::Walk::depart(path::StageId stage, hw::Packet*& packet) {
  clock_ = now_;
  mark(trace::Kind::link, packet->port, packet);
  departed_from_ = packet->more ? path::nowhere : packet->ring;  // more of what it fetched is yet to leave
  if (on_card_) {  // which booked the line when it took the frame from its ring
    packet->where = Region::device;
    host_.count_departure(*packet, now_);
    packet->label = 0;
    host_.free_slot(*packet);
    const std::uint64_t id = packet->id;
    if (!host_.ports_[packet->port].out->launch(packet, now_)) mark_lost(id, 1, lost_on_link);
  } else {  // its place is taken now, as in a queue; it goes when what the core does for it is done
    packet->queue = core_;
    host_.ports_[packet->port].leaving.push(packet);
    activation_.effects.push_back({.kind = Effect::Kind::depart, .index = packet->port, .instance = stage});
  }
  packet = nullptr;
}

void Host::Walk::charge_frame(path::StageId stage, hw::Packet& frame) {
  host_.show(stage, now_, frame);
  mark(trace::Kind::stage, stage, &frame);
  charge(stage, host_.path_.stages[stage], {.bytes = frame.size}, &frame);
}

// A part of the hot loop, whoever else calls it.
[[gnu::always_inline]] inline void Host::Walk::charge(path::StageId stage, const Row& row,
                                                      const Outcome& outcome, hw::Packet* packet) {
  StageCount& count = host_.counts_.stages[stage];
  ++count.packets;
  if (row.memory != path::Memory::none && outcome.bytes > 0) account_memory(row, outcome.bytes, packet);
  if (row.domain == path::Domain::hardware) {  // a card's time is no core's time
    if (on_card_ && row.memory == path::Memory::dma && packet) clock_ = packet->fetched;
    return;
  }
  Duration time = row.cost.of(outcome.bytes) + outcome.instructions * row.cost.per_instruction;
  if (row.line != path::nowhere) time += fetch_line(row.line);
  if (row.comes_back) time += host_.refills_[host_.path_.back_after[stage]];
  count.time += time;
  spend(time, row.domain);
}

// A line that another core has written has to come from there, and comes to one core at a time, in the order
// in which the cores' pieces began.
Duration Host::Walk::fetch_line(std::uint16_t number) {
  SharedLine& line = host_.shared_lines_[number];
  if (line.core == core_) return Duration{0};
  const Time here = now_ + activation_.cost;
  line = {.core = core_, .until = std::max(here, line.until) + host_.path_.line_transfer};
  return line.until - here;
}

void Host::Walk::account_memory(const Row& row, std::int64_t bytes, hw::Packet* packet) {
  hw::Ledger& ledger = host_.counts_.ledger;
  const auto n = static_cast<std::uint64_t>(bytes);
  switch (row.memory) {
    case path::Memory::none: return;
    case path::Memory::dma: ledger.dma(n, packet ? packet->where : where_); break;
    case path::Memory::copy: ledger.copy(n); break;
    case path::Memory::map: ledger.map(n); break;
    case path::Memory::reference: ledger.reference(n); return;
  }
  where_ = row.into;
  if (!packet) return;
  if (row.memory == path::Memory::copy) host_.free_slot(*packet);  // the bytes are elsewhere now
  packet->where = row.into;
}

void Host::Walk::spend(Duration time, path::Domain domain) {
  activation_.cost += time;
  if (domain == path::Domain::user) activation_.user += time;
}

void Host::Walk::hand_to_queue(const Row& from, const Hop& hop, hw::Packet*& packet) {
  const auto& row = host_.path_.queues[hop.index];
  // Each ring has its own completions.
  if (from.work == Work::depart && row.returns != path::nowhere && row.returns != departed_from_) return;
  const std::uint16_t instance = row.by_flow ? core_of_flow() : instance_of(row.scope);
  hw::Packet* taken = std::exchange(packet, nullptr);
  if (row.drain == path::Drain::caller) return carry(hop.index, instance, taken);
  // What the protocol hands to a program has been accepted by its socket, which keeps the account; a
  // completion has the room of the frame it completes.
  const bool by_its_socket = from.work == Work::protocol && host_.path_.contexts[row.context].reads;
  const bool accepted = row.returns != path::nowhere || by_its_socket;
  if (!accepted && !host_.has_room(hop.index, instance, taken)) return drop(hop.index, instance, taken);
  QueueState& queue = host_.queue(hop.index, instance);
  queue.used += host_.charge(row, taken);
  if (taken) {
    taken->ring = hop.index;
    mark(trace::Kind::queue, hop.index, taken);
  }
  // Its place is taken now: a softirq that interrupts this piece, and sends what TCP has to send next, must
  // not overtake it (release_sock() sees to that). It counts when the piece has had its time.
  const bool at_once = taken && !queue.block;
  if (at_once) queue.fifo.push(taken);
  activation_.effects.push_back({.kind = Effect::Kind::enqueue,
                                 .index = hop.index,
                                 .instance = instance,
                                 .packet = at_once ? nullptr : taken});
}

void Host::Walk::hand_to_notify(const Hop& hop, const Outcome& outcome) {
  const auto& row = host_.path_.notifies[hop.index];
  if (row.raise == path::Raise::restart) {
    for (path::QueueId q = 0; q < host_.path_.queues.size(); ++q)
      if (host_.path_.queues[q].drain == path::Drain::caller && host_.path_.queues[q].consumer == hop.to)
        carry(q, lane_, nullptr);
    if (host_.stack_waits_at_ != path::nowhere && !host_.stack_must_wait()) {
      host_.stack_used_ = true;
      send_out(std::exchange(host_.stack_waits_at_, path::nowhere), 0);
    }
    return;
  }
  const std::uint16_t instance = row.by_flow ? core_of_flow()
                                 : row.context == path::nowhere
                                     ? lane_
                                     : instance_of(host_.path_.contexts[row.context].scope);
  if (row.adaptive) host_.lines_[row.context][instance]->count(row.cause, outcome.bytes);
  if (hop.for_blocks != path::nowhere && !host_.fills_block(hop.for_blocks, instance, outcome.bytes)) return;
  if (row.raise == path::Raise::wakeup) {
    const Work work = host_.path_.stages[hop.to].work;
    if (work == Work::read && !outcome.readable) return;
    if (work == Work::write && !outcome.writable) return;
    if (work == Work::reap && !outcome.acknowledged) return;
    // Telling a thread that is awake costs nothing; it is told all the same, since it may be about to fall
    // asleep.
    if (const auto sleeper = host_.asleep(hop.index, instance)) {
      spend(hop.cost, hop.domain);
      if (*sleeper != core_ && host_.cores_[*sleeper]->idle()) spend(host_.path_.remote_wakeup, hop.domain);
    }
  } else if (!row.by_flow || (instance != core_ && !host_.contexts_[row.context][instance]->job.raised)) {
    spend(hop.cost,
          hop.domain);  // a core is interrupted for the first packet of a flow, and then looks by itself
  }
  activation_.effects.push_back({.kind = Effect::Kind::notify, .index = hop.index, .instance = instance});
}

// A queue that the caller drains: the packet goes straight on while nothing waits before it and there is room
// behind.
void Host::Walk::carry(path::QueueId id, std::uint16_t instance, hw::Packet* packet) {
  const auto& row = host_.path_.queues[id];
  QueueState& queue = host_.queue(id, instance);
  if (packet) {
    if (queue.waiting == 0 && host_.room_behind(row, instance)) return follow(row.consumer, packet);
    if (!host_.has_room(id, instance, packet)) return drop(id, instance, packet);
    queue.used += host_.charge(row, packet);
    ++queue.waiting;
    mark(trace::Kind::queue, id, packet);
    queue.fifo.push(packet);
  }
  while (queue.waiting > 0 && host_.room_behind(row, instance)) {
    follow(row.consumer, host_.take(id, instance));
  }
}

std::uint16_t Host::Walk::instance_of(path::Scope scope) const {
  if (scope == path::Scope::nic_queue) return lane_;
  return scope == path::Scope::core ? core_ : std::uint16_t{0};
}

void Host::Walk::record(trace::Kind place, std::uint16_t index, hw::Packet* packet) {
  PendingMark& mark = activation_.marks.emplace_back(
      PendingMark{.event = {.index = index, .kind = place}, .offset = offset()});
  if (packet && place == trace::Kind::stage)
    show_to_log(mark, *packet);
  else if (packet)
    mark.name(*packet);
}

// `mark`, the newest, is of this packet, whose octets are what they are now.
void Host::Walk::show_to_log(PendingMark& mark, hw::Packet& packet) {
  mark.name(packet);
  const auto octets = new_octets(packet);
  mark.octets = static_cast<std::uint16_t>(octets.size());
  activation_.octets.insert(activation_.octets.end(), octets.begin(), octets.end());
}

// What a program or a timer did before the frame existed is part of the frame's way.
void Host::Walk::adopt_marks(const hw::Packet& packet) {
  for (PendingMark& mark : activation_.marks)
    if (mark.event.packet == 0 && mark.event.kind == trace::Kind::stage) mark.name(packet);
}

void Host::Walk::drop(path::QueueId queue, std::uint16_t instance, hw::Packet* packet) {
  if (host_.simulation_.log)
    activation_.marks.push_back({.event = {.packet = packet ? packet->id : 0,
                                           .other = packet ? packet->frames() : 1,
                                           .index = queue,
                                           .kind = trace::Kind::drop,
                                           .level = trace::full_queue},
                                 .offset = offset()});
  host_.drop(queue, instance, packet);
}

// The stage that throws it away is done with it when the piece is.
void Host::Walk::record_lost(std::uint64_t packet, std::uint64_t frames, std::uint16_t queue,
                             std::uint8_t reason) {
  activation_.marks.push_back(
      {.event =
           {.packet = packet, .other = frames, .index = queue, .kind = trace::Kind::drop, .level = reason},
       .offset = at_end});
}

void Host::Walk::record_windows(std::uint64_t packet) {
  while (auto change = host_.next_window_change()) {
    change->packet = packet;
    activation_.marks.push_back({.event = *change, .offset = offset()});
  }
}

// A full socket is a full queue of the path, of which the stack keeps the account.
void Host::Walk::mark_refused(const hw::Packet& frame, net::DropReason reason) {
  if (!host_.simulation_.log) return;
  const path::QueueId socket =
      reason == net::DropReason::socket_buffer_full ? host_.path_.socket_queue() : path::nowhere;
  if (socket == path::nowhere)
    record_lost(frame.id, 1, trace::no_queue, static_cast<std::uint8_t>(reason));
  else
    record_lost(frame.id, 1, socket, trace::full_queue);
}

}  // namespace ringside::host
