// Lane, column and row of each stage: a function of the graph, nothing is placed by hand.
#include <algorithm>
#include <array>
#include <boost/range/iterator_range.hpp>
#include <map>

#include "graph.hpp"
#include "ringside/path/describe.hpp"
#include "ringside/path/lanes.hpp"

namespace ringside::path {

namespace {

constexpr int unknown = -1;

class Layout {
 public:
  explicit Layout(const Path& path) : path_{path}, lane_{lanes(path)}, order_{packet_order(path)} {
    places_.resize(path.stages.size());
    for (StageId id = 0; id < places_.size(); ++id) places_[id].lane = static_cast<int>(lane_[id]);
  }

  std::vector<Place> run() {
    columns_by_rank();
    columns_of_the_rest();
    aside();
    rows();
    return std::move(places_);
  }

 private:
  // A packet that climbs or falls to another lane stays in its column; within a lane it moves on to the
  // right. So the way in climbs at the left, the way out falls at the right, and no two stages of one way
  // share lane and column.
  void columns_by_rank() {
    using LaneColumns =
        std::array<int, lane_count>;  // the rightmost column that the way so far has taken in each lane
    LaneColumns nothing_yet{};
    nothing_yet.fill(unknown);
    std::vector<LaneColumns> taken(places_.size(), nothing_yet);
    for (const StageId id : topological(order_)) {
      Place& place = places_[id];
      int& own = taken[id][static_cast<std::size_t>(place.lane)];
      place.column = std::max(place.column, own + 1);
      own = place.column;
      for (const auto edge : boost::make_iterator_range(boost::out_edges(id, order_))) {
        const auto next = boost::target(edge, order_);
        places_[next].column = std::max(places_[next].column, place.column);
        std::ranges::transform(taken[next], taken[id], taken[next].begin(),
                               [](int a, int b) { return std::max(a, b); });
      }
    }
  }

  // Stages without a packet before them go where they belong: a timer over what it sends through, the
  // cleaning of descriptors beside the wire that gives them back, a handler at the card that raises it.
  void columns_of_the_rest() {
    for (StageId id = 0; id < places_.size(); ++id) {
      if (packets_into(id) > 0 || path_.stages[id].work == Work::arrive) continue;
      if (const int next = column_after(id); next != unknown)
        places_[id].column = next;
      else if (const int given_back = column_before(id, &Layout::gives_back); given_back != unknown)
        places_[id].column = std::max(given_back - 1, 0);
      else if (const int raised = column_before(id, &Layout::notifies); raised != unknown)
        places_[id].column = raised;
      else if (const int called = column_before(id, &Layout::any); called != unknown)
        places_[id].column = called;
    }
  }

  void aside() {
    for (StageId id = 0; id < places_.size(); ++id) {
      const Place& place = places_[id];
      const bool crowded = std::ranges::any_of(places_, [&](const Place& other) {
        return &other != &place && other.lane == place.lane &&
               (other.column == place.column || other.column == place.column + 1);
      });
      places_[id].aside = lane_[id] == Lane::hardirq && packets_into(id) == 0 && !crowded;
    }
  }

  void rows() {
    std::map<std::pair<int, int>, int> used;
    for (Place& place : places_) place.row = used[{place.lane, place.column}]++;
  }

  std::size_t packets_into(StageId id) const {
    std::size_t packets = 0;
    for (StageId from = 0; from < boost::num_vertices(order_); ++from)
      for (const auto edge : boost::make_iterator_range(boost::out_edges(from, order_)))
        packets += boost::target(edge, order_) == id ? 1 : 0;
    return packets;
  }

  int column_after(StageId id) const {
    int column = unknown;
    for (const auto edge : boost::make_iterator_range(boost::out_edges(id, order_))) {
      const Place& next = places_[boost::target(edge, order_)];
      const int before = next.lane == places_[id].lane ? std::max(next.column - 1, 0) : next.column;
      if (column == unknown || before < column) column = before;
    }
    return column;
  }

  static bool gives_back(const Hop& hop) { return std::holds_alternative<Queue>(hop.hand); }
  static bool notifies(const Hop& hop) { return std::holds_alternative<Notify>(hop.hand); }
  static bool any(const Hop&) { return true; }

  // The leftmost column from which such a hop leads here.
  int column_before(StageId id, bool (*wanted)(const Hop&)) const {
    int column = unknown;
    for (const Hop& hop : path_.hops) {
      if (hop.to != id || hop.from == id || !wanted(hop)) continue;
      if (column == unknown || places_[hop.from].column < column) column = places_[hop.from].column;
    }
    return column;
  }

  const Path& path_;
  std::vector<Lane> lane_;
  StageGraph order_;
  std::vector<Place> places_{};
};

}  // namespace

std::vector<Place> layout(const Path& path) { return Layout{path}.run(); }

}  // namespace ringside::path
