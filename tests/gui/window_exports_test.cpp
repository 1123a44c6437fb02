// What leaves the window: comparisons, pictures, captures, the command that opens a moment.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include <QClipboard>
#include <QImage>
#include <QStatusBar>
#include <QXmlStreamReader>

#include "view/describe.hpp"
#include "window/exports.hpp"
#include "window_hands.hpp"

using namespace ringside;

namespace {

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

}  // namespace

class ExportsTest : public WindowHands {
  Q_OBJECT

 private:
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

 private Q_SLOTS:
  void initTestCase() { warm_up(); }
  void init() { open_fresh_window(); }
  void cleanup() { put_away(); }

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
};

int main(int argc, char** argv) { return run_window_test<ExportsTest>(argc, argv); }

#include "window_exports_test.moc"
