// Searching finds what looking at every event finds, and a condition is what its text says.
#include "ringside/replay/moments.hpp"

#include "catch.hpp"
#include "made_up.hpp"
#include "ringside/replay/condition.hpp"

using namespace ringside;
using namespace ringside::replay;
using trace::Event;
using trace::Kind;

namespace {

// The moments, one by one.
std::vector<std::uint64_t> moments(const std::vector<Event>& events, const Sought& sought) {
  std::vector<std::uint64_t> found;
  trace::State state;
  const auto waiting = [&](const Filling& filling) {
    if (filling.host >= state.hosts.size()) return std::uint32_t{0};
    const auto& list = state.hosts[filling.host].waiting;
    return filling.queue < list.size() ? list[filling.queue] : 0;
  };
  const auto crossed = [&](const Crossing& crossing) {
    if (crossing.host >= state.hosts.size()) return false;
    const auto& list = state.hosts[crossing.host].windows;
    const std::size_t place = crossing.connection - std::size_t{1};
    const std::uint32_t cwnd = place < list.size() ? list[place].cwnd : 0;
    return cwnd != 0 && (crossing.below ? cwnd < crossing.octets : cwnd > crossing.octets);
  };
  for (const Event& event : events) {
    bool fits_now = false;
    if (const auto* happening = std::get_if<Happening>(&sought)) {
      fits_now = fits(*happening, event);
      state.apply(event);
    } else if (const auto* crossing = std::get_if<Crossing>(&sought)) {
      const bool before = crossed(*crossing);
      state.apply(event);
      fits_now = !before && crossed(*crossing);
    } else {
      const auto& filling = std::get<Filling>(sought);
      const auto before = waiting(filling);
      state.apply(event);
      fits_now = before <= filling.above && waiting(filling) > filling.above;
    }
    if (fits_now) found.push_back(state.events);
  }
  return found;
}

std::string refusal(const char* text, const Cast& cast) {
  try {
    condition_of(text, cast);
  } catch (const ConditionError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("the next and the previous moment are those that looking at every event finds") {
  const Cast cast = made_up_cast();
  const auto events = made_up_events(150'000);
  MadeUp run{events};
  const auto overview = Overview::of(*run.recording, cast).value();
  const std::vector<Sought> all{Happening{.kind = Kind::drop},
                                Happening{.kind = Kind::drop, .host = 1},
                                Happening{.packet = 4000},
                                Happening{.kind = Kind::stage, .host = 0, .indices = {{3}}},
                                Happening{.kind = Kind::end, .packet = 9},
                                Happening{},
                                Filling{0, 1, 3},
                                Filling{1, 0, 6},
                                Filling{1, 2, 100},
                                Filling{7, 7, 0},
                                Crossing{0, 1, true, 20'000},
                                Crossing{1, 3, false, 100'000},
                                Crossing{1, 2, false, 1'000'000},
                                Crossing{7, 7, true, 10}};
  std::mt19937_64 random{11};
  for (std::size_t kind = 0; kind < all.size(); ++kind) {
    CAPTURE(kind);
    const auto expected = moments(events, all[kind]);
    for (int round = 0; round < 12; ++round) {
      const std::uint64_t from = round == 0                       ? 0
                                 : round == 1                     ? events.size()
                                 : round < 6 && !expected.empty() ? expected[random() % expected.size()]
                                                                  : random() % events.size();
      CAPTURE(from);
      const auto after = std::ranges::upper_bound(expected, from);
      const auto before = std::ranges::lower_bound(expected, from);
      for (const Overview* known : {static_cast<const Overview*>(nullptr), &overview}) {
        CHECK(next(*run.recording, from, all[kind], known) ==
              (after == expected.end() ? std::nullopt : std::optional{*after}));
        CHECK(previous(*run.recording, from, all[kind], known) ==
              (before == expected.begin() ? std::nullopt : std::optional{*(before - 1)}));
      }
    }
  }
}

TEST_CASE("gathering finds the events around a moment that looking at every event finds") {
  const auto events = made_up_events(150'000);
  MadeUp run{events};
  std::mt19937_64 random{12};
  for (const Happening& sought :
       {Happening{.kind = Kind::drop}, Happening{.kind = Kind::stage, .host = 0, .indices = {{1, 3}}},
        Happening{.packet = 4000}, Happening{.kind = Kind::stage, .indices = {{}}}, Happening{}})
    for (const std::size_t most : {std::size_t{1}, std::size_t{50}, events.size()}) {
      const std::uint64_t moment = random() % (events.size() + 1);
      CAPTURE(moment, most);
      std::vector<std::uint64_t> all;
      for (std::uint64_t i = 0; i < events.size(); ++i)
        if (fits(sought, events[i])) all.push_back(i);
      const auto middle = std::ranges::lower_bound(all, moment);
      const auto before = std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(most), middle - all.begin());
      const auto after = std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(most), all.end() - middle);
      const auto found = gather(*run.recording, moment, sought, most);
      REQUIRE(found);
      CHECK(found->events == std::vector<std::uint64_t>(middle - before, middle + after));
      if (found->from_begin) CHECK(before == middle - all.begin());
      if (found->to_end) CHECK(after == all.end() - middle);
    }
  CHECK(gather(*run.recording, 5, Happening{}, 1, [](double) { return false; }) == std::nullopt);
}

TEST_CASE("a time is the moment behind the last event up to it") {
  const auto events = made_up_events(1000);
  MadeUp run{events};
  const Sought middle = events[500].at;
  const std::uint64_t moment = run.recording->number_at(events[500].at);
  CHECK(next(*run.recording, 100, middle) == moment);
  CHECK(next(*run.recording, 900, middle) == std::nullopt);
  CHECK(previous(*run.recording, 900, middle) == moment);
  CHECK(previous(*run.recording, 100, middle) == std::nullopt);
}

TEST_CASE("a search that is no longer wanted ends") {
  MadeUp run{made_up_events(1000)};
  const auto enough = [](double) { return false; };
  CHECK(next(*run.recording, 0, Happening{}, nullptr, enough) == std::nullopt);
  CHECK(previous(*run.recording, 1000, Happening{}, nullptr, enough) == std::nullopt);
}

TEST_CASE("conditions are read") {
  const Cast cast = made_up_cast();
  CHECK(condition_of("drop", cast) == Sought{Happening{.kind = Kind::drop}});
  CHECK(condition_of(" drop (client) ", cast) == Sought{Happening{.kind = Kind::drop, .host = 0}});
  CHECK(condition_of("delivered", cast) == Sought{Happening{.kind = Kind::end}});
  CHECK(condition_of("packet 17", cast) == Sought{Happening{.packet = 17}});
  CHECK(condition_of("stage(protocol)", cast) ==
        Sought{Happening{.kind = Kind::stage, .host = 1, .indices = {{4}}}});
  CHECK(condition_of("stage(client.hard interrupt)", cast) ==
        Sought{Happening{.kind = Kind::stage, .host = 0, .indices = {{2}}}});
  CHECK(condition_of("queue(rx ring) > 90%", cast) == Sought{Filling{1, 0, 18}});
  Cast several = cast;  // one for each queue of the card
  several.hosts[1].instances = {4, 1, 1};
  CHECK(condition_of("queue(rx ring) > 90%", several) == Sought{Filling{1, 0, 72}});
  CHECK(condition_of("queue(tx ring) > 90%", several) == Sought{Filling{1, 2, 18}});
  CHECK(condition_of("ring(client.tx ring)>12", cast) == Sought{Filling{0, 2, 12}});
  CHECK(condition_of("queue(socket buffer) > 3", cast) == Sought{Filling{1, 1, 3}});
  CHECK(condition_of("cwnd(1) < 10kB", cast) == Sought{Crossing{1, 1, true, 10'000}});
  CHECK(condition_of("cwnd(client.12)>1.5 MB", cast) == Sought{Crossing{0, 12, false, 1'500'000}});
  CHECK(condition_of("time 12.4us", cast) == Sought{start_of_time + Duration{12'400'000}});
  CHECK(condition_of("time 3 ms", cast) == Sought{start_of_time + Duration{3'000'000'000}});
}

TEST_CASE("conditions have the names that the pictures have in Chinese, too") {
  const Cast cast = made_up_cast();
  CHECK(condition_of("queue(接收环) > 90%", cast) == condition_of("queue(rx ring) > 90%", cast));
  CHECK(condition_of("queue（client.发送环）＞ 12", cast) ==
        condition_of("queue(client.tx ring) > 12", cast));
  CHECK(condition_of("drop（client）", cast) == condition_of("drop(client)", cast));
}

TEST_CASE("what is wrong with a condition is said in both languages") {
  const Cast cast = made_up_cast();
  const auto chinese = [&cast](const char* text) -> std::string {
    try {
      condition_of(text, cast);
    } catch (const ConditionError& error) {
      return error.text.zh_CN;
    }
    return "accepted";
  };
  CHECK(chinese("packet x") == "这里应为分组的编号，而写的是“x”");
  CHECK(chinese("queue(ring) > 3") ==
        "这里应为 server 的队列（接收环、套接字缓冲区、发送环），而写的是“ring”");
  CHECK(chinese("queue(rx ring) > 130%") == "这里应为不超过 100% 的数，而写的是“130%”");
  CHECK(chinese("queue(socket buffer) > 90%") ==
        "这里应为分组数，而不是百分比：“套接字缓冲区”的容量不以分组计");
}

TEST_CASE("what is wrong with a condition is said") {
  const Cast cast = made_up_cast();
  CHECK(refusal("first retransmit", cast) ==
        "expected drop, delivered, packet 17, stage(NAME), queue(NAME) > 90%, cwnd(1) < 10kB or time 12.4us, "
        "found 'first retransmit'");
  CHECK(refusal("", cast).starts_with("expected drop"));
  CHECK(refusal("packet x", cast) == "expected the number of a packet, found 'x'");
  CHECK(refusal("drop(nobody)", cast) == "expected a host (client, server), found 'nobody'");
  CHECK(refusal("queue(ring) > 3", cast) ==
        "expected a queue of server (rx ring, socket buffer, tx ring), found 'ring'");
  CHECK(refusal("queue(rx ring) < 3", cast) == "expected '> 90%' or '> 230', found '< 3'");
  CHECK(refusal("queue(rx ring) > nan", cast) == "expected '> 90%' or '> 230', found 'nan'");
  CHECK(refusal("queue(rx ring) > 130%", cast) == "expected at most 100%, found '130%'");
  CHECK(refusal("queue(socket buffer) > 90%", cast) ==
        "expected a number of packets, found a percentage: the capacity of 'socket buffer' is no number of "
        "packets");
  CHECK(refusal("queue(rx ring > 3", cast) == "expected ')', found '(rx ring > 3'");
  CHECK(refusal("stage", cast) == "expected a stage in parentheses, found ''");
  CHECK(refusal("cwnd(0) < 1B", cast) == "expected the number of a connection, from 1, found '0'");
  CHECK(refusal("cwnd(nobody.1) < 1B", cast) == "expected a host (client, server), found 'nobody'");
  CHECK(refusal("cwnd(1) = 1B", cast) == "expected '< 10kB' or '> 10kB', found '= 1B'");
  CHECK(refusal("cwnd(1) < 10", cast) == "expected a size such as 10kB, found '10'");
  CHECK(refusal("time 12 parsecs", cast) == "expected a time such as 12.4us, found '12 parsecs'");
  CHECK(refusal("time -1us", cast) == "expected a time such as 12.4us, found '-1us'");
  CHECK(refusal("drop now", cast) == "expected nothing more, found 'now'");
}
