#include "view/packet_token.hpp"

#include <algorithm>
#include <string>

#include "view/type.hpp"

namespace ringside::view {

using replay::PacketKind;

namespace {

constexpr double smaller = 0.68;  // how many frames it is
constexpr double height = 1.2;    // of a token, in that type
constexpr double sheet = 2.5;     // pixels from one of a stack to the next, behind it and somewhat lower
constexpr double apart = 2.2;     // pixels from one outline to the other
constexpr int countable = 255;    // frames: or more

QString number(const PacketLook& look) { return QString::number(look.packet); }

double frames_width(const PacketLook& look, double font) {
  const QString frames = frames_text(look);
  return frames.isEmpty() ? 0 : width_of(frames, lesser_type(font, smaller), true) + font * 0.2;
}

Token ink_of(const PacketLook& look) { return look.selected ? Token::focus : Token::ink; }

std::vector<QPointF> corners(PacketKind kind, const QRectF& area) {
  const QPointF middle = area.center();
  if (kind == PacketKind::ack) return {{middle.x(), area.top()}, area.bottomRight(), area.bottomLeft()};
  return {{middle.x(), area.top()},
          {area.right(), middle.y()},
          {middle.x(), area.bottom()},
          {area.left(), middle.y()}};
}

// The number, and how many frames it is, from left to right.
void write(Picture& out, const PacketLook& look, const QRectF& area, double font, Token ink) {
  const double beside = frames_width(look, font);
  out.text({area.left(), area.top(), area.width() - beside, area.height()}, number(look),
           static_cast<float>(lesser_type(font)), ink, Align::centre, true);
  if (beside > 0)
    out.text({area.right() - beside, area.top(), beside - font * 0.1, area.height()}, frames_text(look),
             static_cast<float>(lesser_type(font, smaller)), ink, Align::right, true);
}

void draw_plate(Picture& out, const PacketLook& look, const QRectF& area, double font) {
  const Token ink = ink_of(look);
  const auto plate = [&](const QRectF& at, Token fill, Token line, float width, Dash dash = Dash::solid) {
    out.add(Box{.area = at, .fill = fill, .line = line, .width = width, .radius = 3, .dash = dash});
  };
  if (look.frames > 1)
    for (const double nth : {2.0, 1.0})
      plate(area.translated(sheet * nth, 0).adjusted(0, nth, 0, -nth), ink, Token::ground, 1);
  if (look.again) plate(area, Token::ground, ink, 1.2F);
  const double in = look.again ? apart : 0;
  if (look.corrupt)
    plate(area.adjusted(in, in, -in, -in), Token::ground, ink, 1.5F, Dash::dashed);
  else
    plate(area.adjusted(in, in, -in, -in), ink, Token::ground, look.again ? 1.0F : 1.5F);
  write(out, look, area, font, look.corrupt ? ink : Token::ground);
}

// The number stands beside the shape: in it there is no room.
void draw_beside(Picture& out, const PacketLook& look, const QRectF& area, double font) {
  out.add(Box{.area = area, .fill = Token::ground, .radius = 3});
  const double side = area.height() * 0.9;
  draw_shape(out, look, {area.left() + 1, area.center().y() - side / 2, side, side}, ink_of(look));
  write(out, look, area.adjusted(side + 2, 0, 0, 0), font, ink_of(look));
}

}  // namespace

PacketLook look_of(std::uint64_t packet, const trace::Whereabouts& where, const replay::PacketKinds* kinds) {
  PacketLook look{.packet = packet, .frames = std::max<int>(1, where.frames)};
  if (!kinds) return look;
  const replay::PacketTraits traits = kinds->of(packet);
  look.kind = traits.kind;
  look.again = traits.again;
  look.corrupt = traits.found_corrupt == where.host;
  return look;
}

QString frames_text(const PacketLook& look) {
  if (look.frames < 2) return {};
  return QStringLiteral("×%1").arg(look.frames) +
         (look.frames >= countable ? QStringLiteral("+") : QString{});
}

QSizeF token_size(const PacketLook& look, double font) {
  const double text = width_of(number(look), lesser_type(font), true) + frames_width(look, font);
  if (look.kind != PacketKind::data) return {text + font * height * 0.9 + font * 0.4, font * height};
  const double outlines = look.again ? 2 * apart : 0;
  return {std::max(font * 1.3, text + font * 0.5 + outlines), font * height};
}

void draw_token(Picture& out, const PacketLook& look, QPointF at, double font) {
  const QRectF area{at, token_size(look, font)};
  if (look.kind == PacketKind::data)
    draw_plate(out, look, area, font);
  else
    draw_beside(out, look, area, font);
  out.targets.push_back({area, "packet " + std::to_string(look.packet), {}});
}

void draw_shape(Picture& out, const PacketLook& look, const QRectF& area, Token ink) {
  if (look.kind == PacketKind::data) return;
  const double side = std::min(area.width(), area.height());
  const QRectF whole{area.center().x() - side / 2, area.center().y() - side / 2, side, side};
  const auto shape = [&](const QRectF& at, Token fill, Dash dash = Dash::solid) {
    out.add(Line{.points = corners(look.kind, at),
                 .colour = ink,
                 .width = 1.2F,
                 .dash = dash,
                 .closed = true,
                 .fill = fill});
  };
  if (look.corrupt) return shape(whole, Token::ground, Dash::dashed);
  if (!look.again) return shape(whole, ink);
  shape(whole, Token::ground);
  // A triangle's middle is a third above its foot.
  const double in = side * 0.3;
  shape(whole.adjusted(in, look.kind == PacketKind::ack ? in * 1.3 : in, -in,
                       look.kind == PacketKind::ack ? -in * 0.6 : -in),
        ink);
}

}  // namespace ringside::view
