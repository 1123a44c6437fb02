#include "window/sweep_panel.hpp"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "window/parameter_panel.hpp"
#include "window/sweep_canvas.hpp"

namespace ringside::window {

namespace {

constexpr int most_seeds = 20;

QString written(const std::vector<std::string>& values) {
  QStringList all;
  for (const std::string& value : values) all.push_back(QString::fromStdString(value));
  return all.join(QLatin1Char{','});
}

// About what it is now, by factors of two; what is no number has none.
QString about(const std::string& value) {
  const auto now = quantity(value);
  if (!now || now->number <= 0) return QString::fromStdString(value);
  QStringList all;
  for (const double factor : {0.25, 0.5, 1.0, 2.0, 4.0}) {
    const QString text = QString::fromStdString(text_of({now->number * factor, now->unit}));
    if (!all.contains(text)) all.push_back(text);
  }
  return all.join(QLatin1Char{','});
}

}  // namespace

SweepPanel::SweepPanel(Session& session, const scenarios::Library& library, QWidget* parent)
    : QWidget{parent},
      session_{session},
      library_{library},
      sweeper_{library},
      first_drop_{session},
      vary_{new QLabel},
      key_{new QComboBox},
      over_{new QLabel},
      values_{new QLineEdit},
      with_{new QLabel},
      seeds_{new QSpinBox},
      run_{new QPushButton},
      says_{new QLabel},
      canvas_{new SweepCanvas{session}} {
  make_head();
  connect(run_, &QPushButton::clicked, this, &SweepPanel::run_or_stop);
  connect(values_, &QLineEdit::returnPressed, this, &SweepPanel::run_or_stop);
  connect(key_, &QComboBox::activated, this, &SweepPanel::suggest);
  connect(&session, &Session::sides_changed, this, &SweepPanel::follow);
  connect(&session, &Session::point_opened, this, &SweepPanel::open_run);
  connect(&first_drop_, &FirstDrop::shown, this, [this](bool dropped) {
    tell(dropped ? tr("Shown at its first drop.") : tr("Nothing is dropped in its first milliseconds."));
  });
  connect(&sweeper_, &Sweeper::planned, this, [this](std::shared_ptr<const model::SweepPlan> plan) {
    session_.sweep().sweep = std::make_shared<model::Sweep>(std::move(plan));
    session_.touch_sweep();
  });
  connect(&sweeper_, &Sweeper::arrived, this,
          [this](quint64 run, const std::shared_ptr<scenarios::RunResult>& result) {
            session_.sweep().sweep->put(run, std::move(*result));
            session_.touch_sweep();
          });
  connect(&sweeper_, &Sweeper::ended, this, [this](const QString& failure) {
    session_.sweep().under_way = false;
    session_.sweep().failure = failure;
    session_.touch_sweep();
    retranslate();
    tell(failure.isEmpty() ? tr("Click a point, or choose it with the arrow keys and press Enter.")
                           : failure.section(QLatin1Char{'\n'}, 0, 0));
  });
  retranslate();
}

void SweepPanel::make_head() {
  key_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  key_->setMinimumContentsLength(12);
  values_->setMinimumWidth(120);
  seeds_->setRange(1, most_seeds);
  says_->setObjectName(QStringLiteral("says"));
  says_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  vary_->setBuddy(key_);
  over_->setBuddy(values_);
  with_->setBuddy(seeds_);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(10, 4, 10, 4);
  head->setSpacing(8);
  for (QWidget* widget : std::initializer_list<QWidget*>{vary_, key_, over_}) head->addWidget(widget);
  head->addWidget(values_, 2);
  for (QWidget* widget : std::initializer_list<QWidget*>{with_, seeds_, run_}) head->addWidget(widget);
  head->addWidget(says_, 3);
  auto* column = new QVBoxLayout{this};
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(head);
  column->addWidget(canvas_, 1);
}

void SweepPanel::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  QWidget::changeEvent(event);
}

void SweepPanel::showEvent(QShowEvent* event) {
  offer();
  QWidget::showEvent(event);
}

