// The window, used as a user uses it: with keys, clicks and what is typed, and nothing that waits for a time.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>

#include <QClipboard>
#include <QDockWidget>
#include <QImage>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QStatusBar>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QToolTip>
#include <QTreeView>
#include <QXmlStreamReader>

#include "ringside/scenarios/library.hpp"
#include "view/describe.hpp"
#include "window/board_panel.hpp"
#include "window/exports.hpp"
#include "window/keys_dialog.hpp"
#include "window/main_window.hpp"
#include "window/presenter.hpp"
#include "window/scene.hpp"
#include "window/stage_pane.hpp"
#include "window/tables.hpp"
#include "window_driver.hpp"

using namespace ringside;
using window::MainWindow;

namespace {

std::string read(const QString& file) {
  std::ifstream in{file.toStdString(), std::ios::binary};
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

// Of the frames of a capture with nanoseconds, in this machine's order of octets: when each passed, since 0.
std::vector<std::uint64_t> times_of(const std::string& pcap) {
  std::vector<std::uint64_t> times;
  const auto word = [&](std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, pcap.data() + at, sizeof value);
    return value;
  };
  for (std::size_t at = 24; at + 16 <= pcap.size(); at += 16 + word(at + 8))
    times.push_back(word(at) * std::uint64_t{1'000'000'000} + word(at + 4));
  return times;
}

void write(const QString& file, const std::string& bytes) {
  std::ofstream{file.toStdString(), std::ios::binary} << bytes;
}

// Answers every message with its button, and keeps what the last one said.
class Answers {
 public:
  Answers() {
    timer_.callOnTimeout([this] {
      auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
      if (!box) return;
      said_ = box->text();
      box->accept();
    });
    timer_.start(1);
  }
  QString said() { return std::exchange(said_, {}); }

 private:
  QTimer timer_{};
  QString said_{};
};

}  // namespace

class WindowTest : public WindowDriver {
  Q_OBJECT

 private:
  Answers answers_{};
  QTemporaryDir folder_{};

  MainWindow& window() { return *window_; }
  window::StagePane& stage() { return *window_->findChild<window::StagePane*>(); }
  view::Picture picture() { return stage().picture(QSizeF{stage().size()}); }
  QString file(const char* name) const { return folder_.filePath(QLatin1String{name}); }

  // Finds it in the library, and opens it with the return key, as a double click does.
  void open_from_library(const QString& name) {
    auto* tree = window_->findChild<QDockWidget*>(QStringLiteral("library"))->findChild<QTreeView*>();
    const QModelIndexList found = tree->model()->match(tree->model()->index(0, 0), Qt::UserRole + 1, name, 1,
                                                       Qt::MatchExactly | Qt::MatchRecursive);
    QVERIFY2(!found.isEmpty(), qPrintable(name));
    tree->setFocus();
    tree->setCurrentIndex(found.front());
    watch().act("opens it from the library", [&] { QTest::keyClick(tree, Qt::Key_Return); });
  }

  // A run that takes a while, and has just begun.
  void begin_a_run() {
    QSignalSpy progressed{&window().runs().runner(), &window::Runner::progressed};
    open_from_library(QStringLiteral("roads"));
    QVERIFY(progressed.wait(patience));
    QVERIFY(window().runs().runner().running());
  }

  // Types into a field of the parameters, and waits until what is shown has been made with it.
  void set_parameter(const QString& key, const QString& value) {
    auto* field = window_->findChild<QDockWidget*>(QStringLiteral("parameters"))->findChild<QLineEdit*>(key);
    QVERIFY2(field, qPrintable(key));
    field->setFocus();
    field->selectAll();
    watch().act("types a parameter", [&] { QTest::keyClicks(field, value); });
    watch().act("sets a parameter", [&] { QTest::keyClick(field, Qt::Key_Return); });
  }

  // Opens the list of all commands, types, and takes the first that it finds.
  void type_command(const QString& text) {
    press("opens the list of commands", Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(QApplication::activePopupWidget());
    auto* line = QApplication::activePopupWidget()->findChild<QLineEdit*>();
    watch().act("types a command", [&] { QTest::keyClicks(line, text); });
    watch().act("takes the command", [&] { QTest::keyClick(line, Qt::Key_Return); });
  }

  void command(const QString& text) {
    type_command(text);
    QTRY_VERIFY(!QApplication::activePopupWidget());
    window_->activateWindow();  // where there is a desktop, it does that
    QTRY_VERIFY(window_->isActiveWindow());
  }

  // The times of the frames that a capture has, when it has been written.
  std::vector<std::uint64_t> captured(const char* name) {
    window().statusBar()->clearMessage();
    watch().act("exports a capture", [&] { window().exports().write_capture(file(name)); });
    (void)QTest::qWaitFor([&] { return !window().statusBar()->currentMessage().isEmpty(); }, patience);
    std::vector<std::uint64_t> times = times_of(read(file(name)));
    if (window().statusBar()->currentMessage() != QStringLiteral("Frames written: %1").arg(times.size()))
      qWarning("%s", qPrintable(window().statusBar()->currentMessage()));
    return times;
  }

  bool reads(const QString& text) { return ringside::reads(picture(), text); }

  void open_ping() {
    open_from_library(QStringLiteral("ping"));
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0), patience);
  }

  // A recording in a file, as the program writes it.
  QString record() {
    const QString recording = file("whole.rstrace");
    if (!QFile::exists(recording)) {
      window::Order order{.scenario = "roads"};
      order.overrides.set = {{"offered_pps", "3000000"}};
      window::carry_out(order, *library_, recording.toStdString(), {});
    }
    return recording;
  }

 private Q_SLOTS:
  void initTestCase() { warm_up(); }

  void init() { open_fresh_window(); }

  void cleanup() {
    if (auto* list = QApplication::activePopupWidget()) list->close();
    close_window();
  }

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

  void compares_three_paths() {
    open_from_library(QStringLiteral("roads"));
    set_parameter(QStringLiteral("offered_pps"), QStringLiteral("50000"));
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0), patience);
    open_from_library(QStringLiteral("af-xdp-zerocopy"));
    command(QStringLiteral("Compare with path dpdk"));
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(1) && is_shown(2), patience);
    for (const char* path : {"napi-socket", "af-xdp-zerocopy", "dpdk"})
      QVERIFY2(reads(QLatin1String{path}), path);
    press("plays all three", Qt::Key_Space);
    QTRY_VERIFY(session().playback().events() >= 3);
    press("pauses", Qt::Key_Space);
    command(QStringLiteral("2ms"));
    for (std::size_t side = 0; side < 3; ++side) {
      const Time at = session().reel(side)->after(session().events(side)).at;
      QVERIFY(at <= session().playback().now());
      QVERIFY(session().playback().now() - at < std::chrono::microseconds{200});
    }
    command(QStringLiteral("Compare with path netmap"));
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(3), patience);
    command(QStringLiteral("Compare with path xdp-generic"));
    QCOMPARE(session().sides().size(), std::size_t{4});
    QVERIFY(window().statusBar()->currentMessage().contains(QStringLiteral("most that can be compared")));
    press("presents", Qt::Key_F5);
    QVERIFY(reads(QStringLiteral("2 of 4")) && reads(QStringLiteral("4 → D netmap")));
    press("turns to the fourth", Qt::Key_4);
    QVERIFY(reads(QStringLiteral("1 of 4")) && reads(QStringLiteral("4 → side by side")));
    press("comes back", Qt::Key_Escape);
    QVERIFY(!reads(QStringLiteral("1 of 4")));
  }

  void says_what_a_comparison_needs() {
    const auto said = [&] { return window().statusBar()->currentMessage(); };
    open_from_library(QStringLiteral("tcp-file"));
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0), patience);
    for (const Qt::Key key : {Qt::Key_2, Qt::Key_K}) {
      window().statusBar()->clearMessage();
      press("wants a second path", key);
      QVERIFY2(said().contains(QStringLiteral("add a path")), qPrintable(said()));
    }
    // No program of it has a socket: what has is named, and nothing is run.
    QTRY_VERIFY_WITH_TIMEOUT(!window().offer().fitting().isEmpty(), patience);
    command(QStringLiteral("Compare with path dpdk"));
    QVERIFY2(said().contains(QStringLiteral("Not on dpdk. It runs on: af-xdp-copy")), qPrintable(said()));
    QCOMPARE(session().sides().size(), std::size_t{1});
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

  void exports_the_picture() {
    open_ping();
    QSize size;
    std::string shapes;
    QSignalSpy exported{&window().exports(), &window::Exports::written};
    const auto outcome = [&](const char* name) {
      exported.clear();
      size = stage().size();
      shapes = view::describe(picture());
      watch().act(std::string{"exports "} + name, [&] { window().exports().write_picture(file(name)); });
      if (exported.isEmpty() && !exported.wait(patience)) return QStringLiteral("nothing said");
      return exported.front().at(1).toString();
    };
    for (const char* name : {"a.svg", "a.png", "a.json"}) {
      QCOMPARE(outcome(name), QString{});
      QVERIFY(window().statusBar()->currentMessage().contains(file(name)));
      if (name == std::string{"a.png"}) QCOMPARE(QImage{file(name)}.size(), size * 2);
    }
    QCOMPARE(read(file("a.json")), shapes);
    QXmlStreamReader svg{QByteArray::fromStdString(read(file("a.svg")))};
    while (!svg.atEnd()) svg.readNext();
    QVERIFY2(!svg.hasError(), qPrintable(svg.errorString()));
    QVERIFY(!outcome("no/such/folder/a.png").isEmpty());
    QVERIFY(outcome("a.gif").contains(QStringLiteral("a.gif")));
  }

  void exports_captures_of_what_is_selected() {
    window().runs().open(record());
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0) && session().reel()->overview(), patience);
    const auto all = captured("all.pcap");
    QVERIFY(all.size() > 1000);
    command(QStringLiteral("1.5ms"));
    press("marker A", Qt::Key_M);
    command(QStringLiteral("1.7ms"));
    press("marker B", Qt::Key_M);
    const auto between = captured("between.pcap");
    const auto inside =
        std::ranges::count_if(all, [](std::uint64_t time) { return time >= 1'500'000 && time <= 1'700'000; });
    QVERIFY(inside > 0);
    QCOMPARE(between.size(), static_cast<std::size_t>(inside));
    press("no markers", Qt::Key_M, Qt::ShiftModifier);
    press("to the beginning", Qt::Key_Home);
    press("the first packet", Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(captured("packet.pcap").size(), std::size_t{1});
    QVERIFY(captured("no/such/folder/x.pcap").empty());
    QVERIFY(window().statusBar()->currentMessage().contains(QStringLiteral("x.pcap")));
  }

  // What leaves one comes to the other somewhat later.
  void exports_a_capture_of_the_host_that_is_shown() {
    open_ping();
    const auto client = captured("client.pcap");
    press("the next host", Qt::Key_H);
    const auto server = captured("server.pcap");
    QVERIFY(!client.empty() && !server.empty());
    QVERIFY(client.front() < server.front());
  }

  void speaks_both_languages() {
    open_ping();
    QVERIFY(reads(QStringLiteral("user space")));
    const QString english = window().menuBar()->actions().front()->text();
    press("speaks Chinese", Qt::Key_L, Qt::ControlModifier);
    QVERIFY(reads(QString::fromUtf8("用户态")));
    QVERIFY(window().menuBar()->actions().front()->text() != english);
    press("speaks both", Qt::Key_L, Qt::ControlModifier);
    QVERIFY(session().language() == path::Language::both);
    press("speaks English", Qt::Key_L, Qt::ControlModifier);
    QVERIFY(reads(QStringLiteral("user space")));
    QCOMPARE(window().menuBar()->actions().front()->text(), english);
  }

  void has_three_themes() {
    open_ping();
    QList<QImage> seen;
    for (int i = 0; i < view::theme_count; ++i) {
      seen.push_back(window().grab().toImage());
      press("changes the theme", Qt::Key_T);
    }
    QVERIFY(seen[0] != seen[1] && seen[1] != seen[2] && seen[0] != seen[2]);
    QVERIFY(session().theme() == view::Theme::light);
  }

  void presents_and_comes_back() {
    open_ping();
    auto* library = window().findChild<QDockWidget*>(QStringLiteral("library"));
    QVERIFY(library->isVisible());
    const auto size_of = [&](const QString& text) {
      double size = 0;
      for (const view::Shape& shape : picture().shapes)
        if (const auto* words = std::get_if<view::Words>(&shape))
          if (words->text == text) size = static_cast<double>(words->size);
      return size;
    };
    const double before = size_of(QStringLiteral("application"));
    QVERIFY(before > 0);
    press("presents", Qt::Key_F5);
    QVERIFY(window().presenter().presenting());
    QVERIFY(!library->isVisible() && !window().menuBar()->isVisible());
    QTRY_VERIFY2(size_of(QStringLiteral("application")) > 1.2 * before,
                 qPrintable(QStringLiteral("%1 %2 %3x%4")
                                .arg(before)
                                .arg(size_of(QStringLiteral("application")))
                                .arg(stage().width())
                                .arg(stage().height())));
    QVERIFY(size_of(window::caption_of(session()).front()) >= 32);  // 24 pt
    for (const view::Shape& shape : picture().shapes)
      if (const auto* words = std::get_if<view::Words>(&shape))
        QVERIFY2(words->area.bottom() <= stage().height() + 1, qPrintable(words->text));
    press("next", Qt::Key_PageDown);
    QVERIFY(session().playback().events() > 0);
    press("before", Qt::Key_PageUp);
    QCOMPARE(session().playback().events(), std::uint64_t{0});
    press("comes back", Qt::Key_Escape);
    QVERIFY(!window().presenter().presenting());
    QVERIFY(library->isVisible() && window().menuBar()->isVisible());
    QTRY_VERIFY(stage().width() + library->width() <= window().width());
  }

  void presents_from_bookmark_to_bookmark() {
    open_ping();
    for (const int steps : {3, 7}) {
      press("to the beginning", Qt::Key_Home);
      for (int i = 0; i < steps; ++i) press("steps forth", Qt::Key_Right);
      press("sets a bookmark", Qt::Key_B, Qt::ControlModifier);
    }
    const std::vector<Time> marked = session().bookmarks();
    QCOMPARE(marked.size(), std::size_t{2});
    press("to the beginning", Qt::Key_Home);
    press("presents", Qt::Key_F5);
    QVERIFY(reads(QStringLiteral("◆ 0 / 2")));
    press("next", Qt::Key_PageDown);
    QCOMPARE(session().playback().now(), marked[0]);
    press("next", Qt::Key_PageDown);
    QCOMPARE(session().playback().now(), marked[1]);
    QVERIFY(reads(QStringLiteral("◆ 2 / 2")));
    press("there is none", Qt::Key_PageDown);
    QCOMPARE(session().playback().now(), marked[1]);
    press("before", Qt::Key_PageUp);
    QCOMPARE(session().playback().now(), marked[0]);
    press("all black", Qt::Key_B);
    QVERIFY(stage().black());
    press("comes back", Qt::Key_Escape);
    // The same run has them again, another one has not.
    open_from_library(QStringLiteral("roads"));
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0), patience);
    QVERIFY(session().bookmarks().empty());
    open_ping();
    QVERIFY(session().bookmarks() == marked);
  }

  void has_keys_of_the_users_choice() {
    open_ping();
    QTimer::singleShot(0, [&] {
      auto* dialog = window().findChild<window::KeysDialog*>();
      auto* table = dialog->findChild<QTableWidget*>();
      auto* key = dialog->findChild<QKeySequenceEdit*>();
      const auto give = [&](const char* id, const QKeySequence& its) {
        const auto& all = window().commands().all();
        table->selectRow(
            static_cast<int>(std::ranges::find(all, window().commands().find(id)) - all.begin()));
        key->setKeySequence(its);
        Q_EMIT key->editingFinished();
      };
      give("forth", QKeySequence{Qt::Key_X});
      give("back", QKeySequence{Qt::Key_Space});  // that plays
      dialog->close();
    });
    command(QStringLiteral("Change the keys"));
    press("steps with another key", Qt::Key_X);
    QCOMPARE(session().playback().events(), std::uint64_t{1});
    press("the key of before does nothing", Qt::Key_Right);
    QCOMPARE(session().playback().events(), std::uint64_t{1});
    press("steps back", Qt::Key_Left);
    QCOMPARE(session().playback().events(), std::uint64_t{0});
    window().close();
    window_.reset();
    open_window();
    QCOMPARE(window().commands().find("forth")->shortcut(), QKeySequence{Qt::Key_X});
    QCOMPARE(window().commands().find("back")->shortcut(), QKeySequence{Qt::Key_Left});
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

  void copies_the_command_that_opens_the_moment() {
    open_ping();
    set_parameter(QStringLiteral("payload"), QStringLiteral("100"));
    QTRY_VERIFY_WITH_TIMEOUT(is_shown(0), patience);
    command(QStringLiteral("packet 2"));
    QTRY_VERIFY(session().playback().events() > 0);
    press("copies the command", Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("ringside-gui ping --set payload=100 --at %1 --packet 2")
                 .arg(session().playback().events()));
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

  void remembers_how_it_was_left() {
    press("hides the library", Qt::Key_1, Qt::ControlModifier);
    QVERIFY(!window().findChild<QDockWidget*>(QStringLiteral("library"))->isVisible());
    press("changes the theme", Qt::Key_T);
    press("speaks Chinese", Qt::Key_L, Qt::ControlModifier);
    window().commands().find("still")->trigger();
    window().close();
    window_.reset();
    open_window();
    QVERIFY(!window().findChild<QDockWidget*>(QStringLiteral("library"))->isVisible());
    QVERIFY(window().findChild<QDockWidget*>(QStringLiteral("parameters"))->isVisible());
    QVERIFY(session().theme() == view::Theme::dark);
    QVERIFY(session().language() == path::Language::zh_CN);
    QVERIFY(session().still());
    press("shows the library", Qt::Key_1, Qt::ControlModifier);
    QVERIFY(window().findChild<QDockWidget*>(QStringLiteral("library"))->isVisible());
  }

  void starts_with_settings_that_make_no_sense() {
    window().close();
    window_.reset();
    QSettings settings;
    for (const char* key : {"window/geometry", "window/layout", "theme", "language", "still"})
      settings.setValue(QLatin1String{key}, QByteArray{"\xff\xfe nonsense"});
    settings.setValue(QStringLiteral("theme"), 99);
    settings.setValue(QStringLiteral("language"), -7);
    settings.sync();
    open_window();
    open_ping();
  }
};

int main(int argc, char** argv) {
  Watched application{argc, argv};
  QApplication::setApplicationName(QStringLiteral("ringside-test"));
  QApplication::setOrganizationName(QStringLiteral("ringside"));
  QApplication::setQuitOnLastWindowClosed(false);
  WindowTest test;
  return QTest::qExec(&test, argc, argv);
}

#include "window_test.moc"
