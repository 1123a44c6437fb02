#include "view/metrics.hpp"

#include "ringside/replay/names.hpp"
#include "view/words.hpp"

namespace ringside::view {

namespace {

QString nanoseconds(double ns) {
  if (ns < 1e3) return figure(ns, QStringLiteral("ns"));
  if (ns < 1e6) return figure(ns / 1e3, QStringLiteral("µs"));
  if (ns < 1e9) return figure(ns / 1e6, QStringLiteral("ms"));
  return figure(ns / 1e9, QStringLiteral("s"));
}

}  // namespace

Name metric_title(const std::string& key, path::Language language) {
  const auto known = replay::metric_name(key);
  return known ? named(known->name, language) : Name{.text = QString::fromStdString(key)};
}

QString metric_text(const std::string& key, double value) {
  if (key == "cpu_utilisation") return figure(100 * value, QStringLiteral("%"));
  const auto known = replay::metric_name(key);
  const std::string_view unit = known ? known->unit : std::string_view{};
  if (unit == "ns") return nanoseconds(value);
  if (unit == "s") return nanoseconds(value * 1e9);
  if (unit == "1/s") return figure(value, QStringLiteral("pps"));
  return figure(value, words(unit));
}

}  // namespace ringside::view
