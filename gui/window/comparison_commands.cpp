#include "window/comparison_commands.hpp"

#include <array>

#include <QCoreApplication>

#include "window/comparison_scene.hpp"

namespace ringside::window {

namespace {

QString name_of(Lock lock) {
  switch (lock) {
    case Lock::time: break;
    case Lock::packet:
      return QCoreApplication::translate("Comparison",
                                         "The sides keep step by packet: as long after its arrival.");
    case Lock::milestone:
      return QCoreApplication::translate("Comparison", "The sides keep step by milestone: in the same lane.");
  }
  return QCoreApplication::translate("Comparison", "The sides keep step by time.");
}

QString needs_company() {
  return QCoreApplication::translate("Comparison",
                                     "There is nothing to compare with: add a path with + above the stage, "
                                     "or with a double click on one in the library.");
}

void focus(Session& session, std::size_t side, const std::function<void(const QString&)>& say) {
  const std::size_t sides = session.sides().size();
  if (sides < 2) return say(needs_company());
  if (side < sides) return session.set_focus(side);
  say(QCoreApplication::translate("Comparison", "There are %1 paths, and no number %2.")
          .arg(sides)
          .arg(side + 1));
}

void next_lock(Session& session, const std::function<void(const QString&)>& say) {
  if (session.sides().size() < 2) return say(needs_company());
  const QString obstacle = why_only_time(session);
  if (!obstacle.isEmpty()) return say(obstacle);
  session.set_lock(static_cast<Lock>((static_cast<int>(session.lock()) + 1) % model::lock_count));
  say(name_of(session.lock()));
}

}  // namespace

void add_comparison_commands(Commands& commands, QMenu* menu, Session& session,
                             const std::function<void(const QString&)>& say) {
  commands.add("lock", QT_TRANSLATE_NOOP("Command", "Lock the sides by time, packet, milestone"), Qt::Key_K,
               menu, [&session, say] { next_lock(session, say); });
  struct Focus {
    const char* id;
    const char* text;
    Qt::Key key;
  };
  static constexpr std::array<Focus, Session::most_sides> focuses{
      {{"focus 1", QT_TRANSLATE_NOOP("Command", "First path alone"), Qt::Key_1},
       {"focus 2", QT_TRANSLATE_NOOP("Command", "Second path alone"), Qt::Key_2},
       {"focus 3", QT_TRANSLATE_NOOP("Command", "Third path alone"), Qt::Key_3},
       {"focus 4", QT_TRANSLATE_NOOP("Command", "Fourth path alone"), Qt::Key_4}}};
  for (std::size_t side = 0; side < focuses.size(); ++side)
    commands.add(focuses[side].id, focuses[side].text, focuses[side].key, menu,
                 [&session, side, say] { focus(session, side, say); });
}

}  // namespace ringside::window
