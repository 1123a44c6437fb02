// How wide a text is, on a terminal and in a drawing, and where it may be broken: for Latin and Chinese
// alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ringside::path {

// Terminal cells (Unicode Standard Annex 11): 2 for wide and full-width characters, 1 for others.
int columns(std::string_view utf8);

// An upper estimate in pixels for the common sans-serif fonts at this size; a drawing that it fits in fits
// them all.
int pixels(std::string_view utf8, double font_size, bool bold = false);

// Without the spaces between two wide characters: what takes a place in a Chinese sentence has spaces around
// it, which only Latin words need.
std::string closed_up(std::string_view utf8);

// Lines of at most `width` cells. Latin breaks at spaces, Chinese between any two characters, but never
// before punctuation that closes. A word longer than the line keeps a line of its own.
std::vector<std::string> wrapped(std::string_view utf8, int width);

}  // namespace ringside::path
