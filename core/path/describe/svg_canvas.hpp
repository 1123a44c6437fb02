// The few shapes of SVG that our drawings use, each with a tooltip where it says more.
#pragma once

#include <string>
#include <string_view>

#include "ringside/path/drawing.hpp"

namespace ringside::path {

inline constexpr std::string_view ink = "#1C2733";
inline constexpr std::string_view pale_ink = "#5B6673";
inline constexpr std::string_view ground = "#FFFFFF";
inline constexpr std::string_view copy_hatch = "url(#copy)";  // patterns that a canvas defines
inline constexpr std::string_view off_dash = "3 3";           // around an option that is not taken
inline constexpr std::string_view hardirq_hatch = "url(#hatch)";

struct Shape {
  std::string_view fill = "none";
  double fill_opacity = 1;
  std::string_view stroke = "none";
  double width = 1;
  double stroke_opacity = 1;
  std::string_view dash{};
  std::string_view arrow{};  // id of the arrow head at the end: "arrow", or "arrow-" and the letter of a lane
};

enum class Anchor { start, middle, end };

struct Font {
  double size = 12;
  std::string_view colour = ink;
  bool bold = false;
  bool italic = false;
  bool halo = false;  // a light rim, where a text may cross a line
  Anchor anchor = Anchor::start;
};

class Canvas {
 public:
  Canvas(int width, int height, std::string_view language, std::string_view title,
         std::string_view description);

  void rect(const Rect&, double radius, const Shape&);
  void circle(Point, double radius, const Shape&);
  void path(std::string_view d, const Shape&);
  void text(Point, std::string_view words, const Font&);  // at the base line
  void begin(std::string_view tooltip);                   // of all shapes up to end()
  void end();

  std::string take();

 private:
  void definitions();
  void arrow(std::string_view id, std::string_view colour);
  void put(std::string_view element) { out_.append(element).append("\n"); }

  std::string out_{};
};

}  // namespace ringside::path
