#include "view/theatre.hpp"

#include <algorithm>

namespace ringside::view {

namespace {

constexpr std::size_t most_towers = 64;  // remembered
constexpr double roomy = 620;            // a seat that is wider has the memory beside the tower
constexpr double narrow = 420;           // a tower in less has its lanes by letter

// The title of a seat: its letter, when there are several, the path's name, and what it is.
void heading(Picture& out, const Seat& seat, const QRectF& area, int side, bool several,
             path::Language language) {
  const path::Path& path = seat.cast->hosts[seat.host].path;
  double x = area.left() + 8;
  const double font = std::clamp(area.height() * 0.46, 11.0, 22.0);
  if (several) {
    const double r = area.height() * 0.36;
    out.add(Box{.area = {x, area.center().y() - r, 2 * r, 2 * r},
                .fill = side_token(side),
                .radius = static_cast<float>(r)});
    out.text({x, area.top(), 2 * r, area.height()}, QString{QChar::fromLatin1(static_cast<char>('A' + side))},
             static_cast<float>(font * 0.9), Token::ground, Align::centre, true);
    x += 2 * r + 8;
  }
  const QString name = QString::fromStdString(path.name);
  const double width = std::min(width_of(name, font, true) + 6, area.right() - x - 8);
  out.text({x, area.top(), width, area.height()}, name, static_cast<float>(font), Token::ink, Align::left,
           true);
  x += width + 8;
  const QString title =
      QString::fromStdString(language == path::Language::zh_CN ? path.title.zh_CN : path.title.en);
  const double note =
      seat.note.isEmpty() ? 0 : std::min(width_of(seat.note, font * 0.85) + 12, area.width() / 2);
  if (area.right() - x - note > 80)
    out.text({x, area.top(), area.right() - x - note - 8, area.height()}, title,
             static_cast<float>(font * 0.85), Token::pale_ink);
  if (note > 0)
    out.text({area.right() - note - 4, area.top(), note, area.height()}, seat.note,
             static_cast<float>(font * 0.85), Token::loss, Align::right);
  out.add(Line{.points = {area.bottomLeft(), area.bottomRight()},
               .colour = several ? side_token(side) : Token::rule,
               .width = several ? 2.0F : 1.0F});
  if (seat.progress < 1)
    out.add(Box{.area = {area.left(), area.bottom() - 3, area.width() * std::max(0.0, seat.progress), 3},
                .fill = Token::focus});
}

double caption_height(const TheatreScene& scene) {
  const double font = std::max(13.0, scene.most_font * 0.95);
  return scene.caption.isEmpty() ? 0 : font * 1.5 * static_cast<double>(scene.caption.size()) + 10;
}

void caption(Picture& out, const TheatreScene& scene, const QRectF& area) {
  out.add(Box{.area = area, .fill = Token::panel});
  out.add(Line{.points = {area.topLeft(), area.topRight()}, .colour = Token::rule});
  const double font = std::max(13.0, scene.most_font * 0.95);
  double y = area.top() + 5;
  for (const QString& line : scene.caption) {
    out.text({area.left() + 12, y, area.width() - 24, font * 1.5}, line, static_cast<float>(font));
    y += font * 1.5;
  }
}

}  // namespace

const Tower& Theatre::tower_of(const Seat& seat, const TheatreScene& scene, QSizeF room) {
  const Key key{seat.cast,     seat.host,       seat.used,     room.width(),
                room.height(), scene.most_font, scene.language};
  const auto found = towers_.find(key);
  if (found != towers_.end()) return found->second;
  if (towers_.size() >= most_towers) towers_.clear();
  const TowerOptions options{.room = room,
                             .least_font = scene.least_font,
                             .most_font = scene.most_font,
                             .letters = room.width() < narrow,
                             .language = scene.language};
  return towers_.emplace(key, tower(seat.cast->hosts[seat.host].path, seat.used, options)).first->second;
}

Picture Theatre::draw(const TheatreScene& scene, QSizeF size) {
  Picture out;
  out.size = size;
  if (scene.seats.empty()) {
    out.text({0, size.height() / 2 - 40, size.width(), 30}, scene.invitation, 16, Token::pale_ink,
             Align::centre);
    return out;
  }
  const double foot = caption_height(scene);
  const double head = std::max(26.0, scene.most_font * 1.9);
  const auto seats = static_cast<double>(scene.seats.size());
  const double gap = 10;
  const double width = (size.width() - gap * (seats - 1)) / seats;
  int side = 0;
  for (const Seat& seat : scene.seats) {
    const double x = side * (width + gap);
    heading(out, seat, {x, 0, width, head}, side, scene.seats.size() > 1, scene.language);
    const double height = size.height() - head - foot;
    const double shelves =
        width >= roomy && !seat.regions.empty() ? std::max(176.0, scene.most_font * 11.5) : 0;
    const Tower& its = tower_of(seat, scene, {width - shelves, height});
    const Picture picture = stage(its, {.host = &seat.cast->hosts[seat.host],
                                        .number = seat.host,
                                        .state = seat.state,
                                        .flights = seat.flights,
                                        .selected = seat.selected,
                                        .language = scene.language,
                                        .letters = width < narrow});
    out.place(picture, {x, head});
    if (shelves > 0)
      out.place(memory({.regions = seat.regions,
                        .buffers = seat.buffers,
                        .selected = seat.selected,
                        .language = scene.language,
                        .font = std::max(11.0, its.font * 0.9)},
                       {shelves, height}),
                {x + width - shelves, head});
    ++side;
  }
  if (foot > 0) caption(out, scene, {0, size.height() - foot, size.width(), foot});
  return out;
}

}  // namespace ringside::view
