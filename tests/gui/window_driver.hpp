// A window under test, with settings of its own, driven as a user drives it.
#pragma once

#include <memory>
#include <optional>

#include <QDir>
#include <QFileInfo>
#include <QObject>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include "ringside/scenarios/library.hpp"
#include "watch.hpp"
#include "window/main_window.hpp"

namespace ringside {

constexpr int patience = 60'000;  // ms until a run that should be over is taken for stuck

inline Watched& watch() { return *static_cast<Watched*>(QApplication::instance()); }

inline bool reads(const view::Picture& picture, const QString& text) {
  for (const view::Shape& shape : picture.shapes)
    if (const auto* words = std::get_if<view::Words>(&shape))
      if (words->text.contains(text)) return true;
  return false;
}

class WindowDriver : public QObject {
 protected:
  std::optional<scenarios::Library> library_ = scenarios::locate_library();
  // In memory: settings are written through to the disk, and on a busy one that takes as long as it takes.
  QTemporaryDir settings_{
      (QFileInfo{QStringLiteral("/dev/shm")}.isWritable() ? QStringLiteral("/dev/shm") : QDir::tempPath()) +
      QStringLiteral("/ringside-test-XXXXXX")};
  std::unique_ptr<window::MainWindow> window_{};

  window::Session& session() { return window_->session(); }

  // Once, before all tests: the fonts come from the disk.
  void warm_up() {
    QVERIFY(library_);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings_.path());
    QVERIFY(QSettings{}.fileName().startsWith(settings_.path()));
    open_window();
    window_->set_language(path::Language::zh_CN);
    (void)window_->grab();
    window_.reset();
  }

  void open_window() {
    window_ = std::make_unique<window::MainWindow>(*library_);
    window_->resize(1280, 720);  // larger than this platform's screen
    window_->show();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    watch().forget();  // a start is not a wait
  }

  // As nobody has left it yet, in English.
  void open_fresh_window() {
    QSettings settings;
    settings.clear();
    settings.setValue(QStringLiteral("language"), static_cast<int>(path::Language::en));
    settings.sync();
    open_window();
  }

  // And whether it has answered at once all the time.
  void close_window() {
    if (window_) watch().act("closes the window", [this] { window_->close(); });
    window_.reset();
    const Watched::Delay worst = watch().worst();
    qInfo("longest: %.0f ms, %s", worst.ms, worst.step.c_str());
    if (worst.ms > Watched::most_ms())
      QFAIL(qPrintable(QStringLiteral("%1: the window did not answer for %2 ms")
                           .arg(QString::fromStdString(worst.step))
                           .arg(worst.ms)));
  }

  // Where the user's keys go.
  void press(const char* step, Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) {
    watch().act(step, [&] {
      QWidget* to = QApplication::focusWidget();
      QTest::keyClick(to ? to : window_.get(), key, with);
    });
  }

  bool is_shown(std::size_t side) const {
    const auto& sides = window_->session().sides();
    return side < sides.size() && sides[side].reel && sides[side].progress >= 1;
  }
};

template <class Test>
int run_window_test(int argc, char** argv) {
  Watched application{argc, argv};
  QApplication::setApplicationName(QStringLiteral("ringside-test"));
  QApplication::setOrganizationName(QStringLiteral("ringside"));
  QApplication::setQuitOnLastWindowClosed(false);
  Test test;
  return QTest::qExec(&test, argc, argv);
}

}  // namespace ringside
