#include "window/tall_canvas.hpp"

#include <cmath>

#include <QTimer>
#include <QVBoxLayout>

namespace ringside::window {

TallCanvas::TallCanvas(Session& session, QWidget* parent) : Canvas{session, parent} {
  setFixedHeight(80);
  connect(&session, &Session::moved, this, &Canvas::refresh);
}

// Its height becomes known as it is drawn; the layout has it behind that.
view::Picture TallCanvas::picture(QSizeF size) {
  view::Picture drawn = tall(size.width());
  const int needed = static_cast<int>(std::ceil(drawn.size.height()));
  if (needed != height())
    QTimer::singleShot(0, this, [this, needed] { setFixedHeight(std::max(1, needed)); });
  return drawn;
}

TallPanel::TallPanel(const QList<TallCanvas*>& parts, QWidget* parent) : QScrollArea{parent} {
  auto* content = new QWidget;
  auto* column = new QVBoxLayout{content};
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  for (TallCanvas* part : parts) column->addWidget(part);
  column->addStretch(1);
  setWidget(content);
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setMinimumSize(340, 160);
}

}  // namespace ringside::window
