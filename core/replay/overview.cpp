#include "ringside/replay/overview.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace ringside::replay {

using trace::Event;
using trace::Kind;

namespace {

constexpr std::size_t most_bytes = std::size_t{48} << 20;  // without the few windows
constexpr std::uint32_t most_buckets = 1U << 16;
constexpr std::size_t read_at_once = 65536;  // events: a block of a recording
constexpr std::size_t all_events = 0;        // the series

// The work that the first events end began before them.
Time beginning(trace::Recording& recording) {
  Time begin = recording.first();
  for (const Event& event : recording.slice(0, read_at_once))
    if (event.kind == Kind::busy &&
        event.other <= static_cast<std::uint64_t>(event.at.time_since_epoch().count()))
      begin = std::min(begin, event.at - Duration{static_cast<std::int64_t>(event.other)});
  return begin;
}

}  // namespace

// Takes the events one after the other. Series hold sums of their buckets until finish().
class OverviewBuilder {
 public:
  OverviewBuilder(trace::Recording& recording, const Cast& cast) {
    lay_out(cast);
    choose_buckets(beginning(recording), recording.last());
    for (auto& series : made_.up_to_) series.resize(made_.buckets_ + std::size_t{1});
    for (auto& series : made_.most_) series.resize(std::size_t{made_.buckets_} * 2 - 1);
  }

  void take(const Event& event) {
    advance(bucket_of(event.at));
    ++sum(all_events);
    if (event.host >= made_.hosts_.size()) return;
    const Overview::Host& host = made_.hosts_[event.host];
    switch (event.kind) {
      case Kind::stage:
        if (event.index < lanes_[event.host].size())
          ++sum(host.lanes + static_cast<std::size_t>(lanes_[event.host][event.index]));
        if (event.packet != 0) leave(event.packet);
        break;
      case Kind::queue: wait(event, host); break;
      case Kind::drop:
        sum(host.drops) += event.other;
        if (event.index < host.queue_count) sum(host.queue_drops + event.index) += event.other;
        [[fallthrough]];
      case Kind::link:
      case Kind::end:
      case Kind::gone: leave(event.packet); break;
      case Kind::busy: work(event, host); break;
      case Kind::syscall: ++sum(host.lanes + static_cast<std::size_t>(path::Lane::boundary)); break;
      case Kind::window: windows_.take(event, now_); break;
      default: break;
    }
  }

  Overview finish() {
    advance(made_.buckets_ - 1);
    for (auto& series : made_.up_to_) {
      std::uint64_t up_to = 0;
      for (std::uint64_t& bucket : series) bucket = std::exchange(up_to, up_to + bucket);
    }
    for (auto& series : made_.most_)
      for (std::size_t pair = 0, next = made_.buckets_; next < series.size(); pair += 2, ++next)
        series[next] = std::max(series[pair], series[pair + 1]);
    made_.windows_ = windows_.finish(made_.buckets_);
    return std::move(made_);
  }

 private:
  void lay_out(const Cast& cast) {
    std::size_t series = 1;  // of all events
    for (const HostCast& host : cast.hosts) {
      Overview::Host& own = made_.hosts_.emplace_back();
      own.drops = series++;
      own.lanes = std::exchange(series, series + path::lane_count);
      own.core_count = static_cast<std::size_t>(std::max(host.cores, 0));
      own.cores = std::exchange(series, series + own.core_count * core_shares);
      own.queues = std::exchange(queues_, queues_ + host.queues.size());
      own.queue_count = host.queues.size();
      own.queue_drops = std::exchange(series, series + own.queue_count);
      lanes_.push_back(host.lanes);
    }
    made_.up_to_.resize(series);
    made_.most_.resize(queues_);
    waiting_.resize(queues_);
  }

  void choose_buckets(Time first, Time last) {
    const std::size_t each =
        made_.up_to_.size() * sizeof(std::uint64_t) + queues_ * 2 * sizeof(std::uint32_t);
    made_.buckets_ = most_buckets;
    while (made_.buckets_ > 1 && made_.buckets_ * each > most_bytes) made_.buckets_ /= 2;
    made_.begin_ = first;
    made_.width_ = (last - first) / std::int64_t{made_.buckets_} + Duration{1};
  }

