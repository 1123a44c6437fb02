#include "view/part_look.hpp"

#include <algorithm>

namespace ringside::view {

using replay::Part;

namespace {

constexpr double thin = 4;        // narrower pieces are a colour and no more
constexpr float hatched = 0.28F;  // of the colour under a hatch

float radius(Part part) { return part == Part::user ? 4.0F : 0.0F; }

// Words on a hatch have a gap around them.
void write(Picture& out, const QRectF& area, const QString& text, double font, const PartLook& look) {
  const double width = width_of(text, font, true);
  const QRectF room{area.center().x() - width / 2 - 1, area.top(), width + 2, area.height()};
  if (look.hatch != Hatch::none)
    out.add(Box{.area = room.adjusted(0, area.height() * 0.16, 0, -area.height() * 0.16),
                .fill = Token::ground,
                .radius = 2});
  const bool on_colour = !look.hollow && look.hatch == Hatch::none;
  out.text(room, text, static_cast<float>(font), on_colour ? Token::ground : Token::ink, Align::centre, true);
}

}  // namespace

PartLook look_of(Part part) {
  switch (part) {
    case Part::wire: return {Token::wire, 'W'};
    case Part::nic: return {Token::nic, 'N'};
    case Part::interrupt: return {Token::hardirq, 'H', Hatch::dense};
    case Part::softirq: return {Token::softirq, 'S', Hatch::dots};
    case Part::protocol: return {Token::protocol, 'P'};
    case Part::copy: return {Token::copy, ' ', Hatch::diagonal};
    case Part::boundary: return {Token::boundary, 'B'};
    case Part::user: return {Token::user, 'U'};
    case Part::interrupted: return {.hue = Token::hardirq, .letter = 'I', .hollow = true};
    case Part::waiting: return {.hue = Token::pale_ink, .hollow = true};
  }
  return {};
}

void draw_part(Picture& out, const QRectF& area, Part part, const QString& name, double font) {
  const PartLook look = look_of(part);
  if (area.width() < thin) {
    out.add(Box{.area = area, .fill = look.hue, .tone = look.hollow ? 0.35F : 1.0F});
    return;
  }
  const bool plain = look.hatch == Hatch::none;
  if (part == Part::wire) {  // a thin line
    out.add(Box{.area = area, .fill = look.hue, .tone = 0.25F});
    out.add(Line{.points = {{area.left(), area.bottom() - 2}, {area.right(), area.bottom() - 2}},
                 .colour = look.hue,
                 .width = 2});
  } else {
    out.add(Box{.area = area,
                .fill = look.hollow ? Token::panel : look.hue,
                .tone = plain ? 1.0F : hatched,
                .line = look.hue,
                .radius = radius(part),
                .hatch = look.hatch,
                .hatch_in = look.hue,
                .dash = look.hollow ? Dash::dotted : Dash::solid});
  }
  const double room = area.width() - 6;
  if (!name.isEmpty() && width_of(name, font, true) <= room) return write(out, area, name, font, look);
  const QString one{QChar::fromLatin1(look.letter)};
  if (look.letter != ' ' && width_of(one, font, true) <= room) write(out, area, one, font, look);
}

}  // namespace ringside::view
