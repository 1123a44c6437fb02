#include "view/stage.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "ringside/path/spoken.hpp"
#include "ringside/path/width.hpp"

namespace ringside::view {

namespace {

using path::Lane;
using path::StageId;

constexpr double small = 0.82;  // of the type of names

QString words(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString count(std::uint64_t n) {
  QString digits = QString::number(n);
  for (qsizetype i = digits.size() - 3; i > 0; i -= 3) digits.insert(i, QChar{0x2009});
  return digits;
}

class StagePainter {
 public:
  StagePainter(const Tower& tower, const StageScene& scene)
      : tower_{tower}, scene_{scene}, path_{scene.host->path}, font_{tower.font} {
    if (scene.state && scene.number < scene.state->hosts.size()) host_ = &scene.state->hosts[scene.number];
  }

  Picture run() {
    out_.size = tower_.size;
    for (const Band& band : tower_.bands) draw(band);
    for (const Wire& wire : tower_.wires) draw(wire);
    for (const Chip& chip : tower_.chips) draw(chip);
    for (const Strip& strip : tower_.strips) draw(strip);
    if (host_) packets();
    return std::move(out_);
  }

 private:
  QString spoken(std::string_view english) const { return words(path::spoken(english, scene_.language)); }

  static float tint(Lane lane) { return lane == Lane::boundary ? 0.0F : 0.07F; }

  void draw(const Band& band) {
    const path::LaneStyle& style = path::style(band.lane);
    const Token hue = view::token(band.lane);
    const bool empty = band.bypassed || band.unused;
    if (band.lane == Lane::boundary) return draw_boundary(band);
    if (!empty) out_.add(Box{.area = band.area, .fill = hue, .tone = tint(band.lane)});
    out_.add(Box{.area = {band.area.left(), band.area.top(), font_ * 0.3, band.area.height()},
                 .fill = empty ? Token::none : hue,
                 .line = empty ? hue : Token::none});
    out_.add(Line{.points = {band.area.bottomLeft(), band.area.bottomRight()}, .colour = Token::rule});
    label(band, style);
    if (!empty) return;
    const QString why = spoken(band.bypassed ? "bypassed" : "not used");
    const double width = width_of(why, font_ * small);
    out_.text({tower_.label + font_, band.area.top(), width, band.area.height()}, why,
              static_cast<float>(font_ * small), Token::pale_ink);
  }

  // In ink: not every lane's colour can be read as text. The colour stands beside it.
  void label(const Band& band, const path::LaneStyle& style) {
    const QRectF room{band.area.left() + font_ * 0.6, band.area.top(), tower_.label - font_ * 0.6,
                      band.area.height()};
    if (scene_.letters)
      return out_.text(room, QString{QChar::fromLatin1(style.letter)}, static_cast<float>(font_), Token::ink,
                       Align::centre, true);
    const std::string_view name = scene_.language == path::Language::zh_CN ? style.zh_CN : style.en;
    const auto lines = path::wrapped(name, 12);
    double y = band.area.center().y() - font_ * 0.55 * static_cast<double>(lines.size());
    for (const std::string& line : lines) {
      out_.text({room.left(), y, room.width(), font_ * 1.1}, QString::fromStdString(line),
                static_cast<float>(font_ * small), Token::ink, Align::left, true);
      y += font_ * 1.1;
    }
  }

  // A double rule, with a gap where the label stands.
  void draw_boundary(const Band& band) {
    label(band, path::style(Lane::boundary));
    const double y = band.area.center().y();
    for (const double shift : {-2.0, 2.0})
      out_.add(Line{.points = {{band.area.left() + tower_.label + font_ * 0.4, y + shift},
                               {band.area.right(), y + shift}},
                    .colour = Token::boundary,
                    .dash = band.bypassed ? Dash::dashed : Dash::solid});
  }

  void draw(const Wire& wire) {
    const path::Hop& hop = path_.hops[wire.hop];
    Line line{.points = {wire.from, wire.out, wire.in, wire.to},
              .colour = Token::pale_ink,
              .width = 1.2F,
              .tone = 0.8F,
              .curved = true,
              .arrow = true};
    if (const auto* notify = std::get_if<path::Notify>(&hop.hand)) {
      line.dash = Dash::dashed;
      line.colour = notify->raise == path::Raise::interrupt ? Token::hardirq
                    : notify->raise == path::Raise::softirq ? Token::softirq
                                                            : Token::protocol;
    }
    const bool trap = std::holds_alternative<path::Trap>(hop.hand);
    out_.add(std::move(line));
    if (trap) toll(wire);
  }

  // Where a call crosses the boundary.
  void toll(const Wire& wire) {
    const double y = tower_.bands[static_cast<std::size_t>(Lane::boundary)].area.center().y();
    double low = 0, high = 1;
    const bool down = wire.to.y() > wire.from.y();
    for (int i = 0; i < 24; ++i) {
      const double middle = (low + high) / 2;
      ((wire.along(middle).y() < y) == down ? low : high) = middle;
    }
    const double r = font_ * 0.33;
    const QPointF at{wire.along(low).x(), y};
    out_.add(Box{.area = {at.x() - r, at.y() - r, 2 * r, 2 * r},
                 .fill = Token::ground,
                 .line = Token::boundary,
                 .width = 1.5F,
                 .radius = static_cast<float>(r)});
  }

  Lane lane_of(StageId stage) const { return scene_.host->lanes[stage]; }

  static float radius(Lane lane, double font) {
    return static_cast<float>(lane == Lane::user ? font * 0.7 : 2.0);
  }

  void draw(const Chip& chip) {
    const path::Stage& stage = path_.stages[chip.stage];
    const Token hue = view::token(lane_of(chip.stage));
    const float round = radius(lane_of(chip.stage), font_);
    const bool copies = stage.memory == path::Memory::copy;
    const bool off = path::is_off(path_, stage);
    out_.add(Box{.area = chip.area, .fill = Token::ground, .radius = round});
    out_.add(Box{.area = chip.area,
                 .fill = Token::chip,
                 .line = hue,
                 .width = 1.4F,
                 .radius = round,
                 .hatch = copies ? Hatch::diagonal : Hatch::none,
                 .hatch_in = Token::copy,
                 .dash = off ? Dash::dashed : Dash::solid});
    second_mark(chip, hue);
    double y = chip.area.top() + font_ * 0.3;
    const QRectF line{chip.area.left() + font_ * 0.75, 0, chip.area.width() - font_ * 0.95, 0};
    for (const QString& name : chip.name) {
      out_.text({line.left(), y, line.width(), font_ * 1.25}, name, static_cast<float>(font_),
                off ? Token::pale_ink : Token::ink, Align::left, !off);
      y += font_ * 1.25;
    }
    if (!chip.memory.isEmpty())
      out_.text({line.left(), y, line.width(), font_ * 1.1}, chip.memory, static_cast<float>(font_ * small),
                copies ? Token::copy : Token::pale_ink);
    out_.targets.push_back(
        {chip.area, "stage " + std::to_string(scene_.number) + "/" + std::to_string(chip.stage), tip(stage)});
  }

  // What tells a lane besides its colour.
  void second_mark(const Chip& chip, Token hue) {
    const QRectF bar{chip.area.left() + 2, chip.area.top() + 3, font_ * 0.42, chip.area.height() - 6};
    switch (lane_of(chip.stage)) {
      case Lane::user: out_.add(Box{.area = bar, .fill = hue, .radius = 2}); break;
      case Lane::protocol: out_.add(Box{.area = bar, .fill = hue}); break;
      case Lane::softirq:
        out_.add(Box{.area = bar, .fill = hue, .tone = 0.25F, .hatch = Hatch::dots, .hatch_in = hue});
        break;
      case Lane::hardirq:
        out_.add(Box{.area = bar, .fill = hue, .tone = 0.25F, .hatch = Hatch::dense, .hatch_in = hue});
        break;
      case Lane::nic:
        out_.add(
            Glyph{{chip.area.left() + 1, chip.area.top() + 2, font_ * 0.75, font_ * 0.75}, Sign::ring, hue});
        break;
      default:
        out_.add(
            Line{.points = {bar.topLeft() + QPointF{1, 0}, bar.bottomLeft() + QPointF{1, 0}}, .colour = hue});
        break;
    }
  }

  QString tip(const path::Stage& stage) const {
    const std::string& why = scene_.language == path::Language::zh_CN ? stage.why.zh_CN : stage.why.en;
    QString text = QString::fromStdString(stage.name);
    if (!stage.stands_for.empty()) text += QStringLiteral("  ·  ") + QString::fromStdString(stage.stands_for);
    return text + QLatin1Char{'\n'} + QString::fromStdString(why);
  }

  int index_of(const std::string& queue) const {
    const auto& queues = scene_.host->queues;
    const auto found = std::ranges::find(queues, queue);
    return found == queues.end() ? -1 : static_cast<int>(found - queues.begin());
  }

  void draw(const Strip& strip) {
    const auto& queue = std::get<path::Queue>(path_.hops[strip.hop].hand);
    const int index = index_of(strip.queue);
    std::uint32_t waiting = 0;
    std::uint64_t dropped = 0;
    if (host_ && index >= 0) {
      const auto i = static_cast<std::size_t>(index);
      if (i < host_->waiting.size()) waiting = host_->waiting[i];
      if (i < host_->dropped.size()) dropped = host_->dropped[i];
    }
    out_.add(Box{.area = strip.area, .fill = Token::ground, .radius = static_cast<float>(font_ * 0.5)});
    out_.add(Box{.area = strip.area,
                 .fill = Token::panel,
                 .line = Token::pale_ink,
                 .radius = static_cast<float>(font_ * 0.5)});
    const QRectF inside = strip.area.adjusted(font_ * 0.5, 0, -font_ * 0.5, 0);
    const double line = strip.area.height() / 2;
    out_.text({inside.left(), inside.top(), inside.width(), line}, QString::fromStdString(strip.queue),
              static_cast<float>(font_ * small));
    slots_of(queue, waiting, charged(queue, index),
             {inside.left(), inside.top() + line, inside.width(), line});
    if (dropped > 0) losses(strip, dropped);
    out_.targets.push_back(
        {strip.area, "queue " + std::to_string(scene_.number) + "/" + strip.queue,
         QStringLiteral("%1: %2").arg(QString::fromStdString(strip.queue),
                                      QString::fromStdString(path::amount(queue.capacity, queue.unit)))});
  }

  // What a queue that is measured in bytes holds: each packet with what the kernel charges for it besides.
  std::int64_t charged(const path::Queue& queue, int index) const {
    std::int64_t sum = 0;
    if (!host_ || queue.unit != path::Unit::bytes) return sum;
    for (const auto& [packet, where] : scene_.state->packets)
      if (where.host == scene_.number && where.place == trace::Kind::queue && where.index == index)
        sum += where.bytes + queue.overhead;
    return sum;
  }

  // The little slots, filled as the queue is, and how much is in it.
  void slots_of(const path::Queue& queue, std::uint32_t waiting, std::int64_t charged, const QRectF& room) {
    const bool packets = queue.unit == path::Unit::packets;
    QString amount = packets ? QString::number(queue.capacity)
                             : QString::fromStdString(path::amount(queue.capacity, queue.unit));
    if (host_ && packets) amount = QStringLiteral("%1/%2").arg(waiting).arg(queue.capacity);
    if (host_ && !packets) amount = QString::number(waiting);
    const double width = width_of(amount, font_ * small * 0.9);
    out_.text({room.right() - width, room.top(), width, room.height() - 2}, amount,
              static_cast<float>(font_ * small * 0.9), Token::pale_ink, Align::right);
    const double pitch = std::max(5.0, font_ * 0.5);
    const int most = std::max(2, static_cast<int>((room.width() - width - 4) / pitch));
    const int shown =
        packets ? static_cast<int>(std::min<std::int64_t>(most, queue.capacity)) : std::min(most, 4);
    const double part = static_cast<double>(packets ? waiting : charged) /
                        static_cast<double>(std::max<std::int64_t>(1, queue.capacity));
    const int full =
        waiting == 0 ? 0 : std::max(1, std::min(shown, static_cast<int>(std::lround(part * shown))));
    for (int i = 0; i < shown; ++i)
      out_.add(Box{.area = {room.left() + i * pitch, room.top() + room.height() * 0.16, pitch - 1.5,
                            room.height() * 0.5},
                   .fill = i < full ? (part >= 0.98 ? Token::loss : Token::ink) : Token::faint});
  }

  void losses(const Strip& strip, std::uint64_t dropped) {
    const QString text = count(dropped);
    const double size = font_ * small;
    const double width = width_of(text, size, true);
    const QRectF at{strip.area.right() - width - size * 1.5, strip.area.top(), width + size * 1.3,
                    strip.area.height() / 2};
    out_.add(Box{.area = at, .fill = Token::panel});
    out_.add(Glyph{{at.left(), at.top() + 2, size * 0.9, at.height() - 3}, Sign::cross, Token::loss});
    out_.text({at.left() + size * 1.1, at.top(), width + 2, at.height()}, text, static_cast<float>(size),
              Token::loss, Align::left, true);
  }

  // Where a packet at a place is drawn, the first of several: at an edge, where it hides no words.
  QPointF anchor(const trace::Whereabouts& where) const {
    if (where.place == trace::Kind::queue && where.index < scene_.host->queues.size())
      if (const Strip* strip = tower_.strip(scene_.host->queues[where.index]))
        return edge(strip->area, strip->on_top);
    if (where.place == trace::Kind::stage)
      if (const Chip* chip = tower_.chip(where.index)) return edge(chip->area, strip_below(chip->stage));
    return {-1, -1};
  }

  QPointF edge(const QRectF& area, bool upper) const {
    return {area.left() + font_ * 0.4, upper ? area.top() - font_ * 1.08 : area.bottom() - font_ * 0.25};
  }

  bool strip_below(StageId stage) const {
    return std::ranges::any_of(tower_.strips, [stage](const Strip& s) { return s.at == stage && !s.on_top; });
  }

  void packets() {
    std::map<std::pair<int, int>, std::vector<std::uint64_t>> at_place;
    for (const auto& [number, where] : scene_.state->packets) {
      if (where.host != scene_.number || where.place == trace::Kind::link) continue;
      if (std::ranges::find(scene_.flights, number, &Flight::packet) != scene_.flights.end()) continue;
      at_place[{static_cast<int>(where.place), where.index}].push_back(number);
    }
    for (auto& [place, numbers] : at_place) row_of(place, numbers);
    for (const Flight& flight : scene_.flights) fly(flight);
  }

  // Packets at one place: the selected one first, and how many more there are.
  void row_of(std::pair<int, int> place, std::vector<std::uint64_t>& numbers) {
    const trace::Whereabouts where{.place = static_cast<trace::Kind>(place.first),
                                   .host = scene_.number,
                                   .index = static_cast<std::uint16_t>(place.second),
                                   .since = {}};
    QPointF at = anchor(where);
    if (at.x() < 0) return;
    if (const auto chosen = std::ranges::find(numbers, scene_.selected); chosen != numbers.end())
      std::rotate(numbers.begin(), chosen, chosen + 1);
    const double end = at.x() + room_at(where);
    std::size_t shown = 0;
    for (; shown < numbers.size(); ++shown) {
      const double width = token_width(numbers[shown]);
      const bool last = shown + 1 == numbers.size();
      const double more =
          last ? 0 : width_of(QStringLiteral("+%1").arg(numbers.size()), font_ * small, true) + 2;
      if (shown > 0 && at.x() + width + more > end) break;
      draw_token(numbers[shown], at);
      at.rx() += width + 2;
    }
    if (shown < numbers.size()) {
      const QString more = QStringLiteral("+%1").arg(numbers.size() - shown);
      out_.text({at.x(), at.y(), width_of(more, font_ * small, true), font_ * 1.2}, more,
                static_cast<float>(font_ * small), Token::ink, Align::left, true);
    }
  }

  double room_at(const trace::Whereabouts& where) const {
    if (where.place == trace::Kind::queue)
      return tower_.strip(scene_.host->queues[where.index])->area.width();
    return tower_.chip(where.index)->area.width();
  }

  double token_width(std::uint64_t number) const {
    return std::max(font_ * 1.3, width_of(QString::number(number), font_ * small, true) + font_ * 0.5);
  }

  void draw_token(std::uint64_t number, QPointF at) {
    const bool selected = number == scene_.selected;
    const QRectF area{at.x(), at.y(), token_width(number), font_ * 1.2};
    out_.add(Box{.area = area,
                 .fill = selected ? Token::focus : Token::ink,
                 .line = Token::ground,
                 .width = 1.5F,
                 .radius = 3});
    out_.text(area, QString::number(number), static_cast<float>(font_ * small), Token::ground, Align::centre,
              true);
    out_.targets.push_back({area, "packet " + std::to_string(number), {}});
  }

  void fly(const Flight& flight) {
    const QPointF from = anchor(flight.from);
    const QPointF to = anchor(flight.to);
    if (to.x() < 0) return;
    if (from.x() < 0) return draw_token(flight.packet, to);
    const double t = flight.part * flight.part * (3 - 2 * flight.part);  // slow at both ends
    draw_token(flight.packet, from + (to - from) * t);
  }

  const Tower& tower_;
  const StageScene& scene_;
  const path::Path& path_;
  const trace::HostState* host_ = nullptr;
  double font_;
  Picture out_{};
};

}  // namespace

Picture stage(const Tower& tower, const StageScene& scene) { return StagePainter{tower, scene}.run(); }

}  // namespace ringside::view
