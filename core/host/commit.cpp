// What a piece of work did takes place when the piece has had its time.
#include <utility>

#include "ringside/host/host.hpp"

namespace ringside::host {

void Host::commit(Activation& activation, const hw::Job& job, Time now) {
  if (simulation_.log) record(activation, job, now);
  // Whoever is told finds what he is told of, in whatever order the route map has the two hops.
  for (const Effect& effect : activation.effects) {
    if (effect.kind != Effect::Kind::enqueue) continue;
    QueueState& state = queue(effect.index, effect.instance);
    if (effect.packet) {
      state.fifo.push(effect.packet);
      add_to_block(*state.block, *effect.packet);
    } else {
      ++state.waiting;
    }
    tell_who_spins(effect.index, effect.instance);
  }
  for (const Effect& effect : activation.effects) {
    if (effect.kind == Effect::Kind::notify) notify(effect.index, effect.instance);
    if (effect.kind == Effect::Kind::deliver) deliver(effect.packet, job.when(effect.offset));
    if (effect.kind == Effect::Kind::depart) leave(effect.index, effect.instance, now);
  }
  activation.clear();
  if (std::exchange(stack_used_, false)) arm_protocol_timer(now);
}

// What became of the packets of a piece. One that came to a stage and went nowhere has been used up there.
void Host::record(const Activation& activation, const hw::Job& job, Time now) {
  auto& left = left_at_stage_;
  left.clear();
  for (const PendingMark& mark : activation.marks) {
    simulation_.log->add({.at = job.when(mark.offset),
                          .packet = mark.packet,
                          .host = number_,
                          .index = mark.index,
                          .kind = mark.place});
    std::erase(left, mark.packet);
    if (mark.packet != 0 && mark.place == trace::Kind::stage) left.push_back(mark.packet);
  }
  for (const Effect& effect : activation.effects)
    if (effect.kind == Effect::Kind::deliver) std::erase(left, effect.packet->id);
  for (const std::uint64_t packet : left)
    simulation_.log->add({.at = now, .packet = packet, .host = number_, .kind = trace::Kind::gone});
}

void Host::count_departure(const hw::Packet& packet, Time now) {
  ++counts_.sent;
  if (static_cast<path::Verdict>(packet.label) != path::Verdict::forward) return;
  ++counts_.delivered;
  if (measuring_) latency_.add(now - packet.arrived);
}

// The next of what cores have given to the driver of a port. To the same machine it goes at once, before the
// core looks for other work: the receiving softirq comes right behind.
void Host::leave(std::uint16_t number, path::StageId stage, Time now) {
  Port& port = ports_[number];
  hw::Packet* packet = port.leaving.pop();
  show(stage, now, *packet);
  free_slot(*packet);
  const bool at_once = port.software && port.out->at_once();
  if (!at_once && !port.out->has_room(Bytes{packet->size}, now)) {
    ++counts_.line_drops;
    return discard(packet);
  }
  count_departure(*packet, now);
  packet->label = 0;
  if (at_once)
    port.out->hand_over(packet, now);
  else
    port.out->launch(packet, port.out->reserve(now, Bytes{packet->size}));
}

void Host::deliver(hw::Packet* packet, Time at) {
  counts_.delivered += packet->frames();
  for (const hw::Packet* frame = packet; frame && measuring_; frame = frame->train)
    latency_.add(at - frame->arrived);
  if (simulation_.log)
    simulation_.log->add({.at = at, .packet = packet->id, .host = number_, .kind = trace::Kind::end});
  discard(packet);
}

}  // namespace ringside::host
