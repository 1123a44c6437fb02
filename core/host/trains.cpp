// Packets of several frames: GRO puts them together on the way in; on the way out the stack leaves cutting to
// a stage of the path (GSO) or to the card (TSO).
#include <algorithm>
#include <utility>

#include "ringside/net/train.hpp"
#include "walk.hpp"

namespace ringside::host {

namespace {
// So many flows at once: MAX_GRO_SKBS in net/core/gro.c; the contexts of Intel's 82599 for receive-side
// coalescing.
constexpr std::size_t most_by_core = 8;
constexpr std::size_t most_by_card = 32;
}  // namespace

void Host::Train::append(hw::Packet* packet) {
  last->train = packet;
  last = packet;
  first->behind += packet->size;
}

hw::Packet* Host::uncouple(hw::Packet& first) {
  hw::Packet* next = std::exchange(first.train, nullptr);
  if (next) {
    next->behind = static_cast<std::uint32_t>(first.behind - next->size);
    next->ring = first.ring;
    next->where = first.where;
  }
  first.behind = 0;
  return next;
}

void Host::discard_train(hw::Packet* packet) {
  while (packet) {
    hw::Packet* next = uncouple(*packet);
    discard(packet);
    packet = next;
  }
}

// A frame joins the train that it continues, begins one, or goes on as it is, and then not before what came
// before it. What is returned goes on now.
hw::Packet* Host::Walk::coalesce(path::StageId stage, hw::Packet* packet) {
  auto& trains = gathering();
  const auto flow = std::ranges::find_if(trains, [&](const Train& train) {
    return train.stage == stage && net::same_tcp_flow(train.first->frame(), packet->frame());
  });
  if (flow != trains.end()) {
    const bool fits = flow->first->total() + packet->total() <= host_.path_.stages[stage].at_most;
    if (fits && !packet->train &&
        net::continues_train(flow->first->frame(), flow->last->frame(), packet->frame())) {
      flow->append(packet);
      if (net::ends_train(flow->first->frame(), flow->last->frame())) let_go(flow);
      return nullptr;
    }
    let_go(flow);
  }
  if (packet->train || !net::may_lead_train(packet->frame()))
    return packet;  // or has been put together before
  if (trains.size() >= (on_card_ ? most_by_card : most_by_core)) let_go(trains.begin());
  trains.push_back({.stage = stage, .first = packet, .last = packet});
  mark(trace::Kind::held, stage, packet);
  if (on_card_) host_.reserve(*packet, 1);
  return nullptr;
}

std::vector<Host::Train>& Host::Walk::gathering() {
  return on_card_ ? host_.lanes_[lane_].trains : context_->trains;
}

void Host::Walk::let_go(std::vector<Train>::iterator train) {
  const Train whole = *train;
  gathering().erase(train);
  if (on_card_) host_.reserve(*whole.first, -1);
  follow_from_behind(whole.stage, whole.first);
}

void Host::Walk::let_go_first() { let_go(gathering().begin()); }

// A card that does not segment gets frames (validate_xmit_skb()): each goes on alone, and costs what cutting
// it off does.
void Host::Walk::cut(path::StageId stage, hw::Packet* packet) {
  lane_ = host_.lane(*packet);
  while (packet) {
    hw::Packet* rest = uncouple(*packet);
    charge_frame(stage, *packet);
    follow_from_behind(stage, packet);
    packet = rest;
  }
}

// What the stack wants to send next: a frame, or a train where somebody will cut it. `ahead` is a frame that
// was taken from the stack and does not belong to the one before it.
hw::Packet* Host::Walk::next_to_send(hw::Packet*& ahead, std::uint64_t cause) {
  hw::Packet* packet = ahead ? std::exchange(ahead, nullptr) : frame_to_send(cause);
  const std::int64_t most = host_.most_sent();
  if (!packet || !net::may_lead_train(packet->frame())) return packet;
  Train train{.first = packet, .last = packet};
  while ((ahead = frame_to_send(cause))) {
    const bool fits = packet->total() + ahead->size <= most;
    if (!fits || !net::continues_train(packet->frame(), train.last->frame(), ahead->frame())) break;
    train.append(ahead);
  }
  return packet;
}

}  // namespace ringside::host
