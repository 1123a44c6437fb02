#include "view/board.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "ringside/replay/catalogue.hpp"
#include "ringside/replay/names.hpp"
#include "view/journey.hpp"
#include "view/metrics.hpp"
#include "view/name.hpp"
#include "view/words.hpp"

namespace ringside::view {

namespace {

constexpr double small = 0.88;
constexpr double margin = 10;

struct Texts {
  Q_DECLARE_TR_FUNCTIONS(Board)
};

enum class Better : std::uint8_t { neither, more, less };

constexpr const char* in_frames = BoardSide::throughput;

struct Figure {
  const char* key;  // of the result file, by which the catalogue names it
  Better better;
};
constexpr std::array figures{
    Figure{"delivered_pps", Better::more},     Figure{in_frames, Better::more},
    Figure{"dropped_pps", Better::less},       Figure{"goodput_bps", Better::neither},
    Figure{"sent_pps", Better::more},          Figure{"transfer_seconds", Better::less},
    Figure{"round_trip_ns_p50", Better::less}, Figure{"latency_ns_p50", Better::less},
    Figure{"latency_ns_p90", Better::less},    Figure{"latency_ns_p99", Better::less},
    Figure{"latency_ns_p999", Better::less},   Figure{"cpu_utilisation", Better::neither},
    Figure{"cycles_per_packet", Better::less},
};

using Found = std::optional<double>;

Found find(const std::map<std::string, double>& values, const char* key) {
  const auto found = values.find(key);
  return found == values.end() ? std::nullopt : Found{found->second};
}

QString shown(const std::string& key, double value) {
  return key == in_frames ? figure(value, QStringLiteral("bit/s")) : metric_text(key, value);
}

class BoardPainter {
 public:
  BoardPainter(const BoardScene& scene, double width)
      : scene_{scene},
        width_{width},
        font_{std::min(type_for(width),
                       std::max(11.5, width / (26 + 5.0 * static_cast<double>(scene.sides.size()))))},
        sides_{static_cast<double>(scene.sides.size())},
        by_frame_{std::ranges::any_of(scene.sides, &BoardSide::by_frame)} {
    const double room = width - 2 * margin;
    const double wished = width_of(QStringLiteral("000\u2009Mbit/s"), font_ * 0.95, true) + 8;
    const double named = std::max(0.34, 0.5 - 0.04 * sides_);
    column_ = std::min(wished, (1 - named) * room / sides_);
    label_ = room - column_ * sides_;
  }

  Picture run() {
    y_ = margin;
    heads();
    const QString& host = scene_.sides.front().host;
    section(said("panel.so far"), host);
    counts();
    section(measured());
    for (const Figure& figure : figures) row(figure);
    changes();
    if (several()) note(said("panel.best").joined());
    place(latency_curves(scene_, width_));
    place(lane_costs(scene_, width_));
    out_.size = {width_, y_ + margin * 0.5};
    return std::move(out_);
  }

 private:
  bool several() const { return scene_.sides.size() > 1; }

  // For how long: rates of a few milliseconds are not those of a minute.
  Name measured() const {
    const Found seconds = find(scene_.sides.front().run, "simulated_seconds");
    const auto same = [&](const BoardSide& side) { return find(side.run, "simulated_seconds") == seconds; };
    if (!seconds || !std::ranges::all_of(scene_.sides, same)) return said("panel.whole run");
    return said("panel.whole run for", {{"time", metric_text("simulated_seconds", *seconds).toStdString()}});
  }
  QRectF cell(std::size_t side, double height) const {
    return {margin + label_ + column_ * static_cast<double>(side), y_, column_ - 4, height};
  }
  Name said(std::string_view id, const replay::Values& values = {}) const {
    return view::said(id, scene_.language, values);
  }
  Name name(const replay::Counter& counter) const {
    return by_frame_ && counter.by_frame ? said(counter.by_frame) : name(counter.key);
  }
  Name name(const std::string& key) const {
    return key == in_frames ? said("panel.throughput") : count_name(key, scene_.language);
  }

  void heads() {
    const double line = font_ * 1.9;
    if (!several()) {
      out_.text({margin, y_, width_ - 2 * margin, line}, scene_.sides.front().name,
                static_cast<float>(font_ * 1.2), Token::ink, Align::left, true);
      y_ += line;
      return;
    }
    names();
    for (std::size_t i = 0; i < scene_.sides.size(); ++i) {
      const QRectF area = cell(i, line);
      const double r = font_ * 0.72;
      side_badge(out_, static_cast<int>(i), {area.right() - 2 * r, y_ + 2, 2 * r, 2 * r});
    }
  }

