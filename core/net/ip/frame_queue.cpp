// The ring of frames. A frame that does not fit before the end of the ring goes to its start, so that it is
// in one piece.
#include "ip/frame_queue.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace ringside::net {

std::span<std::uint8_t> FrameQueue::reserve(std::size_t bytes) {
  if (!has_room_for(footprint(bytes))) return {};
  auto place = place_for(footprint(bytes));
  if (!place) {
    grow(footprint(bytes));
    place = tail_;
  }
  reserved_at_ = *place;
  reserved_bytes_ = bytes;
  return {ring_.get() + reserved_at_ + sizeof(Record), bytes};
}

void FrameQueue::commit(InterfaceId out, std::optional<SocketId> socket) {
  if (reserved_at_ < tail_) {
    wrapped_ = true;
    wrap_ = tail_;
  }
  const Record record{reserved_bytes_, out, socket};
  std::memcpy(ring_.get() + reserved_at_, &record, sizeof record);
  tail_ = reserved_at_ + footprint(reserved_bytes_);
  used_ += footprint(reserved_bytes_);
  ++frames_;
}

FrameQueue::Record FrameQueue::front_record() const {
  Record record;
  std::memcpy(&record, ring_.get() + head_, sizeof record);
  return record;
}

QueuedFrame FrameQueue::front() const {
  const Record record = front_record();
  return {{ring_.get() + head_ + sizeof(Record), record.bytes}, record.out, record.socket};
}

void FrameQueue::pop() {
  const std::size_t gone = footprint(front_record().bytes);
  head_ += gone;
  used_ -= gone;
  if (wrapped_ && head_ == wrap_) {
    wrapped_ = false;
    head_ = 0;
  }
  if (--frames_ == 0) head_ = tail_ = 0;
}

std::optional<std::size_t> FrameQueue::place_for(std::size_t footprint) const {
  if (wrapped_) return tail_ + footprint <= head_ ? std::optional{tail_} : std::nullopt;
  if (tail_ + footprint <= capacity_) return tail_;
  return footprint <= head_ ? std::optional<std::size_t>{0} : std::nullopt;
}

// Leaves room for the frame at the tail. The ring may be larger than the limit by what frames in one piece
// waste: the end of the ring, and what is free at its start.
void FrameQueue::grow(std::size_t footprint) {
  const std::size_t doubled = std::min(std::max<std::size_t>(capacity_ * 2, 4096), limit_);
  const std::size_t larger = std::max(doubled + 2 * footprint, capacity_);
  auto ring = std::make_unique_for_overwrite<std::uint8_t[]>(larger);
  const std::size_t first = (wrapped_ ? wrap_ : tail_) - head_;
  if (first > 0) std::memcpy(ring.get(), ring_.get() + head_, first);
  if (wrapped_) std::memcpy(ring.get() + first, ring_.get(), tail_);
  tail_ = first + (wrapped_ ? tail_ : 0);
  head_ = 0;
  wrapped_ = false;
  ring_ = std::move(ring);
  capacity_ = larger;
}

}  // namespace ringside::net
