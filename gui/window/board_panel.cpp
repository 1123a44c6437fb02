#include "window/board_panel.hpp"

#include "window/panel_scenes.hpp"

namespace ringside::window {

view::Picture BoardCanvas::tall(double width) { return view::board(board_scene(session()), width); }

void BoardCanvas::clicked(const view::Target& target) {
  constexpr std::string_view count = "count ";
  if (!target.what.starts_with(count)) return Canvas::clicked(target);
  session().list(replay::counter_of(std::string_view{target.what}.substr(count.size())));
}

view::Picture BudgetCanvas::tall(double width) {
  const view::BudgetScene scene = budget_scene(session());
  if (scene.sides.empty()) return {};  // the board above says what to do
  return view::budget(scene, width);
}

BoardPanel::BoardPanel(Session& session) : TallPanel{{new BoardCanvas{session}, new BudgetCanvas{session}}} {}

}  // namespace ringside::window
