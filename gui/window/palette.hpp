// A list of all that can be done, found by typing a part of it.
#pragma once

#include <functional>
#include <vector>

#include <QDialog>
#include <QString>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;
class QStandardItemModel;

namespace ringside::window {

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
