// A slider keeps its arrows and a button its space bar, though the window has commands under these keys.
#pragma once

#include <QObject>

namespace ringside::window {

class OwnKeys : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

 protected:
  bool eventFilter(QObject*, QEvent*) override;
};

}  // namespace ringside::window
