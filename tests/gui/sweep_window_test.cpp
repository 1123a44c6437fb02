// The sweep in the window, used as a user uses it: asked for, run, stopped, and a point of it opened.
#include <memory>
#include <numeric>

#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "ringside/scenarios/library.hpp"
#include "window/main_window.hpp"
#include "window/sweep_canvas.hpp"
#include "window/sweep_panel.hpp"
#include "window/tables.hpp"
#include "window_driver.hpp"

using namespace ringside;
using window::MainWindow;
using window::SweepPanel;

namespace {

// A receiver that is offered more than it can take, for a hundredth of a second each time.
constexpr const char* ramp = R"(scenario: ramp
title: {en: A ramp, zh_CN: 斜坡}
path: napi-socket
profile: xeon-2018
keys:
  load: {default: 100k, what: {en: datagrams each second, zh_CN: 每秒数据报数}}
  loss: {default: 0, what: {en: of the link, zh_CN: 链路的}}
duration: 10ms
hosts:
  source: {wire: true}
  server: {path: $path, profile: $profile}
links:
  - {between: [source, server], rate: 100Gbps, delay: 5us, loss: $loss}
workloads:
  - {from: source, to: server, udp: {rate: $load, bytes: 60}}
)";

}  // namespace

class SweepWindowTest : public WindowDriver {
  Q_OBJECT

 private:
  QTemporaryDir folder_{};

  SweepPanel& panel() { return *window_->findChild<SweepPanel*>(); }
  window::SweepCanvas& canvas() { return *window_->findChild<window::SweepCanvas*>(); }
  view::Picture picture() { return canvas().picture(QSizeF{canvas().size()}); }

  QString write(const char* name, const std::string& text) {
    QFile file{folder_.filePath(QLatin1String{name})};
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(text.data(), static_cast<qint64>(text.size()));
    return file.fileName();
  }

  bool reads(const QString& text) { return ringside::reads(picture(), text); }

  // In the panel, beside its button.
  bool says(const QString& text) {
    return panel().findChild<QLabel*>(QStringLiteral("says"))->text().contains(text);
  }

  void run_or_stop() {
    watch().act("runs or stops the sweep",
                [&] { QTest::mouseClick(panel().findChild<QPushButton*>(), Qt::LeftButton); });
  }

  void type_values(const QString& text) {
    auto* field = panel().findChild<QLineEdit*>();
    field->setFocus();
    field->selectAll();
    watch().act("types values", [&] { QTest::keyClicks(field, text); });
  }

