#include "window/journey_panel.hpp"

#include <QMouseEvent>

#include "window/panel_scenes.hpp"

namespace ringside::window {

view::Picture JourneyCanvas::tall(double width) { return view::journey(journey_scene(session()), width); }

QRectF JourneyCanvas::current_row() const {
  QRectF row;
  for (const view::Target& target : shown().targets) {
    const QString what = QString::fromStdString(target.what);
    if (!what.startsWith(QLatin1String{"event "})) continue;
    if (what.section(QLatin1Char{' '}, 1).toULongLong() > session().playback().events()) break;
    row = target.area;
  }
  return row;
}

view::Picture BytesCanvas::tall(double width) {
  const view::BytesScene scene = bytes_scene(session(), pointed_);
  if (scene.octets.empty() && scene.invitation.isEmpty()) return {};
  return view::bytes(scene, width);
}

void BytesCanvas::mouseMoveEvent(QMouseEvent* event) {
  const view::Target* target = shown().at(event->position());
  point_at(target ? target->what.substr(target->what.find(' ') + 1) : std::string{});
}

void BytesCanvas::leaveEvent(QEvent*) { point_at({}); }

void BytesCanvas::point_at(std::string field) {
  if (field == pointed_) return;
  pointed_ = std::move(field);
  refresh();
}

JourneyPanel::JourneyPanel(Session& session) : JourneyPanel{session, new JourneyCanvas{session}} {}

JourneyPanel::JourneyPanel(Session& session, JourneyCanvas* journey)
    : TallPanel{{journey, new BytesCanvas{session}}}, session_{session}, journey_{journey} {
  connect(&session_, &Session::moved, this, &JourneyPanel::show_current_row);
}

// Only when it is another one: who reads the octets further down is left there.
void JourneyPanel::show_current_row() {
  const QRectF row = journey_->current_row();
  if (row == shown_row_) return;
  shown_row_ = row;
  ensureVisible(0, row.isEmpty() ? 0 : static_cast<int>(row.center().y()), 0, 80);
}

}  // namespace ringside::window
