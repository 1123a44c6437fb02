// UTF-8: is it valid, and how many columns of a terminal does it fill?
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ringside::scenarios {

// The offset of the first byte that is not UTF-8 text (RFC 3629 section 4), or is a control character other
// than tab and line end.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

// Unicode Standard Annex #11: wide and full-width characters fill two columns, combining marks none.
std::size_t display_width(std::string_view text);

// Chinese has no spaces between its words: takes out those that YAML put between wide characters where it
// folded lines.
std::string without_fold_spaces(std::string_view text);

}  // namespace ringside::scenarios