  // Opens it, and the dock beside the stage.
  void open(const QString& scenario) {
    watch().act("opens a scenario", [&] { window_->runs().open(scenario); });
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0), patience);
    press("shows the sweep", Qt::Key_V);
    QTRY_VERIFY(panel().isVisible() && !canvas().visibleRegion().isEmpty());
  }

  void run() {
    run_or_stop();
    QVERIFY(session().sweep().under_way);
    QTRY_VERIFY_WITH_TIMEOUT(!session().sweep().under_way, patience);
  }

  std::optional<view::Target> target(const std::string& what) {
    canvas().repaint();  // what is clicked is what was painted
    for (const view::Target& its : picture().targets)
      if (its.what == what) return its;
    return std::nullopt;
  }

  void click(const std::string& what) {
    const auto its = target(what);
    QVERIFY2(its, what.c_str());
    watch().act("clicks in the curves",
                [&] { QTest::mouseClick(&canvas(), Qt::LeftButton, {}, its->area.center().toPoint()); });
  }

 private Q_SLOTS:
  void initTestCase() {
    warm_up();
    write("fixed.yaml", ramp);
    write("ramp.yaml", std::string{ramp} + "vary: {load: [100k, 400k, 8M]}\n" +
                           "expect: [\"dropped_pps == 0\", \"max(delivered_pps) > 1\"]\n");
  }

  void init() { open_fresh_window(); }

  void cleanup() { close_window(); }

  void is_hidden_until_it_is_asked_for() {
    auto* dock = window_->findChild<QDockWidget*>(QStringLiteral("sweep"));
    QVERIFY(dock && !dock->isVisible());
    press("shows the sweep", Qt::Key_V);
    QVERIFY(dock->isVisible());
    QVERIFY(reads(QStringLiteral("Open a scenario")));
    QVERIFY(!panel().isEnabled());
    press("hides the sweep", Qt::Key_V);
    QVERIFY(!dock->isVisible());
  }

  void runs_what_the_scenario_varies() {
    open(folder_.filePath(QStringLiteral("ramp.yaml")));
    QVERIFY(reads(QStringLiteral("run the sweep")));
    QCOMPARE(panel().findChild<QComboBox*>()->currentText(), QStringLiteral("load"));
    QCOMPARE(panel().findChild<QLineEdit*>()->text(), QStringLiteral("100k,400k,8M"));
    run();
    QVERIFY(session().sweep().failure.isEmpty());
    QVERIFY(session().sweep().sweep->whole());
    for (const char* what : {"point 0/0", "point 0/1", "point 0/2"}) QVERIFY2(target(what), what);
    // What the last run drops is not expected, and is told first.
    QVERIFY(reads(QStringLiteral("load=8M: dropped_pps == 0 does not hold")));
    QVERIFY(!reads(QStringLiteral("max(delivered_pps) > 1 does not hold")));
    click("metric latency_ns_p99");
    QVERIFY(reads(QStringLiteral("latency, 99th percentile over load")));
  }

  void a_point_leads_to_the_first_drop_of_its_run() {
    open(folder_.filePath(QStringLiteral("ramp.yaml")));
    run();
    const auto before = session().sides()[0].reel;
    click("point 0/2");
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("first drop")), patience);
    QVERIFY(is_shown(0) && session().sides()[0].reel != before);
    const auto& set = session().sides()[0].overrides.set;
    QVERIFY(std::ranges::find(set, std::pair<std::string, std::string>{"load", "8M"}) != set.end());
    // Nothing is dropped before that event, and something with it.
    const std::uint64_t events = session().playback().events();
    const auto dropped = [&](std::uint64_t after) {
      const model::Reel& reel = *session().reel();
      const auto& queues = session().reel()->after(after).hosts[reel.cast().study].dropped;
      return std::accumulate(queues.begin(), queues.end(), std::uint64_t{0});
    };
    QCOMPARE(dropped(events - 1), std::uint64_t{0});
    QVERIFY(dropped(events) > 0);
    QVERIFY(session().packet() != 0);
    // The sweep is still there, and still of all its values.
    QCOMPARE(session().sweep().sweep->plan().values(), std::size_t{3});
    // At a load that can be taken there is none.
    click("point 0/0");
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Nothing is dropped")), patience);
    QCOMPARE(session().playback().events(), std::uint64_t{0});
  }

  void points_are_chosen_by_keys() {
    open(folder_.filePath(QStringLiteral("ramp.yaml")));
    window_->runs().add_path("dpdk");
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(1), patience);
    run();
    QCOMPARE(session().sweep().sweep->plan().series.size(), std::size_t{2});
    canvas().setFocus();
    const std::uint64_t moment = session().playback().events();
    press("chooses the first", Qt::Key_Right);
    press("chooses the next", Qt::Key_Right);
    press("chooses on the other path", Qt::Key_Down);
    QVERIFY((session().sweep().chosen == view::SweepPlace{1, 1}));
    QCOMPARE(session().playback().events(), moment);  // these keys step through events elsewhere
    canvas().repaint();
    QVERIFY(canvas().accessibleDescription().startsWith(QStringLiteral("dpdk, load=400k")));
    const std::string metric = session().sweep().metric;
    press("shows another metric", Qt::Key_PageDown);
    QVERIFY(session().sweep().metric != metric);
    const auto before = session().sides()[1].reel;
    press("opens it", Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(1) && session().sides()[1].reel != before, patience);
  }

  void any_key_can_be_varied() {
    open(folder_.filePath(QStringLiteral("fixed.yaml")));
    QVERIFY(says(QStringLiteral("varies nothing")));
    run_or_stop();
    QVERIFY(!session().sweep().under_way);
    auto* key = panel().findChild<QComboBox*>();
    key->setFocus();
    key->setCurrentIndex(key->findText(QStringLiteral("loss")));
    type_values(QStringLiteral("0,0.5,1"));
    run();
    QVERIFY(session().sweep().failure.isEmpty());
    QVERIFY(reads(QStringLiteral("over loss")));
    type_values(QStringLiteral("0,some"));
    run();
    QVERIFY(session().sweep().failure.contains(QStringLiteral("some")));
  }

  void is_stopped_and_keeps_what_has_come() {
    open(folder_.filePath(QStringLiteral("ramp.yaml")));
    type_values(QStringLiteral("100000..400000/1000"));
    run_or_stop();
    QTRY_VERIFY_WITH_TIMEOUT(session().sweep().sweep && session().sweep().sweep->done() > 1, patience);
    run_or_stop();
    QVERIFY(!session().sweep().under_way);
    QVERIFY(!session().sweep().sweep->whole());
    QVERIFY(reads(QStringLiteral("stopped: ")));
    QVERIFY(target("point 0/0"));
  }

  void closes_during_a_sweep() {
    open(folder_.filePath(QStringLiteral("ramp.yaml")));
    type_values(QStringLiteral("100000..400000/1000"));
    run_or_stop();
    QTRY_VERIFY_WITH_TIMEOUT(session().sweep().sweep, patience);
    watch().act("closes during a sweep", [this] { window_->close(); });
    window_.reset();
  }

  void another_scenario_has_another_sweep() {
    open(folder_.filePath(QStringLiteral("ramp.yaml")));
    run();
    watch().act("opens another scenario", [&] { window_->runs().open(QStringLiteral("ping")); });
    QVERIFY(!session().sweep().sweep);
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0), patience);
    QVERIFY(panel().findChild<QComboBox*>()->findText(QStringLiteral("payload")) >= 0);
  }

  void another_scenario_ends_a_sweep_that_is_still_being_loaded() {
    open(folder_.filePath(QStringLiteral("ramp.yaml")));
    run_or_stop();
    QVERIFY(panel().sweeper().running());
    watch().act("opens another scenario", [&] { window_->runs().open(QStringLiteral("ping")); });
    QVERIFY(!panel().sweeper().running());
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0), patience);
    QVERIFY(!session().sweep().sweep && !session().sweep().under_way);
  }

  void is_a_table_too() {
    open(folder_.filePath(QStringLiteral("ramp.yaml")));
    run();
    auto* tables = window_->findChild<window::Tables*>();
    auto* table = qobject_cast<QTableView*>(tables->widget(tables->count() - 1));
    QVERIFY(table);
    const QAbstractItemModel& rows = *table->model();
    QCOMPARE(rows.rowCount(), 3);
    QCOMPARE(rows.index(2, 1).data().toString(), QStringLiteral("8M"));
    QVERIFY(rows.index(2, rows.columnCount() - 1).data().toString().contains(QStringLiteral("dropped_pps")));
    const auto before = session().sides()[0].reel;
    Q_EMIT table->activated(rows.index(1, 0));
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0) && session().sides()[0].reel != before, patience);
    QVERIFY((session().sweep().chosen == view::SweepPlace{0, 1}));
  }
};

int main(int argc, char** argv) { return run_window_test<SweepWindowTest>(argc, argv); }

#include "sweep_window_test.moc"
