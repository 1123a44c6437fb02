#include "window/transport.hpp"

#include <cmath>

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSlider>
#include <QToolButton>

#include "window/scene.hpp"

namespace ringside::window {

namespace {

constexpr int notches = 100;  // of the slider, over its whole range

// The slider is logarithmic: each notch is the same factor.
double between(double low, double high, int value) {
  return low * std::pow(high / low, static_cast<double>(value) / notches);
}
int notch(double low, double high, double value) {
  return static_cast<int>(std::lround(std::log(value / low) / std::log(high / low) * notches));
}

constexpr double slowest_pace = 0.25;  // events in a second
constexpr double fastest_pace = 2000;

}  // namespace

Transport::Transport(Session& session, const QList<QAction*>& steps, QWidget* parent)
    : QWidget{parent},
      session_{session},
      clock_{new QToolButton},
      speed_{new QSlider{Qt::Horizontal}},
      scale_{new QLabel},
      where_{new QLabel} {
  auto* row = new QHBoxLayout{this};
  row->setContentsMargins(8, 4, 8, 4);
  for (QAction* step : steps) {
    auto* button = new QToolButton;
    button->setDefaultAction(step);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setIconSize({20, 20});
    button->setFocusPolicy(Qt::NoFocus);
    row->addWidget(button);
  }
  row->addSpacing(12);
  row->addWidget(clock_);
  speed_->setRange(0, notches);
  speed_->setFixedWidth(150);
  row->addWidget(speed_);
  scale_->setMinimumWidth(190);
  row->addWidget(scale_);
  row->addWidget(where_, 1);
  where_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  where_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // its words do not widen the window
  clock_->setCheckable(true);
  clock_->setFocusPolicy(Qt::NoFocus);
  connect(clock_, &QToolButton::toggled, this, [this](bool time) {
    session_.playback().set_clock(time ? model::Clock::time : model::Clock::event);
    retranslate();
  });
  connect(speed_, &QSlider::valueChanged, this, &Transport::set_from_slider);
  connect(&session, &Session::moved, this, &Transport::tell);
  connect(&session, &Session::sides_changed, this, &Transport::tell);
  retranslate();
}

void Transport::faster(int direction) { speed_->setValue(speed_->value() + 4 * direction); }

void Transport::set_from_slider(int value) {
  model::Playback& playback = session_.playback();
  if (playback.clock() == model::Clock::time)
    playback.set_speed(between(model::Playback::slowest, model::Playback::fastest, value));
  else
    playback.set_pace(between(slowest_pace, fastest_pace, value));
  tell();
}

void Transport::retranslate() {
  const model::Playback& playback = session_.playback();
  const bool time = playback.clock() == model::Clock::time;
  clock_->setChecked(time);
  clock_->setText(time ? tr("To scale") : tr("By event"));
  clock_->setToolTip(tr(
      "By event: each event has the same time on the screen. To scale: the clock of the run, slowed down."));
  speed_->setAccessibleName(tr("Speed"));
  const QSignalBlocker quiet{speed_};
  speed_->setValue(time ? notch(model::Playback::slowest, model::Playback::fastest, playback.speed())
                        : notch(slowest_pace, fastest_pace, playback.pace()));
  tell();
}

void Transport::tell() {
  const model::Playback& playback = session_.playback();
  if (playback.clock() == model::Clock::time)
    scale_->setText(tr("1 s on screen = %1").arg(time_text(Time{from_seconds(playback.speed())})));
  else
    scale_->setText(playback.pace() == 1 ? tr("1 event a second")
                                         : tr("%1 events a second").arg(playback.pace(), 0, 'g', 3));
  model::Reel* reel = session_.reel();
  where_->setText(reel ? tr("%1  ·  event %2 of %3")
                             .arg(time_text(playback.now()))
                             .arg(playback.events())
                             .arg(reel->events())
                       : QString{});
}

}  // namespace ringside::window
