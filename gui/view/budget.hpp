// The time that the line leaves for each frame, and what each path takes of it.
#pragma once

#include <optional>
#include <vector>

#include "ringside/path/describe.hpp"
#include "ringside/replay/budget.hpp"
#include "view/picture.hpp"

namespace ringside::view {

struct BudgetSide {
  QString name{};
  std::optional<replay::Budget> budget{};
};

struct BudgetScene {
  std::vector<BudgetSide> sides{};
  path::Language language = path::Language::en;
  QString invitation{};
};

Picture budget(const BudgetScene&, double width);

}  // namespace ringside::view
