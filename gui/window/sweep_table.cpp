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
  connect(&session, &Session::swept, this, &SweepTable::follow);
  connect(&session, &Session::styled, this, &SweepTable::follow);
  follow();
}

// Who stands on a row stays there while figures come in.
void SweepTable::follow() {
  Content now = content();
  if (now.heads == content_.heads && now.rows.size() == content_.rows.size()) {
    content_ = std::move(now);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    return;
  }
  beginResetModel();
  content_ = std::move(now);
  endResetModel();
}

SweepTable::Content SweepTable::content() const {
  const view::SweepScene scene = sweep_scene(session_);
  Content all{.values = scene.values.size()};
  if (scene.curves.empty()) return all;
  all.heads = {tr("Path"), scene.key};
  for (const view::SweepCurve& curve : scene.curves)
    for (const view::SweepValue& value : scene.values) all.rows.push_back({curve.name, value.text});
  for (const std::string& metric : scene.metrics) {
    all.heads.push_back(view::metric_title(metric, session_.language()).joined());
    const auto curves = sweep_curves(*session_.sweep().sweep, metric);
    for (std::size_t row = 0; row < all.rows.size(); ++row)
      all.rows[row].push_back(figure_of(metric, curves[row / all.values].points[row % all.values]));
  }
  all.heads.push_back(tr("Not as it should be"));
  for (std::size_t row = 0; row < all.rows.size(); ++row)
    all.rows[row].push_back(what_is_wrong(scene, row / all.values, row % all.values));
  return all;
}

int SweepTable::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(content_.rows.size());
}
int SweepTable::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(content_.heads.size());
}

QVariant SweepTable::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const bool figure = index.column() > 0 && index.column() + 1 < columnCount();
  if (role == Qt::TextAlignmentRole && figure) return QVariant{Qt::AlignRight | Qt::AlignVCenter};
  if (role != Qt::DisplayRole) return {};
  return content_.rows[static_cast<std::size_t>(index.row())].value(index.column());
}

QVariant SweepTable::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  return content_.heads.value(section);
}

void SweepTable::open_run(const QModelIndex& index) {
  const auto row = static_cast<std::size_t>(index.row());
  if (index.isValid() && row < content_.rows.size())
    session_.open_point({row / content_.values, row % content_.values});
}

}  // namespace ringside::window
