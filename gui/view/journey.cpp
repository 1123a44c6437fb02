#include "view/journey.hpp"

#include <algorithm>
#include <cmath>

#include "ringside/replay/names.hpp"
#include "ringside/replay/narrate.hpp"
#include "view/journey_parts.hpp"
#include "view/journey_rows.hpp"
#include "view/name.hpp"
#include "view/part_look.hpp"
#include "view/words.hpp"

namespace ringside::view {

namespace {

using trace::Kind;

constexpr double small = 0.86;  // of the type of names
constexpr double margin = 10;

struct Texts {
  Q_DECLARE_TR_FUNCTIONS(Journey)
};

class JourneyPainter {
 public:
  JourneyPainter(const JourneyScene& scene, double width)
      : scene_{scene},
        journey_{rows_of(scene)},
        scale_{scene.journey->whole},
        width_{width},
        font_{type_for(width)} {
    const double digits = font_ * small;
    const QString longest = scale_.text(scene.journey->whole);
    time_ = fixed_width(longest, digits);
    rail_ = margin + time_ + font_ * 1.3;
    name_ = rail_ + font_ * 1.1;
    bar_ = std::clamp((width - 260) * 0.55, 20.0, 110.0);
    longest_ = longest_bar();
  }

  Picture run() {
    heading();
    passed_ = static_cast<std::size_t>(std::ranges::count_if(
        journey_.rows, [&](const JourneyRow& row) { return row.step->number < scene_.events; }));
    for (std::size_t i = 0; i < journey_.rows.size(); ++i) draw(journey_.rows[i], i);
    sums();
    y_ += draw_parts(out_, scene_, {margin, y_}, width_ - 2 * margin, font_);
    out_.size = {width_, y_ + margin};
    return std::move(out_);
  }

 private:
  // Neither waiting nor an interruption is to make the work too small to see.
  Duration longest_bar() const {
    Duration worked{}, lasted{};
    for (const JourneyRow& row : journey_.rows) {
      if (row.waits || row.lane == path::Lane::wire) continue;
      worked = std::max(worked, row.worked());
      lasted = std::max(lasted, row.step->lasts);
    }
    return std::min(lasted, 2 * worked);
  }

  static double fixed_width(const QString& text, double size) {
    return width_of(QString{text.size(), QLatin1Char{'0'}}, size) * 1.08;
  }

  void heading() {
    y_ = margin;
    const replay::Step& first = scene_.journey->steps.front();
    const double size = font_ * 1.3;
    const Name name = said("panel.packet", {{"packet", std::to_string(scene_.journey->packet)}});
    const double named = std::min(width_of(name, size, true), width_ - 2 * margin) + 8;
    put(out_, {margin, y_, named, size * 1.4}, name, size, Token::ink, true);
    QStringList about;
    if (first.mark.other > 0 && first.mark.kind != Kind::drop)
      about << (first.mark.other == 1 ? Texts::tr("1 octet") : Texts::tr("%1 octets").arg(first.mark.other));
    if (first.mark.level > 1 && first.mark.kind != Kind::drop)
      about << Texts::tr("%1 frames").arg(first.mark.level);
    out_.text({margin + named, y_, width_ - 2 * margin - named, size * 1.4}, about.join(QStringLiteral(", ")),
              static_cast<float>(font_), Token::pale_ink);
    y_ += size * 1.5;
    if (scene_.journey->parent != 0) parent();
    columns();
  }

  void parent() {
    const Name text = said("panel.made", {{"packet", std::to_string(scene_.journey->parent)}});
    const QRectF area{margin, y_, width_ - 2 * margin, font_ * 1.5};
    put(out_, area, text, font_, Token::focus);
    out_.targets.push_back({area, "packet " + std::to_string(scene_.journey->parent), {}});
    y_ += font_ * 1.6;
  }

  void columns() {
    const auto size = static_cast<float>(font_ * small);
    const double height = font_ * 1.4;
    out_.text({margin, y_, time_, height}, scale_.unit(), size, Token::pale_ink, Align::right);
    put(out_, {name_, y_, (width_ - name_ - margin) / 2, height}, said("panel.where"), size, Token::pale_ink);
    out_.text({name_, y_, width_ - name_ - margin, height}, said("panel.lasts", unit()).joined(), size,
              Token::pale_ink, Align::right);
    y_ += height;
    out_.add(Line{.points = {{margin, y_}, {width_ - margin, y_}}, .colour = Token::rule});
    y_ += 3;
  }

  Name said(std::string_view id, const replay::Values& values = {}) const {
    return view::said(id, scene_.language, values);
  }
  replay::Values unit() const { return {{"unit", scale_.unit().toStdString()}}; }

  // Whether it has not come there yet at the moment.
  bool later(std::size_t i) const { return i >= passed_; }

