// The dock of the sweep: what varies, its values and how many seeds, above the curves.
#pragma once

#include <optional>
#include <string>

#include <QWidget>

#include "ringside/scenarios/library.hpp"
#include "window/first_drop.hpp"
#include "window/session.hpp"
#include "window/sweep_scene.hpp"
#include "window/sweeper.hpp"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace ringside::window {

class SweepCanvas;

class SweepPanel : public QWidget {
  Q_OBJECT

 public:
  SweepPanel(Session&, const scenarios::Library&, QWidget* parent = nullptr);

  void run_or_stop();
  const Sweeper& sweeper() const { return sweeper_; }

 Q_SIGNALS:
  void parameter_set(const QString& key, const QString& value);  // of all paths: they are to run with it

 protected:
  void changeEvent(QEvent*) override;
  void showEvent(QShowEvent*) override;

 private:
  void make_head();
  void retranslate();
  void follow();                         // what is open
  void offer();                          // what can be varied of it
  void suggest();                        // values of what is chosen
  std::optional<Varied> varied() const;  // nullopt: it cannot be read
  void open_run(view::SweepPlace);
  void tell(const QString&);

  Session& session_;
  const scenarios::Library& library_;
  Sweeper sweeper_;
  FirstDrop first_drop_;
  QLabel* vary_;
  QComboBox* key_;
  QLabel* over_;
  QLineEdit* values_;
  QLabel* with_;
  QSpinBox* seeds_;
  QPushButton* run_;
  QLabel* says_;
  SweepCanvas* canvas_;
  Varied asked_{};                        // by the sweep that is shown, or that is being loaded
  std::string scenario_{};                // its
  std::string offered_{};                 // the scenario and path whose keys can be chosen
  std::optional<scenarios::Vary> own_{};  // that the scenario varies itself
};

}  // namespace ringside::window
