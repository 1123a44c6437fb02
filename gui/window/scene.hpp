// What the session says, as a scene for the view library.
#pragma once

#include "view/theatre.hpp"
#include "window/session.hpp"

namespace ringside::window {

// The sentence of the last of so many events, of which none is the title; two of them where both languages
// are shown.
QStringList caption_of(Session&, std::uint64_t events);
inline QStringList caption_of(Session& session) { return caption_of(session, session.playback().events()); }

view::TheatreScene scene_of(Session&, std::size_t most_seats);

// "12.418 µs": with a thin space, and as many digits as tell two events apart.
QString time_text(Time);

}  // namespace ringside::window