void SweepPanel::retranslate() {
  vary_->setText(tr("Vary"));
  over_->setText(tr("over"));
  with_->setText(tr("seeds"));
  run_->setText(sweeper_.running() ? tr("Stop") : tr("Run the sweep"));
  values_->setPlaceholderText(tr("1000..12000/1000, or even,poisson"));
  key_->setAccessibleName(tr("What varies"));
  values_->setAccessibleName(tr("Values"));
  seeds_->setAccessibleName(tr("Seeds for each point"));
  key_->setPlaceholderText(tr("choose"));
}

void SweepPanel::tell(const QString& text) {
  says_->setText(text);
  says_->setToolTip(text);
}

// Another scenario has other sweeps.
void SweepPanel::follow() {
  const auto& shown = session_.sweep().sweep;
  const std::string open = session_.sides().empty() ? std::string{} : session_.sides().front().scenario;
  const bool another = (shown || sweeper_.running()) && scenario_ != open;
  if (another || open.empty()) {
    sweeper_.cancel();
    session_.sweep() = {};
    session_.touch_sweep();
    retranslate();
    tell({});
  }
  if (shown && !another && !open.empty() &&
      sweep_order(session_, asked_, static_cast<int>(shown->plan().order.seeds.size())) !=
          shown->plan().order)
    tell(tr("Other paths or other settings by now: run the sweep again to see them."));
  if (isVisible()) offer();
}

void SweepPanel::offer() {
  const bool there = !session_.sides().empty() && !session_.sides().front().scenario.empty();
  setEnabled(there);
  const std::string now =
      there ? session_.sides().front().scenario + '\n' + session_.sides().front().overrides.path
            : std::string{};
  if (now == offered_) return;
  offered_ = now;
  key_->clear();
  values_->clear();
  own_.reset();
  if (!there) return;
  scenarios::Findings said_when_it_runs;
  const Side& side = session_.sides().front();
  const auto loaded = scenarios::load_scenario(
      side.scenario, {.path = side.overrides.path, .profile = side.overrides.profile}, library_,
      said_when_it_runs);
  if (loaded) own_ = loaded->scenario.vary;
  for (const Knob& knob : knobs_of(side, library_))
    key_->addItem(QString::fromStdString(knob.key), QString::fromStdString(knob.standard));
  key_->setCurrentIndex(own_ ? key_->findText(QString::fromStdString(own_->key)) : -1);
  if (own_) suggest();
  tell(own_ ? QString{} : tr("This scenario varies nothing: choose one of its keys, and values."));
}

void SweepPanel::suggest() {
  const bool its_own = own_ && key_->currentText().toStdString() == own_->key;
  values_->setText(its_own ? written(own_->values) : about(key_->currentData().toString().toStdString()));
  values_->setCursorPosition(0);  // long lists begin with what is least
}

std::optional<Varied> SweepPanel::varied() const {
  auto values = scenarios::varied_values(values_->text().toStdString());
  if (key_->currentIndex() < 0 || !values) return std::nullopt;
  Varied varied{.what = {key_->currentText().toStdString(), *std::move(values)}};
  varied.by_the_scenario = own_ == varied.what;
  return varied;
}

void SweepPanel::run_or_stop() {
  if (sweeper_.running()) {
    sweeper_.cancel();
    session_.sweep().under_way = false;
    session_.touch_sweep();
    return retranslate();
  }
  const auto what = varied();
  if (!what) return tell(tr("Expected a key, and values such as 64..512/64 or even,poisson."));
  auto order = sweep_order(session_, *what, seeds_->value());
  if (!order) return;
  asked_ = *what;
  scenario_ = order->scenario;
  session_.sweep() = {.metric = session_.sweep().metric, .under_way = true};
  session_.touch_sweep();
  sweeper_.start(*std::move(order), session_.language());
  retranslate();
  tell({});
}

// On all paths, so that they can be compared there; what is shown is where the one of the curve drops.
void SweepPanel::open_run(view::SweepPlace place) {
  const auto& shown = session_.sweep().sweep;
  if (!shown || place.value >= shown->plan().values() || session_.sides().empty()) return;
  const scenarios::Vary& vary = *shown->plan().scenario().vary;
  first_drop_.await(place.curve < session_.sides().size() ? place.curve : 0);
  tell(tr("Running with %1=%2 …")
           .arg(QString::fromStdString(vary.key), QString::fromStdString(vary.values[place.value])));
  Q_EMIT parameter_set(QString::fromStdString(vary.key), QString::fromStdString(vary.values[place.value]));
}

}  // namespace ringside::window
