// A whole recording at any zoom: counts and fills over stretches of time, so that drawing costs what there
// are pixels, and not what there are events.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "ringside/replay/cast.hpp"
#include "ringside/replay/window_series.hpp"
#include "ringside/trace/recording.hpp"

namespace ringside::replay {

// What a long piece of work says of itself, the share done of it; false: it is no longer wanted.
using Progress = std::function<bool(double done)>;

enum class CoreShare : std::uint8_t {
  thread,
  softirq,
  handler,
  user
};  // user: the part of thread in user mode
inline constexpr std::size_t core_shares = 4;

class Overview {
 public:
  // Reads the recording once, in about 56 MB at most however long it is. nullopt: it was no longer wanted.
  static std::optional<Overview> of(trace::Recording&, const Cast&, const Progress& = {});

  // Stretches of a time, side by side: what is drawn as columns of pixels.
  struct Columns {
    std::vector<std::uint32_t> edges{};  // bucket numbers: column i is from edges[i] to edges[i + 1]
    std::size_t count() const { return edges.empty() ? 0 : edges.size() - 1; }
  };
  // At most so many columns that cover the time, each of whole buckets: fewer where a bucket is wider than a
  // column would be (there the events themselves can be drawn). Empty when the run was over or had not begun.
  Columns columns(Time from, Time to, std::size_t most) const;
  Time time_of(std::uint32_t edge) const { return begin_ + width_ * std::int64_t{edge}; }

  Time begin() const { return begin_; }
  Time end() const { return time_of(buckets_); }  // behind the last event
  Duration width() const { return width_; }       // of a bucket
  std::uint32_t buckets() const { return buckets_; }
  std::size_t hosts() const { return hosts_.size(); }

  // A number for each column. What the cast does not have is 0.
  using Sums = std::vector<std::uint64_t>;
  Sums events(const Columns&) const;
  Sums drops(const Columns&, std::size_t host) const;                     // frames, whatever the reason
  Sums drops(const Columns&, std::size_t host, std::size_t queue) const;  // for which that had no room
  // To stages of the lane; to the boundary, where no stage is, as many as there were system calls.
  Sums came(const Columns&, std::size_t host, path::Lane) const;
  // Picoseconds; what a core did is spread over the columns in which it did it.
  Sums busy(const Columns&, std::size_t host, std::size_t core, CoreShare) const;
  // The most packets that waited at any moment.
  std::vector<std::uint32_t> most_waiting(const Columns&, std::size_t host, std::size_t queue) const;

  // Of congestion windows that move, the first few.
  const std::vector<MovingWindow>& windows() const { return windows_; }
  std::vector<WindowRange> window(const Columns&, std::size_t which) const;

  std::size_t bytes() const;  // of memory

 private:
  friend class OverviewBuilder;
  Overview() = default;

  // Where the series of a host are among all series.
  struct Host {
    std::size_t drops = 0;
    std::size_t lanes = 0;
    std::size_t cores = 0;
    std::size_t core_count = 0;
    std::size_t queues = 0;
    std::size_t queue_count = 0;
    std::size_t queue_drops = 0;
  };
  Sums sums(const Columns&, std::size_t series) const;

  Time begin_{};
  Duration width_{1};
  std::uint32_t buckets_ = 1;
  std::vector<Host> hosts_{};
  // Of each series what came up to each bucket, that one excluded: the sum of a stretch is a difference.
  std::vector<std::vector<std::uint64_t>> up_to_{};
  // Of each queue the most in each bucket, behind that in each pair of buckets, in each four, and so on to
  // all.
  std::vector<std::vector<std::uint32_t>> most_{};
  std::vector<MovingWindow> windows_{};
};

}  // namespace ringside::replay
