#include "ringside/hw/link.hpp"

#include <algorithm>
#include <string>

namespace ringside::hw {

namespace {
std::string stream(std::string_view link, std::string_view what) {
  return std::string{link}.append(" ").append(what);
}

Bytes on_the_line(Bytes frame) { return std::max(frame, Link::shortest_frame) + Link::framing; }
}  // namespace

Link::Link(sim::EventQueue& events, PacketPool& pool, const LinkConfig& config, std::uint64_t seed,
           std::string_view name)
    : config_{config},
      pool_{pool},
      arrival_{sim::Timer::bind<&Link::arrive>(events, this)},
      loss_{seed, stream(name, "loss")},
      reorder_{seed, stream(name, "reorder")},
      duplicate_{seed, stream(name, "duplicate")},
      corrupt_{seed, stream(name, "corrupt")} {}

Time Link::reserve(Time ready, Bytes frame) {
  free_at_ = std::max(free_at_, ready) + on_the_line(frame) / config_.rate;
  return free_at_;
}

// The line is busy for as long as what waits takes; counted in frames of this size, as a queue of bytes
// would.
bool Link::has_room(Bytes frame, Time now) const {
  const Duration one = on_the_line(frame) / config_.rate;
  return free_at_ <= now || free_at_ - now <= one * config_.queue;
}

bool Link::offer(Packet* packet, Time now) {
  const Bytes frame{packet->size};
  if (!has_room(frame, now)) return false;
  launch(packet, reserve(now, frame));  // what the line loses has left all the same
  return true;
}

bool Link::at_once() const {
  const bool harmless =
      config_.loss == 0 && config_.reorder == 0 && config_.duplicate == 0 && config_.corrupt == 0;
  return harmless && config_.delay == Duration{0} &&
         on_the_line(shortest_frame) / config_.rate == Duration{0};
}

void Link::hand_over(Packet* packet, Time now) {
  packet->arrived = now;
  sink_(context_, packet, now);
}

bool Link::launch(Packet* packet, Time departed) {
  if (loss_.bernoulli(config_.loss)) {
    ++lost_;
    pool_.give_back(packet);
    return false;
  }
  if (duplicate_.bernoulli(config_.duplicate)) {
    ++duplicated_;
    put_in_flight(pool_.clone(*packet), departed + config_.delay);
  }
  Time due = departed + config_.delay;
  if (reorder_.bernoulli(config_.reorder)) {
    ++reordered_;
    due += config_.reorder_delay;
  }
  if (corrupt_.bernoulli(config_.corrupt)) flip_a_bit(*packet);
  put_in_flight(packet, due);
  return true;
}

void Link::put_in_flight(Packet* packet, Time due) {
  packet->due = due;
  in_flight_.insert_by_due(packet);
  if (in_flight_.front() == packet) arrival_.schedule(due);
}

void Link::arrive(Time now) {
  Packet* packet = in_flight_.pop();
  if (!in_flight_.empty()) {
    arrival_.schedule(in_flight_.front()->due);
    in_flight_.front()->prefetch_next();
    in_flight_.front()->prefetch_frame();
  }
  packet->arrived = now;
  sink_(context_, packet, now);
}

void Link::flip_a_bit(Packet& packet) {
  ++corrupted_;
  const std::uint64_t bit = corrupt_.below(std::uint64_t{packet.size} * 8);
  packet.bytes[bit / 8] = static_cast<std::uint8_t>(packet.bytes[bit / 8] ^ (1U << bit % 8));
  packet.corrupted = true;
}

}  // namespace ringside::hw
