// What the pictures show, as tables: for those who read rather than look, and for screen readers.
#pragma once

#include <QTabWidget>

#include "window/session.hpp"

class QAbstractItemModel;
class QTableView;
class QToolButton;

namespace ringside::window {

class BoardTable;
class EventTable;
class JourneyTable;
class SweepTable;

class Tables : public QTabWidget {
  Q_OBJECT

 public:
  explicit Tables(Session&, QWidget* parent = nullptr);

 protected:
  void changeEvent(QEvent*) override;
  void showEvent(QShowEvent*) override;
  void hideEvent(QHideEvent*) override;

 private:
  QTableView* add_table(QAbstractItemModel*);
  void retranslate();
  void show_moment();
  void show_filter();

  EventTable* events_;
  JourneyTable* journey_;
  BoardTable* board_;
  SweepTable* sweep_;
  QTableView* event_view_ = nullptr;
  Session& session_;
  QToolButton* filter_;  // what is listed alone; pressed, it goes
};

}  // namespace ringside::window
