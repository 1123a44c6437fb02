// A list of all that can be done, found by typing a part of it.
#pragma once

#include <functional>
#include <vector>

#include <QDialog>
#include <QString>

class QLabel;
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
  // What a text is that names nothing in the list, or means something by itself.
  struct Typed {
    std::function<bool(const QString&)> means;    // that it is such a one, whatever the list has with it
    std::function<QString(const QString&)> does;  // what is wrong with it, or nothing
  };
  Palette(std::vector<Choice>, Typed, QWidget* parent);

  void set_text(const QString&);

 protected:
  bool eventFilter(QObject*, QEvent*) override;

 private:
  void find(const QString& text);
  void say(const QString&);
  void choose();

  std::vector<Choice> choices_;
  Typed typed_;
  QLineEdit* line_;
  QLabel* said_;
  QListView* list_;
  QStandardItemModel* model_;
  QSortFilterProxyModel* filter_;
};

}  // namespace ringside::window