  // In as many lines as they take.
  void names() {
    const double line = font_ * 1.8;
    const double r = font_ * 0.65;
    double x = margin;
    for (std::size_t i = 0; i < scene_.sides.size(); ++i) {
      const double wide = 2 * r + 6 + width_of(scene_.sides[i].name, font_, true);
      if (x + wide > width_ - margin && x > margin) x = margin, y_ += line;
      side_badge(out_, static_cast<int>(i), {x, y_ + line / 2 - r, 2 * r, 2 * r});
      out_.text({x + 2 * r + 5, y_, wide - 2 * r, line}, scene_.sides[i].name, static_cast<float>(font_),
                Token::ink, Align::left, true);
      x += wide + font_ * 1.2;
    }
    y_ += line;
  }

  // `of`: the host, if that is said.
  void section(Name title, const QString& of = {}) {
    if (!of.isEmpty()) (title.also.isEmpty() ? title.text : title.also) += QStringLiteral("  ·  ") + of;
    y_ += font_ * 0.3;
    put(out_, {margin, y_, width_ - 2 * margin, font_ * 1.6}, title, font_, Token::ink, true);
    y_ += font_ * 1.6;
    out_.add(Line{.points = {{margin, y_}, {width_ - margin, y_}}, .colour = Token::rule});
    y_ += 2;
  }

  struct Cell {
    QString text{};
    QString ghost{};
    bool best = false;
    Token colour = Token::ink;
  };

  void draw(const Name& name, const std::vector<Cell>& cells) {
    const double line = font_ * 1.55;
    const double size = font_ * small;
    const bool behind = width_of(name, size) <= label_ - 6;
    const Name label = behind ? name : Name{.text = name.text};
    const int lines = lines_of(label.text, size, label_ - 6);
    const bool ghosts = std::ranges::any_of(cells, [](const Cell& c) { return !c.ghost.isEmpty(); });
    const double below = behind || name.also.isEmpty() ? 0.0 : size * 1.2;
    const double more = std::max((lines - 1) * size * 1.3 + below, ghosts ? font_ * 1.1 : 0.0);
    const double height = line + more;
    const QRectF named = lines > 1 ? QRectF{margin, y_ + font_ * 0.2, label_ - 6, height - below}
                                   : QRectF{margin, y_, label_ - 6, line};
    if (lines > 1)
      out_.add(Words{.area = named, .text = label.text, .size = static_cast<float>(size), .wrap = true});
    else
      put(out_, named, label, size);
    if (below > 0)
      out_.text({margin, named.bottom() - size * 0.3, label_ - 6, size * 1.3}, name.also,
                static_cast<float>(size * also_size), Token::pale_ink);
    for (std::size_t i = 0; i < cells.size(); ++i) draw(cells[i], cell(i, line));
    y_ += height;
  }

  void draw(const Cell& its, const QRectF& area) {
    const double wide_at_most = width_of(its.text, font_ * 0.95, its.best);
    const double size = font_ * 0.95 * std::clamp(area.width() / wide_at_most, 0.8, 1.0);
    out_.text(area, its.text, static_cast<float>(size), its.colour, Align::right, its.best);
    if (its.best) {
      const double wide = std::min(area.width(), width_of(its.text, size, true));
      const double y = area.bottom() - 1;
      out_.add(
          Line{.points = {{area.right() - wide, y}, {area.right(), y}}, .colour = Token::ink, .width = 1.5F});
    }
    if (!its.ghost.isEmpty())
      out_.text({area.left() - 20, area.bottom(), area.width() + 20, font_ * 1.1}, its.ghost,
                static_cast<float>(font_ * 0.8), Token::pale_ink, Align::right);
  }

  void counts() {
    for (const replay::Counter& counter : replay::counters()) {
      const double top = y_;
      const Name label = name(counter);
      draw(label, cells_of(counter));
      out_.targets.push_back(
          {.area = {margin, top, width_ - 2 * margin, y_ - top},
           .what = std::string{"count "} + counter.key,
           .tip = Texts::tr("%1: a click lists what has been counted").arg(label.joined())});
    }
  }

  // Packets as they are, all else for each that was delivered, or for each frame.
  std::vector<Cell> cells_of(const replay::Counter& counter) const {
    std::vector<Cell> cells;
    std::vector<Found> values;
    for (const BoardSide& side : scene_.sides) {
      const std::uint64_t count = side.so_far.*counter.count;
      const bool lost = counter.kind == trace::Kind::drop && count > 0;
      cells.push_back({.text = (lost ? QStringLiteral("× ") : QString{}) + grouped(count),
                       .colour = lost ? Token::loss : Token::ink});
      const auto of = by_frame_ ? &replay::Odometers::frames : &replay::Odometers::delivered;
      values.push_back(side.so_far.*of == 0 ? Found{} : side.so_far.each(of, counter.count));
    }
    return counter.by_frame ? cells_of(counter.key, Better::less, values, {}) : cells;
  }

  void row(const Figure& figure) {
    std::vector<Found> values, before;
    for (const BoardSide& side : scene_.sides) {
      values.push_back(find(side.run, figure.key));
      before.push_back(find(side.before, figure.key));
    }
    if (std::ranges::all_of(values, [](const Found& value) { return value.value_or(0) == 0; })) return;
    draw(name(figure.key), cells_of(figure.key, figure.better, values, before));
  }

