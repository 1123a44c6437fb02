#include "window/timeline_commands.hpp"

#include <algorithm>

namespace ringside::window {

namespace {

constexpr double zoom_of_key = 1.6;
constexpr double pan_of_key = 0.2;  // of what is seen

// About the moment, if it is seen.
void zoom(Session& session, double factor) {
  const Time now = session.playback().now();
  const bool seen = now >= session.seen_from() && now <= session.seen_to();
  session.zoom(factor, seen ? now : session.seen_from() + (session.seen_to() - session.seen_from()) / 2);
}

// With some of what is before and behind.
void see_marked(Session& session) {
  const auto& [a, b] = session.markers();
  if (!a || !b) return;
  const auto [from, to] = std::minmax(*a, *b);
  const Duration margin = (to - from) / 10;
  session.see(from - margin, to + margin);
}

}  // namespace

void add_timeline_commands(Commands& commands, QMenu* menu, Session& session) {
  menu->addSeparator();
  commands.add("zoom in", QT_TRANSLATE_NOOP("Command", "Timeline: a shorter time"), Qt::Key_W, menu,
               [&session] { zoom(session, zoom_of_key); });
  commands.add("zoom out", QT_TRANSLATE_NOOP("Command", "Timeline: a longer time"), Qt::Key_S, menu,
               [&session] { zoom(session, 1 / zoom_of_key); });
  commands.add("pan back", QT_TRANSLATE_NOOP("Command", "Timeline: earlier"), Qt::Key_A, menu,
               [&session] { session.pan(-pan_of_key); });
  commands.add("pan forth", QT_TRANSLATE_NOOP("Command", "Timeline: later"), Qt::Key_D, menu,
               [&session] { session.pan(pan_of_key); });
  commands.add("see all", QT_TRANSLATE_NOOP("Command", "Timeline: the whole run"), Qt::CTRL | Qt::Key_0, menu,
               [&session] { session.see_all(); });
  commands.add("mark", QT_TRANSLATE_NOOP("Command", "Set marker A, then B"), Qt::Key_M, menu,
               [&session] { session.mark(session.playback().now()); });
  commands.add("clear markers", QT_TRANSLATE_NOOP("Command", "Remove the markers"), Qt::SHIFT | Qt::Key_M,
               menu, [&session] { session.clear_markers(); });
  commands.add("see marked", QT_TRANSLATE_NOOP("Command", "Timeline: what is between the markers"),
               Qt::CTRL | Qt::Key_M, menu, [&session] { see_marked(session); });
  commands.add("bookmark", QT_TRANSLATE_NOOP("Command", "Set or remove a bookmark"), Qt::CTRL | Qt::Key_B,
               menu, [&session] { session.toggle_bookmark(session.playback().now()); });
}

}  // namespace ringside::window
