#include "window/sweep_canvas.hpp"

#include <algorithm>

#include <QKeyEvent>

#include "window/sweep_scene.hpp"

namespace ringside::window {

namespace {

bool is_its_own(int key) {
  switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: return true;
    default: return false;
  }
}

// "point 1/4": a curve and a value.
std::optional<view::SweepPlace> place_of(const QString& what) {
  if (!what.startsWith(QLatin1String{"point "})) return std::nullopt;
  const QString numbers = what.mid(6);
  return view::SweepPlace{numbers.section(QLatin1Char{'/'}, 0, 0).toULongLong(),
                          numbers.section(QLatin1Char{'/'}, 1).toULongLong()};
}

}  // namespace

SweepCanvas::SweepCanvas(Session& session, QWidget* parent) : Canvas{session, parent} {
  setMinimumSize(360, 200);
  setAccessibleName(tr("Curves of the sweep"));
  connect(&session, &Session::swept, this, &Canvas::refresh);
}

view::Picture SweepCanvas::picture(QSizeF size) {
  scene_ = sweep_scene(session());
  return view::sweep(scene_, size);
}

QString SweepCanvas::spoken() const { return view::spoken(scene_).join(QLatin1Char{' '}); }

// The window has commands under these keys.
bool SweepCanvas::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && !scene_.curves.empty()) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool plain = (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (plain && is_its_own(key->key())) {
      event->accept();
      return true;
    }
  }
  return Canvas::event(event);
}

void SweepCanvas::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Left: return choose_beside(-1, 0);
    case Qt::Key_Right: return choose_beside(1, 0);
    case Qt::Key_Up: return choose_beside(0, -1);
    case Qt::Key_Down: return choose_beside(0, 1);
    case Qt::Key_PageUp: return show_metric_beside(-1);
    case Qt::Key_PageDown: return show_metric_beside(1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (const auto chosen = session().sweep().chosen) session().open_point(*chosen);
      return;
    default: return Canvas::keyPressEvent(event);
  }
}

void SweepCanvas::choose_beside(int values, int curves) {
  if (scene_.curves.empty()) return;
  auto& chosen = session().sweep().chosen;
  const auto moved = [](std::size_t from, int by, std::size_t count) {
    return static_cast<std::size_t>(std::clamp(static_cast<int>(from) + by, 0, static_cast<int>(count) - 1));
  };
  if (chosen)
    chosen = view::SweepPlace{moved(chosen->curve, curves, scene_.curves.size()),
                              moved(chosen->value, values, scene_.values.size())};
  else
    chosen = view::SweepPlace{};
  session().touch_sweep();
}

void SweepCanvas::show_metric_beside(int by) {
  const auto at = std::ranges::find(scene_.metrics, scene_.metric);
  if (at == scene_.metrics.end()) return;
  const auto next = at - scene_.metrics.begin() + by;
  if (next < 0 || next >= std::ssize(scene_.metrics)) return;
  session().sweep().metric = scene_.metrics[static_cast<std::size_t>(next)];
  session().touch_sweep();
}

void SweepCanvas::clicked(const view::Target& target) {
  const QString what = QString::fromStdString(target.what);
  if (const auto place = place_of(what)) {
    session().open_point(*place);
  } else if (what.startsWith(QLatin1String{"metric "})) {
    session().sweep().metric = what.mid(7).toStdString();
    session().touch_sweep();
  }
}

}  // namespace ringside::window
