// How the window looks and is remembered: languages, themes, presenting, keys of one's own, settings.
#include <algorithm>

#include <QImage>
#include <QKeySequenceEdit>
#include <QMenuBar>
#include <QSettings>
#include <QTableWidget>

#include "window/keys_dialog.hpp"
#include "window/presenter.hpp"
#include "window/scene.hpp"
#include "window_hands.hpp"

using namespace ringside;

class LooksTest : public WindowHands {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { warm_up(); }
  void init() { open_fresh_window(); }
  void cleanup() { put_away(); }

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

int main(int argc, char** argv) { return run_window_test<LooksTest>(argc, argv); }

#include "window_looks_test.moc"