  void draw(const JourneyRow& row, std::size_t i) {
    if (row.enters) host(row);
    if (row.crosses) crossing();
    const double line = font_ * 1.75;
    const double room = width_ - margin - time_ - bar_ - font_ * 0.9 - name_;
    const bool beside = width_of(row.name, font_) + notes_width(row) + font_ < room;
    const double height = line + (notes_width(row) == 0 || beside ? 0 : font_ * 1.15);
    const QRectF area{0, y_, width_, height};
    if (i + 1 == passed_) moment(area);
    rail(area, line, i);
    texts(row, line, room, beside, later(i));
    bar(row, line, later(i));
    out_.targets.push_back({area, "event " + std::to_string(row.step->number + 1),
                            row.name + QStringLiteral("\n") + exact(row)});
    y_ += height;
  }

  // What stands behind its name, or below: the Chinese, and what becomes of its bytes.
  double notes_width(const JourneyRow& row) const {
    const double gap = row.also.isEmpty() || row.detail.isEmpty() ? 0 : font_ * 0.7;
    return width_of(row.also, font_ * small) + gap + width_of(row.detail, font_ * small);
  }

  QString exact(const JourneyRow& row) const {
    return QString::fromStdString(replay::quantity(row.step->lasts));
  }

  void host(const JourneyRow& row) {
    const QString name = QString::fromStdString(replay::host_name(*scene_.cast, row.step->mark));
    const double size = font_ * small;
    const double height = size * 1.6;
    out_.text({name_, y_, width_ - name_ - margin, height}, name, static_cast<float>(size), Token::pale_ink,
              Align::left, true);
    const double end = name_ + width_of(name, size, true) + 6;
    if (end < width_ - margin)
      out_.add(Line{.points = {{end, y_ + height / 2}, {width_ - margin, y_ + height / 2}},
                    .colour = Token::rule});
    y_ += height;
  }

  // The double rule that the boundary is on the stage, too.
  void crossing() {
    const Name text = said("panel.crossing");
    const double size = font_ * 0.78;
    const double from = name_ + width_of(text, size) + 6;
    put(out_, {name_, y_, from - name_, size * 1.4}, text, size);
    for (const double shift : {-1.5, 1.5})
      if (from < width_ - margin)
        out_.add(Line{.points = {{from, y_ + size * 0.7 + shift}, {width_ - margin, y_ + size * 0.7 + shift}},
                      .colour = Token::boundary});
    y_ += size * 1.4;
  }

  void moment(const QRectF& area) {
    out_.add(Box{.area = area, .fill = Token::focus, .tone = 0.12F});
    out_.add(Box{.area = area.adjusted(0.5, 0.5, -0.5, -0.5), .line = Token::focus});
    const double middle = area.top() + font_ * 0.87;
    out_.add(Line{.points = {{1, middle - 5}, {8, middle}, {1, middle + 5}},
                  .colour = Token::focus,
                  .closed = true,
                  .fill = Token::focus});
  }

  // What joins the places.
  void rail(const QRectF& area, double line, std::size_t i) {
    const double middle = area.top() + line / 2;
    const bool last = i + 1 == journey_.rows.size();
    if (!last)
      out_.add(Line{.points = {{rail_, middle}, {rail_, area.bottom() + 2}},
                    .colour = later(i + 1) ? Token::rule : Token::ink,
                    .width = 1.5F});
    badge(journey_.rows[i], middle, later(i));
  }

  void badge(const JourneyRow& row, double middle, bool pale) {
    const double r = font_ * 0.62;
    const QRectF area{rail_ - r, middle - r, 2 * r, 2 * r};
    if (row.lost) {
      out_.add(Box{.area = area, .fill = Token::ground});
      out_.add(Glyph{area.adjusted(1, 1, -1, -1), Sign::cross, Token::loss});
      return;
    }
    if (!row.lane && !row.waits) return dot(middle, row.step->mark.kind == Kind::end, pale);
    const Token hue = row.lane ? token(*row.lane) : Token::pale_ink;
    const bool hollow = !row.lane || pale;
    const auto round = static_cast<float>(row.lane == path::Lane::user || !row.lane ? r : 2);
    out_.add(Box{.area = area, .fill = hollow ? Token::ground : hue, .line = hue, .radius = round});
    if (row.lane)
      out_.text(area, QString{QChar::fromLatin1(path::style(*row.lane).letter)},
                static_cast<float>(font_ * 0.8), hollow ? hue : Token::ground, Align::centre, true);
  }

  // Its way is over.
  void dot(double middle, bool whole, bool pale) {
    const double r = font_ * 0.36;
    const Token hue = pale ? Token::pale_ink : Token::ink;
    out_.add(Box{.area = {rail_ - r, middle - r, 2 * r, 2 * r},
                 .fill = whole && !pale ? hue : Token::ground,
                 .line = hue,
                 .width = 1.5F,
                 .radius = static_cast<float>(r)});
  }

