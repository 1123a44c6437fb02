#include "window/tables.hpp"

#include <QEvent>
#include <QHeaderView>
#include <QTableView>
#include <QToolButton>

#include "view/board.hpp"
#include "window/board_table.hpp"
#include "window/event_table.hpp"
#include "window/journey_table.hpp"
#include "window/sweep_table.hpp"

namespace ringside::window {

Tables::Tables(Session& session, QWidget* parent)
    : QTabWidget{parent},
      events_{new EventTable{session, this}},
      journey_{new JourneyTable{session, this}},
      board_{new BoardTable{session, this}},
      sweep_{new SweepTable{session, this}},
      session_{session},
      filter_{new QToolButton} {
  setDocumentMode(true);
  event_view_ = add_table(events_);
  QTableView* journey = add_table(journey_);
  QTableView* board = add_table(board_);
  board->horizontalHeader()->setStretchLastSection(false);
  board->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  connect(add_table(sweep_), &QTableView::activated, sweep_, &SweepTable::open_run);
  connect(event_view_, &QTableView::activated, events_, &EventTable::go_to);
  connect(journey, &QTableView::activated, journey_, &JourneyTable::go_to);
  connect(events_, &EventTable::moment_moved, this, &Tables::show_moment);
  filter_->setObjectName(QStringLiteral("filter"));
  setCornerWidget(filter_);
  connect(filter_, &QToolButton::clicked, this, [this] { session_.list(nullptr); });
  connect(&session, &Session::list_changed, this, &Tables::show_filter);
  connect(&session, &Session::styled, this, &Tables::show_filter);
  show_filter();
  retranslate();
}

// Rows of one height and columns of their own: nothing is measured that is not seen.
QTableView* Tables::add_table(QAbstractItemModel* model) {
  auto* table = new QTableView;
  table->setModel(model);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setSelectionMode(QAbstractItemView::SingleSelection);
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setWordWrap(false);
  table->setShowGrid(false);
  table->setTabKeyNavigation(false);
  table->verticalHeader()->hide();
  table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 6);
  table->horizontalHeader()->setStretchLastSection(true);
  table->horizontalHeader()->setDefaultSectionSize(table->fontMetrics().averageCharWidth() * 22);
  addTab(table, QString{});
  return table;
}

void Tables::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QTabWidget::changeEvent(event);
}

void Tables::showEvent(QShowEvent* event) {
  journey_->set_awake(true);
  show_moment();
  QTabWidget::showEvent(event);
}

void Tables::hideEvent(QHideEvent* event) {
  journey_->set_awake(false);
  QTabWidget::hideEvent(event);
}

void Tables::retranslate() {
  const QString names[] = {tr("Events"), tr("Journey"), tr("Board"), tr("Sweep")};
  for (int i = 0; i < count(); ++i) {
    setTabText(i, names[i]);
    widget(i)->setAccessibleName(names[i]);
  }
  setAccessibleName(tr("Tables"));
}

void Tables::show_filter() {
  const replay::Counter* listed = session_.listed();
  filter_->setVisible(listed != nullptr);
  if (!listed) return;
  setCurrentWidget(event_view_);
  filter_->setText(QStringLiteral("× ") + view::count_name(listed->key, session_.language()).joined());
  filter_->setToolTip(tr("Only what this figure has counted is listed. Click here to list all events."));
}

void Tables::show_moment() {
  const int row = events_->row_of_moment();
  if (row < 0 || !event_view_->isVisible()) return;
  const QModelIndex index = events_->index(row, EventTable::sentence);
  event_view_->scrollTo(index);
  event_view_->setCurrentIndex(index);
}

}  // namespace ringside::window
