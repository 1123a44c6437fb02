// The few signs of the pictures, drawn by us: fonts lack them.
#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>

#include "view/picture.hpp"

namespace ringside::view {

void draw_sign(QPainter&, Sign, const QRectF& area, const QColor&);

}  // namespace ringside::view
