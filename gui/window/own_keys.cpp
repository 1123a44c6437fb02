#include "window/own_keys.hpp"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QComboBox>
#include <QKeyEvent>

namespace ringside::window {

namespace {

bool moves(int key) {
  switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: return true;
    default: return false;
  }
}

bool is_its_own(const QObject* widget, int key) {
  if (qobject_cast<const QAbstractButton*>(widget)) return key == Qt::Key_Space;
  if (qobject_cast<const QComboBox*>(widget)) return key == Qt::Key_Space || moves(key);
  return moves(key) &&
         (qobject_cast<const QAbstractSlider*>(widget) || qobject_cast<const QAbstractItemView*>(widget));
}

}  // namespace

bool OwnKeys::eventFilter(QObject* object, QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool plain = (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (plain && is_its_own(object, key->key())) {
      event->accept();
      return true;
    }
  }
  return QObject::eventFilter(object, event);
}

}  // namespace ringside::window
