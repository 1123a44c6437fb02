// The widgets around the pictures, in the colours of the theme.
#pragma once

#include <QApplication>
#include <QIcon>

#include "view/picture.hpp"

namespace ringside::window {

// A sign of the view library, in the ink of the theme.
QIcon icon(view::Sign, view::Theme);

void dress(QApplication&, view::Theme);

}  // namespace ringside::window
