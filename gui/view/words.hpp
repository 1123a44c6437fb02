// Small texts of the panels: in the language of the picture, and figures as all views write them.
#pragma once

#include <cstdint>
#include <string_view>

#include <QCoreApplication>
#include <QString>

#include "ringside/path/describe.hpp"
#include "ringside/path/path.hpp"
#include "ringside/units/time.hpp"
#include "view/figures.hpp"

namespace ringside::view {

QString words(std::string_view utf8);
// Where both languages are shown, panels have the English one: they are narrow.
QString words(const path::Text&, path::Language);

// No panel draws wider: the eye would lose the line.
inline constexpr double widest = 760;
// The size of type of a panel so wide: larger where there is room.
double type_for(double width);

// How many lines a text takes at most; Chinese breaks anywhere, Latin at spaces.
int lines_of(const QString&, double size, double width);

QString figure(double, QString unit = {});  // three digits that matter: 1.23, 812 k, 14.9 M
QString change(double before, double now);  // +34 %, −12 %

// Times of one table in one unit, so that they can be compared at a glance.
class TimeScale {
 public:
  explicit TimeScale(Duration longest);
  QString unit() const;
  // To the digits that the table has. What is rounded at both ends of a stretch adds up: a duration is the
  // difference of two of these.
  std::int64_t rounded(Duration) const;
  QString text(std::int64_t rounded) const;
  QString text(Duration d) const { return text(rounded(d)); }

 private:
  std::int64_t unit_ = 1'000;  // picoseconds
  std::int64_t digits_ = 1;    // steps in a unit
};

}  // namespace ringside::view