  std::uint32_t bucket_of(Time at) const {
    const auto number = (at - made_.begin_) / made_.width_;
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(number, 0, made_.buckets_ - 1));
  }

  // What waits at the end of a bucket waits at the beginning of the next.
  void advance(std::uint32_t to) {
    for (; now_ < to; ++now_)
      for (std::size_t queue = 0; queue < queues_; ++queue) made_.most_[queue][now_ + 1] = waiting_[queue];
  }

  std::uint64_t& sum(std::size_t series) { return made_.up_to_[series][now_]; }

  void leave(std::uint64_t packet) {
    const auto it = waits_in_.find(packet);
    if (it == waits_in_.end()) return;
    --waiting_[it->second];
    waits_in_.erase(it);
  }

  void wait(const Event& event, const Overview::Host& host) {
    leave(event.packet);
    if (event.index >= host.queue_count) return;
    const std::size_t queue = host.queues + event.index;
    waits_in_.emplace(event.packet, queue);
    std::uint32_t& most = made_.most_[queue][now_];
    most = std::max(most, ++waiting_[queue]);
  }

  void work(const Event& event, const Overview::Host& host) {
    if (event.index >= host.core_count) return;
    const std::size_t series = host.cores + event.index * core_shares;
    const auto level = std::min<std::size_t>(event.level, 2);
    const std::uint64_t user = std::min(event.packet, event.other);
    spread(event.at, event.other, event.other, made_.up_to_[series + level]);
    spread(event.at, event.other, user, made_.up_to_[series + static_cast<std::size_t>(CoreShare::user)]);
  }

  // Spreads an amount evenly over the time until `at` that it took. By the amount up to the end of each
  // bucket, rounded down: so the parts sum to the whole. What was before the first bucket counts in that.
  void spread(Time at, std::uint64_t lasted, std::uint64_t amount, std::vector<std::uint64_t>& series) {
    std::uint32_t bucket = now_;
    std::uint64_t left = amount;
    for (; left > 0 && bucket > 0; --bucket) {
      const auto inside = static_cast<std::uint64_t>((at - made_.time_of(bucket)).count());
      if (inside >= lasted) break;
      const auto before =
          static_cast<std::uint64_t>(static_cast<WideInt>(amount) * (lasted - inside) / lasted);
      series[bucket] += left - before;
      left = before;
    }
    series[bucket] += left;
  }

  Overview made_{};
  std::size_t queues_ = 0;
  std::vector<std::vector<path::Lane>> lanes_{};
  std::vector<std::uint32_t> waiting_{};
  std::unordered_map<std::uint64_t, std::size_t> waits_in_{};  // packet: queue
  MovingWindows windows_{};
  std::uint32_t now_ = 0;  // bucket
};

std::optional<Overview> Overview::of(trace::Recording& recording, const Cast& cast,
                                     const Progress& progress) {
  OverviewBuilder builder{recording, cast};
  const std::uint64_t all = recording.events();
  for (std::uint64_t from = 0; from < all; from += read_at_once) {
    if (progress && !progress(static_cast<double>(from) / static_cast<double>(all))) return std::nullopt;
    for (const Event& event : recording.slice(from, read_at_once)) builder.take(event);
  }
  return builder.finish();
}

Overview::Columns Overview::columns(Time from, Time to, std::size_t most) const {
  from = std::max(from, begin_);
  to = std::min(to, end());
  if (from >= to || most == 0) return {};
  const auto first = static_cast<std::uint64_t>((from - begin_) / width_);
  const auto behind = static_cast<std::uint64_t>((to - begin_ + width_ - Duration{1}) / width_);
  const std::uint64_t count = std::min<std::uint64_t>(most, behind - first);
  Columns made;
  for (std::uint64_t i = 0; i <= count; ++i)
    made.edges.push_back(static_cast<std::uint32_t>(first + (behind - first) * i / count));
  return made;
}

Overview::Sums Overview::sums(const Columns& columns, std::size_t series) const {
  Sums all(columns.count());
  const auto& up_to = up_to_[series];
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = up_to[columns.edges[i + 1]] - up_to[columns.edges[i]];
  return all;
}

Overview::Sums Overview::events(const Columns& columns) const { return sums(columns, all_events); }

Overview::Sums Overview::drops(const Columns& columns, std::size_t host) const {
  return host < hosts_.size() ? sums(columns, hosts_[host].drops) : Sums(columns.count());
}

Overview::Sums Overview::drops(const Columns& columns, std::size_t host, std::size_t queue) const {
  if (host >= hosts_.size() || queue >= hosts_[host].queue_count) return Sums(columns.count());
  return sums(columns, hosts_[host].queue_drops + queue);
}

Overview::Sums Overview::came(const Columns& columns, std::size_t host, path::Lane lane) const {
  if (host >= hosts_.size()) return Sums(columns.count());
  return sums(columns, hosts_[host].lanes + static_cast<std::size_t>(lane));
}

Overview::Sums Overview::busy(const Columns& columns, std::size_t host, std::size_t core,
                              CoreShare share) const {
  if (host >= hosts_.size() || core >= hosts_[host].core_count) return Sums(columns.count());
  return sums(columns, hosts_[host].cores + core * core_shares + static_cast<std::size_t>(share));
}

namespace {

// From one bucket to another, that one excluded: the widest groups of buckets that fit.
std::uint32_t most_between(const std::vector<std::uint32_t>& groups, std::uint32_t buckets,
                           std::uint32_t from, std::uint32_t to) {
  std::uint32_t most = 0;
  for (std::size_t level = 0; from < to; buckets /= 2) {
    if (from % 2 == 1) most = std::max(most, groups[level + from++]);
    if (to % 2 == 1) most = std::max(most, groups[level + --to]);
    level += buckets;
    from /= 2;
    to /= 2;
  }
  return most;
}

}  // namespace

std::vector<std::uint32_t> Overview::most_waiting(const Columns& columns, std::size_t host,
                                                  std::size_t queue) const {
  std::vector<std::uint32_t> all(columns.count());
  if (host >= hosts_.size() || queue >= hosts_[host].queue_count) return all;
  const auto& groups = most_[hosts_[host].queues + queue];
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = most_between(groups, buckets_, columns.edges[i], columns.edges[i + 1]);
  return all;
}

std::vector<WindowRange> Overview::window(const Columns& columns, std::size_t which) const {
  std::vector<WindowRange> all(columns.count());
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = windows_[which].series.range(columns.edges[i], columns.edges[i + 1]);
  return all;
}

std::size_t Overview::bytes() const {
  std::size_t sum = 0;
  for (const auto& series : up_to_) sum += series.size() * sizeof(std::uint64_t);
  for (const auto& series : most_) sum += series.size() * sizeof(std::uint32_t);
  for (const MovingWindow& window : windows_) sum += window.series.bytes();
  return sum;
}

}  // namespace ringside::replay
