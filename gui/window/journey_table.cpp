#include "window/journey_table.hpp"

#include "ringside/replay/names.hpp"
#include "ringside/replay/narrate.hpp"
#include "window/scene.hpp"

namespace ringside::window {

JourneyTable::JourneyTable(Session& session, QObject* parent)
    : QAbstractTableModel{parent}, session_{session} {
  connect(&session, &Session::moved, this, &JourneyTable::follow);
  connect(&session, &Session::selected, this, &JourneyTable::reset);
  connect(&session, &Session::sides_changed, this, &JourneyTable::reset);
  connect(&session, &Session::styled, this, &JourneyTable::reset);
  reset();
}

void JourneyTable::follow() {
  if (awake_ && session_.leading_packet() != journey_.packet) reset();
}

void JourneyTable::set_awake(bool awake) {
  awake_ = awake;
  if (awake) reset();
}

// One that has not arrived has a way, too, if it is under way now.
void JourneyTable::reset() {
  beginResetModel();
  const std::uint64_t packet = awake_ ? session_.leading_packet() : 0;
  journey_ = {};
  if (model::Reel* reel = session_.reel(); reel && packet != 0) {
    journey_ = session_.lockstep().journey(0, packet);
    if (journey_.steps.empty())
      journey_ = replay::journey(reel->recording(), packet, session_.playback().events());
  }
  journey_.packet = packet;
  endResetModel();
}

int JourneyTable::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(journey_.steps.size());
}
int JourneyTable::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QVariant JourneyTable::text(const replay::Step& step, int column) const {
  const replay::Cast& cast = session_.reel()->cast();
  switch (column) {
    case time: return time_text(step.mark.at);
    case since:
      return QString::fromStdString(replay::quantity(step.mark.at - journey_.steps.front().mark.at));
    case host: return QString::fromStdString(replay::host_name(cast, step.mark));
    case lasts: return QString::fromStdString(replay::quantity(step.lasts));
    default: return QString::fromStdString(replay::place_name(cast, step.mark, session_.language()));
  }
}

QVariant JourneyTable::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount() || !session_.reel()) return {};
  if (role == Qt::TextAlignmentRole && index.column() != host && index.column() != place)
    return QVariant{Qt::AlignRight | Qt::AlignVCenter};
  if (role != Qt::DisplayRole) return {};
  return text(journey_.steps[static_cast<std::size_t>(index.row())], index.column());
}

QVariant JourneyTable::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case time: return tr("Time");
    case since: return tr("Since its first bit");
    case host: return tr("Host");
    case lasts: return tr("For how long");
    default: return tr("Where packet %1 is").arg(journey_.packet);
  }
}

void JourneyTable::go_to(const QModelIndex& index) {
  if (index.isValid() && index.row() < rowCount())
    session_.seek_event(journey_.steps[static_cast<std::size_t>(index.row())].number + 1);
}

}  // namespace ringside::window
