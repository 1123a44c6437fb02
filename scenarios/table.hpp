// Columns of text for a terminal.
#pragma once

#include <string>
#include <vector>

namespace ringside::scenarios {

class Table {
 public:
  enum class Align { left, right };

  explicit Table(std::vector<Align> columns) : align_{std::move(columns)} {}

  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }  // one for each column
  bool empty() const { return rows_.empty(); }

  // Two spaces between columns, none at the end of a line; widths as UAX #11 has them.
  std::string text(std::size_t indent = 0) const;

 private:
  std::vector<Align> align_;
  std::vector<std::vector<std::string>> rows_{};
};

// A figure for people: at most four digits that matter below a thousand, whole numbers above.
std::string figure(double value);

}  // namespace ringside::scenarios
