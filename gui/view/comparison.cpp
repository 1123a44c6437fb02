#include "view/comparison.hpp"

#include <algorithm>
#include <cmath>

#include "view/comparison_words.hpp"
#include "view/part_look.hpp"
#include "view/waterfall.hpp"

namespace ringside::view {

namespace {

using replay::Share;

constexpr double margin = 10;
constexpr double longest_scale = 130;
constexpr double break_at = 0.06;  // of a bar that is cut, from either end

Duration longest_of(const std::vector<ComparedSide>& sides) {
  Duration longest{};
  for (const ComparedSide& side : sides) longest = std::max(longest, replay::total(side.parts));
  return longest;
}

std::vector<std::vector<Share>> parts_of(const std::vector<ComparedSide>& sides) {
  std::vector<std::vector<Share>> all;
  all.reserve(sides.size());
  for (const ComparedSide& side : sides) all.push_back(side.parts);
  return all;
}

class Chart {
 public:
  Chart(const ComparisonScene& scene, QSizeF size)
      : scene_{scene},
        size_{size},
        font_{std::clamp(std::min(size.height() / 21, size.width() / 70), 11.0, 18.0)},
        figures_{Figures::of(longest_of(scene.sides))},
        scale_{parts_of(scene.sides)} {
    out_.size = size;
  }

  Picture draw() {
    const QStringList notes = unequal_work(scene_.sides, scene_.language) + scene_.facts;
    const double foot = line() * lines_of(notes);
    measure();
    double y = 6;
    header(y);
    y += line() + 2;
    for (std::size_t i = 0; i < scene_.sides.size(); ++i) {
      bar(i, y);
      y += bar_height() + bar_gap();
    }
    y += 2;
    if (comparable()) y = falls(y, size_.height() - foot - 2);
    written_notes(notes, std::max(y, std::min(size_.height() - foot - 3, y + line() / 2)));
    return std::move(out_);
  }

 private:
  double line() const { return std::round(font_ * 1.5); }
  double bar_height() const { return std::round(font_ * 1.6); }
  double bar_gap() const { return 4; }
  float type() const { return static_cast<float>(font_); }

  bool comparable() const {
    return scene_.first < scene_.sides.size() && scene_.second < scene_.sides.size() &&
           scene_.first != scene_.second && scene_.sides[scene_.first].ending != Ending::absent &&
           scene_.sides[scene_.second].ending != Ending::absent;
  }
  const ComparedSide& first() const { return scene_.sides[scene_.first]; }
  const ComparedSide& second() const { return scene_.sides[scene_.second]; }

  QString total_of(const ComparedSide& side) const {
    QString ending = ending_word(side.ending, scene_.language);
    if (side.ending == Ending::absent) return ending;
    const QString time = figures_.level(replay::total(side.parts));
    return ending.isEmpty() ? time : time + QStringLiteral("  ") + ending;
  }

  // The columns: names, bars, figures.
  void measure() {
    double names = 0, totals = 0;
    for (const ComparedSide& side : scene_.sides) {
      names = std::max(names, bar_height() + 8 + width_of(side.path, font_, true));
      totals = std::max(
          totals, width_of(total_of(side), font_, true) + (side.ending == Ending::dropped ? line() : 0));
    }
    for (const Fall& fall : waterfall_of(SIZE_MAX).falls)
      names = std::max(names, bar_height() + 8 + width_of(part_word(fall.of, scene_.language), font_));
    left_ = margin + std::min(names + 8, size_.width() * 0.3);
    right_ = size_.width() - margin - std::min(totals + 10, size_.width() * 0.25);
    double longest = 0;
    for (const ComparedSide& side : scene_.sides) longest = std::max(longest, scale_.drawn(side.parts));
    double level = comparable() ? scale_.drawn(first().parts) : 0;
    for (const Fall& fall : waterfall_of(SIZE_MAX).falls) {
      level += scale_.drawn(fall.of, fall.second) - scale_.drawn(fall.of, fall.first);
      longest = std::max(longest, level);  // on the way it may be above either
    }
    per_picosecond_ = longest > 0 ? (right_ - left_) / longest : 0;
  }

