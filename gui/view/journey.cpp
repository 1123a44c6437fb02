#include "view/journey.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "ringside/path/spoken.hpp"
#include "ringside/replay/difference.hpp"
#include "ringside/replay/names.hpp"
#include "ringside/replay/narrate.hpp"
#include "view/comparison_words.hpp"
#include "view/part_look.hpp"
#include "view/words.hpp"

namespace ringside::view {

namespace {

using replay::Part;
using trace::Kind;

constexpr double small = 0.86;  // of the type of names
constexpr double margin = 10;

struct Texts {
  Q_DECLARE_TR_FUNCTIONS(Journey)
};

const replay::HostCast* host_of(const replay::Cast& cast, const trace::Event& mark) {
  return mark.host < cast.hosts.size() ? &cast.hosts[mark.host] : nullptr;
}

const path::Stage* stage_of(const replay::Cast& cast, const trace::Event& mark) {
  const replay::HostCast* host = host_of(cast, mark);
  const bool known = host && mark.kind == Kind::stage && mark.index < host->path.stages.size();
  return known ? &host->path.stages[mark.index] : nullptr;
}

// The lane of a stage, and the wire's of what is under way between hosts.
std::optional<path::Lane> lane_of(const replay::Cast& cast, const trace::Event& mark) {
  if (mark.kind == Kind::link) return path::Lane::wire;
  if (mark.kind != Kind::stage) return std::nullopt;
  const replay::HostCast* host = host_of(cast, mark);
  if (!host || mark.index >= host->lanes.size()) return std::nullopt;
  return host->lanes[mark.index];
}

bool copies(const replay::Cast& cast, const trace::Event& mark) {
  const path::Stage* stage = stage_of(cast, mark);
  return stage && stage->memory == path::Memory::copy;
}

// A row of the table.
struct Row {
  const replay::Step* step = nullptr;
  std::optional<path::Lane> lane{};
  QString name{};
  QString detail{};  // what becomes of the bytes
  bool copies = false;
  bool waits = false;
  bool lost = false;
  bool crosses = false;  // the boundary, on the way here
  bool enters = false;   // another host than the one before
  std::int64_t since = 0, lasts = 0;
};

struct Sums {
  int copies = 0, dmas = 0, crossings = 0;
  Duration waiting{};
};

class Listing {
 public:
  explicit Listing(const JourneyScene& scene)
      : cast_{*scene.cast}, language_{scene.language}, scale_{scene.journey->whole} {
    const auto& steps = scene.journey->steps;
    const trace::Event* stage_before = nullptr;
    const trace::Event* before = nullptr;
    for (const replay::Step& step : steps) {
      rows.push_back(row_of(step, steps.front().mark.at));
      Row& row = rows.back();
      row.enters = !before || before->host != step.mark.host;
      before = &step.mark;
      if (step.mark.kind != Kind::stage) continue;
      row.crosses = stage_before && traps(*stage_before, step.mark);
      sums.crossings += row.crosses;
      stage_before = &step.mark;
    }
  }

  std::vector<Row> rows{};
  Sums sums{};

 private:
  Row row_of(const replay::Step& step, Time begin) {
    const trace::Event& mark = step.mark;
    Row row{.step = &step,
            .lane = lane_of(cast_, mark),
            .name = name_of(mark),
            .waits = mark.kind == Kind::queue,
            .lost = mark.kind == Kind::drop,
            .since = scale_.rounded(mark.at - begin)};
    row.lasts = scale_.rounded(mark.at - begin + step.lasts) - row.since;
    if (row.waits) sums.waiting += step.lasts;
    if (const path::Stage* stage = stage_of(cast_, mark)) {
      row.detail = QString::fromStdString(path::memory_label(*stage, language_));
      row.copies = copies(cast_, mark);
      sums.copies += row.copies;
      sums.dmas += stage->memory == path::Memory::dma;
    }
    return row;
  }

