// The ordered set of sequence ranges.
#include "containers/range_set.hpp"

#include <utility>

namespace ringside::net {

std::uint32_t RangeSet::insert(SeqRange range) {
  // Ranges from `first` up to `last` touch the new one. One that ends exactly at its begin touches it too.
  const std::size_t first = first_ending_after(range.begin - 1);
  std::size_t last = first;
  std::uint32_t present = 0;
  SeqRange joined = range;
  for (; last < count_ && (*this)[last].begin.at_or_before(range.end); ++last) {
    const SeqRange& old = (*this)[last];
    present += octets_between(later_of(old.begin, range.begin),
                              later_of(earlier_of(old.end, range.end), later_of(old.begin, range.begin)));
    joined = {earlier_of(joined.begin, old.begin), later_of(joined.end, old.end)};
  }
  if (first == last) {
    open_gap(first);
  } else {
    close_gap(first + 1, last - first - 1);
  }
  at(first) = joined;
  octets_ += range.size() - present;
  return range.size() - present;
}

std::uint32_t RangeSet::erase_before(SeqNum edge) {
  const std::uint32_t octets = octets_;
  while (count_ > 0 && front().end.at_or_before(edge)) {
    octets_ -= front().size();
    head_ = (head_ + 1) & (ring_.size() - 1);
    --count_;
  }
  if (count_ > 0 && front().begin.before(edge)) {
    octets_ -= octets_between(front().begin, edge);
    at(0).begin = edge;
  }
  return octets - octets_;
}

std::size_t RangeSet::first_ending_after(SeqNum position) const {
  if (count_ == 0 || back().end.at_or_before(position)) return count_;
  std::size_t low = 0, high = count_ - 1;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if ((*this)[middle].end.after(position)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

std::optional<SeqRange> RangeSet::containing(SeqNum position) const {
  const std::size_t index = first_ending_after(position);
  if (index == count_ || (*this)[index].begin.after(position)) return std::nullopt;
  return (*this)[index];
}

bool RangeSet::touches(SeqRange range) const {
  const std::size_t index = first_ending_after(range.begin - 1);
  return index < count_ && (*this)[index].begin.at_or_before(range.end);
}

void RangeSet::open_gap(std::size_t index) {
  if (count_ == ring_.size()) grow();
  ++count_;
  if (index < count_ / 2) {
    head_ = (head_ - 1) & (ring_.size() - 1);
    for (std::size_t i = 0; i < index; ++i) at(i) = at(i + 1);
  } else {
    for (std::size_t i = count_ - 1; i > index; --i) at(i) = at(i - 1);
  }
}

void RangeSet::close_gap(std::size_t index, std::size_t ranges) {
  if (ranges == 0) return;
  if (index < (count_ - ranges) / 2) {
    for (std::size_t i = index; i-- > 0;) at(i + ranges) = at(i);
    head_ = (head_ + ranges) & (ring_.size() - 1);
  } else {
    for (std::size_t i = index; i + ranges < count_; ++i) at(i) = at(i + ranges);
  }
  count_ -= ranges;
}

void RangeSet::grow() {
  std::vector<SeqRange> larger(ring_.empty() ? 4 : ring_.size() * 2);
  for (std::size_t i = 0; i < count_; ++i) larger[i] = (*this)[i];
  ring_ = std::move(larger);
  head_ = 0;
}

}  // namespace ringside::net
