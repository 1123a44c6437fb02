// What the lines and signs of a drawing mean, in one row.
#include <fmt/format.h>

#include "describe/sizes.hpp"
#include "describe/svg_glyphs.hpp"
#include "ringside/path/spoken.hpp"
#include "ringside/path/width.hpp"

namespace ringside::path {

namespace {

constexpr double font = 11;
constexpr int sample = 26;  // the length of a sample line
constexpr int space = 6;    // between a sample and its word

class Legend {
 public:
  Legend(Canvas& canvas, Point left, Language language) : canvas_{canvas}, at_{left}, language_{language} {}

  void draw() {
    line({.stroke = ink, .width = 1.8, .arrow = "arrow"});
    word("call");
    canvas_.path(fmt::format("M{0},{1} h{3} M{0},{2} h{3}", at_.x, at_.y - 2, at_.y + 2, sample),
                 {.stroke = ink, .width = 1.5});
    draw_toll(canvas_, {at_.x + sample / 2, at_.y});
    at_.x += sample;
    word("system call");
    canvas_.rect({at_.x, at_.y - 8, 40, 16}, 8, {.stroke = ink, .width = 1.2});
    draw_slots(canvas_, {at_.x + 5, at_.y - 4}, 4);
    at_.x += 40;
    word("queue");
    draw_drop(canvas_, {at_.x, at_.y - 3});
    at_.x += 6;
    word("drops when full");
    draw_bolt(canvas_, {at_.x, at_.y - 6}, style(Lane::hardirq).light);
    at_.x += bolt_width;
    line({.stroke = style(Lane::hardirq).light, .width = 1.4, .dash = "5 3", .arrow = "arrow-H"});
    word("notification");
    canvas_.rect({at_.x, at_.y - 7, sample, 14}, 0, {.fill = copy_hatch, .stroke = ink});
    at_.x += sample;
    word("copied by a core");
    canvas_.rect({at_.x, at_.y - 7, sample, 14}, 2, {.fill = ground, .stroke = ink, .dash = off_dash});
    at_.x += sample;
    word("switched off");
  }

 private:
  void line(const Shape& shape) {
    canvas_.path(fmt::format("M{},{} h{}", at_.x, at_.y, sample), shape);
    at_.x += sample;
  }

  void word(std::string_view english) {
    const auto words = spoken(english, language_);
    canvas_.text({at_.x + space, at_.y + 4}, words, {.size = font, .colour = pale_ink});
    at_.x += space + pixels(words, font) + 24;
  }

  Canvas& canvas_;
  Point at_;
  Language language_;
};

}  // namespace

void draw_legend(Canvas& canvas, Point left, Language language) { Legend{canvas, left, language}.draw(); }

}  // namespace ringside::path
