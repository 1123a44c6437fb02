// The widgets around the pictures, in the colours of the theme.
#pragma once

#include <QApplication>

#include "view/theme.hpp"

namespace ringside::window {

void dress(QApplication&, view::Theme);

}  // namespace ringside::window
