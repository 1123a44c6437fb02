#include "view/name.hpp"

#include <algorithm>

#include "ringside/path/names.hpp"
#include "ringside/path/spoken.hpp"
#include "view/words.hpp"

namespace ringside::view {

namespace {

using path::Language;

constexpr double gap = 0.5;         // between the languages, of the size of type
constexpr double least_also = 8.5;  // smaller Chinese cannot be read

// Identifiers are the same in both but for their capitals.
bool has_chinese(const QString& text) {
  return std::ranges::any_of(text, [](QChar c) { return c.script() == QChar::Script_Han; });
}

}  // namespace

Name named(const path::Text& text, Language language) {
  Name name{.text = words(text, language)};
  const QString chinese = words(text.zh_CN);
  if (language == Language::both && has_chinese(chinese) && chinese != name.text) name.also = chinese;
  return name;
}

Name named(std::string_view english, Language language) {
  return named(
      path::Text{.en = std::string{english}, .zh_CN = std::string{path::name_in(english, Language::zh_CN)}},
      language);
}

Name named(path::Lane lane, Language language) {
  const path::LaneStyle& style = path::style(lane);
  return named(path::Text{.en = std::string{style.en}, .zh_CN = std::string{style.zh_CN}}, language);
}

Name in_words(std::string_view english, Language language) {
  return named(
      path::Text{.en = std::string{english}, .zh_CN = std::string{path::spoken(english, Language::zh_CN)}},
      language);
}

Name said(std::string_view id, Language language, const replay::Values& values) {
  return named(path::Text{.en = replay::say(id, Language::en, values),
                          .zh_CN = replay::say(id, Language::zh_CN, values)},
               language);
}

double width_of(const Name& name, double size, bool bold) {
  const double first = width_of(name.text, size, bold);
  return name.also.isEmpty() ? first : first + size * gap + width_of(name.also, size * also_size);
}

void put(Picture& out, const QRectF& area, const Name& name, double size, Token colour, bool bold) {
  out.text(area, name.text, static_cast<float>(size), colour, Align::left, bold);
  const bool legible = size * also_size >= least_also;
  if (name.also.isEmpty() || !legible || width_of(name, size, bold) > area.width()) return;
  const double behind = width_of(name.text, size, bold) + size * gap;
  out.text(area.adjusted(behind, 0, 0, 0), name.also, static_cast<float>(size * also_size), Token::pale_ink);
}

}  // namespace ringside::view
