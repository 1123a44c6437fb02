// A queue of octets on a ring that grows by doubling: the buffer behind a socket. Octets may be placed ahead
// of the end, as TCP does with text that arrives out of order, and are joined to the queue later by extend().
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace ringside::net {

class ByteRing {
 public:
  std::size_t size() const { return size_; }

  void append(std::span<const std::uint8_t> octets) { place(size_, octets), size_ += octets.size(); }
  // `offset` counts from the front and may lie behind the end.
  void place(std::size_t offset, std::span<const std::uint8_t> octets);
  void extend(std::size_t octets) { size_ += octets; }

  void copy(std::size_t offset, std::span<std::uint8_t> out) const;  // offset + out.size() <= size()
  void prefetch(std::size_t offset, std::size_t octets) const;       // what will be copied next
  void consume(std::size_t octets) { head_ += octets, size_ -= octets; }
  // The next octets go to the start again, which is still in the cache: for a reader that keeps up. Nothing
  // may have been placed behind the end.
  void rewind() { head_ = 0; }
  void release() { *this = {}; }  // gives the memory back

 private:
  void reserve(std::size_t octets);

  std::unique_ptr<std::uint8_t[]> octets_;
  std::size_t capacity_ = 0;  // 0 or a power of two
  std::size_t head_ = 0;      // position of the front, not yet reduced modulo the capacity
  std::size_t size_ = 0;
};

}  // namespace ringside::net
