#include "ringside/replay/traffic.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace ringside::replay {

using trace::Event;
using trace::Kind;

namespace {

constexpr std::size_t read_at_once = 65536;  // events: a block of a recording

using Lengths = std::map<std::uint32_t, std::uint64_t>;  // how many frames have each

std::uint32_t commonest(const Lengths& lengths) {
  const auto most = std::ranges::max_element(lengths, {}, &Lengths::value_type::second);
  return most == lengths.end() ? 0 : most->first;
}

class Counting {
 public:
  explicit Counting(const Cast& cast) : study_{cast.study}, stages_{cast.hosts.at(cast.study).path.stages} {}

  void take(const Event& event) {
    if (event.host != study_ || event.packet == 0) return;
    switch (event.kind) {
      case Kind::stage:
        if (event.index < stages_.size() && stages_[event.index].work == path::Work::arrive) arrive(event);
        break;
      case Kind::link:
        ++made_.left;
        note(leaving_, event);
        [[fallthrough]];
      case Kind::end: leave(event); break;
      case Kind::drop:
      case Kind::gone: inside_.erase(event.packet); break;
      default: break;
    }
  }

  Traffic result() {
    made_.commonest_arriving = commonest(arriving_);
    made_.commonest_leaving = commonest(leaving_);
    draw_curve();
    return std::move(made_);
  }

 private:
  // A train is of frames of one length, but for the last.
  static void note(Lengths& lengths, const Event& event) {
    if (event.other > 0)
      ++lengths[static_cast<std::uint32_t>(event.other / std::max<std::uint64_t>(event.level, 1))];
  }

  void arrive(const Event& event) {
    ++made_.arrived;
    made_.octets_arrived += event.other;
    note(arriving_, event);
    inside_.emplace(event.packet, event.at);
  }

  void leave(const Event& event) {
    const auto arrived = inside_.find(event.packet);
    if (arrived == inside_.end()) return;
    made_.latency.add(event.at - arrived->second);
    inside_.erase(arrived);
  }

  // Closer where the last few are: there a path is judged.
  void draw_curve() {
    if (made_.latency.count() == 0) return;
    made_.curve.push_back({0, made_.latency.min()});
    for (int i = 1; i <= 98; ++i) point(i / 100.0);
    for (int i = 0; i <= 10; ++i) point(0.99 + i / 1000.0);
  }
  void point(double share) {
    made_.curve.push_back({share, std::min(made_.latency.quantile(share), made_.latency.max())});
  }

  std::size_t study_;
  const std::vector<path::Stage>& stages_;
  std::unordered_map<std::uint64_t, Time> inside_{};
  Lengths arriving_{}, leaving_{};
  Traffic made_{};
};

}  // namespace

std::optional<Traffic> Traffic::of(trace::Recording& recording, const Cast& cast, const Progress& progress) {
  Counting counting{cast};
  const std::uint64_t all = recording.events();
  for (std::uint64_t from = 0; from < all; from += read_at_once) {
    if (progress && !progress(static_cast<double>(from) / static_cast<double>(all))) return std::nullopt;
    for (const Event& event : recording.slice(from, read_at_once)) counting.take(event);
  }
  return counting.result();
}

}  // namespace ringside::replay
