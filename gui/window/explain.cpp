#include "window/explain.hpp"

#include <algorithm>

#include <QApplication>
#include <QCursor>
#include <QToolTip>

namespace ringside::window {

namespace {

// The stage of the last event on the stage, as a picture names it; empty: it was at none, or elsewhere.
std::string stage_of_moment(Session& session) {
  model::Reel* reel = session.reel();
  const std::uint64_t events = session.playback().events();
  if (!reel || events == 0) return {};
  const trace::Event event = reel->event(events - 1);
  if (event.kind != trace::Kind::stage || event.host != session.host(0)) return {};
  return "stage " + std::to_string(event.host) + "/" + std::to_string(event.index);
}

}  // namespace

bool explain(StagePane& stage) {
  const QPoint mouse = QCursor::pos();
  if (auto* canvas = qobject_cast<Canvas*>(QApplication::widgetAt(mouse)))
    if (canvas->explain(canvas->mapFromGlobal(mouse))) return true;
  const std::string last = stage_of_moment(stage.session());
  const view::Picture picture = stage.picture(QSizeF{stage.size()});
  const auto target = std::ranges::find(picture.targets, last, &view::Target::what);
  if (last.empty() || target == picture.targets.end() || target->tip.isEmpty()) return false;
  QToolTip::showText(stage.mapToGlobal(target->area.bottomLeft().toPoint()), target->tip, &stage);
  return true;
}

}  // namespace ringside::window
