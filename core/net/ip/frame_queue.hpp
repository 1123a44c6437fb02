// Frames that are made and not yet fetched: built in place on a ring of bytes, each in one piece.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "ringside/net/types.hpp"

namespace ringside::net {

struct QueuedFrame {
  std::span<const std::uint8_t> bytes{};
  InterfaceId out{};
  std::optional<SocketId> socket{};
};

class FrameQueue {
 public:
  explicit FrameQueue(std::size_t limit) : limit_{limit} {}  // octets of frames, each with its footprint

  bool empty() const { return frames_ == 0; }
  // Room for a frame behind the last one, until the next call; empty if the queue is full. commit() makes it
  // a frame.
  std::span<std::uint8_t> reserve(std::size_t bytes);
  void commit(InterfaceId out, std::optional<SocketId> socket);

  QueuedFrame front() const;
  void pop();

  // What a frame counts against the limit.
  static constexpr std::size_t footprint(std::size_t bytes) {
    return (sizeof(Record) + bytes + 15) / 16 * 16;
  }
  bool has_room_for(std::size_t footprints) const { return used_ + footprints <= limit_; }

 private:
  struct Record {  // in front of each frame
    std::size_t bytes = 0;
    InterfaceId out{};
    std::optional<SocketId> socket{};
  };

  Record front_record() const;
  std::optional<std::size_t> place_for(std::size_t footprint) const;
  void grow(std::size_t footprint);

  std::size_t limit_;
  std::size_t used_ = 0;  // footprints of the frames
  std::unique_ptr<std::uint8_t[]> ring_;
  std::size_t capacity_ = 0, frames_ = 0;
  std::size_t head_ = 0,
              tail_ = 0;  // the frames are at head_ .. tail_ or, wrapped, at head_ .. wrap_ and 0 .. tail_
  std::size_t wrap_ = 0;
  bool wrapped_ = false;
  std::size_t reserved_at_ = 0, reserved_bytes_ = 0;
};

}  // namespace ringside::net
