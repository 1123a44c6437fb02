#include "view/figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ringside::view {

namespace {

constexpr QChar thin_space{0x2009};

struct Unit {
  double picoseconds;
  int power;  // of ten
  const char* name;
};
constexpr std::array<Unit, 5> units{
    {{1e12, 12, "s"}, {1e9, 9, "ms"}, {1e6, 6, "µs"}, {1e3, 3, "ns"}, {1, 0, "ps"}}};

// The largest that leaves a digit before the point.
const Unit& unit_of(double picoseconds) {
  for (const Unit& unit : units)
    if (std::abs(picoseconds) >= unit.picoseconds * 0.99995) return unit;
  return units.back();
}

QString with_spaces(QString digits) {
  const qsizetype point = digits.indexOf(QLatin1Char{'.'});
  const qsizetype first = digits.startsWith(QLatin1Char{'-'}) ? 1 : 0;
  for (qsizetype i = (point < 0 ? digits.size() : point) - 3; i > first; i -= 3) digits.insert(i, thin_space);
  return digits;
}

QString with_unit(double number, int decimals, const char* unit) {
  return with_spaces(QString::number(number, 'f', decimals)) + thin_space + QString::fromUtf8(unit);
}

int decimals_for(double apart, const Unit& unit) {
  return std::max(0, unit.power - static_cast<int>(std::floor(std::log10(std::max(apart, 1.0)) + 1e-9)));
}

}  // namespace

QString grouped(std::uint64_t count) { return with_spaces(QString::number(count)); }

QString bytes_text(std::uint64_t bytes) {
  constexpr std::array<const char*, 4> names{"B", "kB", "MB", "GB"};
  auto number = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; number >= 999.5 && unit + 1 < names.size(); ++unit) number /= 1000;
  const int decimals = unit == 0 || number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2;
  return with_unit(number, decimals, names[unit]);
}

QString duration_text(Duration duration) {
  const auto ps = static_cast<double>(duration.count());
  if (ps == 0) return with_unit(0, 0, "ns");
  const Unit& unit = unit_of(ps);
  const double number = ps / unit.picoseconds;
  const int before = std::abs(number) >= 99.995 ? 3 : std::abs(number) >= 9.9995 ? 2 : 1;
  return with_unit(number, unit.power == 0 ? 0 : 4 - before, unit.name);
}

QString rate_text(double per_picosecond) {
  for (const Unit& unit : {units[2], units[1], units[0]}) {
    const double rate = per_picosecond * unit.picoseconds;
    if (rate >= 0.995 || unit.power == 12)
      return with_spaces(QString::number(rate, 'f', rate < 9.95 ? 1 : 0)) + thin_space + QStringLiteral("/") +
             QString::fromUtf8(unit.name);
  }
  return {};
}

QString moment_text(Time time, Duration apart, Time last, Duration finest) {
  const Unit* unit = &unit_of(static_cast<double>(last.time_since_epoch().count()));
  while (unit != &units.back() && decimals_for(static_cast<double>(finest.count()), *unit) > 3) ++unit;
  return with_unit(static_cast<double>(time.time_since_epoch().count()) / unit->picoseconds,
                   decimals_for(static_cast<double>(apart.count()), *unit), unit->name);
}

}  // namespace ringside::view
