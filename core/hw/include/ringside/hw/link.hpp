// One direction of a link: serialises frames at its rate, delays them, and loses, reorders, doubles or
// corrupts some. However many frames are in flight, one event is pending.
#pragma once

#include <cstdint>

#include "ringside/hw/packet.hpp"
#include "ringside/sim/event_queue.hpp"
#include "ringside/sim/random.hpp"
#include "ringside/units/quantity.hpp"

namespace ringside::hw {

struct LinkConfig {
  BitRate rate{};  // 0: infinitely fast
  Duration delay{};
  std::int64_t queue = 1000;  // frames that may wait for the line in offer()
  double loss = 0;            // probabilities, each for every frame
  double reorder = 0;
  double duplicate = 0;
  double corrupt = 0;
  Duration reorder_delay{};
};

class Link {
 public:
  // Preamble, frame delimiter, checksum and the gap between frames: what a frame occupies besides its bytes
  // (IEEE 802.3, 1 Gbit/s and below and above alike). Frames are padded to 60 bytes.
  static constexpr Bytes framing = 24_B;
  static constexpr Bytes shortest_frame = 60_B;

  using Sink = void (*)(void* context, Packet* packet, Time now);
  // Random streams are named after the link, so that another link's traffic does not change this one's
  // losses.
  Link(sim::EventQueue& events, PacketPool& pool, const LinkConfig& config, std::uint64_t seed,
       std::string_view name);

  void connect(Sink sink, void* context) { sink_ = sink, context_ = context; }

  // Books the line for a frame that is ready at `ready`: the time its last bit leaves. The frame is then
  // launched at that time. For a card, whose ring holds frames back.
  Time reserve(Time ready, Bytes frame);
  bool launch(Packet* packet, Time departed);  // false: it is lost

  // For a sender without a ring: queues the frame for the line; false, and the packet is the caller's still,
  // if the queue is full.
  bool has_room(Bytes frame, Time now) const;  // for one more in offer()
  bool offer(Packet* packet, Time now);
  // It takes no time and does no harm: what hand_over() gives to it is there.
  bool at_once() const;
  void hand_over(Packet* packet, Time now);

  std::uint64_t lost() const { return lost_; }
  std::uint64_t corrupted() const { return corrupted_; }
  std::uint64_t duplicated() const { return duplicated_; }
  std::uint64_t reordered() const { return reordered_; }

 private:
  void arrive(Time now);
  void put_in_flight(Packet* packet, Time due);
  void flip_a_bit(Packet& packet);

  LinkConfig config_;
  PacketPool& pool_;
  Sink sink_ = nullptr;
  void* context_ = nullptr;
  Time free_at_{};
  Fifo in_flight_{};
  sim::Timer arrival_;
  sim::Random loss_, reorder_, duplicate_, corrupt_;
  std::uint64_t lost_ = 0, corrupted_ = 0, duplicated_ = 0, reordered_ = 0;
};

}  // namespace ringside::hw
