// A first-in, first-out queue on a ring that grows by doubling and never shrinks: in steady state nothing is
// allocated.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace ringside::net {

template <class T>
class Fifo {
 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  T& front() { return ring_[head_]; }
  const T& front() const { return ring_[head_]; }

  void push(T value) {
    if (size_ == ring_.size()) grow();
    ring_[(head_ + size_++) & (ring_.size() - 1)] = std::move(value);
  }
  T pop() {
    T value = std::move(ring_[head_]);
    head_ = (head_ + 1) & (ring_.size() - 1);
    --size_;
    return value;
  }

 private:
  void grow() {
    std::vector<T> larger(ring_.empty() ? 8 : ring_.size() * 2);
    for (std::size_t i = 0; i < size_; ++i) larger[i] = std::move(ring_[(head_ + i) & (ring_.size() - 1)]);
    ring_ = std::move(larger);
    head_ = 0;
  }

  std::vector<T> ring_;  // its size is a power of two
  std::size_t head_ = 0, size_ = 0;
};

}  // namespace ringside::net
