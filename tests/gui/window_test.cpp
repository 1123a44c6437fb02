// What there is to see, and how one goes through it: with keys, clicks and what is typed, and nothing that
// waits for a time.
#include <algorithm>

#include <QLabel>
#include <QSlider>
#include <QStatusBar>
#include <QTableView>
#include <QToolButton>
#include <QToolTip>

#include "view/describe.hpp"
#include "window/board_panel.hpp"
#include "window/tables.hpp"
#include "window_hands.hpp"

using namespace ringside;

class WindowTest : public WindowHands {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { warm_up(); }
  void init() { open_fresh_window(); }
  void cleanup() { put_away(); }

  void says_what_to_do_when_there_is_nothing_to_see() {
    QVERIFY(reads(QStringLiteral("Open a scenario")));
    press("plays nothing", Qt::Key_Space);
    press("steps nowhere", Qt::Key_Right);
    press("goes to no end", Qt::Key_End);
    type_command(QStringLiteral("packet 17"));
    auto* list = QApplication::activePopupWidget();
    QVERIFY(list);  // it stays, and says why
    QVERIFY(list->findChild<QLabel*>()->text().contains(QStringLiteral("nothing is open yet")));
    QTest::keyClick(list->findChild<QLineEdit*>(), Qt::Key_Escape);
    QTRY_VERIFY(!QApplication::activePopupWidget());
    window_->activateWindow();
    command(QStringLiteral("Compare with path dpdk"));
    QVERIFY(window().statusBar()->currentMessage().contains(QStringLiteral("Open a scenario first")));
  }

  void opens_a_scenario_from_the_library() {
    open_ping();
    QVERIFY(reads(QStringLiteral("napi-socket")));
    QVERIFY(!reads(QStringLiteral("Open a scenario")));
    QVERIFY(picture().targets.size() > 10);
    QVERIFY(session().reel()->events() > 40);
  }

  void plays_and_pauses() {
    open_ping();
    press("plays", Qt::Key_Space);
    QVERIFY(session().playback().playing());
    QTRY_VERIFY(session().playback().events() >= 3);
    press("pauses", Qt::Key_Space);
    QVERIFY(!session().playback().playing());
    const std::uint64_t events = session().playback().events();
    QCoreApplication::processEvents();
    QCOMPARE(session().playback().events(), events);
    press("faster", Qt::Key_BracketRight);
    press("plays backwards", Qt::Key_Space, Qt::ShiftModifier);
    QTRY_VERIFY(session().playback().at_begin());
    QTRY_VERIFY(!session().playback().playing());  // it stops there
  }

