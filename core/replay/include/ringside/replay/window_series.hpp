// How a connection's congestion window goes over a whole recording, in the buckets of an overview.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "ringside/trace/event.hpp"

namespace ringside::replay {

struct WindowRange {            // in a stretch of time
  std::uint32_t least = 0;      // cwnd, while there was a connection
  std::uint32_t most = 0;       // 0: there was none
  std::uint32_t threshold = 0;  // at last; 0: nothing had been lost so far
  bool operator==(const WindowRange&) const = default;
};

class WindowSeries {
 public:
  // From this bucket on the window is another one. Buckets come in order.
  void take(std::uint32_t bucket, trace::Window);
  void last_until(std::uint32_t buckets);  // it stays as it is, to the end

  WindowRange range(std::uint32_t from, std::uint32_t to) const;  // of those buckets, `to` excluded
  std::size_t bytes() const { return ranges_.size() * sizeof(WindowRange); }

 private:
  std::vector<WindowRange> ranges_{};  // by bucket
  trace::Window now_{};
};

struct MovingWindow {  // of a connection
  std::uint16_t host = 0;
  std::uint16_t connection = 0;
  WindowSeries series{};
};

// Gathers the windows that move: one that only opens (the receiver's of a file) has nothing to show. The
// first so many, in the order in which they moved.
class MovingWindows {
 public:
  static constexpr std::size_t most = 8;

  void take(const trace::Event&, std::uint32_t bucket);
  std::vector<MovingWindow> finish(std::uint32_t buckets);

 private:
  using Connection = std::pair<std::uint16_t, std::uint16_t>;  // host, number
  struct Opened {
    std::uint32_t bucket = 0;
    trace::Window window{};
  };
  std::map<Connection, Opened> opened_{};
  std::map<Connection, std::size_t> found_{};
  std::vector<MovingWindow> moving_{};
};

}  // namespace ringside::replay
