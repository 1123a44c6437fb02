// The lanes of one to four hosts over time, with what their cores did and how full their queues were: each
// event where there is room for it, and how many there were where there is not.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <QString>

#include "ringside/path/describe.hpp"
#include "ringside/replay/arrivals.hpp"
#include "ringside/replay/cast.hpp"
#include "ringside/replay/overview.hpp"
#include "ringside/trace/recording.hpp"
#include "view/axis.hpp"
#include "view/closeup.hpp"
#include "view/picture.hpp"
#include "view/timeline_layout.hpp"
#include "view/timeline_windows.hpp"

namespace ringside::view {

// Of the packets whose way ended between the markers.
struct Latency {
  std::uint64_t count = 0;
  bool all = true;  // false: of the first so many
  Duration mean{};
  Duration min{};
  Duration p50{};
  Duration p99{};
  Duration max{};
};

struct TimelineSide {
  int number = 0;  // A is 0
  trace::Recording* recording = nullptr;
  const replay::Cast* cast = nullptr;
  std::size_t host = 0;
  const replay::Overview* overview = nullptr;  // nullptr: the recording is still being read
  std::vector<std::uint64_t> dropped{};        // by queue that was full: frames in the whole run
  std::uint64_t thrown = 0;                    // for other reasons
  const replay::Arrivals* arrivals = nullptr;
  std::uint64_t selected = 0;  // packet; 0: none
  std::optional<Latency> latency{};
  std::optional<Time> now{};  // where it stands, if not where all do
};

struct TimelineScene {
  std::vector<TimelineSide> sides{};
  Time from{};  // what is seen
  Time to{};
  Time now{};
  std::array<std::optional<Time>, 2> markers{};
  path::Language language = path::Language::en;
  QString invitation{};  // what to do when there is nothing to see, and why there is not
  QString reason{};
  double font = 12;
  std::size_t first_row = 0;  // that is seen, where there is no room for all
  bool whole = false;         // all are seen: the picture is as high as they need
};

class Timeline {
 public:
  Picture draw(const TimelineScene&, QSizeF);
  // Of the picture that was drawn last.
  const Axis& axis() const { return axis_; }
  const Reach& reach() const { return reach_; }
  std::size_t side_at(double y) const;
  void forget() { sides_.clear(); }  // the recordings have changed

 private:
  struct Known {  // of a side's recording
    const trace::Recording* recording = nullptr;
    std::size_t host = 0;
    Closeup close{};
    std::uint64_t group = 0;            // of events, the first one seen
    std::uint64_t groups = 0;           // 0: none has been read
    std::uint64_t followed = 0;         // packet
    Closeup way{};                      // its
    std::vector<bool> used{};           // by lane
    std::vector<std::uint32_t> most{};  // by queue: packets that waited at any moment
    std::vector<ShownWindow> windows{};
  };
  Known& known(const TimelineSide&);
  void follow(Known&, const TimelineSide&) const;
  std::vector<std::vector<Row>> rows_of_all(const TimelineScene&);
  void draw_side(Picture&, const TimelineScene&, const SideRows&, double label, int& texts);
  const Closeup* events_of(Known&, const TimelineSide&, const TimelineScene&, std::uint64_t most) const;

  Axis axis_{};
  Reach reach_{};
  struct Shown {  // a side
    std::size_t side = 0;
    double bottom = 0;
  };
  std::vector<Shown> shown_{};  // from the top
  std::vector<std::unique_ptr<Known>> sides_{};
};

}  // namespace ringside::view
