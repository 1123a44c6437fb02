#include "view/describe.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

namespace ringside::view {

namespace {

using Json = nlohmann::ordered_json;  // in the order in which it is written here

Json number(double value) {
  const double tenths = std::round(value * 10);
  if (std::fmod(tenths, 10) == 0) return static_cast<std::int64_t>(tenths / 10);
  return tenths / 10;
}

Json area(const QRectF& a) {
  return {number(a.left()), number(a.top()), number(a.width()), number(a.height())};
}

const char* word(Hatch hatch) {
  switch (hatch) {
    case Hatch::none: return "none";
    case Hatch::dots: return "dots";
    case Hatch::diagonal: return "diagonal";
    case Hatch::dense: return "dense";
  }
  return "";
}

const char* word(Dash dash) {
  switch (dash) {
    case Dash::solid: return "solid";
    case Dash::dashed: return "dashed";
    case Dash::dotted: return "dotted";
  }
  return "";
}

const char* word(Align align) {
  switch (align) {
    case Align::left: return "left";
    case Align::centre: return "centre";
    case Align::right: return "right";
  }
  return "";
}

const char* word(Sign sign) {
  switch (sign) {
    case Sign::bolt: return "bolt";
    case Sign::key: return "key";
    case Sign::ring: return "ring";
    case Sign::loop: return "loop";
    case Sign::cross: return "cross";
    case Sign::bookmark: return "bookmark";
    case Sign::gap: return "gap";
    case Sign::play: return "play";
    case Sign::pause: return "pause";
    case Sign::step_back: return "step back";
    case Sign::step_forth: return "step forth";
    case Sign::packet_back: return "packet back";
    case Sign::packet_forth: return "packet forth";
    case Sign::to_begin: return "to begin";
    case Sign::to_end: return "to end";
  }
  return "";
}

std::string_view word(Token token) { return name(token); }
Json word(float value) { return std::round(static_cast<double>(value) * 100) / 100; }
Json word(bool value) { return value; }

// A member that differs from what most shapes have.
template <class Shape, class Member>
void differing(Json& json, const char* key, const Shape& shape, Member Shape::*member) {
  static const Shape usual{};
  if (shape.*member != usual.*member) json[key] = word(shape.*member);
}

Json fact(const Box& box) {
  Json json{{"box", area(box.area)}};
  differing(json, "fill", box, &Box::fill);
  differing(json, "tone", box, &Box::tone);
  differing(json, "line", box, &Box::line);
  differing(json, "width", box, &Box::width);
  differing(json, "radius", box, &Box::radius);
  differing(json, "hatch", box, &Box::hatch);
  if (box.hatch != Hatch::none) json["hatch in"] = word(box.hatch_in);
  differing(json, "dash", box, &Box::dash);
  return json;
}

Json fact(const Line& line) {
  Json points = Json::array();
  for (const QPointF& p : line.points) {
    points.push_back(number(p.x()));
    points.push_back(number(p.y()));
  }
  Json json{{line.curved ? "curve" : "line", std::move(points)}, {"colour", word(line.colour)}};
  differing(json, "width", line, &Line::width);
  differing(json, "tone", line, &Line::tone);
  differing(json, "dash", line, &Line::dash);
  differing(json, "arrow", line, &Line::arrow);
  differing(json, "closed", line, &Line::closed);
  differing(json, "fill", line, &Line::fill);
  differing(json, "hatch", line, &Line::hatch);
  if (line.hatch != Hatch::none) json["hatch in"] = word(line.hatch_in);
  return json;
}

Json fact(const Words& words) {
  Json json{{"text", words.text.toStdString()},
            {"in", area(words.area)},
            {"size", number(static_cast<double>(words.size))},
            {"colour", word(words.colour)}};
  differing(json, "align", words, &Words::align);
  differing(json, "bold", words, &Words::bold);
  differing(json, "italic", words, &Words::italic);
  differing(json, "fixed", words, &Words::fixed);
  differing(json, "wrap", words, &Words::wrap);
  return json;
}

Json fact(const Glyph& glyph) {
  return {{"sign", word(glyph.sign)}, {"in", area(glyph.area)}, {"colour", word(glyph.colour)}};
}

void list(std::string& out, const char* key, const std::vector<std::string>& lines) {
  out += std::string{",\n\""} + key + "\": [";
  const char* before = "\n";
  for (const std::string& line : lines) {
    out += before + line;
    before = ",\n";
  }
  out += "\n]";
}

}  // namespace

std::string describe(const Picture& picture) {
  std::vector<std::string> shapes;
  for (const Shape& shape : picture.shapes)
    shapes.push_back(std::visit([](const auto& s) { return fact(s).dump(); }, shape));
  std::vector<std::string> targets;
  for (const Target& target : picture.targets)
    targets.push_back(Json{{"target", target.what}, {"in", area(target.area)}}.dump());
  std::string out =
      "{\n\"size\": " + Json{number(picture.size.width()), number(picture.size.height())}.dump();
  list(out, "shapes", shapes);
  list(out, "targets", targets);
  return out + "\n}\n";
}

}  // namespace ringside::view
