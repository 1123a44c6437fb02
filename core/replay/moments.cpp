#include "ringside/replay/moments.hpp"

#include <algorithm>
#include <vector>

namespace ringside::replay {

using trace::Event;
using trace::Kind;
using trace::Recording;

namespace {

constexpr std::uint64_t read_at_once = 65536;  // events: a block of a recording

bool concerns_packet(Kind kind) { return kind <= Kind::birth; }

bool is_so(const Filling& filling, const trace::State& state) {
  if (filling.host >= state.hosts.size()) return false;
  const auto& waiting = state.hosts[filling.host].waiting;
  return filling.queue < waiting.size() && waiting[filling.queue] > filling.above;
}

bool is_so(const Crossing& crossing, const trace::State& state) {
  const trace::Window window =
      window_before(state, {.host = crossing.host, .index = crossing.connection, .kind = Kind::window});
  if (window.cwnd == 0) return false;
  return crossing.below ? window.cwnd < crossing.octets : window.cwnd > crossing.octets;
}

// Whether an event is what is sought. What is filled or crossed is so by what the events before it have done.
class Watch {
 public:
  explicit Watch(const Sought& sought)
      : happening_{std::get_if<Happening>(&sought)},
        filling_{std::get_if<Filling>(&sought)},
        crossing_{std::get_if<Crossing>(&sought)} {}

  void go_to(Recording& recording, std::uint64_t moment) {
    if (!happening_ && state_.events != moment) state_ = recording.after(moment);
  }

  bool operator()(const Event& event) {
    if (happening_) return fits(*happening_, event);
    const bool was = is_so();
    state_.apply(event);
    return !was && is_so();
  }

 private:
  bool is_so() const {
    return filling_ ? replay::is_so(*filling_, state_) : replay::is_so(*crossing_, state_);
  }

  const Happening* happening_;
  const Filling* filling_;
  const Crossing* crossing_;
  trace::State state_{};
};

// The buckets of an overview in which what is sought may be.
class Likely {
 public:
  Likely(const Overview* overview, const Sought& sought) : overview_{overview} {
    if (!overview) return;
    const auto all = overview->columns(overview->begin(), overview->end(), overview->buckets());
    const auto* happening = std::get_if<Happening>(&sought);
    if (happening && happening->kind == Kind::drop)
      for (std::size_t host = 0; host < overview->hosts(); ++host)
        if (!happening->host || *happening->host == host) mark(overview->drops(all, host), 0);
    if (const auto* filling = std::get_if<Filling>(&sought))
      mark(overview->most_waiting(all, filling->host, filling->queue), filling->above);
  }

  // From this time on, or up to it: the first time at which something may be. nullopt: nothing may be.
  std::optional<Time> from(Time time) const {
    if (likely_.empty()) return time;
    for (std::size_t bucket = bucket_of(time); bucket < likely_.size(); ++bucket)
      if (likely_[bucket]) return std::max(time, overview_->time_of(static_cast<std::uint32_t>(bucket)));
    return std::nullopt;
  }
  std::optional<Time> up_to(Time time) const {
    if (likely_.empty()) return time;
    for (std::size_t bucket = bucket_of(time) + 1; bucket-- > 0;)
      if (likely_[bucket])
        return std::min(time, overview_->time_of(static_cast<std::uint32_t>(bucket) + 1) - Duration{1});
    return std::nullopt;
  }

 private:
  template <class Numbers>
  void mark(const Numbers& numbers, std::uint64_t above) {
    likely_.resize(numbers.size());
    for (std::size_t bucket = 0; bucket < numbers.size(); ++bucket)
      if (numbers[bucket] > above) likely_[bucket] = true;
  }
  std::size_t bucket_of(Time time) const {
    const auto number = (time - overview_->begin()) / overview_->width();
    return static_cast<std::size_t>(std::clamp<std::int64_t>(number, 0, overview_->buckets() - 1));
  }

