#include "view/tower_rows.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ringside::view {

namespace {

constexpr int most_rows = 5;

class Arrangement {
 public:
  explicit Arrangement(const RowRules& rules)
      : left_{rules.left}, right_{rules.right}, gap_{rules.gap}, font_{rules.font}, roomy_{rules.roomy} {}

  // Columns are as wide as the lane that has most to put into them.
  std::vector<double> column_centres(const std::vector<LaneRows>& lanes, int columns) const {
    std::vector<double> need(static_cast<std::size_t>(columns), 0.0);
    for (const LaneRows& rows : lanes) {
      std::vector<double> here(need.size(), 0.0);
      for (const Block& b : rows.blocks)
        here[static_cast<std::size_t>(b.column)] += (b.width + gap_) / least_rows(rows);
      for (std::size_t c = 0; c < need.size(); ++c) need[c] = std::max(need[c], here[c]);
    }
    const double all = std::accumulate(need.begin(), need.end(), 0.0);
    const double stretch = all > 0 ? (right_ - left_) / all : 1;
    std::vector<double> centres;
    double x = left_;
    for (const double n : need) {
      centres.push_back(x + n * stretch / 2);
      x += n * stretch;
    }
    return centres;
  }

  bool arrange(LaneRows& rows, const std::vector<double>& centres) const {
    const int least = least_rows(rows);
    if (least == 0) return true;
    LaneRows best{};
    for (int count = least; count <= most_rows; ++count) {
      LaneRows trial = rows;
      if (!distribute(trial, count, centres)) continue;
      if (best.count > 0 && trial.strain > 0.6 * best.strain) break;
      best = std::move(trial);
      if (!roomy_) break;
      if (best.strain < font_ * 4 * static_cast<double>(best.blocks.size())) break;
    }
    if (best.count == 0) return false;
    rows = std::move(best);
    return true;
  }

 private:
  double total_width(const LaneRows& rows) const {
    return std::accumulate(rows.blocks.begin(), rows.blocks.end(), -gap_,
                           [this](double sum, const Block& b) { return sum + b.width + gap_; });
  }
  int least_rows(const LaneRows& rows) const {
    return rows.blocks.empty()
               ? 0
               : std::max(1, static_cast<int>(std::ceil(total_width(rows) / (right_ - left_))));
  }

  // Each block goes to the row in which it stands nearest to its column, then rows are pushed apart.
  bool distribute(LaneRows& rows, int count, const std::vector<double>& centres) const {
    std::vector<double> end(static_cast<std::size_t>(count), left_ - gap_);
    int last = 0;
    for (Block& block : rows.blocks) {
      const double in_column = centres[static_cast<std::size_t>(block.column)] - block.width / 2;
      const double wanted = std::max(left_, std::min(in_column, right_ - block.width));
      const auto shift = [&](int row) {
        return std::max(0.0, end[static_cast<std::size_t>(row)] + gap_ - wanted);
      };
      int best = last;
      for (int row = 0; row < count; ++row)
        if (shift(row) < shift(best)) best = row;
      block.row = last = best;
      block.x = wanted + shift(best);
      end[static_cast<std::size_t>(best)] = block.x + block.width;
    }
    rows.count = count;
    bool fits = true;
    for (int row = 0; row < count; ++row) fits &= push_left(rows, row);
    rows.strain = 0;
    for (const Block& b : rows.blocks)
      rows.strain += std::abs(b.x + b.width / 2 - centres[static_cast<std::size_t>(b.column)]);
    rows.heights.assign(static_cast<std::size_t>(count), 0.0);
    for (const Block& b : rows.blocks) {
      double& height = rows.heights[static_cast<std::size_t>(b.row)];
      height = std::max(height, b.height());
    }
    return fits;
  }

  bool push_left(LaneRows& rows, int row) const {
    double limit = right_;
    for (auto b = rows.blocks.rbegin(); b != rows.blocks.rend(); ++b) {
      if (b->row != row) continue;
      b->x = std::min(b->x, limit - b->width);
      limit = b->x - gap_;
    }
    return limit >= left_ - gap_ - 0.01;
  }

  double left_, right_, gap_, font_;
  bool roomy_;
};

}  // namespace

bool arrange(std::vector<LaneRows>& lanes, int columns, const RowRules& rules) {
  const Arrangement arrangement{rules};
  const std::vector<double> centres = arrangement.column_centres(lanes, columns);
  bool fits = true;
  for (LaneRows& rows : lanes) fits &= arrangement.arrange(rows, centres);
  return fits;
}

}  // namespace ringside::view
