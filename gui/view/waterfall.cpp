#include "view/waterfall.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::view {

using replay::Part;
using replay::PartName;
using replay::Share;

namespace {

// Of these there can be any amount, whatever is done to the packet.
bool idle(const PartName& of) { return of.part == Part::waiting || of.part == Part::wire; }

double length(Duration duration) { return static_cast<double>(duration.count()); }

}  // namespace

Waterfall waterfall(const std::vector<Share>& first, const std::vector<Share>& second, std::size_t most) {
  Waterfall all{.first = replay::total(first), .second = replay::total(second)};
  Duration level = all.first;
  for (const replay::Difference& part : replay::difference(first, second)) {
    all.falls.push_back({.of = part.of,
                         .first = part.first,
                         .second = part.second,
                         .from = level,
                         .to = level + part.change()});
    level = all.falls.back().to;
  }
  if (all.falls.size() <= most || most == 0) return all;
  Fall rest = all.falls[most - 1];
  rest.of = {};
  rest.rest = true;
  for (std::size_t i = most; i < all.falls.size(); ++i) {
    rest.first += all.falls[i].first;
    rest.second += all.falls[i].second;
  }
  rest.to = all.second;
  all.falls.resize(most);
  all.falls.back() = rest;
  return all;
}

BarScale::BarScale(std::span<const std::vector<Share>> packets) {
  double work = 0;  // the most that is done to one of them
  for (const auto& packet : packets) {
    double its = 0;
    for (const Share& share : packet)
      if (!idle(share.of)) its += length(share.lasted);
    work = std::max(work, its);
  }
  if (work <= 0) return;
  shortest_cut_ = 1.5 * work;
  longest_ = 0.4 * work;
  for (const auto& packet : packets)
    for (const Share& share : replay::summed(packet))
      if (!cut(share.of, share.lasted)) longest_ = std::max(longest_, length(share.lasted));
}

bool BarScale::cut(const PartName& of, Duration lasted) const {
  return shortest_cut_ > 0 && idle(of) && length(lasted) > shortest_cut_;
}

double BarScale::drawn(const PartName& of, Duration lasted) const {
  if (!cut(of, lasted)) return length(lasted);
  return longest_ * (1 + 0.15 * std::log10(length(lasted) / shortest_cut_));
}

double BarScale::drawn(const std::vector<Share>& packet) const {
  double sum = 0;
  for (const Share& share : replay::summed(packet)) sum += drawn(share.of, share.lasted);
  return sum;
}

}  // namespace ringside::view
