// Every command of the window: in a menu, under a key, and in the list that Ctrl+K opens.
#pragma once

#include <functional>
#include <vector>

#include <QAction>
#include <QKeySequence>
#include <QMenu>
#include <QObject>

namespace ringside::window {

class Commands : public QObject {
  Q_OBJECT

 public:
  explicit Commands(QWidget* owner) : QObject{owner}, owner_{owner} {}

  // `text` is English, marked with QT_TRANSLATE_NOOP("Command", ...); `id` names it in the settings.
  QAction* add(const char* id, const char* text, const QKeySequence& key, QMenu* menu,
               std::function<void()> run);
  QAction* find(const char* id) const;
  const std::vector<QAction*>& all() const { return actions_; }
  void retranslate();

  // Every key can be another one; what differs from the standard is remembered.
  static QKeySequence standard_key(const QAction&);
  // The command that has this key, but for one; nullptr: it is free.
  QAction* owner_of(const QKeySequence&, const QAction* but) const;
  static void set_key(QAction&, const QKeySequence&);
  void recall_keys();

 private:
  QWidget* owner_;
  std::vector<QAction*> actions_{};
};

}  // namespace ringside::window
