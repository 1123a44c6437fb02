#include "window/stage_pane.hpp"

#include <algorithm>

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include "view/comparison_words.hpp"
#include "window/scene.hpp"

namespace ringside::window {

StagePane::StagePane(Session& session, QWidget* parent) : Canvas{session, parent} {
  setMinimumSize(360, 240);
  setAccessibleName(tr("Stage"));
  connect(&session, &Session::moved, this, &Canvas::refresh);
  connect(&session, &Session::sides_changed, this, [this] { theatre_.forget(); });
}

view::Picture StagePane::picture(QSizeF size) {
  view::TheatreScene scene = scene_of(session(), presenting_ ? 2 : Session::most_sides);
  if (presenting_) {
    scene.least_font = 20;
    scene.most_font = 34;  // of the caption, too: 24 pt
    if (const auto bookmarks = session().bookmarks().size(); bookmarks > 0)
      scene.counter = QStringLiteral("◆ %1 / %2").arg(session().bookmarks_passed()).arg(bookmarks);
  }
  if (presenting_) scene.others = others_than(scene);
  seats_.clear();
  for (const view::Seat& seat : scene.seats) seats_.push_back(seat.side);
  caption_ = scene.caption.join(QLatin1Char{' '});
  return theatre_.draw(scene, size);
}

// A room sees large type and not all paths: which ones are missing, and the key that turns to each.
QString StagePane::others_than(const view::TheatreScene& scene) const {
  const auto& sides = session().sides();
  if (scene.seats.empty() || scene.seats.size() == sides.size()) return {};
  QStringList keys;
  for (std::size_t side = 0; side < sides.size(); ++side) {
    const bool shown =
        std::ranges::find(scene.seats, static_cast<int>(side), &view::Seat::side) != scene.seats.end();
    if (shown && session().focus() != side) continue;
    const QString name =
        QString::fromStdString(sides[side].path().empty() ? sides[side].scenario : sides[side].path());
    keys.push_back(QStringLiteral("%1 → %2").arg(side + 1).arg(
        shown ? tr("side by side") : view::letter(static_cast<int>(side)) + QLatin1Char{' '} + name));
  }
  return tr("Paths shown: %1 of %2. Keys: %3")
      .arg(scene.seats.size())
      .arg(sides.size())
      .arg(keys.join(QStringLiteral("   ")));
}

std::size_t StagePane::side_at(double x) const {
  if (seats_.empty()) return 0;
  return static_cast<std::size_t>(seats_[view::seat_at(x, seats_.size(), width())]);
}

// A packet is selected by the number that it has on the side where it was clicked.
void StagePane::clicked(const view::Target& target) {
  const QString what = QString::fromStdString(target.what);
  if (!what.startsWith(QLatin1String{"packet "})) return Canvas::clicked(target);
  const std::size_t side = side_at(target.area.center().x());
  const std::uint64_t packet = what.mid(7).toULongLong();
  session().set_packet(session().packet(side) == packet ? 0 : packet, side);
}

void StagePane::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !event->modifiers().testFlag(Qt::AltModifier))
    return Canvas::mousePressEvent(event);
  drag_ = Drag{side_at(event->position().x()), event->position().x()};
  setCursor(Qt::SizeHorCursor);
}

void StagePane::mouseReleaseEvent(QMouseEvent* event) {
  drag_.reset();
  Canvas::mouseReleaseEvent(event);
}

// As far as the side goes in as many hundredths of a second on the screen as there are pixels.
void StagePane::drag_to(double x) {
  const double seconds = (x - drag_->x) / 100 * session().playback().speed();
  drag_->x = x;
  session().shift_side(drag_->side, from_seconds(seconds));
}

void StagePane::set_presenting(bool presenting) {
  presenting_ = presenting;
  black_ = spotlight_ = false;
  refresh();
}

void StagePane::set_black(bool black) {
  black_ = black;
  refresh();
}

void StagePane::set_spotlight(bool on) {
  spotlight_ = on;
  refresh();
}

void StagePane::paintEvent(QPaintEvent* event) {
  if (!black_) Canvas::paintEvent(event);
  if (!black_ && !spotlight_) return;
  QPainter painter{this};
  QPainterPath dark;
  dark.addRect(rect());
  const double radius = std::min(width(), height()) / 5.0;
  QPainterPath light;
  light.addEllipse(QPointF{mapFromGlobal(QCursor::pos())}, radius, radius);
  QColor shade = view::colour(view::Token::shade, session().theme());
  if (!black_) shade.setAlphaF(0.7F);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillPath(black_ ? dark : dark.subtracted(light), shade);
}

void StagePane::mouseMoveEvent(QMouseEvent* event) {
  if (spotlight_) refresh();
  if (drag_) return drag_to(event->position().x());
  Canvas::mouseMoveEvent(event);
}

}  // namespace ringside::window
