#include "view/theatre.hpp"

#include <algorithm>

#include "view/words.hpp"

namespace ringside::view {

namespace {

constexpr std::size_t most_rows = 16;  // of towers that are remembered
constexpr double smallest_scale = 0.5;
constexpr double gap = 10;            // between seats
constexpr double roomy = 620;         // a seat that is wider has the memory beside the tower
constexpr double least_memory = 176;  // of its width
constexpr double narrow = 420;        // a tower in less has its lanes by letter

// The title of a seat: its letter, when there are several, the path's name, and what it is.
void heading(Picture& out, const Seat& seat, const QRectF& area, bool several, path::Language language) {
  const path::Path& path = seat.cast->hosts[seat.host].path;
  double x = area.left() + 8;
  const double font = std::clamp(area.height() * 0.46, 11.0, 22.0);
  if (several) {
    const double r = area.height() * 0.36;
    out.add(Box{.area = {x, area.center().y() - r, 2 * r, 2 * r},
                .fill = side_token(seat.side),
                .radius = static_cast<float>(r)});
    out.text({x, area.top(), 2 * r, area.height()},
             QString{QChar::fromLatin1(static_cast<char>('A' + seat.side))}, static_cast<float>(font * 0.9),
             Token::ground, Align::centre, true);
    x += 2 * r + 8;
  }
  QString name = QString::fromStdString(path.name);
  if (several_act(seat.cast->hosts))
    name = QString::fromStdString(seat.cast->hosts[seat.host].name) + QStringLiteral(": ") + name;
  const double width = std::min(width_of(name, font, true) + 6, area.right() - x - 8);
  out.text({x, area.top(), width, area.height()}, name, static_cast<float>(font), Token::ink, Align::left,
           true);
  x += width + 8;
  QString title =
      QString::fromStdString(language == path::Language::zh_CN ? path.title.zh_CN : path.title.en);
  if (language == path::Language::both)
    title += QStringLiteral("  ") + QString::fromStdString(path.title.zh_CN);
  const double note =
      seat.note.isEmpty() ? 0 : std::min(width_of(seat.note, font * 0.85) + 12, area.width() / 2);
  if (area.right() - x - note > 80)
    out.text({x, area.top(), area.right() - x - note - 8, area.height()}, title,
             static_cast<float>(font * 0.85), Token::pale_ink);
  if (note > 0)
    out.text({area.right() - note - 4, area.top(), note, area.height()}, seat.note,
             static_cast<float>(font * 0.85), Token::loss, Align::right);
  out.add(Line{.points = {area.bottomLeft(), area.bottomRight()},
               .colour = several ? side_token(seat.side) : Token::rule,
               .width = several ? 2.0F : 1.0F});
  if (seat.progress < 1)
    out.add(Box{.area = {area.left(), area.bottom() - 3, area.width() * std::max(0.0, seat.progress), 3},
                .fill = Token::focus});
}

double caption_font(const TheatreScene& scene) { return std::max(13.0, scene.most_font * 0.95); }
double others_font(const TheatreScene& scene) { return std::max(11.0, scene.most_font * 0.55); }

double caption_height(const TheatreScene& scene) {
  const double others = scene.others.isEmpty() ? 0 : others_font(scene) * 1.5;
  if (scene.caption.isEmpty()) return others;
  return caption_font(scene) * 1.5 * static_cast<double>(scene.caption.size()) + 10 + others;
}

void caption(Picture& out, const TheatreScene& scene, const QRectF& area) {
  out.add(Box{.area = area, .fill = Token::panel});
  out.add(Line{.points = {area.topLeft(), area.topRight()}, .colour = Token::rule});
  const double font = caption_font(scene);
  const double counter = scene.counter.isEmpty() ? 0 : width_of(scene.counter, font, true) + 24;
  double y = area.top() + 5;
  if (counter > 0)
    out.text({area.right() - counter, y, counter - 12, font * 1.5}, scene.counter, static_cast<float>(font),
             Token::pale_ink, Align::right, true);
  for (const QString& line : scene.caption) {
    out.text({area.left() + 12, y, area.width() - 24 - counter, font * 1.5}, line, static_cast<float>(font));
    y += font * 1.5;
  }
  if (scene.others.isEmpty()) return;
  const double small = others_font(scene);
  out.text({area.left() + 12, area.bottom() - small * 1.6, area.width() - 24, small * 1.5}, scene.others,
           static_cast<float>(small), Token::pale_ink);
}

// In the middle; all that is wrong with a scenario takes more lines.
void invite(Picture& out, const QString& text) {
  constexpr float type = 16;
  constexpr double margin = 24;
  const double width = out.size.width() - 2 * margin;
  int lines = 0;
  for (const QString& line : text.split(QLatin1Char{'\n'})) lines += lines_of(line, type, width);
  const double height = std::min(out.size.height(), type * (0.4 + 1.5 * lines));
  out.add(Words{.area = {margin, (out.size.height() - height) / 2, width, height},
                .text = text,
                .size = type,
                .colour = Token::pale_ink,
                .align = lines > 1 ? Align::left : Align::centre,
                .wrap = lines > 1});
}

}  // namespace

const Theatre::Row& Theatre::row_of(const TheatreScene& scene, const std::vector<double>& widths,
                                    double height) {
  Key key{.height = height,
          .least_font = scene.least_font,
          .most_font = scene.most_font,
          .letters = widths.front() < narrow,
          .language = scene.language};
  for (std::size_t i = 0; i < scene.seats.size(); ++i)
    key.all.push_back(
        {scene.seats[i].cast, scene.seats[i].host, scene.seats[i].used, widths[i], scene.seats[i].queues});
  const auto found = rows_.find(key);
  if (found != rows_.end()) return found->second;
  if (rows_.size() >= most_rows) rows_.clear();
  // Where the room is too low, as if it were larger: then all of it can be drawn smaller.
  Row row;
  for (;; row.scale *= 0.95) {
    std::vector<Wanted> wanted;
    for (const One& one : key.all)
      wanted.push_back({.path = &one.cast->hosts[one.host].path,
                        .shown = one.used,
                        .width = one.width / row.scale,
                        .queues = one.queues});
    row.towers = towers(wanted, {.room = {0, height / row.scale},
                                 .least_font = scene.least_font,
                                 .most_font = scene.most_font,
                                 .letters = key.letters,
                                 .language = scene.language});
    const bool fits = row.towers.front().size.height() <= height / row.scale + 0.5;
    if (fits || row.scale < smallest_scale) break;
  }
  return rows_.emplace(std::move(key), std::move(row)).first->second;
}

bool several_act(const std::vector<replay::HostCast>& hosts) {
  return std::ranges::count_if(hosts, [](const auto& host) { return !host.path.stages.empty(); }) > 1;
}

std::size_t seat_at(double x, std::size_t seats, double width) {
  const auto seat = static_cast<std::size_t>(std::max(0.0, x) / (width + gap) * static_cast<double>(seats));
  return std::min(seat, seats - 1);
}

Picture Theatre::draw(const TheatreScene& scene, QSizeF size) {
  Picture out;
  out.size = size;
  if (scene.seats.empty()) {
    invite(out, scene.invitation);
    return out;
  }
  const double foot = caption_height(scene);
  const double head = std::max(26.0, scene.most_font * 1.9);
  const std::size_t seats = scene.seats.size();
  const double width = (size.width() - gap * static_cast<double>(seats - 1)) / static_cast<double>(seats);
  const double height = size.height() - head - foot;
  std::vector<double> widths;
  const double beside = std::max(least_memory, std::min(scene.most_font * 11.5, width * 0.24));
  for (const Seat& seat : scene.seats)
    widths.push_back(width >= roomy && !seat.regions.empty() ? width - beside : width);
  const Row& row = row_of(scene, widths, height);
  for (std::size_t i = 0; i < seats; ++i) {
    const Seat& seat = scene.seats[i];
    const double x = static_cast<double>(i) * (width + gap);
    heading(out, seat, {x, 0, width, head}, seats > 1, scene.language);
    Picture picture = stage(row.towers[i], {.host = &seat.cast->hosts[seat.host],
                                            .number = seat.host,
                                            .state = seat.state,
                                            .kinds = seat.kinds,
                                            .flights = seat.flights,
                                            .falls = seat.falls,
                                            .just_full = seat.just_full,
                                            .selected = seat.selected,
                                            .language = scene.language,
                                            .letters = widths.front() < narrow});
    out.place(scaled(std::move(picture), row.scale), {x, head});
    if (widths[i] == width) continue;
    out.place(memory({.regions = seat.regions,
                      .buffers = seat.buffers,
                      .selected = seat.selected,
                      .language = scene.language,
                      .font = std::max(11.0, row.towers[i].font * row.scale * 0.9)},
                     {width - widths[i], height}),
              {x + widths[i], head});
  }
  if (foot > 0) caption(out, scene, {0, size.height() - foot, size.width(), foot});
  return out;
}

}  // namespace ringside::view
