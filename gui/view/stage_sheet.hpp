// What the drawing of a stage shares: where everything stands, and what is to be seen of it.
#pragma once

#include "view/stage.hpp"

namespace ringside::view {

struct StageSheet {
  Picture& out;
  const Tower& tower;
  const StageScene& scene;

  double font() const { return tower.font; }
  const path::Path& path() const { return scene.host->path; }
  const trace::HostState* host() const {  // nullptr: the path alone
    return scene.state && scene.number < scene.state->hosts.size() ? &scene.state->hosts[scene.number]
                                                                   : nullptr;
  }
};

// What a packet at a place stands at; nullptr: that is not shown.
const QRectF* area_of(const StageSheet&, trace::Kind place, std::uint16_t index);
// Where the first of several packets at a place is drawn: at an edge, where it hides no words. Left of the
// picture: nowhere.
QPointF anchor(const StageSheet&, trace::Kind place, std::uint16_t index);

void draw_queues(StageSheet&);
void draw_packets(StageSheet&);
// Behind everything else: what fell finds its place where nothing is written.
void draw_falls(StageSheet&);

}  // namespace ringside::view
