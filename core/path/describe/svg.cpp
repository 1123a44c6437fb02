// Paints a drawing as SVG: light, readable at 1280 pixels, with what there is no room for in tooltips.
#include <fmt/format.h>

#include "describe/facts.hpp"
#include "describe/sizes.hpp"
#include "describe/svg_canvas.hpp"
#include "describe/svg_glyphs.hpp"
#include "graph.hpp"
#include "ringside/path/drawing.hpp"
#include "ringside/path/names.hpp"
#include "ringside/path/spoken.hpp"
#include "ringside/path/width.hpp"

namespace ringside::path {

namespace {

constexpr int margin = 16;
constexpr int lane_names_end = 100;
constexpr int lane_mark = 16;  // the width of the mark at the left of a box
constexpr int name_line = 16;
constexpr int corner = 5;  // radius of a turning connector

std::string in_language(const Text& text, Language language) {
  switch (language) {
    case Language::en: return text.en;
    case Language::zh_CN: return text.zh_CN;
    case Language::both: return text.en + " / " + text.zh_CN;
  }
  return {};
}

Point towards(Point from, Point to, int by) {
  const auto sign = [](int v) { return (v > 0) - (v < 0); };
  return {from.x + by * sign(to.x - from.x), from.y + by * sign(to.y - from.y)};
}

std::string rounded(const std::vector<Point>& points) {
  std::string d = fmt::format("M{},{}", points.front().x, points.front().y);
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    const Point a = towards(points[i], points[i - 1], corner);
    const Point b = towards(points[i], points[i + 1], corner);
    d += fmt::format(" L{},{} Q{},{} {},{}", a.x, a.y, points[i].x, points[i].y, b.x, b.y);
  }
  return d + fmt::format(" L{},{}", points.back().x, points.back().y);
}

class Picture {
 public:
  Picture(const Path& path, Language language)
      : path_{path},
        language_{language},
        drawing_{draw(path, language)},
        lane_{lanes(path)},
        canvas_{drawing_.width, drawing_.height, language == Language::zh_CN ? "zh-CN" : "en", path.name,
                in_language(path.story, language)} {}

  std::string run() {
    title();
    for (const LaneBand& band : drawing_.lanes) band.lane == Lane::boundary ? boundary(band) : lane(band);
    for (const bool packets : {false, true})  // the packets' lines lie over the others
      for (const Connector& c : drawing_.connectors)
        if (carries_packet(path_.hops[c.hop]) == packets) connector(c);
    for (const Toll& toll : drawing_.tolls) draw_toll(canvas_, toll.at);
    for (const StageBox& box : drawing_.stages) stage(box);
    for (const QueueBox& box : drawing_.queues) queue(box);
    for (const Label& l : drawing_.labels) label(l);
    draw_legend(canvas_, {margin, drawing_.height - margin}, language_);
    return canvas_.take();
  }

 private:
  void title() {
    const auto since = fmt::format("{} {}{}{}", spoken("since", language_), path_.since,
                                   path_.kernel.empty() ? "" : " · ", path_.kernel);
    canvas_.text({margin, 21}, path_.name, {.size = 17, .bold = true});
    canvas_.text({margin, 40}, in_language(path_.title, language_), {.size = 13, .colour = pale_ink});
    canvas_.text({drawing_.width - margin, 21}, since,
                 {.size = 13, .colour = pale_ink, .anchor = Anchor::end});
  }

  void lane(const LaneBand& band) {
    const auto& [x, y, w, h] = band.area;
    const std::string_view colour = style(band.lane).light;
    canvas_.rect(band.area, 0, {.fill = colour, .fill_opacity = band.bypassed ? 0 : 0.07});
    canvas_.rect({x, y, 5, h}, 0, {.fill = colour, .fill_opacity = band.bypassed ? 0.3 : 1});
    canvas_.path(fmt::format("M{},{} h{}", x, y, w), {.stroke = colour, .stroke_opacity = 0.25});
    lane_name(band);
    if (band.bypassed)  // in the middle, away from what comes in on the left and goes out on the right
      canvas_.text({x + w / 2, y + h / 2 + 4}, spoken("bypassed", language_),
                   {.colour = pale_ink, .italic = true, .halo = true, .anchor = Anchor::middle});
  }

  void lane_name(const LaneBand& band) {
    constexpr int line_height = 14;
    const LaneStyle& s = style(band.lane);
    std::vector<std::string> lines;
    if (language_ != Language::zh_CN) lines = wrapped(s.en, 11);
    if (language_ != Language::en) lines.emplace_back(s.zh_CN);
    int y = band.area.y + band.area.h / 2 + 4 - line_height / 2 * (static_cast<int>(lines.size()) - 1);
    for (const auto& line : lines) {
      canvas_.text({14, y}, line, {.colour = band.lane == Lane::wire ? pale_ink : s.light, .bold = true});
      y += line_height;
    }
  }

