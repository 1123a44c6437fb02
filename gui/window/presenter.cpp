#include "window/presenter.hpp"

#include <QDockWidget>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenuBar>
#include <QScreen>
#include <QStatusBar>

namespace ringside::window {

Presenter::Presenter(QMainWindow& window, Session& session, StagePane& stage, QList<QWidget*> hidden)
    : QObject{&window}, window_{window}, session_{session}, stage_{stage}, hidden_{std::move(hidden)} {}

void Presenter::present(bool on) {
  if (on == presenting_) return;
  presenting_ = on;
  if (on) {
    layout_ = window_.saveState();
    geometry_ = window_.saveGeometry();
  }
  hide_all_else(on);
  stage_.set_presenting(on);
  if (on) {
    take_the_other_screen();
    window_.showFullScreen();
    window_.activateWindow();
    stage_.setFocus();
    return;
  }
  notes_.reset();
  window_.showNormal();
  window_.restoreGeometry(geometry_);
}

void Presenter::hide_all_else(bool hide) {
  window_.menuBar()->setVisible(!hide);
  window_.statusBar()->setVisible(!hide);
  if (hide)
    for (QDockWidget* dock : window_.findChildren<QDockWidget*>()) dock->hide();
  else
    window_.restoreState(layout_);
  for (QWidget* widget : hidden_) widget->setVisible(!hide);
}

void Presenter::take_the_other_screen() {
  QScreen* own = window_.screen();
  const QList<QScreen*> screens = QGuiApplication::screens();
  for (QScreen* other : screens) {
    if (other == own) continue;
    notes_ = std::make_unique<Notes>(session_);
    notes_->installEventFilter(this);
    notes_->setGeometry(own->availableGeometry());
    notes_->show();
    window_.setGeometry(other->geometry());
    return;
  }
}

void Presenter::step(int direction) {
  if (session_.bookmarks().empty()) return session_.step(direction);
  session_.step_bookmark(direction);
}

bool Presenter::pressed(const QKeyEvent& event) {
  if (!presenting_) return false;
  switch (event.key()) {
    case Qt::Key_Escape: present(false); return true;
    case Qt::Key_B: stage_.set_black(!stage_.black()); return true;
    case Qt::Key_L: stage_.set_spotlight(true); return true;
    case Qt::Key_PageDown: step(1); return true;
    case Qt::Key_PageUp: step(-1); return true;
    default: return false;
  }
}

bool Presenter::released(const QKeyEvent& event) {
  if (!presenting_ || event.key() != Qt::Key_L) return false;
  if (!event.isAutoRepeat()) stage_.set_spotlight(false);
  return true;
}

bool Presenter::eventFilter(QObject* object, QEvent* event) {
  // Deferred: the notes must not go while they are told of a key.
  if (event->type() == QEvent::KeyPress && object == notes_.get()) {
    QMetaObject::invokeMethod(
        this,
        [this, key = std::shared_ptr<QKeyEvent>{static_cast<QKeyEvent*>(event)->clone()}] {
          if (!pressed(*key) && key->key() == Qt::Key_Space)
            session_.playback().playing() ? session_.pause() : session_.play(1);
        },
        Qt::QueuedConnection);
    return true;
  }
  if (event->type() == QEvent::KeyRelease && object == notes_.get())
    return released(*static_cast<QKeyEvent*>(event));
  return QObject::eventFilter(object, event);
}

}  // namespace ringside::window