  const Overview* overview_;
  std::vector<bool> likely_{};  // by bucket; empty: it cannot tell
};

Time time_of(Recording& recording, std::uint64_t event) { return recording.slice(event, 1).front().at; }

std::optional<std::uint64_t> next_at(Recording& recording, std::uint64_t from, Time time) {
  const std::uint64_t moment = recording.number_at(time);
  return moment > from ? std::optional{moment} : std::nullopt;
}

bool wanted(const Progress& progress, std::uint64_t done, std::uint64_t all) {
  return !progress || progress(all == 0 ? 1 : static_cast<double>(done) / static_cast<double>(all));
}

}  // namespace

bool fits(const Happening& sought, const Event& event) {
  if (sought.kind && *sought.kind != event.kind) return false;
  if (sought.packet && (*sought.packet != event.packet || !concerns_packet(event.kind))) return false;
  if (sought.host && *sought.host != event.host) return false;
  return !sought.indices || std::ranges::find(*sought.indices, event.index) != sought.indices->end();
}

std::optional<std::uint64_t> next(Recording& recording, std::uint64_t from, const Sought& sought,
                                  const Overview* overview, const Progress& progress) {
  if (const Time* time = std::get_if<Time>(&sought)) return next_at(recording, from, *time);
  const Likely likely{overview, sought};
  Watch watch{sought};
  const std::uint64_t all = recording.events();
  std::uint64_t at = from;
  while (at < all) {
    if (!wanted(progress, at - from, all - from)) return std::nullopt;
    const Time time = time_of(recording, at);
    const auto worth = likely.from(time);
    if (!worth) return std::nullopt;
    if (*worth > time) {
      at = recording.number_at(*worth - Duration{1});
      continue;
    }
    watch.go_to(recording, at);
    const std::uint64_t end = std::min(all, (at / read_at_once + 1) * read_at_once);
    for (const Event& event : recording.slice(at, end - at))
      if (++at; watch(event)) return at;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> previous(Recording& recording, std::uint64_t from, const Sought& sought,
                                      const Overview* overview, const Progress& progress) {
  std::uint64_t behind = std::min(from, recording.events() + 1);  // moments before this
  if (const Time* time = std::get_if<Time>(&sought)) {
    const std::uint64_t moment = recording.number_at(*time);
    return moment < behind ? std::optional{moment} : std::nullopt;
  }
  const Likely likely{overview, sought};
  Watch watch{sought};
  const std::uint64_t all = behind;
  while (behind > 1) {
    if (!wanted(progress, all - behind, all)) return std::nullopt;
    const Time time = time_of(recording, behind - 2);
    const auto worth = likely.up_to(time);
    if (!worth) return std::nullopt;
    if (*worth < time) {
      behind = recording.number_at(*worth) + 1;
      continue;
    }
    const std::uint64_t begin = (behind - 2) / read_at_once * read_at_once;
    watch.go_to(recording, begin);
    std::uint64_t at = begin;
    std::optional<std::uint64_t> last;
    for (const Event& event : recording.slice(begin, behind - 1 - begin))
      if (++at; watch(event)) last = at;
    if (last) return last;
    behind = begin + 1;
  }
  return std::nullopt;
}

std::optional<Gathered> gather(Recording& recording, std::uint64_t moment, const Happening& sought,
                               std::size_t most, const Progress& progress) {
  const std::uint64_t all = recording.events();
  std::uint64_t begin = std::min(moment, all), end = begin;
  std::vector<std::uint64_t> before, after;  // `before` from the last one on
  while (before.size() < most && begin > 0) {
    if (!wanted(progress, end - begin, all)) return std::nullopt;
    const std::uint64_t from = (begin - 1) / read_at_once * read_at_once;
    const auto events = recording.slice(from, begin - from);
    for (std::size_t i = events.size(); i-- > 0 && before.size() < most;)
      if (fits(sought, events[i])) before.push_back(begin = from + i);
    if (before.size() < most) begin = from;
  }
  while (after.size() < most && end < all) {
    if (!wanted(progress, end - begin, all)) return std::nullopt;
    const std::uint64_t to = std::min(all, (end / read_at_once + 1) * read_at_once);
    for (const Event& event : recording.slice(end, to - end)) {
      if (fits(sought, event)) after.push_back(end);
      ++end;
      if (after.size() == most) break;
    }
  }
  Gathered found{.events = {before.rbegin(), before.rend()}, .from_begin = begin == 0, .to_end = end == all};
  found.events.insert(found.events.end(), after.begin(), after.end());
  return found;
}

}  // namespace ringside::replay
