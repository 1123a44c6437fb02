// Widths and line breaks.
#include "ringside/path/width.hpp"

#include <array>
#include <cstdint>

namespace ringside::path {

namespace {

struct Character {
  char32_t code = 0;
  std::string_view bytes{};
};

// Route maps are UTF-8; a stray byte counts as a character of its own.
Character first_of(std::string_view utf8) {
  const auto lead = static_cast<unsigned char>(utf8.front());
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  if (length == 1 || utf8.size() < length) return {lead, utf8.substr(0, 1)};
  char32_t code = lead & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) code = (code << 6) | (static_cast<unsigned char>(utf8[i]) & 0x3fU);
  return {code, utf8.substr(0, length)};
}

struct Range {
  char32_t first;
  char32_t last;
};
// East_Asian_Width W and F, as far as Chinese text uses them.
constexpr std::array wide_ranges{Range{0x1100, 0x115f}, Range{0x2e80, 0x303e}, Range{0x3041, 0xa4cf},
                                 Range{0xac00, 0xd7a3}, Range{0xf900, 0xfaff}, Range{0xfe30, 0xfe4f},
                                 Range{0xff00, 0xff60}, Range{0xffe0, 0xffe6}, Range{0x20000, 0x3fffd}};

bool is_wide(char32_t c) {
  for (const auto& [first, last] : wide_ranges)
    if (c >= first && c <= last) return true;
  return false;
}

bool closes(std::string_view character) {
  static constexpr std::array closing{"，", "。", "；", "：", "！", "？", "、", "）", "》", "”", "’"};
  for (const std::string_view c : closing)
    if (c == character) return true;
  return false;
}

// Hundredths of the font size, after the widest of DejaVu Sans, Noto Sans and Helvetica.
int hundredths(char32_t c) {
  constexpr std::u32string_view narrow = U"iljtfrI.,:;'|!()[] ";
  constexpr std::u32string_view broad = U"mwMW@%→";
  if (is_wide(c)) return 100;
  if (narrow.find(c) != narrow.npos) return 41;
  if (broad.find(c) != broad.npos) return 99;
  if (c >= 'A' && c <= 'Z') return 75;
  return 64;
}

// The pieces between which a line may be broken; spaces stay at the end of their word.
std::vector<std::string> pieces(std::string_view text) {
  std::vector<std::string> all;
  bool joins = false;       // the next character continues the last piece
  bool after_wide = false;  // the last character that was no space
  while (!text.empty()) {
    const auto [code, bytes] = first_of(text);
    text.remove_prefix(bytes.size());
    const bool wide = is_wide(code) || closes(bytes);
    if (wide && after_wide && !all.empty() && all.back() == " ")
      all.pop_back();  // a folded line end, no word space
    if (code != ' ') after_wide = wide;
    if (closes(bytes) && !all.empty())
      all.back() += bytes;
    else if (joins && !wide)
      all.back() += bytes;
    else
      all.emplace_back(bytes);
    joins = !wide && code != ' ';
  }
  return all;
}

std::string trimmed(std::string line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

}  // namespace

int columns(std::string_view utf8) {
  int sum = 0;
  while (!utf8.empty()) {
    const auto [code, bytes] = first_of(utf8);
    sum += is_wide(code) ? 2 : 1;
    utf8.remove_prefix(bytes.size());
  }
  return sum;
}

int pixels(std::string_view utf8, double font_size, bool bold) {
  int sum = 0;
  while (!utf8.empty()) {
    const auto [code, bytes] = first_of(utf8);
    sum += hundredths(code);
    utf8.remove_prefix(bytes.size());
  }
  return static_cast<int>(sum * font_size * (bold ? 1.1 : 1.0) / 100) + 1;
}

std::string closed_up(std::string_view utf8) {
  std::string text;
  bool after_wide = false;
  while (!utf8.empty()) {
    const auto [code, bytes] = first_of(utf8);
    utf8.remove_prefix(bytes.size());
    const bool before_wide = !utf8.empty() && is_wide(first_of(utf8).code);
    if (code != ' ' || !after_wide || !before_wide) text += bytes;
    after_wide = is_wide(code);
  }
  return text;
}

std::vector<std::string> wrapped(std::string_view utf8, int width) {
  std::vector<std::string> lines;
  std::string line;
  for (const std::string& piece : pieces(utf8)) {
    if (!line.empty() && columns(line) + columns(trimmed(piece)) > width) {
      lines.push_back(trimmed(std::move(line)));
      line.clear();
    }
    line += piece;
  }
  if (!trimmed(line).empty()) lines.push_back(trimmed(std::move(line)));
  return lines;
}

}  // namespace ringside::path