  QString name_of(const trace::Event& mark) const {
    switch (mark.kind) {
      case Kind::stage: return QString::fromStdString(replay::stage_name(cast_, mark));
      case Kind::queue:
        return Texts::tr("waits: %1").arg(QString::fromStdString(replay::queue_name(cast_, mark)));
      case Kind::link: return Texts::tr("on the wire");
      case Kind::end: return Texts::tr("the program has it");
      case Kind::drop: return Texts::tr("dropped: %1").arg(reason_word(cast_, mark, language_));
      default: break;
    }
    const replay::HostCast* host = host_of(cast_, mark);
    return host && host->wire ? Texts::tr("the wire ends here") : Texts::tr("used up");
  }

  bool traps(const trace::Event& from, const trace::Event& to) const {
    const replay::HostCast* host = host_of(cast_, to);
    if (!host || from.host != to.host) return false;
    return std::ranges::any_of(host->path.hops, [&](const path::Hop& hop) {
      return hop.from == from.index && hop.to == to.index && std::holds_alternative<path::Trap>(hop.hand);
    });
  }

  const replay::Cast& cast_;
  path::Language language_;
  TimeScale scale_;
};

class JourneyPainter {
 public:
  JourneyPainter(const JourneyScene& scene, double width)
      : scene_{scene}, listing_{scene}, scale_{scene.journey->whole}, width_{width}, font_{type_for(width)} {
    const double digits = font_ * small;
    const QString longest = scale_.text(scene.journey->whole);
    time_ = fixed_width(longest, digits);
    rail_ = margin + time_ + font_ * 1.3;
    name_ = rail_ + font_ * 1.1;
    bar_ = std::clamp((width - 260) * 0.55, 20.0, 110.0);
    for (const Row& row : listing_.rows)
      if (!row.waits && row.lane != path::Lane::wire) longest_ = std::max(longest_, row.step->lasts);
  }

  Picture run() {
    heading();
    passed_ = static_cast<std::size_t>(std::ranges::count_if(
        listing_.rows, [&](const Row& row) { return row.step->number < scene_.events; }));
    for (std::size_t i = 0; i < listing_.rows.size(); ++i) draw(listing_.rows[i], i);
    sums();
    parts();
    out_.size = {width_, y_ + margin};
    return std::move(out_);
  }

 private:
  static double fixed_width(const QString& text, double size) {
    return width_of(QString{text.size(), QLatin1Char{'0'}}, size) * 1.08;
  }

  void heading() {
    y_ = margin;
    const replay::Step& first = scene_.journey->steps.front();
    const double size = font_ * 1.3;
    const QString name = Texts::tr("Packet %1").arg(scene_.journey->packet);
    const double named = width_of(name, size, true) + 8;
    out_.text({margin, y_, named, size * 1.4}, name, static_cast<float>(size), Token::ink, Align::left, true);
    QStringList about;
    if (first.mark.other > 0 && first.mark.kind != Kind::drop)
      about << Texts::tr("%1 octets").arg(first.mark.other);
    if (first.mark.level > 1 && first.mark.kind != Kind::drop)
      about << Texts::tr("%1 frames").arg(first.mark.level);
    out_.text({margin + named, y_, width_ - 2 * margin - named, size * 1.4}, about.join(QStringLiteral(", ")),
              static_cast<float>(font_), Token::pale_ink);
    y_ += size * 1.5;
    if (scene_.journey->parent != 0) parent();
    columns();
  }

  void parent() {
    const QString text = Texts::tr("made while packet %1 was processed").arg(scene_.journey->parent);
    const QRectF area{margin, y_, width_ - 2 * margin, font_ * 1.5};
    out_.text(area, text, static_cast<float>(font_), Token::focus);
    out_.targets.push_back({area, "packet " + std::to_string(scene_.journey->parent), {}});
    y_ += font_ * 1.6;
  }

  void columns() {
    const auto size = static_cast<float>(font_ * small);
    const double height = font_ * 1.4;
    out_.text({margin, y_, time_, height}, scale_.unit(), size, Token::pale_ink, Align::right);
    out_.text({name_, y_, width_ / 2, height}, Texts::tr("where"), size, Token::pale_ink);
    out_.text({name_, y_, width_ - name_ - margin, height}, Texts::tr("for %1").arg(scale_.unit()), size,
              Token::pale_ink, Align::right);
    y_ += height;
    out_.add(Line{.points = {{margin, y_}, {width_ - margin, y_}}, .colour = Token::rule});
    y_ += 3;
  }

