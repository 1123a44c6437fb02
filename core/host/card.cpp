// Network cards: frames come in through DMA to the receive ring of their queue, and go out from the transmit
// ring.
#include <algorithm>
#include <cmath>
#include <utility>

#include "ringside/net/summary.hpp"
#include "ringside/net/wire/ethernet.hpp"
#include "walk.hpp"

namespace ringside::host {

using path::Verdict;

void Host::on_frame(void* self, hw::Packet* packet, Time now) {
  auto& port = *static_cast<Port*>(self);
  port.host->take_in(port, packet, now);
}

// A flow keeps its queue, whichever core sends: its frames must not overtake each other
// (sk_tx_queue_mapping).
std::uint16_t Host::transmit_queue(const hw::Packet& packet) const {
  if (nic_queues_ == 1) return 0;
  const auto summary = net::summarize(packet.frame());
  return summary ? static_cast<std::uint16_t>(net::flow_hash(*summary) % nic_queues_) : std::uint16_t{0};
}

// What the card and the first stages want to know of a frame: its flow, and the branch of the path it will
// take. Frames whose headers contradict each other are IP's own business, as ICMP and ARP are.
void Host::classify(Port& port, hw::Packet& packet) const {
  packet.port = port.number;
  const bool on_senders_core = port.software && on_senders_core_;
  packet.queue = on_senders_core ? static_cast<std::uint16_t>(packet.queue % nic_queues_) : std::uint16_t{0};
  packet.label = static_cast<std::uint8_t>(Verdict::icmp);
  const auto summary = net::summarize(packet.frame());
  if (!summary) return;
  packet.hash = nic_queues_ > 1 || path_.spreads ? net::flow_hash(*summary) : 0;
  if (!on_senders_core) packet.queue = static_cast<std::uint16_t>(packet.hash % nic_queues_);
  const bool to_this_station = net::wire::parse_ethernet(packet.frame()).header.destination == port.mac;
  const bool ours = std::find(addresses_.begin(), addresses_.end(), summary->destination) != addresses_.end();
  if (forwarding_ && to_this_station && !ours && summary->protocol != net::Protocol::arp)
    packet.label = static_cast<std::uint8_t>(Verdict::forward);
  else if (summary->protocol == net::Protocol::udp)
    packet.label = static_cast<std::uint8_t>(Verdict::udp);
  else if (summary->protocol == net::Protocol::tcp)
    packet.label = static_cast<std::uint8_t>(Verdict::tcp);
}

// The longer the rings in use together, the less of a frame is in the cache when a core comes back to it. The
// square root is the rule of thumb for how misses grow with what is in use (Hartstein et al.: Cache miss
// behavior: is it sqrt(2)?, 2006).
void Host::note_use(path::QueueId ring, std::uint16_t instance) {
  queues_[ring][instance].in_use = true;
  const auto rings = std::ranges::count(queues_[ring], true, &QueueState::in_use);
  const double frames = static_cast<double>(path_.queues[ring].capacity * rings);
  const double kept = std::min(1.0, std::sqrt(static_cast<double>(path_.cache_frames) / frames));
  refills_[ring] = Duration{std::llround((1 - kept) * static_cast<double>(path_.cache_refill.count()))};
}

// The last bit is in. Without a free descriptor the frame is lost here, and costs no core anything.
void Host::take_in(Port& port, hw::Packet* packet, Time now) {
  ++counts_.offered;
  classify(port, *packet);
  show(path_.arrive, now, *packet);
  packet->taken = now;
  if (rx_ring_ != path::nowhere) {
    const std::uint16_t instance = lane(*packet);
    if (!has_room(rx_ring_, instance, packet)) {
      if (simulation_.log) log_refused(rx_ring_, *packet);
      return drop(rx_ring_, instance, packet);
    }
    queue(rx_ring_, instance).used += charge(path_.queues[rx_ring_], packet);
    if (!queue(rx_ring_, instance).in_use) note_use(rx_ring_, instance);
  }
  const Duration occupancy = dma_in_.of(packet->size);
  packet->fetched = port.dma_in.reserve(now, occupancy, dma_in_.latency);
  if (packet->fetched == now) return received(packet, now);
  port.arriving.push(packet);
  if (port.arriving.front() == packet) port.arrival->schedule(packet->fetched);
}

void Host::on_arrival(Port& port, Time now) {
  hw::Packet* packet = port.arriving.pop();
  if (!port.arriving.empty()) port.arrival->schedule(port.arriving.front()->fetched);
  received(packet, now);
}

void Host::received(hw::Packet* packet, Time now) {
  const std::uint16_t instance = lane(*packet);
  reserve(*packet, -1);
  walk_on_card(path_.arrive, packet, instance, now);
  if (path_.card_gathers_for > Duration{0} && !lanes_[instance].trains.empty())
    release_in_time(lanes_[instance]);
}

// A descriptor that a frame has, or is going to have.
void Host::reserve(const hw::Packet& packet, std::int64_t sign) {
  if (rx_ring_ != path::nowhere)
    queue(rx_ring_, lane(packet)).used += sign * charge(path_.queues[rx_ring_], &packet);
}

void Host::release_in_time(Lane& lane) {
  const Time due = lane.trains.front().first->fetched + path_.card_gathers_for;
  if (!lane.release->pending() || lane.release->at() != due) lane.release->schedule(due);
}

// Nothing has followed the oldest of the packets that the card puts together, for long enough.
void Host::on_release(Lane& lane, Time now) {
  while (!lane.trains.empty() && lane.trains.front().first->fetched + path_.card_gathers_for <= now) {
    Walk{*this, now, lane.instance, now}.let_go_first();
    commit_card(now);
  }
  if (!lane.trains.empty()) release_in_time(lane);
}

// The card takes what is in its rings: when each frame will have been fetched and sent is known at once.
void Host::ring_doorbell(std::uint16_t instance) {
  const Time now = simulation_.events.now();
  Lane& lane = lanes_[instance];
  Port& port = ports_[lane.port];
  for (const TransmitRing& ring : tx_rings_)
    while (queue(ring.queue, instance).waiting > 0) {
      Duration descriptor = ring.dma.per_packet;  // one, however many frames the card makes of it
      for (hw::Packet *frame = take(ring.queue, instance), *rest = nullptr; frame; frame = rest) {
        rest = uncouple(*frame);
        frame->more = rest != nullptr;
        frame->taken = now;
        const Duration occupancy = ring.dma.of(frame->size) - ring.dma.per_packet + descriptor;
        descriptor = Duration{0};
        port.dma_in.reserve(now, path_.read_request, Duration{0});
        frame->fetched = port.dma_out.reserve(now, occupancy, ring.dma.latency);
        frame->due = port.out->reserve(frame->fetched, Bytes{frame->size});
        lane.in_flight.push(frame);
        if (lane.in_flight.front() == frame) lane.departure->schedule(frame->due);
      }
    }
}

void Host::on_departure(Lane& lane, Time now) {
  hw::Packet* packet = lane.in_flight.pop();
  if (!lane.in_flight.empty()) {
    lane.departure->schedule(lane.in_flight.front()->due);
    lane.in_flight.front()->prefetch_next();
  }
  walk_on_card(path_.queues[packet->ring].consumer, packet, lane.instance, now);
}

// From when it took the packet on.
void Host::walk_on_card(path::StageId stage, hw::Packet* packet, std::uint16_t lane, Time now) {
  const Time before = std::exchange(unsettled_since_, std::min(unsettled_since_, packet->taken));
  Walk{*this, now, lane, packet->taken}.follow(stage, packet);
  commit_card(now);
  unsettled_since_ = before;
}

}  // namespace ringside::host
