// What things are called in a picture: in its language, and where it has both in Chinese, too.
#pragma once

#include <string_view>

#include <QString>

#include "ringside/path/lanes.hpp"
#include "ringside/path/path.hpp"
#include "ringside/replay/catalogue.hpp"
#include "view/picture.hpp"

namespace ringside::view {

struct Name {
  QString text{};
  QString also{};  // the Chinese beside the English; empty: there is one language, or both say the same

  QString joined() const { return with(QLatin1Char{' '}); }
  QString lines() const { return with(QLatin1Char{'\n'}); }  // of whole sentences

 private:
  QString with(QChar between) const { return also.isEmpty() ? text : text + between + also; }
};

Name named(const path::Text&, path::Language);
// Of a stage, a queue or a notification, by its name in the route map.
Name named(std::string_view english, path::Language);
Name named(path::Lane, path::Language);
// A word of the drawings of paths.
Name in_words(std::string_view english, path::Language);
// A word of the catalogue.
Name said(std::string_view id, path::Language, const replay::Values& = {});

// Of the size of what they stand beside.
inline constexpr double also_size = 0.88;

// How wide a name is with its Chinese behind it.
double width_of(const Name&, double size, bool bold = false);
// At the left; the Chinese behind it, smaller and paler, if there is room.
void put(Picture&, const QRectF& area, const Name&, double size, Token colour = Token::ink,
         bool bold = false);

}  // namespace ringside::view
