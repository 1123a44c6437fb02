// What an overview says of a stretch of time is what its events say.
#include "ringside/replay/overview.hpp"

#include <numeric>

#include "catch.hpp"
#include "made_up.hpp"
#include "recorded.hpp"

using namespace ringside;
using replay::CoreShare;
using replay::Overview;
using trace::Kind;

namespace {

std::uint64_t sum(const Overview::Sums& sums) {
  return std::accumulate(sums.begin(), sums.end(), std::uint64_t{0});
}

template <class List>
auto at(const List& list, std::size_t index) {
  return index < list.size() ? list[index] : typename List::value_type{};
}

// The columns together say what the fold of all events says.
void check_totals(const Overview& overview, const Overview::Columns& columns, const replay::Cast& cast,
                  const trace::State& end) {
  CHECK(sum(overview.events(columns)) == end.events);
  for (std::size_t host = 0; host < cast.hosts.size(); ++host) {
    CAPTURE(host);
    const trace::HostState state = at(end.hosts, host);
    std::uint64_t dropped = 0;
    for (const auto& list : {state.dropped, state.thrown})
      for (const auto n : list) dropped += n;
    CHECK(sum(overview.drops(columns, host)) == dropped);
    for (std::size_t queue = 0; queue < cast.hosts[host].queues.size(); ++queue)
      CHECK(sum(overview.drops(columns, host, queue)) == at(state.dropped, queue));
    for (int lane = 0; lane < path::lane_count; ++lane) {
      const bool boundary = static_cast<path::Lane>(lane) == path::Lane::boundary;
      std::uint64_t came = boundary ? state.count(Kind::syscall) : 0;
      for (std::size_t stage = 0; stage < cast.hosts[host].lanes.size(); ++stage)
        if (cast.hosts[host].lanes[stage] == static_cast<path::Lane>(lane)) came += at(state.came, stage);
      CHECK(sum(overview.came(columns, host, static_cast<path::Lane>(lane))) == came);
    }
    for (std::size_t core = 0; core < static_cast<std::size_t>(cast.hosts[host].cores); ++core) {
      const trace::CoreTime time = at(state.cores, core);
      for (const auto level : {CoreShare::thread, CoreShare::softirq, CoreShare::handler})
        CHECK(sum(overview.busy(columns, host, core, level)) == time.busy[static_cast<std::size_t>(level)]);
      CHECK(sum(overview.busy(columns, host, core, CoreShare::user)) == time.user);
    }
  }
}

}  // namespace

