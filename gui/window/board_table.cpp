#include "window/board_table.hpp"

#include <algorithm>
#include <cmath>

#include "ringside/replay/names.hpp"
#include "view/comparison_words.hpp"

namespace ringside::window {

namespace {

// 1 002 000, 0.2356: six digits, and never in powers of ten where they can be read without.
QString grouped(double number) {
  QString text = std::abs(number) >= 1e4 ? QString::number(number, 'f', 0) : QString::number(number, 'g', 6);
  if (std::abs(number) < 1e4) return text;
  for (qsizetype i = text.size() - 3; i > (number < 0 ? 1 : 0); i -= 3) text.insert(i, QChar{0x2009});
  return text;
}

QString figure_of(const scenarios::Value& value, std::string_view unit) {
  struct Text {
    QString operator()(double number) const { return grouped(number); }
    QString operator()(std::int64_t number) const {
      return std::abs(number) < 10'000 ? QString::number(number) : grouped(static_cast<double>(number));
    }
    QString operator()(const std::string& text) const { return QString::fromStdString(text); }
  };
  QString text = std::visit(Text{}, value);
  if (unit.empty()) return text;
  return text + QChar{0x2009} + QString::fromUtf8(unit.data(), static_cast<qsizetype>(unit.size()));
}

}  // namespace

BoardTable::BoardTable(Session& session, QObject* parent) : QAbstractTableModel{parent}, session_{session} {
  connect(&session, &Session::sides_changed, this, &BoardTable::reset);
  connect(&session, &Session::styled, this, &BoardTable::reset);
  reset();
}

void BoardTable::reset() {
  beginResetModel();
  keys_.clear();
  for (const Side& side : session_.sides()) {
    if (!side.result) continue;
    for (const auto& [key, ignored] : side.result->metrics)
      if (std::ranges::find(keys_, key) == keys_.end()) keys_.push_back(key);
  }
  endResetModel();
}

int BoardTable::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(keys_.size());
}
int BoardTable::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(session_.sides().size()) + 1;
}

QVariant BoardTable::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  if (role == Qt::TextAlignmentRole && index.column() > 0) return QVariant{Qt::AlignRight | Qt::AlignVCenter};
  if (role != Qt::DisplayRole) return {};
  const std::string& key = keys_[static_cast<std::size_t>(index.row())];
  const auto named = replay::metric_name(key);
  if (index.column() == 0) {
    if (!named) return QString::fromStdString(key);
    const bool chinese = session_.language() == path::Language::zh_CN;
    return QString::fromStdString(chinese ? named->name.zh_CN : named->name.en);
  }
  const auto side = static_cast<std::size_t>(index.column() - 1);
  if (side >= session_.sides().size() || !session_.sides()[side].result) return {};
  const scenarios::Value* value = scenarios::find(session_.sides()[side].result->metrics, key);
  return value ? figure_of(*value, named ? named->unit : std::string_view{}) : QString{};
}

QVariant BoardTable::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  if (section == 0) return tr("Figure");
  const auto side = static_cast<std::size_t>(section - 1);
  if (side >= session_.sides().size()) return {};
  return view::letter(section - 1) + QLatin1Char{' '} + QString::fromStdString(session_.sides()[side].path());
}

}  // namespace ringside::window
