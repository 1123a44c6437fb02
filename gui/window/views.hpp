// The views by name, as pictures of a session: what the window shows and --export writes.
#pragma once

#include <QSizeF>
#include <QStringList>

#include "view/picture.hpp"
#include "window/session.hpp"

namespace ringside::window {

enum class View : std::uint8_t {
  none,
  stage,
  comparison,
  timeline,
  scrubber,
  journey,
  bytes,
  board,
  budget,
  sweep
};

View view_named(const QString&);  // none: there is no such view
QStringList view_names();

view::Picture draw(View, Session&, QSizeF);

}  // namespace ringside::window
