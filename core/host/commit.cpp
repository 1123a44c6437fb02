// What a piece of work did takes place when the piece has had its time.
#include <utility>

#include "ringside/host/host.hpp"

namespace ringside::host {

void Host::commit(Activation& activation, const hw::Job& job, Time now) {
  if (simulation_.log)
    for (const PendingMark& mark : activation.marks)
      if (mark.packet != 0)
        simulation_.log->mark({.at = job.when(mark.offset),
                               .packet = mark.packet,
                               .host = number_,
                               .index = mark.index,
                               .place = mark.place});
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
    if (effect.kind == Effect::Kind::depart) leave(effect.packet, now, false);
  }
  activation.clear();
  if (std::exchange(stack_used_, false)) arm_protocol_timer(now);
}

// Onto the link, which a card has booked when it took the frame from its ring.
void Host::leave(hw::Packet* packet, Time now, bool booked) {
  hw::Link& out = *ports_[packet->port].out;
  ++counts_.sent;
  if (static_cast<path::Verdict>(packet->label) == path::Verdict::forward) {
    ++counts_.delivered;
    if (measuring_) latency_.add(now - packet->arrived);
  }
  packet->label = 0;
  free_slot(*packet);
  if (booked)
    out.launch(packet, now);
  else if (!out.offer(packet, now))
    discard(packet);
}

void Host::deliver(hw::Packet* packet, Time at) {
  counts_.delivered += packet->frames();
  for (const hw::Packet* frame = packet; frame && measuring_; frame = frame->train)
    latency_.add(at - frame->arrived);
  if (simulation_.log)
    simulation_.log->mark({.at = at, .packet = packet->id, .host = number_, .place = trace::Place::end});
  discard(packet);
}

}  // namespace ringside::host