  static bool differ(const Found& a, const Found& b) {
    return a && b && std::abs(*a - *b) > 0.0005 * std::max(std::abs(*a), std::abs(*b));
  }

  // The best is told by its shape, too; where all are the same, none is.
  std::vector<Cell> cells_of(const char* key, Better better, const std::vector<Found>& values,
                             const std::vector<Found>& before) const {
    Found best;
    bool all_same = true;
    for (const Found& value : values) {
      if (!value) continue;
      all_same = all_same && (!best || !differ(best, value));
      const bool first = !best || (better == Better::more ? *value > *best : *value < *best);
      if (first) best = value;
    }
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < values.size(); ++i) {
      Cell cell{.text = QStringLiteral("–")};
      if (values[i]) {
        cell.text = shown(key, *values[i]);
        cell.best = several() && better != Better::neither && !all_same && !differ(values[i], best);
        if (i < before.size() && differ(before[i], values[i]))
          cell.ghost = Texts::tr("was %1").arg(shown(key, *before[i]));
      }
      cells.push_back(std::move(cell));
    }
    return cells;
  }

  struct Change {
    std::size_t side = 0;
    const char* key = nullptr;
    double before = 0, now = 0;
    double size() const { return std::abs(std::log(std::max(now, 1e-9) / std::max(before, 1e-9))); }
  };

  // What the last run has changed, in words: the greatest changes first.
  void changes() {
    constexpr std::size_t most = 4;
    std::vector<Change> all;
    for (std::size_t i = 0; i < scene_.sides.size(); ++i)
      for (const Figure& figure : figures) {
        const Found before = find(scene_.sides[i].before, figure.key);
        const Found now = find(scene_.sides[i].run, figure.key);
        if (differ(before, now)) all.push_back({i, figure.key, *before, *now});
      }
    if (all.empty()) return;
    std::ranges::stable_sort(all, std::ranges::greater{}, &Change::size);
    section(said("panel.run before"));
    for (std::size_t i = 0; i < std::min(most, all.size()); ++i) say_change(all[i]);
    for (std::size_t i = 0; i < scene_.sides.size(); ++i) say_losses(i);
  }

  void say_change(const Change& its) {
    say(its.side, QStringLiteral("%1  %2 → %3  %4")
                      .arg(name(its.key).text, shown(its.key, its.before), shown(its.key, its.now),
                           change(its.before, its.now)));
  }

  // Where more is lost than in the run before, or less: that is why.
  void say_losses(std::size_t side) {
    const BoardSide& its = scene_.sides[side];
    if (its.before.empty()) return;  // it was added since
    std::map<std::string, std::pair<double, double>> all;
    for (const auto& [place, share] : its.lost_before) all[place].first = share;
    for (const auto& [place, share] : its.lost) all[place].second = share;
    const auto percent = [](double share) { return figure(100 * share, QStringLiteral("%")); };
    for (const auto& [place, shares] : all)
      if (differ(shares.first, shares.second))
        say(side, Texts::tr("× %1: %2 → %3 of what is offered")
                      .arg(words(replay::drop_reason(place), scene_.language), percent(shares.first),
                           percent(shares.second)));
  }

  void say(std::size_t side, const QString& text) {
    double x = margin;
    if (several()) {
      const double r = font_ * 0.6;
      side_badge(out_, static_cast<int>(side), {x, y_ + font_ * 0.2, 2 * r, 2 * r});
      x += 2 * r + 6;
    }
    out_.text({x, y_, width_ - margin - x, font_ * 1.6}, text, static_cast<float>(font_ * small));
    y_ += font_ * 1.6;
  }

  void note(const QString& text) {
    out_.text({margin, y_, width_ - 2 * margin, font_ * 1.5}, text, static_cast<float>(font_ * 0.8),
              Token::pale_ink);
    y_ += font_ * 1.5;
  }

  void place(const Picture& part) {
    out_.place(part, {0, y_});
    y_ += part.size.height();
  }

  const BoardScene& scene_;
  double width_;
  double font_;
  double sides_;
  bool by_frame_;
  double label_ = 0;   // how wide names may be
  double column_ = 0;  // of a side
  double y_ = 0;
  Picture out_{};
};

}  // namespace

void side_badge(Picture& out, int side, const QRectF& area) {
  out.add(Box{.area = area, .fill = side_token(side), .radius = static_cast<float>(area.height() / 2)});
  out.text(area, QString{QChar::fromLatin1(static_cast<char>('A' + side))},
           static_cast<float>(area.height() * 0.62), Token::ground, Align::centre, true);
}

Name count_name(std::string_view key, path::Language language) {
  if (key == "dropped_frames") return said("panel.dropped frames", language);
  return metric_title(std::string{key}, language);
}

Picture board(const BoardScene& scene, double width) {
  if (scene.sides.empty()) return invitation(scene.invitation, width);
  return BoardPainter{scene, std::min(width, widest)}.run();
}

}  // namespace ringside::view