  Waterfall waterfall_of(std::size_t most) const {
    return comparable() ? waterfall(first().parts, second().parts, most) : Waterfall{};
  }

  void header(double y) {
    const std::uint64_t packet = scene_.sides.front().packet;
    put(out_, {margin, y, size_.width() * 0.6, line()}, title_of(packet, scene_.language), font_, Token::ink,
        true);
    const bool cut = std::ranges::any_of(scene_.sides, [this](const ComparedSide& side) {
      return std::ranges::any_of(replay::summed(side.parts),
                                 [this](const Share& share) { return scale_.cut(share.of, share.lasted); });
    });
    double x = scale_bar(y);
    const QString words = shortened_word(scene_.language);
    x -= width_of(words, font_) + 12;
    const double title = margin + width_of(title_of(packet, scene_.language), font_, true);
    if (!cut || x - line() < title + 10) return;  // the bars have the sign themselves
    out_.text({x, y, width_of(words, font_) + 4, line()}, words, type(), Token::pale_ink);
    out_.add(Glyph{{x - line(), y + 3, line() - 4, line() - 6}, Sign::gap, Token::pale_ink});
  }

  // 1, 2 or 5 of a unit, and not too long.
  double scale_length() const {
    double picoseconds = 1;
    while (picoseconds * 10 * per_picosecond_ <= longest_scale) picoseconds *= 10;
    for (const double times : {5.0, 2.0})
      if (picoseconds * times * per_picosecond_ <= longest_scale) return picoseconds * times;
    return picoseconds;
  }

  // What a length means; returns where it begins.
  double scale_bar(double y) {
    if (per_picosecond_ <= 0) return right_;
    const double picoseconds = scale_length();
    const double length = picoseconds * per_picosecond_;
    const QString text = scale_text(static_cast<std::int64_t>(picoseconds));
    const double end = size_.width() - margin, begin = end - width_of(text, font_) - 6 - length;
    const double middle = y + line() / 2;
    out_.add(Line{.points = {{begin, middle}, {begin + length, middle}}, .colour = Token::pale_ink});
    for (const double x : {begin, begin + length})
      out_.add(Line{.points = {{x, middle - 4}, {x, middle + 4}}, .colour = Token::pale_ink});
    out_.text({begin + length + 6, y, width_of(text, font_) + 2, line()}, text, type(), Token::pale_ink);
    return begin;
  }

  static QString scale_text(std::int64_t picoseconds) {
    const char* const names[] = {"ps", "ns", "µs", "ms", "s"};
    std::size_t unit = 0;
    while (picoseconds >= 1000 && unit < 4) picoseconds /= 1000, ++unit;
    return QStringLiteral("%1%2%3").arg(picoseconds).arg(QChar{0x2009}).arg(QString::fromUtf8(names[unit]));
  }

  void bar(std::size_t index, double y) {
    const ComparedSide& side = scene_.sides[index];
    const double height = bar_height();
    badge(side, index, y);
    double x = left_;
    Time at = side.from;
    const std::vector<Share> sums = replay::summed(side.parts);
    for (std::size_t i = 0; i < side.parts.size(); ++i) {
      const Share& share = side.parts[i];
      const auto all = std::ranges::find(sums, share.of, &Share::of)->lasted;
      const double factor =
          all.count() > 0 ? scale_.drawn(share.of, all) / static_cast<double>(all.count()) : 0;
      const double width = static_cast<double>(share.lasted.count()) * factor * per_picosecond_;
      piece(side, share, {x, y, width, height}, scale_.cut(share.of, all), at);
      x += width;
      at += share.lasted;
    }
    ends_[index < 4 ? index : 3] = x;
    const bool lost = side.ending == Ending::dropped;
    if (lost) out_.add(Glyph{{x + 4, y + 3, height - 6, height - 6}, Sign::cross, Token::loss});
    const double from = std::min(x + 8 + (lost ? height : 0), right_ + 8);
    const QString total = total_of(side);
    spared_.emplace_back(from - 4, y, width_of(total, font_, true) + 8, height);
    out_.text({from, y, size_.width() - margin - from, height}, total, type(),
              lost ? Token::loss : Token::ink, Align::left, true);
  }

