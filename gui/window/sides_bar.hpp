// The bar above the stages: the paths that are compared, one more of them, and how they keep step.
#pragma once

#include <array>

#include <QWidget>

#include "ringside/scenarios/library.hpp"
#include "window/path_families.hpp"
#include "window/path_offer.hpp"
#include "window/session.hpp"

class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;

namespace ringside::window {

// A, B, C, D in the colour of the side.
QIcon side_icon(int side, view::Theme);

class SidesBar : public QWidget {
  Q_OBJECT

 public:
  SidesBar(Session&, const scenarios::Library&, const PathOffer&, QWidget* parent = nullptr);

 Q_SIGNALS:
  void path_chosen(const QString& name);
  void removed(int side);

 protected:
  void changeEvent(QEvent*) override;

 private:
  void show_sides();
  void show_locks();
  QWidget* chip_of(int side);
  void fill_menu();
  void offer(QMenu*, const PathEntry&);

  Session& session_;
  const scenarios::Library& library_;
  const PathOffer& offer_;
  std::vector<PathFamily> families_{};  // of the library, once the menu has been opened
  QWidget* chips_ = nullptr;
  QHBoxLayout* row_;
  QToolButton* more_;
  QMenu* paths_;
  QLabel* lock_;
  std::array<QToolButton*, model::lock_count> locks_{};
};

}  // namespace ringside::window
