// What the window's session and its tables say of two recordings side by side.
#include "window/session.hpp"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>

#include "catch.hpp"
#include "ringside/scenarios/library.hpp"
#include "window/board_table.hpp"
#include "window/comparison_scene.hpp"
#include "window/event_table.hpp"
#include "window/first_drop.hpp"
#include "window/gathering.hpp"
#include "window/journey_table.hpp"
#include "window/runner.hpp"
#include "window/search.hpp"

using namespace ringside;
using namespace ringside::window;

namespace {

// The scenario on each path, as the window runs it.
class Compared {
 public:
  explicit Compared(const std::vector<std::string>& paths, const std::string& scenario = "roads") {
    const auto library = scenarios::locate_library();
    REQUIRE(library);
    for (std::size_t side = 0; side < paths.size(); ++side) {
      Order order{.scenario = scenario};
      order.overrides.path = paths[side];
      order.overrides.duration = Duration{3'000'000'000};
      const std::string file = folder_.filePath(QString::number(side)).toStdString();
      Outcome outcome = carry_out(order, *library, file, {});
      REQUIRE(outcome.reel);
      session.show_side(side, outcome.reel, outcome.result);
    }
  }

 private:
  QTemporaryDir folder_{};

 public:
  Session session{};
};

std::uint64_t arrived(Session& session, std::size_t side, std::size_t rank) {
  return session.reel(side)->arrivals()->in_order().at(rank).packet;
}

}  // namespace

TEST_CASE("a packet that is selected on one side is selected on all") {
  Compared compared{{"napi-socket", "dpdk", "packet-recv"}};
  Session& session = compared.session;
  const std::uint64_t third = arrived(session, 2, 70);
  session.set_packet(third, 2);
  CHECK(session.packet(2) == third);
  for (const std::size_t side : {0, 1}) CHECK(session.packet(side) == arrived(session, side, 70));
  CHECK(session.leading_packet() == session.packet(0));
  session.remove_side(0);
  CHECK(session.packet(1) == third);
  CHECK(session.packet(0) == arrived(session, 0, 70));
  session.set_packet(0);
  CHECK(session.leading_packet() == 0);  // nothing has arrived at the beginning
  session.seek(session.reel()->last());
  CHECK(session.leading_packet() == session.reel()->arrivals()->in_order().back().packet);
}

TEST_CASE("a side that is shifted alone comes back with the next lock") {
  Compared compared{{"napi-socket", "dpdk"}};
  Session& session = compared.session;
  session.seek(Time{Duration{2'000'000'000}});
  const std::uint64_t before = session.events(1);
  session.shift_side(1, Duration{50'000'000});
  CHECK(session.events(1) > before);
  CHECK(session.events(1) == session.reel(1)->number_at(Time{Duration{2'050'000'000}}));
  // The first one leads: it moves, and the others stay.
  session.shift_side(0, Duration{50'000'000});
  CHECK(session.playback().now() == Time{Duration{2'050'000'000}});
  CHECK(session.events(1) == session.reel(1)->number_at(Time{Duration{2'050'000'000}}));
  session.set_lock(Lock::packet);
  CHECK(session.lock() == Lock::packet);
  CHECK(session.sides()[1].shift == Duration{});
}

TEST_CASE("playing goes on with another recording, and who shows that it plays is told when it ends") {
  Compared compared{{"napi-socket", "dpdk"}};
  Session& session = compared.session;
  int told = 0;
  QObject::connect(&session, &Session::play_changed, &session, [&] { ++told; });
  session.seek_event(1000);
  session.play(1);
  CHECK(told == 1);
  // What has been read meanwhile is the same recording: several of its events are at one time.
  session.show_side(0, std::make_shared<model::Reel>(session.reel()->file()), std::nullopt);
  CHECK(session.playback().playing());
  CHECK(session.playback().events() == 1000);
  const Time now = session.playback().now();
  session.show_side(0, std::make_shared<model::Reel>(session.reel(1)->file()), std::nullopt);
  CHECK(session.playback().playing());
  CHECK(session.playback().now() == now);
  session.remove_side(0);
  CHECK(session.playback().playing());
  CHECK(told == 1);
  session.clear();
  CHECK_FALSE(session.playback().playing());
  CHECK(told == 2);
}

TEST_CASE("who waits for the first drop of a run that fails does not wait for the next one") {
  int count = 1;
  char name[] = "test";
  char* arguments[] = {name, nullptr};
  const QCoreApplication application{count, arguments};  // for the event loop
  Compared compared{{"napi-socket"}};
  Session& session = compared.session;
  FirstDrop first_drop{session};
  int shown = 0;
  QEventLoop loop;
  QObject::connect(&first_drop, &FirstDrop::shown, &loop, [&] {
    ++shown;
    loop.quit();
  });
  const auto another = [&] { return std::make_shared<model::Reel>(session.reel()->file()); };
  first_drop.await(0);
  session.sides()[0].failure = QStringLiteral("no such path");
  session.touch_sides();
  session.show_side(0, another(), std::nullopt);
  Search other;  // what takes as long as looking for the drop would
  QObject::connect(&other, &Search::found, &loop, &QEventLoop::quit);
  other.start(session.reel()->file(), 0, replay::Happening{.kind = trace::Kind::drop});
  loop.exec();
  CHECK(shown == 0);
  first_drop.await(0);
  const std::weak_ptr<model::Reel> before = session.sides()[0].reel;
  session.show_side(0, another(), std::nullopt);
  loop.exec();
  CHECK(shown == 1);
  CHECK(before.expired());
}

TEST_CASE("the file of a run goes with the last one who looks at it") {
  const auto library = scenarios::locate_library();
  REQUIRE(library);
  int count = 1;
  char name[] = "test";
  char* arguments[] = {name, nullptr};
  const QCoreApplication application{count, arguments};  // for the event loop
  Runner runner{*library};
  std::shared_ptr<model::Reel> reel;
  QEventLoop loop;
  QObject::connect(&runner, &Runner::finished, &loop, [&](int, const std::shared_ptr<Outcome>& outcome) {
    reel = outcome->reel;
    loop.quit();
  });
  Order order{.scenario = "roads"};
  order.overrides.duration = Duration{100'000'000};
  runner.start(0, order);
  loop.exec();
  REQUIRE(reel);
  const QString file = QString::fromStdString(reel->file());
  std::shared_ptr<model::Reel> another = reel;
  reel.reset();
  CHECK(QFile::exists(file));
  CHECK(another->after(another->events()).events == another->events());
  another.reset();
  CHECK_FALSE(QFile::exists(file));
}

TEST_CASE("what arrives otherwise is locked by time, and it is said why") {
  Compared alike{{"napi-socket", "dpdk"}};
  CHECK(why_only_time(alike.session).isEmpty());
  CHECK(facts_of(alike.session).startsWith(QStringLiteral("Only the path differs")));
  const view::ComparisonScene scene = comparison_of(alike.session);
  CHECK(scene.obstacle.isEmpty());
  CHECK_FALSE(scene.invitation.isEmpty());  // nothing has arrived yet
  Compared unlike{{"napi-socket", "napi-busy-poll"}, "ping"};
  unlike.session.set_lock(Lock::milestone);
  CHECK(unlike.session.lock() == Lock::time);
  CHECK_FALSE(why_only_time(unlike.session).isEmpty());
  CHECK(comparison_of(unlike.session).sides.empty());
}

TEST_CASE("a comparison's parts are all of the packet's time on each side") {
  Compared compared{{"napi-socket", "af-xdp-zerocopy", "dpdk"}};
  Session& session = compared.session;
  session.set_packet(arrived(session, 0, 100));
  const view::ComparisonScene scene = comparison_of(session);
  REQUIRE(scene.sides.size() == 3);
  for (std::size_t side = 0; side < 3; ++side) {
    CHECK(scene.sides[side].ending == view::Ending::delivered);
    CHECK(replay::total(scene.sides[side].parts) ==
          session.lockstep().journey(side, session.packet(side)).whole);
  }
  CHECK(scene.first == 0);
  CHECK(scene.second == 2);
  CHECK(comparison_of(session, std::pair{std::size_t{2}, std::size_t{1}}).first == 2);
}

TEST_CASE("the tap's clone goes on where the packet itself ends") {
  Compared compared{{"napi-socket", "packet-recv"}};
  Session& session = compared.session;
  bool delivered = false;
  for (std::size_t rank = 0; rank < 200 && !delivered; ++rank) {
    session.set_packet(arrived(session, 0, rank));
    delivered = comparison_of(session).sides.at(1).ending == view::Ending::delivered;
  }
  CHECK(delivered);
}

TEST_CASE("the table of events has those around the moment, and goes where its rows are") {
  Compared compared{{"napi-socket"}};
  Session& session = compared.session;
  EventTable table{session};
  const std::uint64_t events = session.reel()->events();
  REQUIRE(events > 10 * EventTable::reach);
  for (const std::uint64_t moment :
       {std::uint64_t{0}, std::uint64_t{5}, events / 2, events / 2 + 900, events}) {
    session.seek_event(moment);
    CHECK(table.rowCount() <= static_cast<int>(2 * EventTable::reach));
    CHECK(table.rowCount() > 0);
    const int row = table.row_of_moment();
    if (moment == 0) CHECK(row == -1);
    if (moment == 0) continue;
    REQUIRE(row >= 0);
    CHECK(table.index(row, EventTable::number).data().toULongLong() == moment);
    CHECK_FALSE(table.index(row, EventTable::sentence).data().toString().isEmpty());
  }
  session.seek_event(events / 2);
  table.go_to(table.index(table.row_of_moment() - 100, 0));
  CHECK(session.playback().events() == events / 2 - 100);
  table.go_to(table.index(table.rowCount() + 5, 0));
  CHECK(session.playback().events() == events / 2 - 100);
}

TEST_CASE(
    "of a recording that is gone meanwhile, the events of a count are none, and are not asked for again") {
  int count = 1;
  char name[] = "test";
  char* arguments[] = {name, nullptr};
  const QCoreApplication application{count, arguments};  // for the event loop
  Compared compared{{"napi-socket"}};
  Session& session = compared.session;
  const std::string file = session.reel()->file();
  EventTable table{session};
  REQUIRE(QFile::remove(QString::fromStdString(file)));
  session.list(replay::counter_of("syscalls_per_packet"));
  QEventLoop loop;
  int answers = 0;
  QObject::connect(&table, &QAbstractItemModel::modelReset, &loop, [&] {
    ++answers;
    loop.quit();
  });
  loop.exec();
  CHECK(table.rowCount() == 0);
  // What takes as long as asking again would.
  for (int round = 0; round < 3; ++round) {
    Gathering other;
    QObject::connect(&other, &Gathering::found, &loop, &QEventLoop::quit);
    other.start(file, 0, {}, 1);
    loop.exec();
  }
  session.step(1);
  CHECK(answers == 1);
}

TEST_CASE("the tables of the journey and of the figures say what the pictures do") {
  Compared compared{{"napi-socket", "dpdk"}};
  Session& session = compared.session;
  JourneyTable journey{session};
  CHECK(journey.rowCount() == 0);
  journey.set_awake(true);
  session.set_packet(arrived(session, 0, 30));
  const auto& steps = session.lockstep().journey(0, session.packet()).steps;
  REQUIRE(journey.rowCount() == static_cast<int>(steps.size()));
  journey.go_to(journey.index(2, 0));
  CHECK(session.playback().events() == steps[2].number + 1);
  BoardTable board{session};
  CHECK(board.columnCount() == 3);
  CHECK(board.rowCount() > 10);
  for (int row = 0; row < board.rowCount(); ++row) {
    CHECK_FALSE(board.index(row, 0).data().toString().isEmpty());
    CHECK_FALSE(board.index(row, 0).data().toString().contains(QLatin1Char{'_'}));
  }
  CHECK(board.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString() == QStringLiteral("B dpdk"));
}