  // A double rule; dotted where no system call crosses it.
  void boundary(const LaneBand& band) {
    const LaneStyle& s = style(band.lane);
    const int y = band.area.y + band.area.h / 2;
    canvas_.path(fmt::format("M{0},{1} H{2} M{0},{3} H{2}", lane_names_end, y - 2, band.area.w, y + 2),
                 {.stroke = s.light,
                  .width = 1.5,
                  .stroke_opacity = band.bypassed ? 0.5 : 1,
                  .dash = band.bypassed ? "2 6" : ""});
    canvas_.text({14, y + 4}, language_ == Language::zh_CN ? s.zh_CN : s.en,
                 {.colour = s.light, .bold = true});
  }

  void connector(const Connector& c) {
    const Hop& hop = path_.hops[c.hop];
    const auto* queue = std::get_if<Queue>(&hop.hand);
    const bool of_descriptors = each_batch(hop) || (queue && !queue->returns.empty());
    canvas_.begin(summary(hop));
    if (std::holds_alternative<Notify>(hop.hand)) {
      const LaneStyle& s = style(lane_[hop.to]);
      const auto arrow = fmt::format("arrow-{}", s.letter);
      canvas_.path(rounded(c.points), {.stroke = s.light, .width = 1.4, .dash = "5 3", .arrow = arrow});
    } else {
      canvas_.path(rounded(c.points), {.stroke = ink, .width = of_descriptors ? 1.1 : 1.8, .arrow = "arrow"});
    }
    canvas_.end();
  }

  std::string_view named(std::string_view name) const { return name_in(name, language_); }

  std::string summary(const Hop& hop) const {
    const std::string name{named(name_of(hop.hand))};
    return fmt::format("{} → {}: {}{}{}", named(path_.stages[hop.from].name),
                       named(path_.stages[hop.to].name), kind(hop.hand), name.empty() ? "" : " ", name);
  }

  void stage(const StageBox& box) {
    const Stage& stage = path_.stages[box.stage];
    const Lane lane = lane_[box.stage];
    const Rect& r = box.area;
    const bool copies = stage.memory == Memory::copy;
    const bool off = is_off(path_, stage);
    canvas_.begin(
        fmt::format("{}: {}\n{}", named(stage.name), stage.stands_for, in_language(stage.why, language_)));
    canvas_.rect(r, lane == Lane::user ? 10 : 2,
                 {.fill = copies ? copy_hatch : ground,
                  .stroke = style(lane).light,
                  .width = 1.5,
                  .dash = off ? off_dash : ""});
    draw_lane_mark(canvas_, r, lane);
    const int lines = static_cast<int>(box.name.size()) + (box.memory.empty() ? 0 : 1);
    Point at{r.x + (r.w + lane_mark) / 2, r.y + r.h / 2 + 5 - name_line / 2 * (lines - 1)};
    for (const auto& line : box.name) {
      canvas_.text(
          at, line,
          {.size = name_font, .colour = off ? pale_ink : ink, .bold = !off, .anchor = Anchor::middle});
      at.y += name_line;
    }
    if (!box.memory.empty())
      canvas_.text({at.x, at.y - 1}, box.memory,
                   {.size = small_font, .colour = copies ? "#8A3200" : pale_ink, .anchor = Anchor::middle});
    canvas_.end();
  }

  void queue(const QueueBox& box) {
    const Rect& r = box.area;
    const int left = r.x + (r.w - slots_width - pixels(box.amount, small_font)) / 2;
    canvas_.begin(summary(path_.hops[box.hop]));
    canvas_.rect({r.x + 1, r.y + 1, r.w - 2, r.h - 2}, 11, {.fill = "#FBFCFD", .stroke = ink, .width = 1.2});
    canvas_.text({r.x + r.w / 2, r.y + 13}, box.name, {.size = small_font, .anchor = Anchor::middle});
    draw_slots(canvas_, {left, r.y + 17}, 4);
    canvas_.text({left + slots_width - 2, r.y + 26}, box.amount, {.size = small_font, .colour = pale_ink});
    if (box.full == Full::drop) draw_drop(canvas_, {r.right() - 14, r.y + 18});
    canvas_.end();
  }

  void label(const Label& l) {
    const std::string_view colour = l.notice ? style(lane_[path_.hops[l.hop].to]).light : ink;
    if (l.notice) draw_bolt(canvas_, {l.area.x + 1, l.area.y + 1}, colour);
    canvas_.text({l.area.x + (l.notice ? bolt_width : 0), l.area.y + 10}, l.text,
                 {.size = small_font, .colour = colour, .halo = true});
  }

  const Path& path_;
  Language language_;
  Drawing drawing_;
  std::vector<Lane> lane_;
  Canvas canvas_;
};

}  // namespace

std::string describe_svg(const Path& path, Language language) { return Picture{path, language}.run(); }

}  // namespace ringside::path
