#include "view/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "view/picture.hpp"

namespace ringside::view {

namespace {
constexpr QChar thin_space{0x2009};
}

QString words(std::string_view utf8) {
  return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString words(const path::Text& text, path::Language language) {
  const std::string& wanted = language == path::Language::zh_CN ? text.zh_CN : text.en;
  return QString::fromStdString(wanted.empty() ? text.en : wanted);
}

double type_for(double width) { return std::clamp(width / 30, 12.0, 16.0); }

int lines_of(const QString& text, double size, double width) {
  // Widths are estimates from above.
  constexpr double at_least = 0.95;
  int lines = 1;
  double used = 0;
  const auto put = [&](const QString& piece) {
    const double wide = at_least * width_of(piece, size);
    if (used > 0 && used + wide > width) ++lines, used = 0;
    used += wide;
  };
  QString word;
  for (const QChar c : text) {
    word += c;
    if (c != QLatin1Char{' '} && c.unicode() < 0x2e80) continue;
    put(word);
    word.clear();
  }
  if (!word.isEmpty()) put(word);
  return lines;
}

QString figure(double value, QString unit) {
  static constexpr std::array<const char*, 5> prefixes{"", "k", "M", "G", "T"};
  std::size_t prefix = 0;
  double shown = value;
  while (std::abs(shown) >= 999.5 && prefix + 1 < prefixes.size()) shown /= 1000, ++prefix;
  const double size = std::abs(shown);
  if (size > 0 && size < 0.005 && unit.isEmpty()) return QStringLiteral("<\u20090.01");
  const bool whole = prefix == 0 && shown == std::round(shown);
  const int decimals = whole ? 0 : size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  QString text = QString::number(shown, 'f', decimals);
  unit.prepend(QLatin1String{prefixes[prefix]});
  return unit.isEmpty() ? text : text + thin_space + unit;
}

QString change(double before, double now) {
  if (before == 0) return {};
  const double percent = 100 * (now - before) / before;
  const QString size = QString::number(std::abs(percent), 'f', std::abs(percent) < 9.95 ? 1 : 0);
  return (percent < 0 ? QStringLiteral("−") : QStringLiteral("+")) + size + thin_space + QLatin1Char{'%'};
}

TimeScale::TimeScale(Duration longest) {
  const std::int64_t ps = longest.count();
  unit_ = ps < 1'000'000 ? 1'000 : ps < 10'000'000'000 ? 1'000'000 : 1'000'000'000;
  digits_ = unit_ == 1'000 ? 10 : 1'000;
}

QString TimeScale::unit() const {
  return unit_ == 1'000       ? QStringLiteral("ns")
         : unit_ == 1'000'000 ? QStringLiteral("µs")
                              : QStringLiteral("ms");
}

std::int64_t TimeScale::rounded(Duration d) const {
  const std::int64_t step = unit_ / digits_;
  return (d.count() + step / 2) / step;
}

QString TimeScale::text(std::int64_t rounded) const {
  return QString::number(static_cast<double>(rounded) / static_cast<double>(digits_), 'f',
                         digits_ == 10 ? 1 : 3);
}

}  // namespace ringside::view
