#include "window/playing_commands.hpp"

namespace ringside::window {

void add_playing_commands(Commands& commands, QMenu* menu, Session& session,
                          const std::function<void(int steps)>& faster) {
  const auto add = [&](const char* id, const char* text, const QKeySequence& key, auto run) {
    commands.add(id, text, key, menu, run);
  };
  add("play", QT_TRANSLATE_NOOP("Command", "Play or pause"), Qt::Key_Space,
      [&session] { session.playback().playing() ? session.pause() : session.play(1); });
  add("play back", QT_TRANSLATE_NOOP("Command", "Play backwards"), Qt::SHIFT | Qt::Key_Space,
      [&session] { session.play(-1); });
  add("forth", QT_TRANSLATE_NOOP("Command", "Next event"), Qt::Key_Right, [&session] { session.step(1); });
  add("back", QT_TRANSLATE_NOOP("Command", "Event before"), Qt::Key_Left, [&session] { session.step(-1); });
  add("begin", QT_TRANSLATE_NOOP("Command", "To the beginning"), Qt::Key_Home,
      [&session] { session.seek_event(0); });
  add("end", QT_TRANSLATE_NOOP("Command", "To the end"), Qt::Key_End, [&session] {
    if (const model::Reel* reel = session.reel()) session.seek_event(reel->events());
  });
  add("bookmark forth", QT_TRANSLATE_NOOP("Command", "Next bookmark"), Qt::CTRL | Qt::Key_PageDown,
      [&session] { session.step_bookmark(1); });
  add("bookmark back", QT_TRANSLATE_NOOP("Command", "Bookmark before"), Qt::CTRL | Qt::Key_PageUp,
      [&session] { session.step_bookmark(-1); });
  add("slower", QT_TRANSLATE_NOOP("Command", "Slower"), Qt::Key_BracketLeft, [faster] { faster(-1); });
  add("faster", QT_TRANSLATE_NOOP("Command", "Faster"), Qt::Key_BracketRight, [faster] { faster(1); });
}

}  // namespace ringside::window
