// A picture as a list of shapes: what a view makes, a painter paints, an export writes, a test measures and a
// mouse points at. Lengths are pixels, the origin is the upper left; a colour is the name of its meaning.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include "view/theme.hpp"

namespace ringside::view {

enum class Hatch : std::uint8_t { none, dots, diagonal, dense };
enum class Dash : std::uint8_t { solid, dashed, dotted };

struct Box {
  QRectF area{};
  Token fill = Token::none;
  float tone = 1;  // how opaque the filling is, 0..1
  Token line = Token::none;
  float width = 1;  // of the line
  float radius = 0;
  Hatch hatch = Hatch::none;  // over the filling
  Token hatch_in = Token::ink;
  Dash dash = Dash::solid;
};

struct Line {  // through points, or a curve: a cubic Bézier of 3n+1 points
  std::vector<QPointF> points{};
  Token colour = Token::ink;
  float width = 1;
  float tone = 1;
  Dash dash = Dash::solid;
  bool curved = false;
  bool arrow = false;  // at the end
  bool closed = false;
  Token fill = Token::none;   // of what a closed one encloses
  Hatch hatch = Hatch::none;  // over that
  Token hatch_in = Token::ink;
};

enum class Align : std::uint8_t { left, centre, right };
struct Words {
  QRectF area{};  // longer ones end in an ellipsis
  QString text{};
  float size = 12;
  Token colour = Token::ink;
  Align align = Align::left;
  bool bold = false;
  bool italic = false;
  bool fixed = false;  // digits and hexadecimal: a fixed-width font
  bool wrap = false;   // on several lines, from the top
};

enum class Sign : std::uint8_t {
  bolt,      // an interrupt, a notification
  key,       // who owns a buffer
  ring,      // a descriptor ring
  loop,      // polling
  cross,     // a drop
  bookmark,  // ◆
  gap,       // time left out
  play,
  pause,
  step_back,
  step_forth,
  packet_back,
  packet_forth,
  to_begin,
  to_end
};
struct Glyph {
  QRectF area{};
  Sign sign{};
  Token colour = Token::ink;
};

using Shape = std::variant<Box, Line, Words, Glyph>;

// What is under the mouse: `what` names it for all views alike, "packet 17", "stage 0/3", "time 12400000".
struct Target {
  QRectF area{};
  std::string what{};
  QString tip{};
};

struct Picture {
  QSizeF size{};
  std::vector<Shape> shapes{};
  std::vector<Target> targets{};

  void add(Shape shape) { shapes.push_back(std::move(shape)); }
  void text(QRectF area, QString text, float size, Token colour = Token::ink, Align align = Align::left,
            bool bold = false) {
    shapes.push_back(Words{
        .area = area, .text = std::move(text), .size = size, .colour = colour, .align = align, .bold = bold});
  }
  // Another picture in this one.
  void place(const Picture&, QPointF at);
  // The uppermost target at a point; nullptr: there is none.
  const Target* at(QPointF) const;
};

// The same, so many times as large.
Picture scaled(Picture, double factor);

// The width that a text may take at most in the common fonts: layouts must not depend on the fonts installed.
double width_of(const QString&, double size, bool bold = false);

}  // namespace ringside::view
