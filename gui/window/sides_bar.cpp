#include "window/sides_bar.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPixmap>
#include <QToolButton>

#include "view/comparison_words.hpp"
#include "view/paint.hpp"
#include "window/comparison_scene.hpp"

namespace ringside::window {

namespace {

QToolButton* button(QWidget* parent) {
  auto* made = new QToolButton{parent};
  made->setFocusPolicy(Qt::TabFocus);
  return made;
}

}  // namespace

QIcon side_icon(int side, view::Theme theme) {
  constexpr double size = 18, scale = 2;
  view::Picture picture;
  picture.size = {size, size};
  picture.add(view::Box{.area = {1, 1, size - 2, size - 2},
                        .fill = view::side_token(side),
                        .radius = static_cast<float>(size / 2 - 1)});
  picture.text({0, 0, size, size}, view::letter(side), 11, view::Token::ground, view::Align::centre, true);
  QPixmap pixmap{QSizeF{size * scale, size * scale}.toSize()};
  pixmap.setDevicePixelRatio(scale);
  pixmap.fill(view::colour(view::Token::none, theme));
  QPainter painter{&pixmap};
  view::paint(painter, picture, theme);
  return QIcon{pixmap};
}

SidesBar::SidesBar(Session& session, const scenarios::Library& library, const PathOffer& offer,
                   QWidget* parent)
    : QWidget{parent},
      session_{session},
      library_{library},
      offer_{offer},
      row_{new QHBoxLayout{this}},
      more_{button(this)},
      paths_{new QMenu{this}},
      lock_{new QLabel{this}} {
  row_->setContentsMargins(8, 3, 8, 3);
  row_->setSpacing(4);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);  // four names do not widen the window
  more_->setText(QStringLiteral("+"));
  more_->setPopupMode(QToolButton::InstantPopup);
  more_->setMenu(paths_);
  paths_->setToolTipsVisible(true);
  row_->addWidget(more_);
  row_->addStretch();
  row_->addWidget(lock_);
  for (int i = 0; i < model::lock_count; ++i) {
    QToolButton* choice = locks_[static_cast<std::size_t>(i)] = button(this);
    choice->setCheckable(true);
    connect(choice, &QToolButton::clicked, this, [this, i] {
      session_.set_lock(static_cast<Lock>(i));
      show_locks();
    });
    row_->addWidget(choice);
  }
  connect(paths_, &QMenu::aboutToShow, this, &SidesBar::fill_menu);
  connect(&session, &Session::sides_changed, this, &SidesBar::show_sides);
  connect(&session, &Session::styled, this, &SidesBar::show_sides);
  connect(&session, &Session::moved, this, &SidesBar::show_locks);
  show_sides();
}

void SidesBar::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) show_sides();
  QWidget::changeEvent(event);
}

void SidesBar::show_sides() {
  if (chips_) chips_->deleteLater();
  chips_ = new QWidget{this};
  auto* row = new QHBoxLayout{chips_};
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  for (std::size_t side = 0; side < session_.sides().size(); ++side)
    row->addWidget(chip_of(static_cast<int>(side)));
  row_->insertWidget(0, chips_);
  const std::size_t sides = session_.sides().size();
  more_->setEnabled(sides > 0 && sides < Session::most_sides && !session_.sides()[0].scenario.empty());
  more_->setAccessibleName(tr("Add a path"));
  more_->setToolTip(sides >= Session::most_sides
                        ? tr("Four paths are the most that can be compared.")
                        : tr("Run the same scenario on one more path, side by side"));
  show_locks();
}

QWidget* SidesBar::chip_of(int side) {
  const Side& its = session_.sides()[static_cast<std::size_t>(side)];
  const QString name = QString::fromStdString(its.path().empty() ? its.scenario : its.path());
  auto* chip = new QWidget{chips_};
  auto* row = new QHBoxLayout{chip};
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  QToolButton* focus = button(chip);
  focus->setIcon(side_icon(side, session_.theme()));
  focus->setText(name);
  focus->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  focus->setCheckable(true);
  focus->setChecked(session_.focus() == static_cast<std::size_t>(side));
  focus->setAccessibleName(tr("Path %1: %2").arg(view::letter(side), name));
  focus->setToolTip(tr("Show %1 alone, or all of them again (%2)").arg(name).arg(side + 1));
  connect(focus, &QToolButton::clicked, this,
          [this, side] { session_.set_focus(static_cast<std::size_t>(side)); });
  row->addWidget(focus);
  if (session_.sides().size() < 2) return chip;
  QToolButton* away = button(chip);
  away->setAutoRaise(true);
  away->setText(QStringLiteral("×"));
  away->setAccessibleName(tr("Remove %1").arg(name));
  away->setToolTip(away->accessibleName());
  connect(away, &QToolButton::clicked, this, [this, side] { Q_EMIT removed(side); });
  row->addWidget(away);
  return chip;
}

void SidesBar::show_locks() {
  const QString names[] = {tr("time"), tr("packet"), tr("milestone")};
  const QString what[] = {
      tr("All sides stand at the same time."),
      tr("Each side stands as long after the arrival of the packet as the first one does."),
      tr("On each side the packet has just come to the same lane.")};
  const bool several = session_.sides().size() > 1;
  const QString obstacle = several ? why_only_time(session_) : QString{};
  lock_->setText(tr("lock:"));
  lock_->setVisible(several);
  for (std::size_t i = 0; i < locks_.size(); ++i) {
    locks_[i]->setVisible(several);
    locks_[i]->setText(names[i]);
    locks_[i]->setAccessibleName(tr("Lock by %1").arg(names[i]));
    locks_[i]->setEnabled(i == 0 || obstacle.isEmpty());
    locks_[i]->setToolTip(locks_[i]->isEnabled() ? what[i] : obstacle);
    locks_[i]->setChecked(session_.lock() == static_cast<Lock>(i));
  }
}

void SidesBar::fill_menu() {
  if (families_.empty()) families_ = families_of(paths_of(library_));
  paths_->clear();
  for (const PathFamily& family : families_) {
    if (family.members.size() == 1) {
      offer(paths_, family.members.front());
      continue;
    }
    QMenu* menu = paths_->addMenu(
        tr("%1 and what is built on it").arg(QString::fromStdString(family.members.front().name)));
    menu->setToolTipsVisible(true);
    for (const PathEntry& path : family.members) offer(menu, path);
  }
}

// What the scenario cannot be run on is there, too: with the reason, which may be long.
void SidesBar::offer(QMenu* menu, const PathEntry& path) {
  const bool chinese = session_.language() == path::Language::zh_CN;
  const QString id = QString::fromStdString(path.name);
  const QString refusal = offer_.refusal(path.name);
  const QString title = QString::fromStdString(chinese ? path.title.zh_CN : path.title.en);
  QString words = refusal.isEmpty() ? title : QStringLiteral("✗ ") + refusal;
  constexpr int widest = 460;  // pixels
  words = menu->fontMetrics().elidedText(words, Qt::ElideRight, widest);
  QAction* choice = menu->addAction(words.isEmpty() ? id : id + QStringLiteral("   ") + words);
  choice->setEnabled(refusal.isEmpty());
  choice->setToolTip(refusal.isEmpty() ? title : refusal);
  connect(choice, &QAction::triggered, this, [this, id] { Q_EMIT path_chosen(id); });
}

}  // namespace ringside::window
