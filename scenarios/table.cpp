// Lays out tables.
#include "table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "utf8.hpp"

namespace ringside::scenarios {

std::string Table::text(std::size_t indent) const {
  std::vector<std::size_t> widths(align_.size());
  for (const auto& cells : rows_)
    for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], display_width(cells[i]));
  std::string text;
  for (const auto& cells : rows_) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string padding(widths[i] - display_width(cells[i]), ' ');
      if (i > 0) line += "  ";
      line += align_[i] == Align::left ? cells[i] + padding : padding + cells[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string figure(double value) {
  if (!std::isfinite(value)) return "-";
  if (std::abs(value) >= 1000) return fmt::format("{:.0f}", value);
  return fmt::format("{:.4g}", value);
}

}  // namespace ringside::scenarios
