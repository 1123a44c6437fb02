// What the stack wants to send: taken from it frame by frame, and left with it while the queues are full.
#include <algorithm>
#include <utility>

#include "walk.hpp"

namespace ringside::host {

namespace {
constexpr std::int64_t shortest_full_frame = 1000;  // bytes, to say how many frames a packet may become
}

// By which queue of which card the next frame would leave nobody knows before the stack has been asked. A
// packet may become many frames on the way.
bool Host::stack_must_wait() const {
  const std::int64_t frames = 2 + (path_.card_segments ? 0 : path_.most_sent / shortest_full_frame);
  for (const path::QueueId id : path_.small_queues)
    for (const QueueState& queue : queues_[id])
      if (queue.used > 0 && queue.used + frames > path_.queues[id].capacity) return true;
  return false;
}

// Bytes that the stack may send as one packet: no more frames than the shortest queue has room for.
std::int64_t Host::most_sent() const {
  std::int64_t most = path_.most_sent;
  if (!path_.card_segments)
    for (const path::QueueId id : path_.small_queues)
      most = std::min(most, (path_.queues[id].capacity - 1) * shortest_full_frame);
  return most;
}

// Everything that the stack wants to send now, each frame on its own way from `first`.
void Host::Walk::send_out(path::StageId first, std::uint64_t cause) {
  hw::Packet* ahead = std::exchange(host_.taken_ahead_, nullptr);
  const auto next = [&] {
    return host_.path_.most_sent > 0 ? next_to_send(ahead, cause) : frame_to_send(cause);
  };
  while (true) {
    host_.stack_waits_at_ = host_.stack_must_wait() ? first : path::nowhere;
    if (host_.stack_waits_at_ != path::nowhere) {
      host_.taken_ahead_ = ahead;
      return;
    }
    hw::Packet* packet = next();
    if (!packet) return;
    const Region mine = where_;
    follow(first, packet);
    where_ = mine;
  }
}

hw::Packet* Host::Walk::frame_to_send(std::uint64_t cause) {
  const auto deadline = host_.stack_.deadline();
  if (!deadline || *deadline > now_) return nullptr;
  hw::Packet* packet = host_.simulation_.pool.take();
  const auto sent = host_.stack_.transmit(now_, {packet->bytes, host_.simulation_.pool.capacity()});
  mark_windows(0);
  if (!sent) return host_.discard(packet), nullptr;
  packet->size = static_cast<std::uint32_t>(sent->bytes);
  packet->port = static_cast<std::uint16_t>(sent->interface);
  packet->queue = host_.transmit_queue(*packet);
  packet->where = host_.payload_in_;
  packet->arrived = now_;
  if (host_.simulation_.log) {
    if (cause != 0)
      host_.simulation_.log->add({.at = now_,
                                  .packet = packet->id,
                                  .other = cause,
                                  .host = host_.number_,
                                  .kind = trace::Kind::birth});
    else
      adopt_marks(*packet);
  }
  return packet;
}

}  // namespace ringside::host
