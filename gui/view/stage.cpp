#include "view/stage.hpp"

#include <algorithm>

#include "ringside/path/spoken.hpp"
#include "ringside/path/width.hpp"
#include "view/name.hpp"
#include "view/stage_sheet.hpp"
#include "view/type.hpp"

namespace ringside::view {

namespace {

using path::Lane;
using path::StageId;

class StagePainter {
 public:
  StagePainter(const Tower& tower, const StageScene& scene)
      : tower_{tower}, scene_{scene}, path_{scene.host->path}, font_{tower.font} {}

  Picture run() {
    out_.size = tower_.size;
    for (const Band& band : tower_.bands) draw(band);
    for (const Wire& wire : tower_.wires) draw(wire);
    for (const Chip& chip : tower_.chips) draw(chip);
    StageSheet sheet{out_, tower_, scene_};
    draw_queues(sheet);
    draw_packets(sheet);
    draw_falls(sheet);
    return std::move(out_);
  }

 private:
  QString spoken(std::string_view english) const { return in_words(english, scene_.language).joined(); }

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
    const double width = width_of(why, lesser_type(font_));
    out_.text({tower_.label + font_, band.area.top(), width, band.area.height()}, why,
              static_cast<float>(lesser_type(font_)), Token::pale_ink);
  }

  // In ink: not every lane's colour can be read as text. The colour stands beside it.
  void label(const Band& band, const path::LaneStyle& style) {
    const QRectF room{band.area.left() + font_ * 0.6, band.area.top(), tower_.label - font_ * 0.6,
                      band.area.height()};
    if (scene_.letters)
      return out_.text(room, QString{QChar::fromLatin1(style.letter)}, static_cast<float>(font_), Token::ink,
                       Align::centre, true);
    const auto lines = lane_name(band.lane, scene_.language);
    double y = band.area.center().y() - font_ * 0.55 * static_cast<double>(lines.size());
    for (const std::string& line : lines) {
      out_.text({room.left(), y, room.width(), font_ * 1.1}, QString::fromStdString(line),
                static_cast<float>(lesser_type(font_)), Token::ink, Align::left, true);
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
    double y = chip.area.center().y() - chip.text_height(font_) / 2;
    const bool ring = lane_of(chip.stage) == Lane::nic;  // its mark is wider than a bar
    const double indent = font_ * (ring ? 1.0 : 0.75);
    const QRectF line{chip.area.left() + indent, 0, chip.area.width() - indent - font_ * 0.2, 0};
    for (const QString& name : chip.name) {
      out_.text({line.left(), y, line.width(), font_ * name_line}, name, static_cast<float>(font_),
                off ? Token::pale_ink : Token::ink, Align::left, !off);
      y += font_ * name_line;
    }
    if (!chip.also.isEmpty()) {
      out_.text({line.left(), y, line.width(), font_ * note_line}, chip.also,
                static_cast<float>(lesser_type(font_)), Token::pale_ink);
      y += font_ * note_line;
    }
    if (!chip.memory.isEmpty())
      out_.text({line.left(), y, line.width(), font_ * note_line}, chip.memory,
                static_cast<float>(lesser_type(font_)), copies ? Token::copy : Token::pale_ink);
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
    QString text = named(stage.name, scene_.language).joined();
    if (!stage.stands_for.empty()) text += QStringLiteral("  ·  ") + QString::fromStdString(stage.stands_for);
    const QString memory = QString::fromStdString(path::memory_label(stage, scene_.language));
    if (tower_.detail >= Detail::plain && !memory.isEmpty()) text += QStringLiteral("  ·  ") + memory;
    return text + QLatin1Char{'\n'} + QString::fromStdString(why);
  }

  const Tower& tower_;
  const StageScene& scene_;
  const path::Path& path_;
  double font_;
  Picture out_{};
};

}  // namespace

Picture stage(const Tower& tower, const StageScene& scene) { return StagePainter{tower, scene}.run(); }

}  // namespace ringside::view
