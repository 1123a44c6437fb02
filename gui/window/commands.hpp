// Every command of the window: in a menu, under a key, and in the list that Ctrl+K opens.
#pragma once

#include <functional>
#include <vector>

#include <QAction>
#include <QDialog>
#include <QKeySequence>
#include <QMenu>
#include <QObject>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;
class QStandardItemModel;

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

 private:
  QWidget* owner_;
  std::vector<QAction*> actions_{};
};

// What can be chosen from a list by typing a part of it.
struct Choice {
  QString text{};
  QString hint{};  // a key, a title
  std::function<void()> run{};
};

class Palette : public QDialog {
  Q_OBJECT

 public:
  // `typed`: what to do with a text that names nothing in the list; returns what is wrong with it, or
  // nothing.
  Palette(std::vector<Choice>, std::function<QString(const QString&)> typed, QWidget* parent);

  void set_text(const QString&);

 protected:
  bool eventFilter(QObject*, QEvent*) override;

 private:
  void choose();

  std::vector<Choice> choices_;
  std::function<QString(const QString&)> typed_;
  QLineEdit* line_;
  QListView* list_;
  QStandardItemModel* model_;
  QSortFilterProxyModel* filter_;
};

}  // namespace ringside::window
