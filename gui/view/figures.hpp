// Numbers and times as text, alike in all languages: a point, SI units, thin spaces.
#pragma once

#include <cstdint>

#include <QString>

#include "ringside/units/time.hpp"

namespace ringside::view {

QString grouped(std::uint64_t count);  // "12 418"

QString bytes_text(std::uint64_t bytes);  // "14.5 kB": three digits

// How long something took: four digits, in the unit that leaves one to three of them before the point.
QString duration_text(Duration);
// How often: "1.2 /µs".
QString rate_text(double per_picosecond);

// A moment of the run, with the digits that tell it from another one `apart`. Moments on one axis have one
// unit: that of `last`, or a smaller one, where more than three digits behind the point would tell the
// `finest`.
QString moment_text(Time, Duration apart, Time last, Duration finest);

}  // namespace ringside::view
