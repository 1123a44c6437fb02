// A packet as a picture shows it: its number, on or beside a shape that says what it is. Data is a rounded
// plate, a pure ACK a triangle, what begins or ends a connection a diamond; several frames in one are a
// stack, what is sent again has a second outline, and what a link has damaged a broken one.
#pragma once

#include <cstdint>

#include "ringside/replay/packet_kinds.hpp"
#include "ringside/trace/state.hpp"
#include "view/picture.hpp"

namespace ringside::view {

struct PacketLook {
  std::uint64_t packet = 0;
  replay::PacketKind kind = replay::PacketKind::data;
  int frames = 1;
  bool again = false;
  bool corrupt = false;
  bool selected = false;
};

// `kinds`: nullptr: the recording has not been read yet.
PacketLook look_of(std::uint64_t packet, const trace::Whereabouts&, const replay::PacketKinds* kinds);

// `font`: of the names about it.
QSizeF token_size(const PacketLook&, double font);
void draw_token(Picture&, const PacketLook&, QPointF at, double font);

// The shape alone, as large as fits; of data: none.
void draw_shape(Picture&, const PacketLook&, const QRectF& area, Token ink);
// "×44"; empty: it is one frame.
QString frames_text(const PacketLook&);

}  // namespace ringside::view
