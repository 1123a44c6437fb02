#include "window/sweep_table.hpp"

#include "view/metrics.hpp"
#include "window/sweep_scene.hpp"

namespace ringside::window {

namespace {

QString figure_of(const std::string& metric, const view::SweepPoint& point) {
  if (point.runs == 0) return {};
  const QString mean = view::metric_text(metric, point.mean);
  if (point.runs == 1) return mean;
  return QStringLiteral("%1 (%2 – %3)")
      .arg(mean, view::metric_text(metric, point.low), view::metric_text(metric, point.high));
}

QString what_is_wrong(const view::SweepScene& scene, std::size_t path, std::size_t value) {
  QStringList all;
  for (const view::SweepFailure& failure : scene.failures)
    if (failure.curve == path && failure.value == value) all.push_back(failure.text);
  return all.join(QStringLiteral("; "));
}

}  // namespace

SweepTable::SweepTable(Session& session, QObject* parent) : QAbstractTableModel{parent}, session_{session} {
  connect(&session, &Session::swept, this, &SweepTable::reset);
  connect(&session, &Session::styled, this, &SweepTable::reset);
  reset();
}

void SweepTable::reset() {
  beginResetModel();
  heads_.clear();
  rows_.clear();
  const view::SweepScene scene = sweep_scene(session_);
  values_ = scene.values.size();
  if (!scene.curves.empty()) {
    heads_ = {tr("Path"), scene.key};
    for (const view::SweepCurve& curve : scene.curves)
      for (const view::SweepValue& value : scene.values) rows_.push_back({curve.name, value.text});
    for (const std::string& metric : scene.metrics) {
      heads_.push_back(view::metric_title(metric, session_.language()));
      const auto curves = sweep_curves(*session_.sweep().sweep, metric);
      for (std::size_t row = 0; row < rows_.size(); ++row)
        rows_[row].push_back(figure_of(metric, curves[row / values_].points[row % values_]));
    }
    heads_.push_back(tr("Not as it should be"));
    for (std::size_t row = 0; row < rows_.size(); ++row)
      rows_[row].push_back(what_is_wrong(scene, row / values_, row % values_));
  }
  endResetModel();
}

int SweepTable::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}
int SweepTable::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(heads_.size());
}

QVariant SweepTable::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const bool figure = index.column() > 0 && index.column() + 1 < columnCount();
  if (role == Qt::TextAlignmentRole && figure) return QVariant{Qt::AlignRight | Qt::AlignVCenter};
  if (role != Qt::DisplayRole) return {};
  return rows_[static_cast<std::size_t>(index.row())].value(index.column());
}

QVariant SweepTable::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  return heads_.value(section);
}

void SweepTable::open_run(const QModelIndex& index) {
  const auto row = static_cast<std::size_t>(index.row());
  if (index.isValid() && row < rows_.size()) session_.open_point({row / values_, row % values_});
}

}  // namespace ringside::window
