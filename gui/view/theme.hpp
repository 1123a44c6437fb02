// Every colour of the desktop program, by what it means: the one place that has them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <QColor>

#include "ringside/path/lanes.hpp"

namespace ringside::view {

enum class Theme : std::uint8_t { light, dark, contrast };
inline constexpr int theme_count = 3;

enum class Token : std::uint8_t {
  none,
  ground,    // behind everything
  panel,     // a surface on the ground
  chip,      // of a stage, a buffer, a packet
  ink,       // text
  pale_ink,  // text that may be overlooked
  rule,      // lines that divide
  edge,      // around what can be pressed or typed into
  faint,     // lines in the background, empty slots
  focus,     // what is selected, and the cursor
  marker,    // what the user has set
  loss,      // drops, and what is too much
  fine,      // what holds
  copy,      // bytes that a core moves
  ghost,     // what it was before
  shade,     // over what is not to be seen
  path_a,    // the sides of a comparison
  path_b,
  path_c,
  path_d,
  user,  // the seven lanes, in their order
  boundary,
  protocol,
  softirq,
  hardirq,
  nic,
  wire
};
inline constexpr int token_count = static_cast<int>(Token::wire) + 1;

constexpr Token token(path::Lane lane) {
  return static_cast<Token>(static_cast<int>(Token::user) + static_cast<int>(lane));
}
constexpr Token side_token(int side) {
  return static_cast<Token>(static_cast<int>(Token::path_a) + side % 4);
}

std::string_view name(Token);
std::string_view name(Theme);
QColor colour(Token, Theme);

}  // namespace ringside::view
