// SVG 1.1, self-contained: no style sheet, no script, no font of its own.
#include "describe/svg_canvas.hpp"

#include <fmt/format.h>

#include <array>

namespace ringside::path {

namespace {

constexpr std::string_view fonts =
    "system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans SC', 'DejaVu Sans', sans-serif";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string attributes(const Shape& s) {
  std::string all = fmt::format(R"(fill="{}")", s.fill);
  if (s.fill_opacity < 1) all += fmt::format(R"( fill-opacity="{}")", s.fill_opacity);
  if (s.stroke != "none") all += fmt::format(R"( stroke="{}" stroke-width="{}")", s.stroke, s.width);
  if (s.stroke_opacity < 1) all += fmt::format(R"( stroke-opacity="{}")", s.stroke_opacity);
  if (!s.dash.empty()) all += fmt::format(R"( stroke-dasharray="{}")", s.dash);
  if (!s.arrow.empty()) all += fmt::format(" marker-end='url(#{})'", s.arrow);
  return all;
}

std::string attributes(const Font& f) {
  static constexpr std::array anchors{"start", "middle", "end"};
  std::string all = fmt::format(R"(font-size="{}" fill="{}" text-anchor="{}")", f.size, f.colour,
                                anchors[static_cast<std::size_t>(f.anchor)]);
  if (f.bold) all += R"( font-weight="600")";
  if (f.italic) all += R"( font-style="italic")";
  if (f.halo) all += fmt::format(R"( stroke="{}" stroke-width="3" paint-order="stroke")", ground);
  return all;
}

}  // namespace

Canvas::Canvas(int width, int height, std::string_view language, std::string_view title,
               std::string_view description) {
  put(fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}")"
                  R"( role="img" font-family="{2}" lang="{3}">)",
                  width, height, fonts, language));
  put(fmt::format("<title>{}</title>\n<desc>{}</desc>", escaped(title), escaped(description)));
  definitions();
  rect({0, 0, width, height}, 0, {.fill = ground});
}

// Hatches are ours and wide: those of a printer or painter turn into flat grey on a projector.
void Canvas::definitions() {
  put("<defs>");
  arrow("arrow", ink);
  for (const LaneStyle& lane : lane_styles) arrow(fmt::format("arrow-{}", lane.letter), lane.light);
  put(R"(<pattern id="copy" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform='rotate(45)'>)"
      R"(<rect width="7" height="7" fill="#FFFFFF"/><rect width="3" height="7" fill="#F6D9C4"/></pattern>)");
  put(fmt::format(R"(<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse")"
                  R"( patternTransform='rotate(-45)'>)"
                  R"(<rect width="2.5" height="5" fill="{}"/></pattern>)",
                  style(Lane::hardirq).light));
  put("</defs>");
}

void Canvas::arrow(std::string_view id, std::string_view colour) {
  put(fmt::format(R"(<marker id="{}" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8")"
                  R"( markerUnits="userSpaceOnUse" orient="auto"><path d="M0,0.5 L8,4 L0,7.5 z" fill="{}"/>)"
                  "</marker>",
                  id, colour));
}

void Canvas::rect(const Rect& r, double radius, const Shape& shape) {
  put(fmt::format(R"(<rect x="{}" y="{}" width="{}" height="{}" rx="{}" {}/>)", r.x, r.y, r.w, r.h, radius,
                  attributes(shape)));
}

void Canvas::circle(Point p, double radius, const Shape& shape) {
  put(fmt::format(R"(<circle cx="{}" cy="{}" r="{}" {}/>)", p.x, p.y, radius, attributes(shape)));
}

void Canvas::path(std::string_view d, const Shape& shape) {
  put(fmt::format(R"(<path d="{}" {}/>)", d, attributes(shape)));
}

void Canvas::text(Point p, std::string_view words, const Font& font) {
  put(fmt::format(R"(<text x="{}" y="{}" {}>{}</text>)", p.x, p.y, attributes(font), escaped(words)));
}

void Canvas::begin(std::string_view tooltip) { put(fmt::format("<g><title>{}</title>", escaped(tooltip))); }

void Canvas::end() { put("</g>"); }

std::string Canvas::take() { return std::move(out_ += "</svg>\n"); }

}  // namespace ringside::path