TEST_CASE("the columns of an overview add up to what folding all events says, at any zoom") {
  const replay::Cast cast = made_up_cast();
  for (const std::size_t count : {std::size_t{1}, std::size_t{50}, std::size_t{150'000}}) {
    CAPTURE(count);
    MadeUp run{made_up_events(count)};
    const auto overview = Overview::of(*run.recording, cast);
    REQUIRE(overview.has_value());
    CHECK(overview->bytes() <= std::size_t{56} << 20);
    CHECK(overview->end() > run.recording->last());
    const trace::State end = run.recording->after(count);
    for (const std::size_t most : {1, 7, 1900, 1'000'000}) {
      const auto columns = overview->columns(overview->begin(), overview->end(), most);
      CHECK(columns.count() == std::min<std::size_t>(most, overview->buckets()));
      check_totals(*overview, columns, cast, end);
    }
  }
}

TEST_CASE("a stretch of an overview has what happened in it, and no more") {
  const replay::Cast cast = made_up_cast();
  const auto events = made_up_events(20'000);
  MadeUp run{events};
  const auto overview = Overview::of(*run.recording, cast).value();
  std::mt19937_64 random{5};
  for (int round = 0; round < 12; ++round) {
    const auto span = (overview.end() - overview.begin()).count();
    Time from =
        overview.begin() + Duration{static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(span))};
    Time to =
        overview.begin() + Duration{static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(span))};
    if (to < from) std::swap(from, to);
    const auto columns = overview.columns(from, to, 1 + random() % 30);
    if (columns.count() == 0) continue;
    CHECK(overview.time_of(columns.edges.front()) <= from);
    CHECK(overview.time_of(columns.edges.back()) >= to);
    const auto counted = overview.events(columns);
    const auto softirq = overview.busy(columns, 1, 0, CoreShare::softirq);
    const auto waiting = overview.most_waiting(columns, 0, 2);
    for (std::size_t i = 0; i < columns.count(); ++i) {
      const Time begin = overview.time_of(columns.edges[i]), end = overview.time_of(columns.edges[i + 1]);
      std::uint64_t inside = 0;
      std::int64_t busy = 0;
      std::uint32_t most = 0;
      trace::State state;
      const auto note = [&] {
        if (!state.hosts.empty()) most = std::max(most, at(state.hosts[0].waiting, 2));
      };
      for (const trace::Event& event : events) {
        if (event.at >= begin && state.at < begin) note();
        state.apply(event);
        inside += event.at >= begin && event.at < end;
        if (event.at >= begin && event.at < end) note();
        if (event.kind != Kind::busy || event.host != 1 || event.index != 0 || event.level != 1) continue;
        const Time since = event.at - Duration{static_cast<std::int64_t>(event.other)};
        busy += std::max<std::int64_t>(0, (std::min(event.at, end) - std::max(since, begin)).count());
      }
      if (state.at < begin) note();
      CHECK(counted[i] == inside);
      CHECK(softirq[i] == static_cast<std::uint64_t>(busy));
      CHECK(waiting[i] == most);
    }
  }
  CHECK(overview.columns(overview.end(), overview.end() + Duration{5}, 10).count() == 0);
}

TEST_CASE("an overview has the least and the most of a congestion window in any stretch, and its threshold") {
  const replay::Cast cast = made_up_cast();
  const auto events = made_up_events(20'000);
  MadeUp run{events};
  const auto overview = Overview::of(*run.recording, cast).value();
  REQUIRE(overview.windows().size() == 6);  // three of each host
  for (const std::size_t most : {1U, 7U, 300U, 1'000'000U}) {
    const auto columns = overview.columns(overview.begin(), overview.end(), most);
    for (std::size_t which = 0; which < overview.windows().size(); which += 5) {
      const replay::MovingWindow& moving = overview.windows()[which];
      const auto ranges = overview.window(columns, which);
      REQUIRE(ranges.size() == columns.count());
      trace::Window now;
      auto event = events.begin();
      for (std::size_t i = 0; i < columns.count(); ++i) {
        replay::WindowRange expected;
        const auto see = [&] {
          if (now.cwnd == 0) return;
          expected.least = expected.most == 0 ? now.cwnd : std::min(expected.least, now.cwnd);
          expected.most = std::max(expected.most, now.cwnd);
          expected.threshold = now.has_threshold() ? now.ssthresh : 0;
        };
        see();
        for (; event != events.end() && event->at < overview.time_of(columns.edges[i + 1]); ++event) {
          if (event->kind != Kind::window || event->host != moving.host || event->index != moving.connection)
            continue;
          now = trace::window_of(*event);
          see();
        }
        CAPTURE(most, which, i);
        CHECK(ranges[i] == expected);
      }
    }
  }
}

TEST_CASE("a congestion window that only opens is none of those that move") {
  std::vector<trace::Event> events;
  const auto change = [&](std::uint16_t host, std::uint16_t connection, std::uint32_t cwnd) {
    events.push_back({.at = start_of_time + Duration{static_cast<std::int64_t>(events.size() + 1) * 1000},
                      .other = trace::as_other({.cwnd = cwnd, .ssthresh = trace::Window::no_threshold}),
                      .host = host,
                      .index = connection,
                      .kind = Kind::window});
  };
  change(1, 1, 14'480);
  change(0, 2, 14'480);
  change(1, 1, 0);
  change(0, 2, 15'928);
  MadeUp run{events};
  const auto overview = Overview::of(*run.recording, made_up_cast()).value();
  REQUIRE(overview.windows().size() == 1);
  CHECK(overview.windows()[0].host == 0);
  CHECK(overview.windows()[0].connection == 2);
  const auto whole = overview.columns(overview.begin(), overview.end(), 1);
  CHECK(overview.window(whole, 0).at(0) ==
        replay::WindowRange{.least = 14'480, .most = 15'928, .threshold = 0});
}

TEST_CASE("an overview that is no longer wanted is not made") {
  MadeUp run{made_up_events(150'000)};
  double last = -1;
  CHECK_FALSE(Overview::of(*run.recording, made_up_cast(), [&](double done) {
                last = done;
                return done < 0.5;
              }).has_value());
  CHECK(last >= 0.5);
  CHECK(last < 1);
}

TEST_CASE("no core of a run is busier than there is time") {
  const Recorded run{"roads", {.path = "napi-socket", .duration = Duration{20'000'000'000}}};
  const replay::Cast cast = replay::cast_of(run.recording->meta());
  const auto overview = Overview::of(*run.recording, cast).value();
  const auto columns = overview.columns(overview.begin(), overview.end(), 500);
  check_totals(overview, columns, cast, run.recording->after(run.recording->events()));
  for (std::size_t host = 0; host < cast.hosts.size(); ++host)
    for (int core = 0; core < cast.hosts[host].cores; ++core) {
      Overview::Sums all(columns.count());
      for (const auto level : {CoreShare::thread, CoreShare::softirq, CoreShare::handler}) {
        const auto busy = overview.busy(columns, host, static_cast<std::size_t>(core), level);
        for (std::size_t i = 0; i < all.size(); ++i) all[i] += busy[i];
      }
      for (std::size_t i = 0; i < all.size(); ++i)
        CHECK(all[i] <=
              static_cast<std::uint64_t>(
                  (overview.time_of(columns.edges[i + 1]) - overview.time_of(columns.edges[i])).count()));
    }
}
