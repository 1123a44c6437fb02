// The colours of the desktop program can be told apart and read, by everyone, in every theme.
#include <string>
#include <vector>

#include "catch.hpp"
#include "seeing.hpp"
#include "text_colours.hpp"

using namespace ringside;
using namespace ringside::seeing;
using namespace ringside::view;

namespace {

constexpr std::array themes{Theme::light, Theme::dark, Theme::contrast};
constexpr std::array sides{Token::path_a, Token::path_b, Token::path_c, Token::path_d};
// The boundary is drawn in ink, as a double rule; it is told from the others by that.
constexpr std::array hues{Token::user,    Token::protocol, Token::softirq,
                          Token::hardirq, Token::nic,      Token::wire};

std::string named(Theme theme, Token token) {
  return std::string{name(token)} + ", " + std::string{name(theme)} + " theme";
}

void all_differ(const auto& tokens, Theme theme) {
  for (const Vision vision : visions)
    for (std::size_t i = 0; i < tokens.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        INFO(named(theme, tokens[i]) << " and " << name(tokens[j]) << ", vision "
                                     << static_cast<int>(vision));
        CHECK(distance(colour(tokens[i], theme), colour(tokens[j], theme), vision) >= 20);
      }
}

}  // namespace

TEST_CASE("how contrast and distance are measured agrees with known figures", "[tokens]") {
  CHECK(contrast(QColor{"#000000"}, QColor{"#FFFFFF"}) == Approx(21));
  CHECK(contrast(QColor{"#777777"}, QColor{"#FFFFFF"}) == Approx(4.48).margin(0.01));
  CHECK(distance(QColor{"#000000"}, QColor{"#FFFFFF"}, Vision::normal) == Approx(100).margin(0.1));
  // Red and green of one lightness are one to a deuteranope.
  CHECK(distance(QColor{"#C04040"}, QColor{"#707A30"}, Vision::normal) > 50);
  CHECK(distance(QColor{"#C04040"}, QColor{"#707A30"}, Vision::deuteranope) < 20);
}

TEST_CASE("every lane stands out from the ground", "[tokens]") {
  for (const Theme theme : themes)
    for (int lane = 0; lane < path::lane_count; ++lane) {
      const Token hue = token(static_cast<path::Lane>(lane));
      INFO(named(theme, hue));
      CHECK(contrast(colour(hue, theme), colour(Token::ground, theme)) >= 3);
    }
}

TEST_CASE("no two lanes look alike, to any eye", "[tokens]") {
  for (const Theme theme : themes) all_differ(hues, theme);
}

TEST_CASE("text can be read on every surface", "[tokens]") {
  for (const Theme theme : themes)
    for (const Token text : text_colours)
      for (const Token surface : surfaces) {
        INFO(named(theme, text) << ", on " << name(surface));
        CHECK(contrast(colour(text, theme), colour(surface, theme)) >= (theme == Theme::contrast ? 7 : 4.5));
      }
}

TEST_CASE("text in the colour of the ground can be read on what is filled", "[tokens]") {
  for (const Theme theme : themes)
    for (const Token filled :
         {Token::ink, Token::focus, Token::path_a, Token::path_b, Token::path_c, Token::path_d}) {
      INFO(named(theme, filled));
      CHECK(contrast(colour(Token::ground, theme), colour(filled, theme)) >=
            (theme == Theme::contrast ? 7 : 4.5));
    }
}

TEST_CASE("no two sides of a comparison look alike, to any eye", "[tokens]") {
  for (const Theme theme : themes) {
    all_differ(sides, theme);
    for (const Token side : sides)
      for (const Token surface : surfaces) {
        INFO(named(theme, side) << ", on " << name(surface));
        CHECK(contrast(colour(side, theme), colour(surface, theme)) >= 3);
      }
  }
}

TEST_CASE("what was before can still be seen", "[tokens]") {
  for (const Theme theme : themes)
    for (const Token surface : surfaces)
      CHECK(contrast(colour(Token::ghost, theme), colour(surface, theme)) >= 3);
}

TEST_CASE("where a control ends can be seen", "[tokens]") {
  for (const Theme theme : themes)
    for (const Token edge : {Token::edge, Token::focus})
      for (const Token surface : surfaces) {
        INFO(named(theme, edge) << ", on " << name(surface));
        CHECK(contrast(colour(edge, theme), colour(surface, theme)) >= 3);
      }
}