  void badge(const ComparedSide& side, std::size_t index, double y) {
    const double d = bar_height() - 2;
    const bool chosen = index == scene_.first || index == scene_.second;
    out_.add(Box{.area = {margin, y + 1, d, d},
                 .fill = chosen ? side_token(side.side) : Token::none,
                 .line = side_token(side.side),
                 .width = 1.5F,
                 .radius = static_cast<float>(d / 2)});
    out_.text({margin, y + 1, d, d}, letter(side.side), static_cast<float>(font_ * 0.9),
              chosen ? Token::ground : Token::ink, Align::centre, true);
    out_.text({margin + d + 8, y, left_ - margin - d - 14, bar_height()}, side.path, type(), Token::ink,
              Align::left, true);
    out_.targets.push_back(
        {{margin, y, left_ - margin, bar_height()}, "side " + std::to_string(side.side), {}});
  }

  void piece(const ComparedSide& side, const Share& share, const QRectF& area, bool cut, Time at) {
    const QString word = part_word(share.of, scene_.language).text;
    QString name = word;
    if (share.of.part == replay::Part::waiting) name = named(share.of.queue, scene_.language).text;
    if (cut) name = name_of_cut({word, name}, figures_.level(share.lasted), area.width());
    draw_part(out_, area, share.of.part, name, font_ * 0.9);
    if (cut)
      for (const double x : {area.left() + area.width() * break_at, area.right() - area.width() * break_at})
        gap(x, area);
    out_.targets.push_back({area, "time " + std::to_string(at.time_since_epoch().count()),
                            QStringLiteral("%1 · %2\n%3").arg(letter(side.side), word, exact(share.lasted))});
  }

  // The breaks at both ends stand beside it.
  QString name_of_cut(const QStringList& words, const QString& time, double width) const {
    const double room = width * (1 - 2 * break_at) - 20;
    for (const QString& word : words)
      if (QString both = word + QStringLiteral("  ") + time; width_of(both, font_ * 0.9, true) < room)
        return both;
    return width_of(time, font_ * 0.9, true) < room ? time : QString{};
  }

  // Where a bar is broken.
  void gap(double x, const QRectF& area) {
    const double w = 7;
    out_.add(Box{.area = {x - w / 2, area.top() - 1, w, area.height() + 2}, .fill = Token::ground});
    for (const double side : {-w / 2, w / 2})
      out_.add(Line{.points = {{x + side, area.bottom() + 2},
                               {x + side + 4, area.center().y() + 2},
                               {x + side - 4, area.center().y() - 2},
                               {x + side, area.top() - 2}},
                    .colour = Token::pale_ink,
                    .width = 1.2F,
                    .curved = true});
  }

  QString exact(Duration duration) const {
    QString digits = QString::number(duration.count());
    for (qsizetype i = digits.size() - 3; i > (digits.startsWith(QLatin1Char{'-'}) ? 1 : 0); i -= 3)
      digits.insert(i, QChar{0x2009});
    return QStringLiteral("%1 ps").arg(digits);
  }

  // Beside the figures, or below them where it needs the whole width. Returns where it ends.
  double sentence(double x, double y) {
    const QString text = verdict(first(), second(), figures_, scene_.language);
    const double width = width_of(text, font_), whole = size_.width() - 2 * margin;
    const double lines = std::ceil(width / whole * 1.08);
    const bool room_below = y + line() * (1 + lines) <= size_.height();
    if (width <= size_.width() - margin - x || !room_below) {
      out_.text({x, y, size_.width() - margin - x, line()}, text, type());
      return y + line();
    }
    out_.add(Words{
        .area = {margin, y + line(), whole, line() * lines}, .text = text, .size = type(), .wrap = true});
    return y + line() * (1 + lines);
  }

