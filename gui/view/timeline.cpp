#include "view/timeline.hpp"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>

#include "view/figures.hpp"
#include "view/name.hpp"
#include "view/timeline_marks.hpp"
#include "view/timeline_sheet.hpp"

namespace ringside::view {

namespace {

constexpr std::uint64_t most_events = 3000;  // that are drawn one by one, of all sides together
constexpr int most_texts = 150;
constexpr double narrow = 560;  // lanes by letter in less

double label_width(const TimelineScene& scene, bool letters) {
  const double font = scene.font * 0.92;
  const double longest = font * (scene.language == path::Language::both ? 16 : 10);
  const Name core = said("panel.core", scene.language, {{"core", "10"}});
  if (letters) return std::ceil(width_of(core.text, font)) + 16;
  double widest = width_of(core, font);
  for (int lane = 0; lane < path::lane_count; ++lane)
    widest = std::max(widest, width_of(named(static_cast<path::Lane>(lane), scene.language), font, true));
  for (const TimelineSide& side : scene.sides)
    for (const std::string& queue : side.cast->hosts[side.host].queues)
      widest = std::max(widest, std::min(width_of(named(queue, scene.language), font), longest));
  return std::ceil(widest) + 16;
}

Picture nothing(const TimelineScene& scene, QSizeF size) {
  Picture out;
  out.size = size;
  const double middle = size.height() / 2;
  out.text({12, middle - 26, size.width() - 24, 24}, scene.reason, 16, Token::ink, Align::centre);
  out.text({12, middle + 2, size.width() - 24, 20}, scene.invitation, 13, Token::pale_ink, Align::centre);
  return out;
}

// Of a side that has company: its letter and the path's name.
void heading(Picture& out, const TimelineSide& side, const QRectF& area, double font) {
  const double r = area.height() * 0.42;
  out.add(Line{.points = {area.topLeft(), area.topRight()}, .colour = side_token(side.number), .width = 2});
  out.add(Box{.area = {area.left() + 2, area.center().y() - r + 1, 2 * r, 2 * r},
              .fill = side_token(side.number),
              .radius = static_cast<float>(r)});
  out.text({area.left() + 2, area.top() + 1, 2 * r, area.height()},
           QString{QChar::fromLatin1(static_cast<char>('A' + side.number))}, static_cast<float>(font * 0.85),
           Token::ground, Align::centre, true);
  out.text({area.left() + 2 * r + 8, area.top() + 1, area.width() / 2, area.height()},
           QString::fromStdString(side.cast->hosts[side.host].path.name), static_cast<float>(font * 0.95),
           Token::ink, Align::left, true);
}

// Of a side that stands elsewhere than the others.
void own_moment(Picture& out, const Axis& axis, const QRectF& area, Time now) {
  if (!axis.shows(now)) return;
  const double x = std::round(axis.x(now));
  out.add(Line{.points = {{x, area.top()}, {x, area.bottom()}},
               .colour = Token::focus,
               .width = 2,
               .dash = Dash::dashed});
}

// While a recording is read, what can be seen of it are its events.
void still_reading(Picture& out, const Axis& axis, const QRectF& area, double font) {
  const QString text = QCoreApplication::translate(
      "Timeline", "The recording is being read; zoom in to see its events meanwhile.");
  const double width = std::min(width_of(text, font) + 16, axis.width());
  const QRectF at{axis.left + (axis.width() - width) / 2, area.center().y() - font, width, font * 2};
  out.add(Box{.area = at, .fill = Token::ground, .line = Token::rule});
  out.text(at, text, static_cast<float>(font), Token::ink, Align::centre);
}

}  // namespace

Timeline::Known& Timeline::known(const TimelineSide& side) {
  const auto found = std::ranges::find_if(sides_, [&side](const auto& known) {
    return known->recording == side.recording && known->host == side.host;
  });
  Known& its = found != sides_.end() ? **found : *sides_.emplace_back(std::make_unique<Known>());
  its.recording = side.recording;
  its.host = side.host;
  if (!side.overview || !its.used.empty()) return its;
  const replay::Overview& overview = *side.overview;
  const auto all = overview.columns(overview.begin(), overview.end(), 1);
  for (int lane = 0; lane < path::lane_count; ++lane)
    its.used.push_back(overview.came(all, side.host, static_cast<path::Lane>(lane)).at(0) > 0);
  for (std::size_t queue = 0; queue < side.cast->hosts[side.host].queues.size(); ++queue)
    its.most.push_back(overview.most_waiting(all, side.host, queue).at(0));
  its.windows = windows_shown(overview, side.host);
  return its;
}

// Where the selected packet was, however much of the run is seen.
void Timeline::follow(Known& its, const TimelineSide& side) const {
  if (its.followed == side.selected) return;
  its.followed = side.selected;
  its.way = {};
  if (side.selected == 0 || !side.arrivals) return;
  if (const auto rank = side.arrivals->rank(side.selected))
    its.way =
        way_of(*side.recording, *side.cast, side.host, side.selected, side.arrivals->in_order()[*rank].at);
}

// The events that are seen, when there are not more than so many; nullptr: there are. They are read in groups
// of fixed size, one more on both sides: moving on does not read at once again, and what is drawn depends on
// what is seen alone, not on what was seen before.
const Closeup* Timeline::events_of(Known& its, const TimelineSide& side, const TimelineScene& scene,
                                   std::uint64_t most) const {
  if (side.overview) {  // which knows it about, and without reading
    const auto one = side.overview->columns(scene.from, scene.to, 1);
    if (one.count() == 1 && side.overview->events(one)[0] > most * 3) return nullptr;
  }
  trace::Recording& recording = *side.recording;
  const std::uint64_t first = recording.number_at(scene.from);
  const std::uint64_t behind = recording.number_at(scene.to);
  if (behind - first > most) return nullptr;
  const std::uint64_t group = first / most;
  const std::uint64_t groups = behind / most + 1 - group;
  if (its.group != group || its.groups != groups) {
    const std::uint64_t before = group > 0 ? group - 1 : 0;
    its.close = closeup(recording, *side.cast, side.host, before * most, (group + groups + 1) * most);
    its.group = group;
    its.groups = groups;
  }
  return &its.close;
}

std::size_t Timeline::side_at(double y) const {
  const auto found = std::ranges::find_if(shown_, [y](const Shown& shown) { return y < shown.bottom; });
  return found == shown_.end() ? 0 : found->side;
}

std::vector<std::vector<Row>> Timeline::rows_of_all(const TimelineScene& scene) {
  std::vector<std::vector<Row>> all;
  for (const TimelineSide& side : scene.sides) {
    const Known& its = known(side);
    all.push_back(rows_of({.host = &side.cast->hosts[side.host],
                           .lanes_used = its.used,
                           .most_waiting = its.most,
                           .dropped = side.dropped,
                           .windows = its.windows.size(),
                           .thrown = side.thrown}));
  }
  return all;
}

void Timeline::draw_side(Picture& out, const TimelineScene& scene, const SideRows& rows, double label,
                         int& texts) {
  const TimelineSide& side = scene.sides[rows.side];
  Known& its = known(side);
  if (rows.heading) heading(out, side, *rows.heading, scene.font);
  Sheet sheet{out, axis_, scene, side, its.most, its.windows, texts};
  draw_names(sheet, rows.rows, label, out.size.width() < narrow);
  if (const Closeup* close = events_of(its, side, scene, most_events / scene.sides.size())) {
    draw_events(sheet, rows.rows, *close);
  } else if (side.overview) {
    draw_columns(sheet, rows.rows, *side.overview);
    follow(its, side);
    draw_way(sheet, rows.rows, its.way);
  } else {
    still_reading(out, axis_, rows.area, scene.font);
  }
  if (side.now && *side.now != scene.now) own_moment(out, axis_, rows.area, *side.now);
}

Picture Timeline::draw(const TimelineScene& scene, QSizeF size) {
  axis_ = {};
  reach_ = {};
  shown_.clear();
  if (scene.sides.empty() || scene.to <= scene.from) return nothing(scene, size);
  const double font = scene.font;
  const double label = label_width(scene, size.width() < narrow);
  axis_ = {label, size.width() - 8, scene.from, scene.to};
  const auto rows = rows_of_all(scene);
  if (scene.whole) {
    const double room = TimelineMarks{scene, axis_, size}.rows().height();
    size.rheight() += std::max(0.0, least_height(rows, font) - room);
  }
  const TimelineMarks marks{scene, axis_, size};
  Picture out;
  out.size = size;
  draw_ticks(out, axis_, marks.ticks(), marks.rows().bottom(), font * 0.85);
  const QRectF area{0, marks.rows().top(), size.width(), marks.rows().height()};
  const TimelineLayout layout = lay_out(rows, area, font, scene.first_row);
  reach_ = layout.reach;
  int texts = most_texts - 20 - static_cast<int>(axis_.width() / (font * 4));
  for (const SideRows& side : layout.sides) {
    shown_.push_back({static_cast<std::size_t>(scene.sides[side.side].number), side.area.bottom()});
    draw_side(out, scene, side, label, texts);
  }
  marks.draw(out);
  return out;
}

}  // namespace ringside::view
