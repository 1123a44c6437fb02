#include "window/parameter_panel.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QTimer>
#include <QToolButton>

namespace ringside::window {

namespace {

constexpr int notches = 60;       // of a slider: from a thirtieth of the standard value to thirty times
constexpr double reach = 1000.0;  // between its ends
constexpr int patience = 250;     // milliseconds that a slider rests before a run begins

double at_notch(double standard, int notch) {
  return standard * std::pow(reach, (static_cast<double>(notch) - notches / 2.0) / notches);
}
int notch_of(double standard, double value) {
  if (standard <= 0 || value <= 0) return 0;
  return static_cast<int>(
      std::lround(std::log(value / standard) / std::log(reach) * notches + notches / 2.0));
}

// 3M and 3000000 are the same, 10us and 10000ns are, too.
double in_base(const Quantity& q) {
  static constexpr std::array<std::pair<std::string_view, double>, 3> times{
      {{"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}}};
  for (const auto& [unit, factor] : times)
    if (q.unit == unit) return q.number * factor;
  static constexpr std::array<std::pair<char, double>, 4> prefixes{
      {{'k', 1e3}, {'K', 1024}, {'M', 1e6}, {'G', 1e9}}};
  for (const auto& [prefix, factor] : prefixes)
    if (q.unit.starts_with(prefix)) return q.number * factor;
  return q.number;
}

}  // namespace

std::optional<Quantity> quantity(const std::string& text) {
  Quantity q;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), q.number);
  if (error != std::errc{}) return std::nullopt;
  q.unit = std::string{end, text.data() + text.size()};
  for (const char c : q.unit)
    if (!std::isalpha(static_cast<unsigned char>(c))) return std::nullopt;  // a file name, a range
  return q;
}

std::string text_of(const Quantity& q) {
  const double magnitude = std::abs(q.number);
  if (magnitude >= 10 || magnitude == std::floor(magnitude))
    return std::to_string(std::llround(q.number)) + q.unit;
  return QString::number(q.number, 'g', 2).toStdString() + q.unit;
}

ParameterPanel::ParameterPanel(QWidget* parent) : QScrollArea{parent} {
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  show_knobs({}, false);
}

void ParameterPanel::show_knobs(std::vector<Knob> knobs, bool chinese) {
  const auto same_row = [](Knob a, const Knob& b) {
    a.value = b.value;
    return a == b;
  };
  const bool same = widget() && chinese == chinese_ && std::ranges::equal(knobs, knobs_, same_row);
  knobs_ = std::move(knobs);
  if (!same) return build(chinese);
  for (std::size_t row = 0; row < rows_.size(); ++row) show_value(row);
}

void ParameterPanel::build(bool chinese) {
  chinese_ = chinese;
  rows_.clear();
  auto* page = new QWidget;
  auto* form = new QFormLayout{page};
  form->setRowWrapPolicy(QFormLayout::WrapAllRows);
  form->setContentsMargins(8, 8, 8, 8);
  if (knobs_.empty()) form->addRow(new QLabel{tr("Open a scenario to change it.")});
  bool path_begins = false;
  for (const Knob& knob : knobs_) {
    if (knob.of_path && !std::exchange(path_begins, true)) {
      auto* title = new QLabel{tr("The path")};
      QFont bold = title->font();
      bold.setBold(true);
      title->setFont(bold);
      form->addRow(title);
    }
    add_row(form, knob);
    show_value(rows_.size() - 1);
  }
  setWidget(page);
}

void ParameterPanel::add_row(QFormLayout* form, const Knob& knob) {
  const std::size_t number = rows_.size();
  const QString key = QString::fromStdString(knob.key);
  const QString what = QString::fromStdString(chinese_ ? knob.what.zh_CN : knob.what.en);
  Row row;
  auto* line = new QHBoxLayout;
  line->setContentsMargins(0, 0, 0, 0);
  row.field = new QLineEdit;
  row.field->setObjectName(key);
  row.field->setAccessibleName(key);
  row.field->setToolTip(what);
  if (const auto standard = quantity(knob.standard); standard && standard->number > 0) {
    row.slider = new QSlider{Qt::Horizontal};
    row.slider->setRange(0, notches);
    row.slider->setAccessibleName(key);
    row.slider->setToolTip(what);
    row.rest = new QTimer{row.slider};
    row.rest->setSingleShot(true);
    row.rest->setInterval(patience);
    connect(row.rest, &QTimer::timeout, this, [this, number] { take(number); });
    connect(
        row.slider, &QSlider::valueChanged, row.field,
        [field = row.field, rest = row.rest, standard = *standard](int notch) {
          field->setText(QString::fromStdString(text_of({at_notch(standard.number, notch), standard.unit})));
          rest->start();
        });
    line->addWidget(row.slider, 3);
  }
  line->addWidget(row.field, 2);
  connect(row.field, &QLineEdit::editingFinished, this, [this, number] { take(number); });
  connect(row.field, &QLineEdit::returnPressed, row.field,
          &QWidget::clearFocus);  // the keys are the stage's again
  row.back = new QToolButton;
  row.back->setText(QStringLiteral("↺"));
  row.back->setToolTip(tr("Back to %1").arg(QString::fromStdString(knob.standard)));
  connect(row.back, &QToolButton::clicked, this,
          [this, key, standard = QString::fromStdString(knob.standard)] { Q_EMIT changed(key, standard); });
  line->addWidget(row.back);
  auto* label = new QLabel{key};
  label->setToolTip(what);
  auto* sentence = new QLabel{what};
  sentence->setWordWrap(true);
  sentence->setObjectName(QStringLiteral("sentence"));
  sentence->setEnabled(false);
  form->addRow(label, line);
  form->addRow(sentence);
  rows_.push_back(row);
}

// What the field says, unless it is what it was.
void ParameterPanel::take(std::size_t row) {
  Knob& knob = knobs_[row];
  const QString text = rows_[row].field->text();
  if (text == QString::fromStdString(knob.value)) return;
  knob.value = text.toStdString();
  rows_[row].field->setModified(false);
  Q_EMIT changed(QString::fromStdString(knob.key), text);
}

void ParameterPanel::show_value(std::size_t number) {
  const Knob& knob = knobs_[number];
  const Row& row = rows_[number];
  row.back->setVisible(knob.value != knob.standard);
  if (row.rest && (row.rest->isActive() || row.slider->isSliderDown())) return;
  if (row.field->hasFocus() && row.field->isModified()) return;
  row.field->setText(QString::fromStdString(knob.value));
  const auto now = quantity(knob.value);
  if (!row.slider) return;
  const QSignalBlocker quiet{row.slider};
  row.slider->setEnabled(now.has_value());
  if (now) row.slider->setValue(notch_of(in_base(*quantity(knob.standard)), in_base(*now)));
}

}  // namespace ringside::window