  // A row for each part that differs, from where the rows above have come to.
  // Returns where they end.
  double falls(double y, double bottom) {
    const double rule = y;
    out_.add(Line{.points = {{margin, y}, {size_.width() - margin, y}}, .colour = Token::rule});
    y += 3;
    const QString pair = letter(first().side) + QStringLiteral(" → ") + letter(second().side);
    const Waterfall whole = waterfall_of(SIZE_MAX);
    const QString difference = figures_.with_unit(figures_.change(whole.first, whole.second));
    double x = margin;
    for (const QString& text : {pair, difference}) {
      out_.text({x, y, width_of(text, font_, true) + 4, line()}, text, type(), Token::ink, Align::left, true);
      x += width_of(text, font_, true) + 14;
    }
    y = sentence(x, y) + 2;
    const double height = std::round(font_ * 1.35);
    const auto room = static_cast<std::size_t>(std::max(0.0, (bottom - y) / (height + 2)));
    if (room == 0 || whole.falls.empty()) return y;
    const Waterfall shown = waterfall_of(room);
    double level = left_ + scale_.drawn(first().parts) * per_picosecond_;
    const double end = y + (height + 2) * static_cast<double>(shown.falls.size());
    guide(ends_[std::min<std::size_t>(scene_.first, 3)], rule, y, y + 2, first().side);
    guide(ends_[std::min<std::size_t>(scene_.second, 3)], rule, y, end, second().side);
    for (const Fall& fall : shown.falls) {
      const double next =
          fall.rest ? left_ + scale_.drawn(second().parts) * per_picosecond_
                    : level + (scale_.drawn(fall.of, fall.second) - scale_.drawn(fall.of, fall.first)) *
                                  per_picosecond_;
      row(fall, level, next, y, height);
      level = next;
      y += height + 2;
    }
    return y;
  }

  // From the end of a bar down to where the falls begin, or end. It crosses no words.
  void guide(double x, double rule, double top, double bottom, int side) {
    double y =
        6 + line() + 2 + (bar_height() + bar_gap()) * static_cast<double>(index_of(side)) + bar_height();
    const auto draw_to = [&](double end) {
      if (end > y + 1)
        out_.add(Line{.points = {{x, y}, {x, end}}, .colour = side_token(side), .dash = Dash::dashed});
    };
    for (const QRectF& words : spared_) {
      if (words.top() < y || x < words.left() || x > words.right()) continue;
      draw_to(words.top());
      y = words.bottom();
    }
    draw_to(rule);
    y = top;
    draw_to(bottom);
  }
  std::size_t index_of(int side) const {
    return static_cast<std::size_t>(std::ranges::find(scene_.sides, side, &ComparedSide::side) -
                                    scene_.sides.begin());
  }

  void row(const Fall& fall, double from, double to, double y, double height) {
    const Name word = fall.rest ? rest_word(scene_.language) : part_word(fall.of, scene_.language);
    if (!fall.rest)
      draw_part(out_, {margin + 1, y + 2, height * 1.1, height - 4}, fall.of.part, {}, font_ * 0.8);
    put(out_, {margin + bar_height() + 6, y, left_ - margin - bar_height() - 10, height}, word, font_);
    const QRectF area{std::min(from, to), y + 1, std::max(1.0, std::abs(to - from)), height - 2};
    if (fall.rest)
      out_.add(Box{.area = area, .fill = Token::pale_ink, .tone = 0.5F});
    else
      draw_part(out_, area, fall.of.part, {}, font_ * 0.8);
    if (scale_.cut(fall.of, std::max(fall.first, fall.second)) && area.width() > 60)
      gap(area.left() + area.width() * 0.2, area);
    const QString change = figures_.change(fall.from, fall.to);
    const double width = width_of(change, font_, true) + 4;
    const bool fits = area.right() + 8 + width <= size_.width() - margin;
    out_.text({fits ? area.right() + 8 : area.left() - 8 - width, y, width, height}, change, type(),
              Token::ink, fits ? Align::left : Align::right, true);
    if (scale_.cut(fall.of, std::max(fall.first, fall.second)) && fits)
      out_.add(Glyph{{area.right() + 10 + width, y + 3, height - 6, height - 6}, Sign::gap, Token::pale_ink});
    out_.targets.push_back(
        {{margin, y, size_.width() - 2 * margin, height},
         {},
         QStringLiteral("%1\n%2 → %3: %4")
             .arg(word.joined(), exact(fall.first), exact(fall.second), exact(fall.change()))});
  }