  void texts(const JourneyRow& row, double line, double room, bool beside, bool pale) {
    const Token ink = row.lost ? Token::loss : pale ? Token::pale_ink : Token::ink;
    const auto digits = static_cast<float>(font_ * small);
    out_.add(Words{.area = {margin, y_, time_, line},
                   .text = scale_.text(row.since),
                   .size = digits,
                   .colour = pale ? Token::pale_ink : Token::ink,
                   .align = Align::right,
                   .fixed = true});
    out_.add(Words{.area = {name_, y_, room, line},
                   .text = row.name,
                   .size = static_cast<float>(font_),
                   .colour = ink,
                   .bold = row.lost,
                   .italic = row.waits});
    notes(row, line, room, beside, pale);
    if (row.step->lasts > Duration{0})
      out_.add(Words{.area = {width_ - margin - time_, y_, time_, line},
                     .text = scale_.text(row.lasts),
                     .size = digits,
                     .colour = pale ? Token::pale_ink : Token::ink,
                     .align = Align::right,
                     .fixed = true});
  }

  void notes(const JourneyRow& row, double line, double room, bool beside, bool pale) {
    double x = beside ? name_ + width_of(row.name, font_) + font_ * 0.7 : name_;
    const double end = beside ? name_ + room : width_ - margin;  // below, there is no bar
    const auto note = [&](const QString& text, Token colour) {
      if (text.isEmpty()) return;
      out_.text({x, beside ? y_ : y_ + line - font_ * 0.35, end - x, beside ? line : font_ * 1.2}, text,
                static_cast<float>(font_ * small), colour);
      x += width_of(text, font_ * small) + font_ * 0.7;
    };
    note(row.also, Token::pale_ink);
    note(row.detail, row.copies && !pale ? Token::copy : Token::pale_ink);
  }

  void bar(const JourneyRow& row, double line, bool pale) {
    if (row.step->lasts <= Duration{0} || longest_ <= Duration{0}) return;
    const auto part = [this](Duration time) { return to_seconds(time) / to_seconds(longest_); };
    QRectF area{width_ - margin - time_ - bar_ - font_ * 0.4, y_ + line * 0.24,
                std::max(1.5, bar_ * std::min(part(row.worked()), 1.0)), line * 0.52};
    draw_bar(out_, area,
             {.hollow = row.waits,
              .copies = row.copies,
              .hue = row.lane ? token(*row.lane) : Token::pale_ink,
              .pale = pale});
    if (part(row.worked()) > 1) draw_gap(out_, area, font_);
    const double rest = bar_ * std::min(part(row.step->lasts), 1.0) - area.width() - 1;
    if (row.step->interrupted <= Duration{0} || rest < 1.5) return;
    area = {area.right() + 1, area.top(), rest, area.height()};
    draw_bar(out_, area, {.hollow = true, .hue = look_of(replay::Part::interrupted).hue});
    if (part(row.step->lasts) > 1) draw_gap(out_, area, font_);
  }

  void sums() {
    y_ += font_ * 0.5;
    out_.add(Line{.points = {{margin, y_}, {width_ - margin, y_}}, .colour = Token::ink, .width = 1.5F});
    y_ += 3;
    const double line = font_ * 1.75;
    out_.add(Words{.area = {margin, y_, time_, line},
                   .text = scale_.text(scene_.journey->whole),
                   .size = static_cast<float>(font_ * small),
                   .align = Align::right,
                   .bold = true,
                   .fixed = true});
    put(out_, {name_, y_, width_ - name_ - margin, line}, said("panel.sum", unit()), font_, Token::ink, true);
    y_ += line;
    const Name counted = said("panel.counted", {{"copies", std::to_string(journey_.copies)},
                                                {"dmas", std::to_string(journey_.dmas)},
                                                {"crossings", std::to_string(journey_.crossings)}});
    put(out_, {margin, y_, width_ - 2 * margin, line}, counted, font_);
    y_ += line;
  }

  const JourneyScene& scene_;
  JourneyRows journey_;
  TimeScale scale_;
  double width_;
  double font_;
  double time_ = 0;  // how wide a time is
  double rail_ = 0;  // where the places are joined
  double name_ = 0;  // where names begin
  double bar_ = 0;   // how long the longest bar is
  double y_ = 0;
  Duration longest_{};      // of what a bar shows to scale
  std::size_t passed_ = 0;  // rows
  Picture out_{};
};

}  // namespace

Picture journey(const JourneyScene& scene, double width) {
  if (!scene.journey || scene.journey->steps.empty()) return invitation(scene.invitation, width);
  return JourneyPainter{scene, std::min(width, widest)}.run();
}

Picture invitation(const QString& text, double width) {
  const double font = type_for(width);
  Picture out;
  const double room = std::max(60.0, width - 2 * margin);
  const double lines = std::ceil(width_of(text, font) / (room * 0.9));
  const double height = font * 1.5 * std::max(1.0, lines);
  out.size = {width, height + font * 4};
  out.add(Words{.area = {margin, font * 2, room, height},
                .text = text,
                .size = static_cast<float>(font),
                .colour = Token::pale_ink,
                .align = Align::centre,
                .wrap = true});
  return out;
}

}  // namespace ringside::view
