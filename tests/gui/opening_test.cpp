// What the command line of ringside-gui asks for is what the window shows, and what is wrong with it is said.
#include "opening.hpp"

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include "catch.hpp"
#include "ringside/scenarios/library.hpp"
#include "window/command_line.hpp"

using namespace ringside;

namespace {

QApplication& application() {
  static int count = 1;
  static char name[] = "test_opening";
  static char* arguments[] = {name, nullptr};
  // Never destroyed: what it would destroy as the process ends is gone by then.
  static QApplication& its = *new QApplication{count, arguments};
  static const QTemporaryDir settings;
  QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
  return its;
}

gui::Wishes wishes_of(const QString& line) {
  application();
  QCommandLineParser parser;
  gui::add_options(parser);
  REQUIRE(parser.parse(QStringLiteral("ringside-gui %1").arg(line).split(QLatin1Char{' '})));
  return gui::wishes_of(parser);
}

std::string refusal(const char* line) {
  try {
    (void)wishes_of(QString::fromUtf8(line));
    return "accepted";
  } catch (const gui::Wrong& wrong) {
    CHECK(wrong.failure.code == 2);
    return wrong.failure.text.toStdString();
  }
}

}  // namespace

TEST_CASE("the line that the window copies opens what the window shows") {
  const auto library = scenarios::locate_library();
  REQUIRE(library);
  for (const char* line :
       {"ping --set payload=100 --at 12 --packet 2",
        "roads --profile xeon-2018-pti --set offered_pps=50000 --path napi-socket --path dpdk "
        "--at 700 --packet 9",
        "ping --at 0"}) {
    CAPTURE(line);
    const gui::Wishes wishes = wishes_of(QString::fromUtf8(line));
    window::MainWindow window{*library};
    window.show();
    gui::open_in(window, wishes);
    const QString whole = QStringLiteral("ringside-gui ") + QString::fromUtf8(line);
    CHECK(QTest::qWaitFor([&] { return window::command_line_of(window.session()) == whole; }, 60'000));
    CHECK(window::command_line_of(window.session()).toStdString() == whole.toStdString());
  }
}

TEST_CASE("language, theme and what is seen are taken from the line") {
  const auto library = scenarios::locate_library();
  REQUIRE(library);
  const gui::Wishes wishes = wishes_of(QStringLiteral(
      "roads --lang zh_CN --theme dark --all-stages --at 1.5ms --span 50us --marker 1.4ms --marker 1.6ms"));
  window::MainWindow window{*library};
  window.show();
  gui::open_in(window, wishes);
  const window::Session& session = window.session();
  CHECK(session.language() == path::Language::zh_CN);
  CHECK(session.theme() == view::Theme::dark);
  CHECK(session.all_stages());
  REQUIRE(QTest::qWaitFor([&] { return session.markers()[1].has_value(); }, 60'000));
  CHECK(session.markers()[0] == Time{std::chrono::microseconds{1400}});
  CHECK(session.markers()[1] == Time{std::chrono::microseconds{1600}});
  CHECK(session.seen_to() - session.seen_from() == std::chrono::microseconds{50});
}

TEST_CASE("what is wrong with a line is said") {
  CHECK(refusal("roads ping") == "one scenario at a time; recordings may be several");
  CHECK(refusal("a.rstrace b.rstrace c.rstrace d.rstrace e.rstrace") ==
        "four recordings are the most that can be compared");
  CHECK(refusal("roads --at noon") ==
        "--at: expected a time such as 12.4us or the number of an event, not 'noon'");
  CHECK(refusal("roads --packet x") == "--packet: expected a whole number, not 'x'");
  CHECK(refusal("roads --set rate") == "--set: expected KEY=VALUE, not 'rate'");
  CHECK(refusal("roads --span 5") == "--span: expected a time such as 50us, not '5'");
  CHECK(refusal("roads --lang de") == "--lang: expected en, zh_CN or both, not 'de'");
  CHECK(refusal("roads --theme pink") == "--theme: expected light, dark or contrast, not 'pink'");
  CHECK(refusal("roads --scale 0") == "--scale: expected a factor up to 8, not '0'");
  CHECK(refusal("roads --size 10x10") == "--size: expected WIDTHxHEIGHT, 200x100 to 8000x8000, not '10x10'");
  CHECK(refusal("roads --out a.svg") == "--out: --export VIEW says what is written there");
  CHECK(refusal("roads --export stage --out a.gif") ==
        "--out: a picture is written as .svg, .png or .json, not 'a.gif'");
  CHECK(refusal("roads --path a --path b --path c --path d --path e") ==
        "--path: four are the most that can be compared");
}