  // Notes stand beside each other where they can.
  double lines_of(const QStringList& notes) const {
    double lines = 0, x = 0;
    for (const QString& note : notes) {
      const double width = width_of(note, font_) + 24;
      if (lines == 0 || x + width > size_.width() - 2 * margin) ++lines, x = 0;
      x += width;
    }
    return lines;
  }

  void written_notes(const QStringList& notes, double y) {
    double x = margin;
    bool any = false;
    for (const QString& note : notes) {
      const double width = width_of(note, font_) + 24;
      if (any && x + width > size_.width() - margin) y += line(), x = margin;
      if (y + line() > size_.height() + 3) return;  // the panel is too low for all of them
      out_.text({x, y, std::min(width - 16, size_.width() - margin - x), line()}, note, type(),
                Token::pale_ink);
      x += width;
      any = true;
    }
  }

  const ComparisonScene& scene_;
  QSizeF size_;
  double font_;
  Figures figures_;
  BarScale scale_;
  double left_ = 0, right_ = 0;
  double per_picosecond_ = 0;
  double ends_[4] = {};           // of the bars
  std::vector<QRectF> spared_{};  // words beside them
  Picture out_{};
};

// Nothing to compare, and why.
Picture said(const ComparisonScene& scene, QSizeF size) {
  Picture out;
  out.size = size;
  const double font = std::clamp(size.height() / 18, 12.0, 18.0);
  const QString what = scene.obstacle.isEmpty() ? scene.invitation : scene.obstacle;
  out.add(Words{.area = {size.width() * 0.1, size.height() * 0.3, size.width() * 0.8, font * 4},
                .text = what,
                .size = static_cast<float>(font),
                .colour = scene.obstacle.isEmpty() ? Token::pale_ink : Token::ink,
                .align = Align::centre,
                .wrap = true});
  double y = size.height() * 0.3 + font * 4;
  for (const QString& fact : scene.facts) {
    out.text({margin, y, size.width() - 2 * margin, font * 1.5}, fact, static_cast<float>(font * 0.9),
             Token::pale_ink, Align::centre);
    y += font * 1.5;
  }
  return out;
}

}  // namespace

Picture comparison(const ComparisonScene& scene, QSizeF size) {
  if (scene.sides.empty() || !scene.obstacle.isEmpty()) return said(scene, size);
  return Chart{scene, size}.draw();
}

QStringList spoken(const ComparisonScene& scene) {
  if (scene.sides.empty() || !scene.obstacle.isEmpty())
    return QStringList{scene.obstacle.isEmpty() ? scene.invitation : scene.obstacle} + scene.facts;
  const Figures figures = Figures::of(longest_of(scene.sides));
  QStringList lines{title_of(scene.sides.front().packet, scene.language).joined()};
  for (const ComparedSide& side : scene.sides)
    lines.push_back(QStringLiteral("%1 %2: %3 %4")
                        .arg(letter(side.side), side.path, figures.level(replay::total(side.parts)),
                             ending_word(side.ending, scene.language)));
  if (scene.first < scene.sides.size() && scene.second < scene.sides.size())
    lines.push_back(verdict(scene.sides[scene.first], scene.sides[scene.second], figures, scene.language));
  return lines + unequal_work(scene.sides, scene.language) + scene.facts;
}

}  // namespace ringside::view
