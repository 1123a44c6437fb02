// What comes into the window: recordings, whole and broken, and runs that fail or are stopped.
#include <QStatusBar>

#include "window/panel_scenes.hpp"
#include "window_hands.hpp"

using namespace ringside;

class FilesTest : public WindowHands {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { warm_up(); }
  void init() { open_fresh_window(); }
  void cleanup() { put_away(); }

  void opens_a_recording() {
    const QString recording = record();
    watch().act("opens a recording", [&] { window().runs().open(recording); });
    QVERIFY(is_shown(0));
    QVERIFY(session().sides()[0].failure.isEmpty());
    QVERIFY(reads(QStringLiteral("napi-socket")));
  }

  void opens_recordings_side_by_side() {
    const QString first = record(), second = file("dpdk.rstrace");
    window::Order order{.scenario = "roads"};
    order.overrides.set = {{"offered_pps", "3000000"}};
    order.overrides.path = "dpdk";
    window::carry_out(order, *library_, second.toStdString(), {});
    watch().act("opens two recordings", [&] { window().runs().open_all({first, second}); });
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0) && is_shown(1) && session().reel(1)->overview(), patience);
    for (const char* path : {"napi-socket", "dpdk"}) QVERIFY2(reads(QLatin1String{path}), path);
    QVERIFY(session().lockstep().all_like());  // of the same traffic
    press("lock by packet", Qt::Key_K);
    QVERIFY(session().lock() == window::Lock::packet);
    watch().act("opens a third", [&] { window().runs().add_recording(first); });
    QCOMPARE(session().sides().size(), std::size_t{3});
    watch().act("opens what is no recording", [&] { window().runs().add_recording(file("no.rstrace")); });
    QVERIFY(!answers_.said().isEmpty());
    QCOMPARE(session().sides().size(), std::size_t{3});
  }

  void opens_what_is_left_of_a_recording_that_was_cut_off() {
    const std::string whole = read(record());
    write(file("cut.rstrace"), whole.substr(0, whole.size() * 8 / 10));
    watch().act("opens a recording that was cut off", [&] { window().runs().open(file("cut.rstrace")); });
    QCOMPARE(answers_.said(), QString{});
    QVERIFY(is_shown(0));
    QVERIFY(!session().sides()[0].failure.isEmpty());
    QVERIFY(window().statusBar()->currentMessage().contains(session().sides()[0].failure));
    press("goes to its end", Qt::Key_End);
    QVERIFY(session().playback().events() > 0);
    (void)picture();
  }

  void says_why_a_file_is_no_recording() {
    const std::string whole = read(record());
    std::string broken = whole;
    for (std::size_t i = 8; i < 200 && i < broken.size(); ++i)
      broken[i] = static_cast<char>(broken[i] ^ 0x5a);
    write(file("broken.rstrace"), broken);
    write(file("text.rstrace"), "no recording at all\n");
    write(file("empty.rstrace"), "");
    for (const char* name : {"broken.rstrace", "text.rstrace", "empty.rstrace", "missing.rstrace"}) {
      watch().act("opens what is no recording", [&] { window().runs().open(file(name)); });
      QVERIFY2(!answers_.said().isEmpty(), name);
      QVERIFY2(session().sides().empty(), name);
    }
  }

  void a_recording_with_wrong_bytes_anywhere_does_no_harm() {
    const std::string whole = read(record());
    for (std::size_t part = 1; part < 12; ++part) {
      std::string broken = whole;
      broken[whole.size() * part / 12] = static_cast<char>(broken[whole.size() * part / 12] ^ 0xff);
      write(file("flipped.rstrace"), broken);
      watch().act("opens a damaged recording", [&] { window().runs().open(file("flipped.rstrace")); });
      const bool shown = is_shown(0);
      QVERIFY(shown || !answers_.said().isEmpty());
      if (!shown) continue;
      press("goes to its end", Qt::Key_End);
      press("steps back", Qt::Key_Left);
      (void)picture();
    }
  }

  void points_at_the_mistake_in_a_scenario() {
    write(file("wrong.yaml"), "scenario: wrong\ntitle: {en: Wrong, zh_CN: 错}\npaht: napi-socket\n");
    watch().act("opens a scenario with a mistake", [&] { window().runs().open(file("wrong.yaml")); });
    QTRY_VERIFY_WITH_TIMEOUT(!session().sides()[0].failure.isEmpty(), patience);
    const QString place = file("wrong.yaml") + QStringLiteral(":3:1: error: ");
    QVERIFY2(session().sides()[0].failure.contains(place), qPrintable(session().sides()[0].failure));
    QVERIFY(window().statusBar()->currentMessage().contains(QStringLiteral(":")));
    QVERIFY(reads(QStringLiteral("wrong.yaml:3:1: error: ")));
    QCOMPARE(window::board_scene(session()).invitation, QStringLiteral("It did not run: the stage says why"));
  }

  void says_when_a_parameter_cannot_be_so() {
    open_ping();
    const auto before = session().sides()[0].reel;
    set_parameter(QStringLiteral("rate"), QStringLiteral("fast"));
    QTRY_VERIFY_WITH_TIMEOUT(!session().sides()[0].failure.isEmpty(), patience);
    QCOMPARE(session().sides()[0].reel, before);  // and goes on showing what it had
    set_parameter(QStringLiteral("rate"), QStringLiteral("1Gbps"));
    QTRY_VERIFY_WITH_TIMEOUT(session().sides()[0].failure.isEmpty() && is_shown(0), patience);
  }

  void closes_during_a_run() {
    begin_a_run();
    watch().act("closes during a run", [this] { window_->close(); });
    QVERIFY(!window().runs().runner().running());
    window_.reset();
  }

  void a_second_scenario_stops_the_first() {
    begin_a_run();
    open_ping();
    QCOMPARE(session().sides().size(), std::size_t{1});
    QCOMPARE(session().reel()->cast().scenario, std::string{"ping"});
  }
};

int main(int argc, char** argv) { return run_window_test<FilesTest>(argc, argv); }

#include "window_files_test.moc"
