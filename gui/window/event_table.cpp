#include "window/event_table.hpp"

#include <algorithm>
#include <utility>

#include <QFont>

#include "ringside/replay/narrate.hpp"
#include "window/scene.hpp"

namespace ringside::window {

EventTable::EventTable(Session& session, QObject* parent) : QAbstractTableModel{parent}, session_{session} {
  connect(&session, &Session::moved, this, &EventTable::follow);
  connect(&session, &Session::sides_changed, this, &EventTable::forget);
  connect(&session, &Session::styled, this, &EventTable::forget);
  connect(&session, &Session::list_changed, this, &EventTable::forget);
  connect(&gathering_, &Gathering::found, this, [this](const replay::Gathered& found) {
    waiting_ = false;
    beginResetModel();
    gathered_ = found;
    rows_ = static_cast<int>(gathered_.events.size());
    moment_ = -1;
    sentences_.clear();
    endResetModel();
    follow();
  });
  forget();
}

int EventTable::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : rows_; }
int EventTable::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

const QString& EventTable::sentence_of(std::uint64_t event) const {
  const auto known = sentences_.find(event);
  if (known != sentences_.end()) return known->second;
  model::Reel& reel = *session_.reel();
  const std::string said =
      replay::narrate(reel.cast(), reel.event(event), reel.before(event), session_.language());
  QString text = QString::fromStdString(said).replace(QLatin1Char{'\n'}, QLatin1Char{' '});
  return sentences_.emplace(event, std::move(text)).first->second;
}

QVariant EventTable::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rows_ || !session_.reel()) return {};
  const std::uint64_t event = number_of(index.row());
  if (role == Qt::FontRole && index.row() == moment_) {
    QFont font;
    font.setBold(true);
    return font;
  }
  if (role == Qt::TextAlignmentRole && index.column() != sentence)
    return QVariant{Qt::AlignRight | Qt::AlignVCenter};
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
  switch (index.column()) {
    case number: return QVariant::fromValue(event + 1);
    case time: return time_text(session_.reel()->event(event).at);
    default: return sentence_of(event);
  }
}

QVariant EventTable::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case number: return tr("Event");
    case time: return tr("Time");
    default: return tr("What happens");
  }
}

int EventTable::row_of_moment() const { return moment_; }

void EventTable::go_to(const QModelIndex& index) {
  if (index.isValid() && index.row() < rows_) session_.seek_event(number_of(index.row()) + 1);
}

void EventTable::forget() {
  beginResetModel();
  gathering_.stop();
  waiting_ = false;
  gathered_ = {};
  from_ = 0;
  rows_ = 0;
  moment_ = -1;
  sentences_.clear();
  endResetModel();
  follow();
}

void EventTable::follow() {
  if (!session_.reel()) return;
  const std::uint64_t now = session_.playback().events();
  session_.listed() ? follow_counted(now) : follow_all(now);
}

// The rows stay what they are until the moment comes near to an end of them.
void EventTable::follow_all(std::uint64_t now) {
  const std::uint64_t events = session_.reel()->events();
  const std::uint64_t end = from_ + static_cast<std::uint64_t>(rows_);
  const bool near_begin = from_ > 0 && now < from_ + reach / 4;
  const bool near_end = end < events && now + reach / 4 > end;
  if (rows_ == 0 || near_begin || near_end) {
    beginResetModel();
    from_ = now - std::min(now, reach);
    rows_ = static_cast<int>(std::min(events, now + reach) - from_);
    moment_ = -1;
    sentences_.clear();
    endResetModel();
  }
  show_moment(now <= from_ ? -1 : static_cast<int>(now - from_ - 1));
}

// The last one that has been counted is marked.
void EventTable::follow_counted(std::uint64_t now) {
  const auto& events = gathered_.events;
  const bool none = rows_ == 0 && !gathered_.to_end;
  const bool early = !gathered_.from_begin && (events.empty() || now <= events.front());
  const bool late = !gathered_.to_end && (events.empty() || now > events.back());
  if (none || early || late) return gather(now);
  const auto counted = std::ranges::lower_bound(events, now) - events.begin();
  show_moment(static_cast<int>(counted) - 1);
}

void EventTable::gather(std::uint64_t now) {
  if (std::exchange(waiting_, true)) return;
  const model::Reel& reel = *session_.reel();
  const std::uint16_t host = session_.host(0);
  gathering_.start(reel.file(), now, counted_by(*session_.listed(), reel.host(host), host), reach);
}

void EventTable::show_moment(int row) {
  const int before = std::exchange(moment_, row);
  if (before == moment_) return;
  for (const int changed : {before, moment_})
    if (changed >= 0 && changed < rows_)
      Q_EMIT dataChanged(index(changed, 0), index(changed, columns - 1), {Qt::FontRole});
  Q_EMIT moment_moved();
}

}  // namespace ringside::window
