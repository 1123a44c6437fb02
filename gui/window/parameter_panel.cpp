#include "window/parameter_panel.hpp"

#include <charconv>
#include <cmath>

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
  auto* page = new QWidget;
  auto* form = new QFormLayout{page};
  form->setRowWrapPolicy(QFormLayout::WrapAllRows);
  form->setContentsMargins(8, 8, 8, 8);
  if (knobs.empty()) form->addRow(new QLabel{tr("Open a scenario to change it.")});
  bool path_begins = false;
  for (const Knob& knob : knobs) {
    if (knob.of_path && !std::exchange(path_begins, true)) {
      auto* title = new QLabel{tr("The path")};
      QFont bold = title->font();
      bold.setBold(true);
      title->setFont(bold);
      form->addRow(title);
    }
    add_row(form, knob, chinese);
  }
  setWidget(page);
}

void ParameterPanel::add_row(QFormLayout* form, const Knob& knob, bool chinese) {
  const QString key = QString::fromStdString(knob.key);
  auto* row = new QWidget;
  auto* line = new QHBoxLayout{row};
  line->setContentsMargins(0, 0, 0, 0);
  auto* field = new QLineEdit{QString::fromStdString(knob.value)};
  field->setObjectName(key);
  field->setAccessibleName(key);
  const QString what = QString::fromStdString(chinese ? knob.what.zh_CN : knob.what.en);
  field->setToolTip(what);
  const auto standard = quantity(knob.standard);
  const auto now = quantity(knob.value);
  if (standard && now && standard->number > 0) {
    auto* slider = new QSlider{Qt::Horizontal};
    slider->setRange(0, notches);
    slider->setValue(notch_of(standard->number, now->number));
    slider->setAccessibleName(key);
    slider->setToolTip(what);
    auto* rest = new QTimer{slider};
    rest->setSingleShot(true);
    rest->setInterval(patience);
    connect(rest, &QTimer::timeout, this, [this, key, field] { Q_EMIT changed(key, field->text()); });
    connect(slider, &QSlider::valueChanged, field, [=, standard = *standard](int notch) {
      field->setText(QString::fromStdString(text_of({at_notch(standard.number, notch), standard.unit})));
      rest->start();
    });
    line->addWidget(slider, 3);
  }
  line->addWidget(field, 2);
  connect(field, &QLineEdit::editingFinished, this, [this, key, field, was = field->text()]() mutable {
    if (field->text() == was) return;
    was = field->text();
    Q_EMIT changed(key, was);
  });
  if (knob.value != knob.standard) {
    auto* back = new QToolButton;
    back->setText(QStringLiteral("↺"));
    back->setToolTip(tr("Back to %1").arg(QString::fromStdString(knob.standard)));
    connect(back, &QToolButton::clicked, this,
            [this, key, standard = QString::fromStdString(knob.standard)] { Q_EMIT changed(key, standard); });
    line->addWidget(back);
  }
  auto* label = new QLabel{key};
  label->setToolTip(what);
  auto* sentence = new QLabel{what};
  sentence->setWordWrap(true);
  sentence->setObjectName(QStringLiteral("sentence"));
  sentence->setEnabled(false);
  form->addRow(label, row);
  form->addRow(sentence);
}

}  // namespace ringside::window
