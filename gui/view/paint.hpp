// Paints a picture: in a window, on an image, into an SVG.
#pragma once

#include <functional>

#include <QPainter>
#include <QString>

#include "view/picture.hpp"

namespace ringside::view {

void paint(QPainter&, const Picture&, Theme);

// Writes it to a file, complete or not at all: PNG, SVG, or JSON (the list of its shapes), by the ending.
// By its ending: .svg, .png, or .json for the list of its shapes.
bool names_picture(const QString& file);

// Returns what went wrong, or nothing. `scale`: device pixels for each pixel of a PNG.
QString write(const QString& file, const Picture&, Theme, double scale = 1);

// The same, painted now and written when it is called, on any thread: each thread would load the fonts anew.
std::function<QString()> writing(const QString& file, const Picture&, Theme, double scale = 1);

}  // namespace ringside::view
