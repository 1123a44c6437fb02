#include "window/stage_pane.hpp"

#include "window/scene.hpp"

namespace ringside::window {

StagePane::StagePane(Session& session, QWidget* parent) : Canvas{session, parent} {
  setMinimumSize(360, 240);
  connect(&session, &Session::moved, this, &Canvas::refresh);
  connect(&session, &Session::sides_changed, this, [this] { theatre_.forget(); });
}

view::Picture StagePane::picture(QSizeF size) {
  view::TheatreScene scene = scene_of(session(), presenting_ ? 2 : Session::most_sides);
  if (presenting_) {
    scene.least_font = 20;
    scene.most_font = 32;
  }
  return theatre_.draw(scene, size);
}

void StagePane::set_presenting(bool presenting) {
  presenting_ = presenting;
  refresh();
}

}  // namespace ringside::window
