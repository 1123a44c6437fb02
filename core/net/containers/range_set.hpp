// Disjoint ranges of sequence space in order: what arrived ahead of a gap (receiver), what the peer reported
// by SACK (sender). A ring of ranges, so that both ends are cheap to change, which is where nearly all
// changes happen; a range in the middle is found by bisection, and the shorter side makes room for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "ringside/net/seqnum.hpp"

namespace ringside::net {

struct SeqRange {
  SeqNum begin{}, end{};  // octets begin .. end - 1
  std::uint32_t size() const { return octets_between(begin, end); }
  bool operator==(const SeqRange&) const = default;
};

// All ranges must lie within 2^31 of each other.
class RangeSet {
 public:
  bool empty() const { return count_ == 0; }
  std::size_t count() const { return count_; }
  std::uint32_t octets() const { return octets_; }  // in all ranges together
  const SeqRange& operator[](std::size_t index) const { return ring_[(head_ + index) & (ring_.size() - 1)]; }
  const SeqRange& front() const { return (*this)[0]; }
  const SeqRange& back() const { return (*this)[count_ - 1]; }

  // Returns the octets that were not there before. Ranges that touch become one.
  std::uint32_t insert(SeqRange range);
  // Forgets everything before `edge`; returns how many octets of the set that were.
  std::uint32_t erase_before(SeqNum edge);
  void pop_back() { octets_ -= back().size(), --count_; }
  void clear() { count_ = 0, octets_ = 0; }

  // The first range that ends behind `position`: the one that contains it, or the next. count() if there is
  // none.
  std::size_t first_ending_after(SeqNum position) const;
  std::optional<SeqRange> containing(SeqNum position) const;
  bool touches(SeqRange range) const;  // insert() makes no range more

 private:
  SeqRange& at(std::size_t index) { return ring_[(head_ + index) & (ring_.size() - 1)]; }
  void open_gap(std::size_t index);
  void close_gap(std::size_t index, std::size_t ranges);
  void grow();

  std::vector<SeqRange> ring_;  // its size is 0 or a power of two
  std::size_t head_ = 0, count_ = 0;
  std::uint32_t octets_ = 0;
};

}  // namespace ringside::net
