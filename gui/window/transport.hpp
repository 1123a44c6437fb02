// The bar below: play, step, the two clocks, the speed, and where in the run the picture is.
#pragma once

#include <QWidget>

#include "window/canvas.hpp"
#include "window/session.hpp"

class QAction;
class QLabel;
class QSlider;
class QToolButton;

namespace ringside::window {

class Transport : public QWidget {
  Q_OBJECT

 public:
  Transport(Session&, const QList<QAction*>& steps, QWidget* parent = nullptr);

  void retranslate();
  void faster(int direction);  // by a notch

 private:
  void tell();
  void set_from_slider(int value);

  Session& session_;
  QToolButton* clock_;
  QSlider* speed_;
  QLabel* scale_;
  QLabel* where_;
};

}  // namespace ringside::window