  // Whether it has not come there yet at the moment.
  bool later(std::size_t i) const { return i >= passed_; }

  void draw(const Row& row, std::size_t i) {
    if (row.enters) host(row);
    if (row.crosses) crossing();
    const double line = font_ * 1.75;
    const double room = width_ - margin - time_ - bar_ - font_ * 0.9 - name_;
    const bool beside = width_of(row.name, font_) + width_of(row.detail, font_ * small) + font_ < room;
    const double height = line + (row.detail.isEmpty() || beside ? 0 : font_ * 1.15);
    const QRectF area{0, y_, width_, height};
    if (i + 1 == passed_) moment(area);
    rail(area, line, i);
    texts(row, line, room, beside, later(i));
    bar(row, line, later(i));
    out_.targets.push_back({area, "event " + std::to_string(row.step->number + 1),
                            row.name + QStringLiteral("\n") + exact(row)});
    y_ += height;
  }

  QString exact(const Row& row) const { return QString::fromStdString(replay::quantity(row.step->lasts)); }

  void host(const Row& row) {
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
    const QString text = Texts::tr("crosses the boundary");
    const double size = font_ * 0.78;
    const double from = name_ + width_of(text, size) + 6;
    out_.text({name_, y_, from - name_, size * 1.4}, text, static_cast<float>(size));
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
    const bool last = i + 1 == listing_.rows.size();
    if (!last)
      out_.add(Line{.points = {{rail_, middle}, {rail_, area.bottom() + 2}},
                    .colour = later(i + 1) ? Token::rule : Token::ink,
                    .width = 1.5F});
    badge(listing_.rows[i], middle, later(i));
  }

