#include "window/views.hpp"

#include "window/comparison_scene.hpp"
#include "window/scene.hpp"
#include "window/timeline_scene.hpp"

namespace ringside::window {

View view_named(const QString& name) {
  const qsizetype index = view_names().indexOf(name);
  return index < 0 ? View::none : static_cast<View>(index + 1);
}

QStringList view_names() {
  return {QStringLiteral("stage"), QStringLiteral("comparison"), QStringLiteral("timeline"),
          QStringLiteral("scrubber")};
}

view::Picture draw(View view, Session& session, QSizeF size) {
  switch (view) {
    case View::none: break;
    case View::stage: {
      view::Theatre theatre;
      return theatre.draw(scene_of(session, Session::most_sides), size);
    }
    case View::comparison: return view::comparison(comparison_of(session), size);
    case View::timeline: {
      view::Timeline timeline;
      return timeline.draw(timeline_scene(session, latencies_between_markers(session)), size);
    }
    case View::scrubber: return view::scrubber(scrubber_scene(session), size).picture;
  }
  return {};
}

}  // namespace ringside::window
