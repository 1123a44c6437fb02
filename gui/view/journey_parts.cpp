#include "view/journey_parts.hpp"

#include <algorithm>

#include "ringside/replay/difference.hpp"
#include "view/comparison_words.hpp"
#include "view/part_look.hpp"
#include "view/words.hpp"

namespace ringside::view {

namespace {

using replay::Part;

constexpr double small = 0.86;       // of the type of names
constexpr double beside_name = 5.7;  // its sample and its share, of the size of type

// All waiting as one: the table tells the queues apart.
std::vector<replay::Share> together(std::vector<replay::Share> shares) {
  for (replay::Share& share : shares) share.of.queue.clear();
  shares = replay::summed(std::move(shares));
  std::erase_if(shares, [](const replay::Share& share) { return share.lasted == Duration{0}; });
  return shares;
}

BarLook look(const replay::Share& share) {
  return {.hollow = look_of(share.of.part).hollow,
          .copies = share.of.part == Part::copy,
          .hue = look_of(share.of.part).hue};
}

class PartsPainter {
 public:
  PartsPainter(Picture& out, path::Language language, QPointF at, double width, double font)
      : out_{out}, language_{language}, at_{at}, width_{width}, font_{font}, y_{at.y()} {}

  double run(const std::vector<replay::Share>& shares, Duration whole) {
    stretch(shares, whole);
    y_ += font_ * 1.6;
    legend(shares, whole);
    return y_ - at_.y();
  }

 private:
  // Waiting, interruptions and the line have at most a quarter of the bar each, and a gap where they would
  // need more.
  void stretch(const std::vector<replay::Share>& shares, Duration whole) {
    constexpr double most = 0.25;
    const auto part = [&](const replay::Share& its) { return to_seconds(its.lasted) / to_seconds(whole); };
    const auto cut = [&](const replay::Share& its) {
      return (look_of(its.of.part).hollow || its.of.part == Part::wire) && part(its) > most;
    };
    double shown = 0, rest = 0;
    for (const replay::Share& share : shares) (cut(share) ? shown : rest) += cut(share) ? most : part(share);
    const double scale = rest > 0 ? (1 - shown) / rest : 1;
    double x = at_.x();
    y_ += 2;
    for (const replay::Share& share : shares) {
      const double width = width_ * (cut(share) ? most : scale * part(share));
      const QRectF area{x, y_, std::max(0.5, width - 1), font_ * 1.2};
      draw_bar(out_, area, look(share));
      if (cut(share)) draw_gap(out_, area, font_);
      x += width;
    }
  }

  Name word(const replay::PartName& of) const {
    return of.part == Part::waiting ? said("panel.waiting", language_) : part_word(of, language_);
  }

  // As many as have room for their names.
  int columns_for(const std::vector<replay::Share>& shares) const {
    int columns = width_ > 44 * font_ ? 3 : width_ > 24 * font_ ? 2 : 1;
    const auto too_wide = [&](const replay::Share& share) {
      return width_of(word(share.of), font_ * small) > width_ / columns - beside_name * font_;
    };
    while (columns > 1 && std::ranges::any_of(shares, too_wide)) --columns;
    return columns;
  }

  void legend(const std::vector<replay::Share>& shares, Duration whole) {
    const int columns = columns_for(shares);
    const double column = width_ / columns;
    const double line = font_ * 1.5;
    int i = 0;
    for (const replay::Share& share : shares) {
      const int row = i / columns;
      const double x = at_.x() + (i % columns) * column;
      const double y = y_ + row * line;
      draw_bar(out_, {x, y + line * 0.25, font_ * 0.9, line * 0.5}, look(share));
      const double percent = 100 * to_seconds(share.lasted) / to_seconds(whole);
      const QString amount = QStringLiteral("%1\u2009%").arg(percent, 0, 'f', percent < 9.95 ? 1 : 0);
      put(out_, {x + font_ * 1.3, y, column - font_ * beside_name, line}, word(share.of), font_ * small);
      out_.text({x + column - font_ * 4.2, y, font_ * 3.4, line}, amount, static_cast<float>(font_ * small),
                Token::pale_ink, Align::right);
      ++i;
    }
    const int rows = (i + columns - 1) / columns;
    y_ += line * rows;
  }

  Picture& out_;
  path::Language language_;
  QPointF at_;
  double width_;
  double font_;
  double y_;
};

}  // namespace

void draw_bar(Picture& out, const QRectF& area, const BarLook& look) {
  if (look.hollow) {
    out.add(Box{.area = area, .line = look.hue, .dash = Dash::dashed});
    return;
  }
  out.add(Box{.area = area,
              .fill = look.copies ? Token::copy : look.hue,
              .tone = (look.pale ? 0.3F : 1.0F) * (look.copies ? 0.35F : 1.0F),
              .line = look.copies ? Token::copy : Token::none,
              .hatch = look.copies ? Hatch::dense : Hatch::none,
              .hatch_in = Token::copy});
}

void draw_gap(Picture& out, const QRectF& bar, double font) {
  const double x = bar.center().x() - font * 0.35;
  out.add(Box{.area = {x - 1, bar.top() - 1, font * 0.7 + 2, bar.height() + 2}, .fill = Token::ground});
  out.add(Glyph{{x, bar.top() - 1, font * 0.7, bar.height() + 2}, Sign::gap, Token::pale_ink});
}

double draw_parts(Picture& out, const JourneyScene& scene, QPointF at, double width, double font) {
  const auto shares = together(replay::summed(replay::shares(*scene.cast, scene.journey->steps)));
  const Duration whole = replay::total(shares);
  if (whole <= Duration{0}) return 0;
  return PartsPainter{out, scene.language, at, width, font}.run(shares, whole);
}

}  // namespace ringside::view