  void badge(const Row& row, double middle, bool pale) {
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

  void texts(const Row& row, double line, double room, bool beside, bool pale) {
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
    if (!row.detail.isEmpty()) {
      const double x = beside ? name_ + width_of(row.name, font_) + font_ * 0.7 : name_;
      out_.text({x, beside ? y_ : y_ + line - font_ * 0.35, name_ + room - x, beside ? line : font_ * 1.2},
                row.detail, digits, row.copies && !pale ? Token::copy : Token::pale_ink);
    }
    if (row.step->lasts > Duration{0})
      out_.add(Words{.area = {width_ - margin - time_, y_, time_, line},
                     .text = scale_.text(row.lasts),
                     .size = digits,
                     .colour = pale ? Token::pale_ink : Token::ink,
                     .align = Align::right,
                     .fixed = true});
  }

  void bar(const Row& row, double line, bool pale) {
    if (row.step->lasts <= Duration{0} || longest_ <= Duration{0}) return;
    const double part = to_seconds(row.step->lasts) / to_seconds(longest_);
    const QRectF area{width_ - margin - time_ - bar_ - font_ * 0.4, y_ + line * 0.24,
                      std::max(1.5, bar_ * std::min(part, 1.0)), line * 0.52};
    fill(area, row.waits, row.copies, row.lane ? token(*row.lane) : Token::pale_ink, pale);
    if (part > 1) gap(area);
  }

  // It is longer than there is room for: neither waiting nor a long line is to make the work too small to
  // see.
  void gap(const QRectF& area) {
    const double x = area.center().x() - font_ * 0.35;
    out_.add(Box{.area = {x - 1, area.top() - 1, font_ * 0.7 + 2, area.height() + 2}, .fill = Token::ground});
    out_.add(Glyph{{x, area.top() - 1, font_ * 0.7, area.height() + 2}, Sign::gap, Token::pale_ink});
  }

  // Waiting is hollow, and a copy is hatched.
  void fill(const QRectF& area, bool waits, bool copy, Token hue, bool pale) {
    if (waits) {
      out_.add(Box{.area = area, .line = Token::pale_ink, .dash = Dash::dashed});
      return;
    }
    out_.add(Box{.area = area,
                 .fill = copy ? Token::copy : hue,
                 .tone = (pale ? 0.3F : 1.0F) * (copy ? 0.35F : 1.0F),
                 .line = copy ? Token::copy : Token::none,
                 .hatch = copy ? Hatch::dense : Hatch::none,
                 .hatch_in = Token::copy});
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
    out_.text({name_, y_, width_ - name_, line}, Texts::tr("%1 in all").arg(scale_.unit()),
              static_cast<float>(font_), Token::ink, Align::left, true);
    y_ += line;
    const Sums& all = listing_.sums;
    const QString counted =
        Texts::tr("copies %1  ·  DMA %2  ·  crossings %3").arg(all.copies).arg(all.dmas).arg(all.crossings);
    out_.text({margin, y_, width_ - 2 * margin, line}, counted, static_cast<float>(font_));
    y_ += line;
  }

  // What the time went into: one bar, and what is what.
  void parts() {
    std::vector<trace::Event> way;
    for (const Row& row : listing_.rows) way.push_back(row.step->mark);
    const auto shares = together(replay::summed(replay::shares(*scene_.cast, way)));
    const Duration whole = replay::total(shares);
    if (whole <= Duration{0}) return;
    const double room = width_ - 2 * margin;
    stretch(shares, whole, room);
    y_ += font_ * 1.6;
    legend(shares, whole, room);
  }

  // Waiting and the line have at most a quarter of the bar each, and a gap where they would need more.
  void stretch(const std::vector<replay::Share>& shares, Duration whole, double room) {
    constexpr double most = 0.25;
    const auto part = [&](const replay::Share& its) { return to_seconds(its.lasted) / to_seconds(whole); };
    const auto cut = [&](const replay::Share& its) {
      return (its.of.part == Part::waiting || its.of.part == Part::wire) && part(its) > most;
    };
    double shown = 0, rest = 0;
    for (const replay::Share& share : shares) (cut(share) ? shown : rest) += cut(share) ? most : part(share);
    const double scale = rest > 0 ? (1 - shown) / rest : 1;
    double x = margin;
    y_ += 2;
    for (const replay::Share& share : shares) {
      const double width = room * (cut(share) ? most : scale * part(share));
      const QRectF area{x, y_, std::max(0.5, width - 1), font_ * 1.2};
      fill(area, share.of.part == Part::waiting, share.of.part == Part::copy, look_of(share.of.part).hue,
           false);
      if (cut(share)) gap(area);
      x += width;
    }
  }

  // All waiting as one: the table tells the queues apart.
  static std::vector<replay::Share> together(std::vector<replay::Share> shares) {
    for (replay::Share& share : shares) share.of.queue.clear();
    shares = replay::summed(std::move(shares));
    std::erase_if(shares, [](const replay::Share& share) { return share.lasted == Duration{0}; });
    return shares;
  }

  QString word(const replay::PartName& of) const {
    return of.part == Part::waiting ? Texts::tr("waiting") : part_word(of, scene_.language);
  }

  void legend(const std::vector<replay::Share>& shares, Duration whole, double room) {
    const int columns = room > 44 * font_ ? 3 : room > 24 * font_ ? 2 : 1;
    const double column = room / columns;
    const double line = font_ * 1.5;
    int i = 0;
    for (const replay::Share& share : shares) {
      const int row = i / columns;
      const double x = margin + (i % columns) * column;
      const double y = y_ + row * line;
      fill({x, y + line * 0.25, font_ * 0.9, line * 0.5}, share.of.part == Part::waiting,
           share.of.part == Part::copy, look_of(share.of.part).hue, false);
      const double percent = 100 * to_seconds(share.lasted) / to_seconds(whole);
      const QString amount = QStringLiteral("%1\u2009%").arg(percent, 0, 'f', percent < 9.95 ? 1 : 0);
      out_.text({x + font_ * 1.3, y, column - font_ * 5, line}, word(share.of),
                static_cast<float>(font_ * small));
      out_.text({x + column - font_ * 4.2, y, font_ * 3.4, line}, amount, static_cast<float>(font_ * small),
                Token::pale_ink, Align::right);
      ++i;
    }
    const int rows = (i + columns - 1) / columns;
    y_ += line * rows;
  }

  const JourneyScene& scene_;
  Listing listing_;
  TimeScale scale_;
  double width_;
  double font_;
  double time_ = 0;  // how wide a time is
  double rail_ = 0;  // where the places are joined
  double name_ = 0;  // where names begin
  double bar_ = 0;   // how long the longest bar is
  double y_ = 0;
  Duration longest_{};      // piece of work
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
