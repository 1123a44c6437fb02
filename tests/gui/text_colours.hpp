// The colours that words may have: those that can be read on every surface.
#pragma once

#include <algorithm>
#include <array>

#include "view/theme.hpp"

namespace ringside::view {

inline constexpr std::array text_colours{Token::ink,    Token::pale_ink, Token::focus, Token::marker,
                                         Token::loss,   Token::fine,     Token::copy,  Token::path_a,
                                         Token::path_b, Token::path_c,   Token::path_d};
inline constexpr std::array surfaces{Token::ground, Token::panel, Token::chip};

inline bool is_text_colour(Token token) {
  return std::ranges::find(text_colours, token) != text_colours.end();
}

}  // namespace ringside::view
