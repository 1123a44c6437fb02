// The ring behind a socket: copying in and out across the wrap.
#include "containers/byte_ring.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace ringside::net {

void ByteRing::place(std::size_t offset, std::span<const std::uint8_t> octets) {
  if (octets.empty()) return;
  if (offset + octets.size() > capacity_) reserve(offset + octets.size());
  const std::size_t at = (head_ + offset) & (capacity_ - 1);
  const std::size_t before_wrap = std::min(octets.size(), capacity_ - at);
  std::memcpy(octets_.get() + at, octets.data(), before_wrap);
  std::memcpy(octets_.get(), octets.data() + before_wrap, octets.size() - before_wrap);
}

void ByteRing::copy(std::size_t offset, std::span<std::uint8_t> out) const {
  if (out.empty()) return;
  const std::size_t at = (head_ + offset) & (capacity_ - 1);
  const std::size_t before_wrap = std::min(out.size(), capacity_ - at);
  std::memcpy(out.data(), octets_.get() + at, before_wrap);
  std::memcpy(out.data() + before_wrap, octets_.get(), out.size() - before_wrap);
}

// A reader that follows the writer at the distance of a window finds its octets outside the cache.
void ByteRing::prefetch(std::size_t offset, std::size_t octets) const {
  constexpr std::size_t line = 64;
  for (std::size_t i = 0; i < octets; i += line)
    __builtin_prefetch(octets_.get() + ((head_ + offset + i) & (capacity_ - 1)));
}

// Unrolls the whole old ring, since octets may have been placed behind the end.
void ByteRing::reserve(std::size_t octets) {
  const std::size_t larger = std::bit_ceil(std::max<std::size_t>(octets, 1024));
  auto unrolled = std::make_unique_for_overwrite<std::uint8_t[]>(larger);
  if (capacity_ > 0) {
    const std::size_t at = head_ & (capacity_ - 1);
    std::memcpy(unrolled.get(), octets_.get() + at, capacity_ - at);
    std::memcpy(unrolled.get() + capacity_ - at, octets_.get(), at);
  }
  octets_ = std::move(unrolled);
  capacity_ = larger;
  head_ = 0;
}

}  // namespace ringside::net
