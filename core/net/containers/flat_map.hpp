// An open-addressing hash table with linear probing; removal shifts back what the gap would cut off, so that
// there are no tombstones. It cannot be iterated: the order of hashing never reaches behaviour.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace ringside::net {

// Spreads a 64-bit value over all bits (Stafford's variant 13 of the MurmurHash3 finalizer).
constexpr std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
  x = (x ^ x >> 27) * 0x94d049bb133111eb;
  return x ^ x >> 31;
}

// Key has operator== and a member hash() of 64 well-mixed bits.
template <class Key, class Value>
class FlatMap {
 public:
  std::size_t size() const { return size_; }

  const Value* find(const Key& key) const {
    if (size_ == 0) return nullptr;
    const std::size_t at = slot_of(key);
    return entries_[at] ? &entries_[at]->second : nullptr;
  }
  // The key must not be present.
  void insert(const Key& key, Value value) {
    if ((size_ + 1) * 2 > entries_.size()) grow();
    entries_[slot_of(key)] = {key, std::move(value)};
    ++size_;
  }
  void erase(const Key& key) {
    if (size_ == 0) return;
    std::size_t gap = slot_of(key);
    if (!entries_[gap]) return;
    for (std::size_t at = next(gap); entries_[at]; at = next(at)) {
      const std::size_t home = home_of(entries_[at]->first);
      if (distance(home, at) < distance(gap, at)) continue;  // its probe does not pass the gap
      entries_[gap] = std::move(entries_[at]);
      gap = at;
    }
    entries_[gap].reset();
    --size_;
  }

 private:
  using Entry = std::optional<std::pair<Key, Value>>;

  std::size_t mask() const { return entries_.size() - 1; }
  std::size_t next(std::size_t at) const { return (at + 1) & mask(); }
  std::size_t distance(std::size_t from, std::size_t to) const { return (to - from) & mask(); }
  std::size_t home_of(const Key& key) const { return static_cast<std::size_t>(key.hash()) & mask(); }
  std::size_t slot_of(const Key& key) const {  // where the key is, or the free slot where it would go
    std::size_t at = home_of(key);
    while (entries_[at] && !(entries_[at]->first == key)) at = next(at);
    return at;
  }
  void grow() {
    std::vector<Entry> old =
        std::exchange(entries_, std::vector<Entry>(entries_.empty() ? 16 : entries_.size() * 2));
    for (Entry& entry : old) {
      if (entry) entries_[slot_of(entry->first)] = std::move(entry);
    }
  }

  std::vector<Entry> entries_;  // its size is a power of two, at most half of it in use
  std::size_t size_ = 0;
};

}  // namespace ringside::net