  void plays_to_the_end_and_from_the_beginning_again() {
    open_ping();
    session().playback().set_pace(2000);
    press("plays", Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(!session().playback().playing(), patience);
    QCOMPARE(session().playback().events(), session().reel()->events());
    press("plays again", Qt::Key_Space);
    QVERIFY(session().playback().playing());
    QTRY_VERIFY(session().playback().events() < session().reel()->events());
  }

  void steps_forth_and_back_to_exactly_what_was() {
    open_ping();
    std::vector<std::string> pictures;
    std::vector<trace::State> states;
    for (int step = 0; step < 30; ++step) {
      pictures.push_back(view::describe(picture()));
      states.push_back(session().reel()->after(session().playback().events()));
      press("steps forth", Qt::Key_Right);
    }
    for (int step = 29; step >= 0; --step) {
      press("steps back", Qt::Key_Left);
      const auto i = static_cast<std::size_t>(step);
      QVERIFY(session().reel()->after(session().playback().events()) == states[i]);
      QCOMPARE(view::describe(picture()), pictures[i]);
    }
    press("to the end", Qt::Key_End);
    QCOMPARE(session().playback().events(), session().reel()->events());
    press("to the beginning", Qt::Key_Home);
    QCOMPARE(view::describe(picture()), pictures[0]);
  }

  void the_old_picture_stays_until_the_new_one_is_there() {
    open_ping();
    press("steps forth", Qt::Key_Right);
    const auto before = session().sides()[0].reel;
    set_parameter(QStringLiteral("payload"), QStringLiteral("1400"));
    QCOMPARE(session().sides()[0].reel, before);
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0) && session().sides()[0].reel != before, patience);
    // A slider does the same, and nothing else.
    const auto second = session().sides()[0].reel;
    QSlider* slider = nullptr;
    for (auto* s : window().findChild<QDockWidget*>(QStringLiteral("parameters"))->findChildren<QSlider*>())
      if (s->accessibleName() == QLatin1String{"payload"}) slider = s;
    QVERIFY(slider);
    slider->setFocus();
    press("moves a slider", Qt::Key_Left);
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0) && session().sides()[0].reel != second, patience);
  }

  void selects_a_packet() {
    open_ping();
    const auto packet_target = [&]() -> std::optional<view::Target> {
      for (const view::Target& target : picture().targets)
        if (target.what.starts_with("packet ")) return target;
      return std::nullopt;
    };
    for (int step = 0; step < 20 && !packet_target(); ++step) press("steps forth", Qt::Key_Right);
    const auto target = packet_target();
    QVERIFY(target);
    QCoreApplication::processEvents();  // what is clicked is what was painted
    QTRY_VERIFY(!stage().visibleRegion().isEmpty());
    stage().repaint();
    watch().act("clicks a packet",
                [&] { QTest::mouseClick(&stage(), Qt::LeftButton, {}, target->area.center().toPoint()); });
    QCOMPARE("packet " + std::to_string(session().packet()), target->what);
    stage().repaint();
    watch().act("clicks it again",
                [&] { QTest::mouseClick(&stage(), Qt::LeftButton, {}, target->area.center().toPoint()); });
    QCOMPARE(session().packet(), std::uint64_t{0});
    command(QStringLiteral("packet 2"));
    QCOMPARE(session().packet(), std::uint64_t{2});
  }

  void goes_on_until_something_happens() {
    open_ping();
    command(QStringLiteral("packet 2"));
    QTRY_VERIFY_WITH_TIMEOUT(session().playback().events() > 0, patience);
    QCOMPARE(session().reel()->event(session().playback().events() - 1).packet, std::uint64_t{2});
    type_command(QStringLiteral("no such condition"));
    QVERIFY(QApplication::activePopupWidget());
  }

  void lists_what_a_figure_has_counted() {
    open_ping();
    press("to the end", Qt::Key_End);
    auto* board = window().findChild<window::BoardCanvas*>();
    auto* tables = window().findChild<window::Tables*>();
    QVERIFY(!tables->isVisible());
    const auto click = [&](const char* what) {
      const view::Picture drawn = board->picture(QSizeF{board->size()});
      const auto target = std::ranges::find(drawn.targets, what, &view::Target::what);
      QVERIFY2(target != drawn.targets.end(), what);
      board->repaint();
      watch().act("clicks a figure",
                  [&] { QTest::mouseClick(board, Qt::LeftButton, {}, target->area.center().toPoint()); });
    };
    click("count syscalls_per_packet");
    QVERIFY(tables->isVisible());
    const model::Reel& reel = *session().reel();
    const trace::HostState& end = *reel.end(reel.cast().study);
    const auto calls = static_cast<int>(end.count(trace::Kind::syscall));
    QVERIFY(calls > 0);
    auto* list = qobject_cast<QTableView*>(tables->widget(0))->model();
    QTRY_COMPARE_WITH_TIMEOUT(list->rowCount(), calls, patience);
    click("count delivered_packets");
    QTRY_COMPARE_WITH_TIMEOUT(list->rowCount(), static_cast<int>(end.delivered), patience);
    auto* chip = tables->findChild<QToolButton*>(QStringLiteral("filter"));
    QVERIFY(chip->isVisible() && chip->text().contains(QStringLiteral("delivered packets")));
    watch().act("lists all again", [&] { QTest::mouseClick(chip, Qt::LeftButton); });
    QVERIFY(list->rowCount() > static_cast<int>(end.delivered));
    QVERIFY(!chip->isVisible());
  }

  void shows_each_host_in_turn() {
    open_ping();
    const std::string before = view::describe(picture());
    QVERIFY(reads(QStringLiteral("client: ")));
    press("the next host", Qt::Key_H);
    QVERIFY(reads(QStringLiteral("server: ")));
    QVERIFY(!reads(QStringLiteral("client: ")));
    auto* board = window().findChild<window::BoardCanvas*>();
    QVERIFY(view::describe(board->picture(QSizeF{board->size()})).find("server") != std::string::npos);
    press("to the end", Qt::Key_End);
    press("the next host", Qt::Key_H);
    press("to the beginning", Qt::Key_Home);
    QCOMPARE(view::describe(picture()), before);
  }

  void searches_and_explains() {
    open_ping();
    press("hides the library", Qt::Key_1, Qt::ControlModifier);
    press("searches", Qt::Key_Slash);
    auto* line = window_->findChild<QDockWidget*>(QStringLiteral("library"))->findChild<QLineEdit*>();
    QVERIFY(line->isVisible() && line->hasFocus());
    watch().act("types", [&] { QTest::keyClicks(line, QStringLiteral("no such scenario")); });
    auto* tree = window_->findChild<QDockWidget*>(QStringLiteral("library"))->findChild<QTreeView*>();
    QCOMPARE(tree->model()->rowCount(), 0);
    stage().setFocus();
    press("explains nothing", Qt::Key_F1);
    QVERIFY(window().statusBar()->currentMessage().contains(QStringLiteral("Nothing more is known")));
    command(QStringLiteral("stage(napi poll)"));
    QTRY_VERIFY(session().playback().events() > 0);
    press("explains", Qt::Key_F1);
    QVERIFY2(QToolTip::text().contains(QStringLiteral("napi poll")), qPrintable(QToolTip::text()));
  }

  void follows_a_packet() {
    window().runs().open(record());
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0) && session().reel()->overview(), patience);
    press("the first packet", Qt::Key_Right, Qt::ControlModifier);
    const std::uint64_t packet = session().packet();
    QVERIFY(packet > 0);
    std::vector<std::uint64_t> stops{session().playback().events()};
    for (int i = 0; i < 3; ++i) {
      press("to its next milestone", Qt::Key_Right, Qt::ShiftModifier);
      QVERIFY(session().playback().events() > stops.back());
      stops.push_back(session().playback().events());
      QCOMPARE(session().reel()->event(stops.back() - 1).packet, packet);
    }
    press("to the milestone before", Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(session().playback().events(), stops[2]);
    press("next packet", Qt::Key_Right, Qt::ControlModifier);
    const std::uint64_t next = session().packet();
    QVERIFY(next != packet);
    press("packet before", Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(session().packet(), packet);
    QCOMPARE(session().playback().events(), stops[0]);
  }

  // Where other packets have events in between, the moment goes from one of its own to the next.
  void stays_with_a_packet_while_it_plays() {
    window().runs().open(record());
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0) && session().reel()->overview(), patience);
    press("the first packet", Qt::Key_Right, Qt::ControlModifier);
    const std::uint64_t packet = session().packet();
    std::vector<std::uint64_t> its;
    for (std::uint64_t event = 0; event < 4000; ++event)
      if (session().reel()->event(event).packet == packet) its.push_back(event + 1);
    session().playback().set_pace(200);
    press("follows it", Qt::Key_F);
    press("plays", Qt::Key_Space);
    QSignalSpy moved{&session(), &window::Session::moved};
    while (session().playback().playing() && session().playback().events() < its.back()) {
      const std::uint64_t events = session().playback().events();
      QVERIFY2(std::ranges::find(its, events) != its.end(), qPrintable(QString::number(events)));
      QVERIFY(moved.wait(patience));
    }
  }
};

int main(int argc, char** argv) { return run_window_test<WindowTest>(argc, argv); }

#include "window_test.moc"
