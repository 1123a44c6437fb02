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

namespace ringside::window {

struct Knob {
  std::string key{};
  std::string value{};     // now
  std::string standard{};  // as the text has it
  path::Text what{};
  bool of_path = false;
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
  void show_knobs(std::vector<Knob>, bool chinese);

 Q_SIGNALS:
  void changed(const QString& key, const QString& value);

 private:
  void add_row(QFormLayout*, const Knob&, bool chinese);
};

}  // namespace ringside::window
