#include "window/views.hpp"

#include "window/comparison_scene.hpp"
#include "window/scene.hpp"

namespace ringside::window {

View view_named(const QString& name) {
  const qsizetype index = view_names().indexOf(name);
  return index < 0 ? View::none : static_cast<View>(index + 1);
}

QStringList view_names() { return {QStringLiteral("stage"), QStringLiteral("comparison")}; }

view::Picture draw(View view, Session& session, QSizeF size) {
  switch (view) {
    case View::none: break;
    case View::stage: {
      view::Theatre theatre;
      return theatre.draw(scene_of(session, Session::most_sides), size);
    }
    case View::comparison: return view::comparison(comparison_of(session), size);
  }
  return {};
}

}  // namespace ringside::window
