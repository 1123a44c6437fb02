// What a piece of work did takes place when the piece has had its time.
#include <algorithm>
#include <utility>

#include "ringside/host/host.hpp"
#include "ringside/host/losses.hpp"
#include "ringside/trace/hash.hpp"

namespace ringside::host {

void Host::commit(Activation& activation, const hw::Job& job, Time now) {
  const Time before = unsettled_since_;
  if (simulation_.log) {
    unsettled_since_ = std::min(before, job.begun);
    record(activation, job, now);
  }
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
  unsettled_since_ = before;
  if (std::exchange(stack_used_, false)) arm_protocol_timer(now);
}

// What became of the packets of a piece. One that came to a stage and went nowhere has been used up there.
void Host::record(const Activation& activation, const hw::Job& job, Time now) {
  auto& left = left_at_stage_;
  left.clear();
  std::span<const std::uint8_t> octets{activation.octets};
  for (const PendingMark& mark : activation.marks) {
    trace::Event event = mark.event;
    event.at = mark.offset == at_end ? now : job.when(mark.offset);
    event.host = number_;
    simulation_.log->add(event);
    if (mark.octets > 0)
      simulation_.log->frame(event.at, event.packet, number_, event.index,
                             static_cast<std::uint32_t>(event.other), octets.first(mark.octets));
    octets = octets.subspan(mark.octets);
    if (event.packet == 0 || event.kind == trace::Kind::window) continue;
    std::erase(left, event.packet);
    if (event.kind == trace::Kind::stage) left.push_back(event.packet);
  }
  for (const Effect& effect : activation.effects)
    if (effect.kind == Effect::Kind::deliver) std::erase(left, effect.packet->id);
  for (const std::uint64_t packet : left)
    simulation_.log->add({.at = now, .packet = packet, .host = number_, .kind = trace::Kind::gone});
  Time shifted = job.begun;
  for (const hw::Job::Gap& gap : job.gaps) {
    record_gap(activation, gap.done - job.switched, shifted + gap.done, gap.length);
    shifted += gap.length;
  }
}

// An interruption, after so much of the piece: whatever packet is at a stage of it then stays there longer.
void Host::record_gap(const Activation& activation, Duration done, Time at, Duration length) {
  const auto& marks = activation.marks;
  const auto after = std::ranges::find_if(marks, [done](const PendingMark& m) { return m.offset > done; });
  const auto went_on = [&](auto mark) {
    return std::any_of(std::next(mark), after, [&](const PendingMark& later) {
      return later.event.packet == mark->event.packet && later.event.kind != trace::Kind::window;
    });
  };
  for (auto mark = marks.begin(); mark != after; ++mark)
    if (mark->event.kind == trace::Kind::stage && mark->event.packet != 0 && !went_on(mark))
      simulation_.log->add({.at = at,
                            .packet = mark->event.packet,
                            .other = static_cast<std::uint64_t>(length.count()),
                            .host = number_,
                            .index = mark->event.index,
                            .kind = trace::Kind::interrupted});
}

void Host::log_now(trace::Event event) {
  event.at = simulation_.events.now();
  event.host = number_;
  simulation_.log->add(event);
}

// What the stack has done to a connection's congestion window, but for the time. More connections than a
// recording has numbers for go untold.
std::optional<trace::Event> Host::next_window_change() {
  while (const auto change = stack_.take_window_change()) {
    if (change->connection > UINT16_MAX) continue;
    const trace::Window window{.cwnd = static_cast<std::uint32_t>(change->cwnd.count),
                               .ssthresh = static_cast<std::uint32_t>(change->ssthresh.count)};
    return trace::Event{.other = trace::as_other(window),
                        .index = static_cast<std::uint16_t>(change->connection),
                        .kind = trace::Kind::window,
                        .level = static_cast<std::uint8_t>(change->reason)};
  }
  return std::nullopt;
}

// A frame for which the card has no descriptor comes to no stage: this is all that is ever seen of it.
void Host::log_refused(path::QueueId ring, hw::Packet& packet) {
  log_now({.packet = packet.id, .other = 1, .index = ring, .kind = trace::Kind::drop});
  if (const auto octets = new_octets(packet); !octets.empty())
    simulation_.log->frame(simulation_.events.now(), packet.id, number_, path_.arrive, packet.size, octets);
}

// The first octets of a packet, unless the log has been given the same of it before.
std::span<const std::uint8_t> Host::new_octets(hw::Packet& packet) {
  const auto first = packet.frame().first(std::min<std::size_t>(packet.size, trace::most_octets));
  const std::uint64_t hash = trace::hash_of(first.data(), first.size());
  const auto shown = std::max(static_cast<std::uint32_t>(hash ^ hash >> 32), std::uint32_t{1});
  return std::exchange(packet.shown, shown) == shown ? std::span<const std::uint8_t>{} : first;
}

// Whose way it is.
void Host::PendingMark::name(const hw::Packet& packet) {
  event.packet = packet.id;
  event.other = static_cast<std::uint64_t>(packet.total());
  event.level = static_cast<std::uint8_t>(std::min<std::uint64_t>(packet.frames(), 255));
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
    log_lost(packet->id, link_full);
    return discard(packet);
  }
  count_departure(*packet, now);
  packet->label = 0;
  if (at_once) return port.out->hand_over(packet, now);
  const std::uint64_t id = packet->id;
  if (!port.out->launch(packet, port.out->reserve(now, Bytes{packet->size}))) log_lost(id, lost_on_link);
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
