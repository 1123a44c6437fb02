// f-strings, as what they stand for: a format with '%' and its values.
#include <fmt/format.h>

#include "characters.hpp"
#include "code_literals.hpp"

namespace ringside::packetdrill {
namespace {

class FormattedReader {
 public:
  explicit FormattedReader(std::string_view text) : text_{text} {}

  FormattedString read() {
    while (at_ < text_.size()) {
      if (twice('{') || twice('}')) {
        result_.format += text_[at_];
        at_ += 2;
      } else if (text_[at_] == '{') {
        field();
      } else if (text_[at_] == '}') {
        refuse("a '}' in a string that nothing has opened");
      } else {
        literal();
      }
    }
    return std::move(result_);
  }

 private:
  bool twice(char c) const { return text_[at_] == c && at_ + 1 < text_.size() && text_[at_ + 1] == c; }

  void literal() {
    const std::size_t end = std::min(text_.find_first_of("{}", at_), text_.size());
    for (const char c : string_literal(text_.substr(at_, end - at_)))
      result_.format += c == '%' ? "%%" : std::string(1, c);
    at_ = end;
  }

  // {EXPRESSION}, {EXPRESSION=}, and behind either a conversion, !r, and how it is shown, :4d.
  void field() {
    const std::size_t begin = ++at_;
    const std::size_t end = end_of_expression();
    std::string_view expression = text_.substr(begin, end - begin);
    const std::size_t close = text_.find('}', end);
    if (close == text_.npos) refuse("a '{' in a string that nothing closes");
    std::string_view how = text_.substr(end, close - end);
    const bool named = expression.ends_with('=');
    if (named) result_.format += std::string{expression};
    if (named) expression.remove_suffix(1);
    result_.parts.push_back({std::string{expression}, begin});
    result_.format += conversion(how, named);
    at_ = close + 1;
  }

  // Up to what says how it is shown; strings and parentheses may hold the same signs.
  std::size_t end_of_expression() const {
    int depth = 0;
    char quote = 0;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      const char c = text_[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(' || c == '[') {
        ++depth;
      } else if (c == ')' || c == ']') {
        --depth;
      } else if (depth <= 0 && (c == '}' || c == ':' || (c == '!' && !text_.substr(i).starts_with("!=")))) {
        return i;
      }
    }
    return text_.size();
  }

  // "!r", ":5d", "!s:<8" in the manner of '%'. Without a letter numbers would stand at the right and strings
  // at the left; which it is, is not known yet.
  static std::string conversion(std::string_view how, bool named) {
    const bool shown_as = how.starts_with('!');
    char type = named && how.empty() ? 'r' : 's';
    if (shown_as && how.size() > 1) type = how[1];
    if (shown_as) how.remove_prefix(std::min<std::size_t>(how.size(), 2));
    if (how.starts_with(':')) how.remove_prefix(1);
    const bool left = how.starts_with('<'), right = how.starts_with('>');
    if (left || right) how.remove_prefix(1);
    const bool has_letter =
        !how.empty() && std::string_view{"dsxXoeEfFgG"}.find(how.back()) != std::string_view::npos;
    if (has_letter && !shown_as) type = how.back();
    if (has_letter) how.remove_suffix(1);
    const bool known = how.find_first_not_of("+#0123456789.") == how.npos &&
                       std::string_view{"rsdxXoeEfFgG"}.find(type) != std::string_view::npos;
    const bool placed = how.empty() || left || right || has_letter;
    if (!known || !placed) refuse_unsupported(fmt::format("the format ':{}'", shown(how)));
    const bool to_the_left = left || (type == 's' && !right && !how.empty());
    return fmt::format("%{}{}{}", to_the_left ? "-" : "", how, type);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  FormattedString result_{};
};

}  // namespace

FormattedString formatted_literal(std::string_view text) { return FormattedReader{text}.read(); }

}  // namespace ringside::packetdrill
