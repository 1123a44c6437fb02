// The names of a timeline's rows, and what is behind all of them.
#include <cmath>

#include <QCoreApplication>

#include "ringside/path/spoken.hpp"
#include "view/figures.hpp"
#include "view/name.hpp"
#include "view/timeline_sheet.hpp"

namespace ringside::view {

namespace {

constexpr double small = 0.82;

Name lane_name(const Row& row, path::Language language, bool letters) {
  const auto lane = static_cast<path::Lane>(row.index);
  return letters ? Name{.text = QChar::fromLatin1(path::style(lane).letter)} : named(lane, language);
}

Token hue(const Row& row) {
  return row.kind == RowKind::lane ? token(static_cast<path::Lane>(row.index)) : Token::ink;
}

Name name_of(const Sheet& sheet, const Row& row, bool letters) {
  switch (row.kind) {
    case RowKind::core:
      return said("panel.core", sheet.scene.language, {{"core", std::to_string(row.index)}});
    case RowKind::lane: return lane_name(row, sheet.scene.language, letters);
    case RowKind::queue: return named(sheet.host().queues[row.index], sheet.scene.language);
    case RowKind::losses: return said("panel.lost", sheet.scene.language);
    case RowKind::window: return {.text = window_name(sheet, row)};
  }
  return {};
}

// "41 of 512". What has been taken is counted until it comes to its next stage, though no queue holds more
// than it can.
QString amount_of(const Sheet& sheet, const Row& row) {
  if (row.kind == RowKind::window)
    return QCoreApplication::translate("Timeline", "up to %1").arg(bytes_text(sheet.windows[row.index].most));
  const std::int64_t capacity = sheet.host().packets_in(row.index);
  const std::int64_t most = sheet.most_waiting[row.index];
  const auto text = [](std::int64_t n) { return grouped(static_cast<std::uint64_t>(n)); };
  if (capacity <= 0) return QCoreApplication::translate("Timeline", "up to %1").arg(text(most));
  return QCoreApplication::translate("Timeline", "%1 of %2", "packets of a queue's capacity")
      .arg(text(std::min(most, capacity)), text(capacity));
}

// "512", or "2 × 256" where several have the name.
QString capacity_text(const Sheet& sheet, const Row& row) {
  const auto capacity = static_cast<std::uint64_t>(sheet.host().packets_in(row.index));
  const auto several = static_cast<std::uint64_t>(sheet.host().instances_of(row.index));
  if (several < 2) return grouped(capacity);
  return QStringLiteral("%1 × %2").arg(several).arg(grouped(capacity / several));
}

QString tip_of(const Sheet& sheet, const Row& row) {
  QString tip = name_of(sheet, row, false).joined();
  tip += QLatin1Char{'\n'} +
         QCoreApplication::translate("Timeline", "Packets that waited in it at a time, at most: %1")
             .arg(grouped(sheet.most_waiting[row.index]));
  if (sheet.host().packets_in(row.index) > 0)
    tip += QLatin1Char{'\n'} +
           QCoreApplication::translate("Timeline", "It holds %1").arg(capacity_text(sheet, row));
  if (row.index < sheet.side.dropped.size() && sheet.side.dropped[row.index] > 0)
    tip += QLatin1Char{'\n'} + QCoreApplication::translate("Timeline", "Lost, as there was no room: %1")
                                   .arg(grouped(sheet.side.dropped[row.index]));
  return tip;
}

// Which of its colours is what.
QString core_tip(const Row& row) {
  return QCoreApplication::translate("Timeline",
                                     "What core %1 has done. From above: threads in user mode, threads in "
                                     "system calls, softirqs, hard interrupts; nothing: it was idle")
      .arg(row.index);
}

void background(Sheet& sheet, const Row& row) {
  const QRectF plot{sheet.axis.left, row.area.top(), sheet.axis.width(), row.area.height()};
  if (row.kind == RowKind::lane && static_cast<path::Lane>(row.index) == path::Lane::boundary) {
    for (const double shift : {-2.0, 2.0})
      sheet.out.add(Line{.points = {{plot.left(), std::round(plot.center().y() + shift)},
                                    {plot.right(), std::round(plot.center().y() + shift)}},
                         .colour = row.bypassed ? Token::rule : Token::boundary,
                         .dash = row.bypassed ? Dash::dashed : Dash::solid});
    return;
  }
  if (row.bypassed || row.unused) return;
  sheet.out.add(row.kind == RowKind::lane ? Box{.area = plot, .fill = hue(row), .tone = 0.07F}
                                          : Box{.area = plot, .fill = Token::panel});
}

void swatch(Sheet& sheet, const Row& row) {
  if (row.kind != RowKind::lane) return;
  const bool empty = row.bypassed || row.unused;
  sheet.out.add(Box{.area = {row.area.left() + 2, row.area.top(), 4, row.area.height() - 1},
                    .fill = empty ? Token::none : hue(row),
                    .line = empty ? hue(row) : Token::none});
}

void name(Sheet& sheet, const Row& row, double label, bool letters) {
  const double font = sheet.scene.font;
  const QRectF room{row.area.left() + 10, row.area.top(), label - 14, row.area.height()};
  const double size = std::min(font * 0.92, row.area.height() * 0.85);
  const bool lane = row.kind == RowKind::lane;
  const bool amount = row.kind == RowKind::queue || row.kind == RowKind::window;
  const bool two_lines = amount && row.area.height() >= font * 2.1;
  QRectF first = room;
  if (two_lines) first = {room.left(), room.center().y() - font * 1.1, room.width(), font * 1.15};
  put(sheet.out, first, name_of(sheet, row, letters), size, Token::ink, lane);
  if (two_lines)
    sheet.out.text({room.left(), room.center().y() + font * 0.05, room.width(), font * 1.05},
                   amount_of(sheet, row), static_cast<float>(font * small), Token::pale_ink);
  sheet.texts_left -= two_lines ? 2 : 1;
  const QRectF named{row.area.topLeft(), QSizeF{label, row.area.height()}};
  if (row.kind == RowKind::core)
    sheet.out.targets.push_back({named, "core " + std::to_string(row.index), core_tip(row)});
  if (row.kind == RowKind::queue)
    sheet.out.targets.push_back({named, "queue " + sheet.host().queues[row.index], tip_of(sheet, row)});
  if (row.kind == RowKind::window)
    sheet.out.targets.push_back({named, "window " + std::to_string(row.index + 1), window_tip(sheet, row)});
}

void why_empty(Sheet& sheet, const Row& row) {
  if (!row.bypassed && !row.unused) return;
  const std::string_view said = row.bypassed ? "bypassed" : "not used";
  const QString why = in_words(said, sheet.scene.language).joined();
  const double font = std::min(sheet.scene.font * small, row.area.height());
  const double width = width_of(why, font) + 4;
  const QRectF at{sheet.axis.left + 8, row.area.top(), width, row.area.height()};
  if (static_cast<path::Lane>(row.index) == path::Lane::boundary)
    sheet.out.add(Box{.area = at, .fill = Token::ground});
  sheet.out.text(at.adjusted(2, 0, 2, 0), why, static_cast<float>(font), Token::pale_ink);
  --sheet.texts_left;
}

// Where a queue is full, if that is near enough to be seen.
void capacity_line(Sheet& sheet, const Row& row) {
  const double scale = scale_of(sheet, row);
  const auto full = static_cast<double>(sheet.host().packets_in(row.index));
  if (full <= 0 || full > scale) return;
  const double y = std::round(row.area.bottom() - (row.area.height() - 1) * full / scale);
  sheet.out.add(Line{.points = {{sheet.axis.left, y}, {sheet.axis.right, y}},
                     .colour = Token::pale_ink,
                     .dash = Dash::dashed});
}

}  // namespace

// Up to what it holds where it was ever a good part of that; otherwise somewhat more than it ever had.
double scale_of(const Sheet& sheet, const Row& row) {
  const auto capacity = static_cast<double>(sheet.host().packets_in(row.index));
  const double most = std::max(1.0, static_cast<double>(sheet.most_waiting[row.index]));
  return most * 6 >= capacity && capacity > 0 ? std::max(capacity, most) * 1.12 : most * 1.25;
}

void draw_names(Sheet& sheet, const std::vector<Row>& rows, double label, bool letters) {
  for (const Row& row : rows) {
    background(sheet, row);
    swatch(sheet, row);
    name(sheet, row, label, letters);
    why_empty(sheet, row);
    if (row.kind == RowKind::queue) capacity_line(sheet, row);
  }
}

void draw_loss(Sheet& sheet, const Row& row, double left, double right, double& last_cross,
               std::uint64_t count, Time at) {
  constexpr double size = 9;
  constexpr double apart = 14;  // rather a bar than crosses on each other
  sheet.out.add(Box{.area = {left, row.area.top(), std::max(right - left, 1.0), 2}, .fill = Token::loss});
  if (left < last_cross + apart) return;
  last_cross = left;
  const QRectF area{left - size / 2, row.area.top() + 1, size, size};
  sheet.out.add(Glyph{area, Sign::cross, Token::loss});
  sheet.out.targets.push_back({area, "time " + std::to_string(at.time_since_epoch().count()),
                               QCoreApplication::translate("Timeline", "%1 lost").arg(grouped(count))});
}

}  // namespace ringside::view
