// What a user's hands do in a window under test, whatever the test is about.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <utility>

#include <QDockWidget>
#include <QLineEdit>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTimer>
#include <QTreeView>

#include "window/runs.hpp"
#include "window/stage_pane.hpp"
#include "window_driver.hpp"

namespace ringside {

inline std::string read(const QString& file) {
  std::ifstream in{file.toStdString(), std::ios::binary};
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

inline void write(const QString& file, const std::string& bytes) {
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

class WindowHands : public WindowDriver {
 protected:
  Answers answers_{};
  QTemporaryDir folder_{};

  window::MainWindow& window() { return *window_; }
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

  // And whatever was open above it.
  void put_away() {
    if (auto* list = QApplication::activePopupWidget()) list->close();
    close_window();
  }
};

}  // namespace ringside
