#include "window/views.hpp"

#include "window/comparison_scene.hpp"
#include "window/panel_scenes.hpp"
#include "window/scene.hpp"
#include "window/sweep_scene.hpp"
#include "window/timeline_scene.hpp"

namespace ringside::window {

View view_named(const QString& name) {
  const qsizetype index = view_names().indexOf(name);
  return index < 0 ? View::none : static_cast<View>(index + 1);
}

QStringList view_names() {
  return {QStringLiteral("stage"),    QStringLiteral("comparison"), QStringLiteral("timeline"),
          QStringLiteral("scrubber"), QStringLiteral("journey"),    QStringLiteral("bytes"),
          QStringLiteral("board"),    QStringLiteral("budget"),     QStringLiteral("sweep")};
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
      view::TimelineScene scene = timeline_scene(session, latencies_between_markers(session));
      scene.whole = true;
      return timeline.draw(scene, size);
    }
    case View::scrubber: return view::scrubber(scrubber_scene(session), size).picture;
    case View::journey: return view::journey(journey_scene(session), size.width());
    case View::bytes: return view::bytes(bytes_scene(session), size.width());
    case View::board: return view::board(board_scene(session), size.width());
    case View::budget: return view::budget(budget_scene(session), size.width());
    case View::sweep: return view::sweep(sweep_scene(session), size);
  }
  return {};
}

}  // namespace ringside::window
