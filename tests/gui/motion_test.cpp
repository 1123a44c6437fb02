// What moves on a stage in the window, and what of it stays: falls and flashes.
#include "window/motion.hpp"

#include <algorithm>

#include <QTemporaryDir>

#include "catch.hpp"
#include "model/fallen.hpp"
#include "ringside/replay/narrate.hpp"
#include "ringside/scenarios/library.hpp"
#include "window/runner.hpp"

using namespace ringside;
using namespace ringside::window;

namespace {

// A ring of eight that overflows.
class Overrun {
 public:
  explicit Overrun(const std::string& scenario = "receive-livelock", const std::string& rate = "40000")
      : Overrun{scenario, {{"offered_pps", rate}, {"rx_ring", "8"}}, Duration{3'000'000'000}} {}
  Overrun(const std::string& scenario, const decltype(scenarios::Overrides::set)& set, Duration duration) {
    const auto library = scenarios::locate_library();
    REQUIRE(library);
    Order order{.scenario = scenario};
    order.overrides.path = "napi-socket";
    order.overrides.set = set;
    order.overrides.duration = duration;
    Outcome outcome = carry_out(order, *library, folder_.filePath(QStringLiteral("0")).toStdString(), {});
    INFO(outcome.failure.toStdString());
    REQUIRE(outcome.reel);
    session.show_side(0, outcome.reel, outcome.result);
  }

  // After so many events, the last of which is the first of that kind at the host under study for which it
  // holds.
  template <class Holds>
  std::uint64_t first(trace::Kind kind, Holds&& holds) {
    model::Reel& reel = *session.reel();
    for (std::uint64_t number = 0; number < reel.events(); ++number)
      if (const trace::Event event = reel.event(number);
          event.kind == kind && event.host == reel.cast().study && holds(event, reel.after(number + 1)))
        return number + 1;
    FAIL("there is none");
    return 0;
  }
  std::uint64_t first_drop() {
    return first(trace::Kind::drop, [](const auto&, const auto&) { return true; });
  }

 private:
  QTemporaryDir folder_{};

 public:
  Session session{};
};

}  // namespace

TEST_CASE("what is dropped falls while its event lasts, and then stays for a while", "[motion]") {
  Overrun run;
  Session& session = run.session;
  const std::uint64_t at = run.first_drop();
  const trace::Event drop = session.reel()->event(at - 1);
  session.seek_event(at - 1);
  CHECK(falls_of(session, 0).empty());
  session.play(1);
  session.advance(0.5 / session.playback().pace());
  REQUIRE(session.playback().events() == at);
  auto falls = falls_of(session, 0);
  REQUIRE(falls.size() == 1);
  CHECK(falls[0].part == Approx(session.playback().part()));
  CHECK(falls[0].part < 1);
  CHECK(falls[0].packet.packet == drop.packet);
  CHECK(falls[0].from.index == drop.index);
  CHECK(falls[0].key == "rx ring");
  CHECK(falls[0].reason == QStringLiteral("rx ring full"));
  session.set_still(true);
  CHECK(falls_of(session, 0)[0].part == 1);
  session.set_language(path::Language::zh_CN);
  CHECK(falls_of(session, 0)[0].reason == QStringLiteral("接收环已满"));
  session.seek_event(at + 20);
  const auto same = [&drop](const view::Dropped& fall) { return fall.packet.packet == drop.packet; };
  CHECK(std::ranges::any_of(falls_of(session, 0), same));
  session.seek_event(at + 24);
  CHECK(std::ranges::none_of(falls_of(session, 0), same));
}

TEST_CASE("what a host drops falls on the stage of that host alone", "[motion]") {
  Overrun run;
  Session& session = run.session;
  const std::uint64_t at = run.first_drop();
  session.seek_event(at);
  REQUIRE(falls_of(session, 0).size() == 1);
  const replay::Cast& cast = session.reel()->cast();
  REQUIRE(cast.hosts.size() > 1);
  for (std::size_t host = 0; host < cast.hosts.size(); ++host) {
    session.set_host(cast.hosts[host].name);
    CHECK(falls_of(session, 0).size() == (host == cast.study ? 1 : 0));
  }
}

TEST_CASE("what the line loses falls at both its ends", "[motion]") {
  Overrun run{"tcp-file", {{"loss", "0.05"}}, Duration{200'000'000'000}};
  model::Reel& reel = *run.session.reel();
  const auto lost = [&](std::uint64_t number) {
    const trace::Event event = reel.event(number);
    return event.kind == trace::Kind::drop && replay::loss_key(reel.cast(), event) == "lost on the link";
  };
  std::uint64_t number = 0;
  while (number < reel.events() && !lost(number)) ++number;
  REQUIRE(number < reel.events());
  const std::size_t from = reel.event(number).host, to = 1 - from;
  const auto work = [&](std::size_t host) {
    const auto falls = model::fallen(reel, host, number, number + 1);
    REQUIRE(falls.size() == 1);
    REQUIRE(falls[0].where);
    CHECK(falls[0].where->host == host);
    CHECK(falls[0].where->place == trace::Kind::stage);
    return reel.host(host).path.stages.at(falls[0].where->index).work;
  };
  CHECK(work(from) == path::Work::depart);
  CHECK(work(to) == path::Work::arrive);
}

TEST_CASE("a side that is shifted shows what was dropped where it stands", "[motion]") {
  Overrun run;
  Session& session = run.session;
  session.show_side(1, std::make_shared<model::Reel>(session.reel()->file()), std::nullopt);
  const Duration late = std::chrono::microseconds{50};
  const Time drop = session.reel()->event(run.first_drop() - 1).at;
  session.playback().set_clock(model::Clock::time);
  session.seek(drop + Duration{1000} + late);
  CHECK(falls_of(session, 1).size() == falls_of(session, 0).size());
  session.shift_side(1, -late);
  CHECK(session.now(1) == drop + Duration{1000});
  session.play(1);
  const auto falls = falls_of(session, 1);
  REQUIRE(falls.size() == 1);
  CHECK(falls[0].part < 1);
}

TEST_CASE("a ring flashes when it becomes full, slowly, and not where motion is not wanted", "[motion]") {
  Overrun run{"roads", "3000000"};
  Session& session = run.session;
  const replay::HostCast& host = session.reel()->host(session.reel()->cast().study);
  const std::uint64_t at =
      run.first(trace::Kind::queue, [&](const trace::Event& event, const trace::State& now) {
        return now.hosts[event.host].waiting[event.index] == host.packets_in(event.index);
      });
  const std::size_t queue = session.reel()->event(at - 1).index;
  const auto flash = [&] { return just_full(session, 0, session.reel()->after(session.events(0))); };
  session.seek_event(at - 1);
  session.play(1);
  session.advance(0.1 / session.playback().pace());
  CHECK(flash() == queue);
  session.set_still(true);
  CHECK_FALSE(flash());
  session.set_still(false);
  session.playback().set_pace(20);
  CHECK_FALSE(flash());
  session.playback().set_pace(3);
  session.advance(0.7 / session.playback().pace());
  CHECK_FALSE(flash());
}

TEST_CASE("one of several rings flashes when it has no room for a packet, once", "[motion]") {
  Overrun run;
  Session& session = run.session;
  const std::uint64_t at = run.first_drop();
  const std::size_t queue = session.reel()->event(at - 1).index;
  REQUIRE(session.reel()->host(session.reel()->cast().study).instances_of(queue) > 1);
  std::size_t flashes = 0;
  for (std::uint64_t events = at - 1; events < at + 20; ++events) {
    session.seek_event(events);
    session.play(1);
    session.advance(0.1 / session.playback().pace());
    const auto flash = just_full(session, 0, session.reel()->after(session.events(0)));
    if (events == at - 1) CHECK(flash == queue);
    flashes += flash == queue;
  }
  CHECK(flashes == 1);
}
