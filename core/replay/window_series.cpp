#include "ringside/replay/window_series.hpp"

#include <algorithm>

namespace ringside::replay {

namespace {

WindowRange range_of(trace::Window window) {
  return {.least = window.cwnd,
          .most = window.cwnd,
          .threshold = window.cwnd > 0 && window.has_threshold() ? window.ssthresh : 0};
}

// Of two stretches, `later` right behind: what is not there lowers nothing.
void join(WindowRange& range, const WindowRange& later) {
  if (later.most == 0) return;
  if (range.most == 0) {
    range = later;
    return;
  }
  range = {.least = std::min(range.least, later.least),
           .most = std::max(range.most, later.most),
           .threshold = later.threshold};
}

}  // namespace

void WindowSeries::take(std::uint32_t bucket, trace::Window window) {
  last_until(bucket + 1);
  join(ranges_[bucket], range_of(window));
  now_ = window;
}

void WindowSeries::last_until(std::uint32_t buckets) {
  if (ranges_.size() < buckets) ranges_.resize(buckets, range_of(now_));
}

WindowRange WindowSeries::range(std::uint32_t from, std::uint32_t to) const {
  WindowRange range;
  for (std::size_t bucket = from; bucket < std::min<std::size_t>(to, ranges_.size()); ++bucket)
    join(range, ranges_[bucket]);
  return range;
}

void MovingWindows::take(const trace::Event& event, std::uint32_t bucket) {
  const Connection connection{event.host, event.index};
  const trace::Window window = trace::window_of(event);
  if (const auto known = found_.find(connection); known != found_.end())
    return moving_[known->second].series.take(bucket, window);
  const auto opened = opened_.find(connection);
  if (opened == opened_.end() || window.cwnd == 0 || opened->second.window.cwnd == 0) {
    opened_[connection] = {bucket, window};
    return;
  }
  if (moving_.size() == most) return;
  found_.emplace(connection, moving_.size());
  MovingWindow& moving = moving_.emplace_back(MovingWindow{.host = event.host, .connection = event.index});
  moving.series.take(opened->second.bucket, opened->second.window);
  moving.series.take(bucket, window);
}

std::vector<MovingWindow> MovingWindows::finish(std::uint32_t buckets) {
  for (MovingWindow& moving : moving_) moving.series.last_until(buckets);
  return std::move(moving_);
}

}  // namespace ringside::replay
