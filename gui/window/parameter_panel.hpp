// What can be changed of a scenario and its path: a slider and a field for each, and a sentence.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QScrollArea>

#include "ringside/path/path.hpp"
#include "ringside/scenarios/library.hpp"
#include "window/session.hpp"

class QFormLayout;
class QLineEdit;
class QSlider;
class QTimer;
class QToolButton;

namespace ringside::window {

struct Knob {
  std::string key{};
  std::string value{};     // now
  std::string standard{};  // as the text has it
  path::Text what{};
  bool of_path = false;
  bool operator==(const Knob&) const = default;
};

// All that the scenario of a side and its path let be set.
std::vector<Knob> knobs_of(const Side&, const scenarios::Library&);

// A value that a slider can move: a number and its unit, "10Gbps".
struct Quantity {
  double number = 0;
  std::string unit{};
};
std::optional<Quantity> quantity(const std::string&);
std::string text_of(const Quantity&);  // whole numbers where the number is large enough

class ParameterPanel : public QScrollArea {
  Q_OBJECT

 public:
  explicit ParameterPanel(QWidget* parent = nullptr);
  // Rows that stay the same are left alone: someone may be typing there, or holding a slider.
  void show_knobs(std::vector<Knob>, bool chinese);

 Q_SIGNALS:
  void changed(const QString& key, const QString& value);

 private:
  void build(bool chinese);
  void add_row(QFormLayout*, const Knob&);
  void show_value(std::size_t row);
  void take(std::size_t row);

  struct Row {
    QLineEdit* field = nullptr;
    QSlider* slider = nullptr;  // nullptr: it is not a number
    QTimer* rest = nullptr;     // until the slider has come to one
    QToolButton* back = nullptr;
  };
  std::vector<Knob> knobs_{};
  std::vector<Row> rows_{};
  bool chinese_ = false;
};

}  // namespace ringside::window
