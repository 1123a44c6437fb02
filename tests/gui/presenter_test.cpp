// Presenting with two screens: the stage on one, what only the lecturer sees on the other.
#include <QApplication>
#include <QLabel>
#include <QScreen>
#include <QTest>

#include "catch.hpp"
#include "ringside/scenarios/library.hpp"
#include "window/main_window.hpp"
#include "window/presenter.hpp"
#include "window/scene.hpp"
#include "window/stage_pane.hpp"

using namespace ringside;

namespace {

QStringList read(const window::Notes& notes) {
  QStringList words;
  for (const QLabel* label : notes.findChildren<QLabel*>()) words += label->text();
  return words;
}

}  // namespace

TEST_CASE("the stage takes the second screen, and the first has the notes") {
  int count = 1;
  char name[] = "test_presenter";
  char* arguments[] = {name, nullptr};
  QApplication application{count, arguments};
  REQUIRE(QApplication::screens().size() == 2);
  const auto library = scenarios::locate_library();
  REQUIRE(library);
  window::MainWindow main{*library};
  main.show();
  REQUIRE(QTest::qWaitForWindowActive(&main));
  main.runs().open_scenario("ping");
  REQUIRE(QTest::qWaitFor([&] { return main.session().reel() != nullptr; }, 60'000));
  QScreen* const own = main.screen();

  main.presenter().present(true);
  const window::Notes* notes = main.presenter().notes();
  REQUIRE(notes);
  CHECK(notes->screen() == own);
  CHECK(main.screen() != own);

  const QStringList before = read(*notes);
  main.session().step(1);
  const QStringList after = read(*notes);
  // What came next has now happened.
  CHECK(after.contains(window::caption_of(main.session()).join(QLatin1Char{'\n'})));
  CHECK(before.contains(window::caption_of(main.session()).join(QLatin1Char{'\n'})));

  // The keys do the same there.
  QWidget* const there = const_cast<window::Notes*>(notes);
  QTest::keyClick(there, Qt::Key_PageDown);
  CHECK(QTest::qWaitFor([&] { return main.session().playback().events() == 2; }));
  QTest::keyClick(there, Qt::Key_B);
  auto* stage = main.findChild<window::StagePane*>();
  CHECK(QTest::qWaitFor([&] { return stage->black(); }));
  QTest::keyClick(there, Qt::Key_Escape);
  CHECK(QTest::qWaitFor([&] { return !main.presenter().presenting(); }));
  CHECK(main.presenter().notes() == nullptr);
  main.close();
}
