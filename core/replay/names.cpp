#include "ringside/replay/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ringside/path/names.hpp"
#include "tables.hpp"

namespace ringside::replay {

namespace {

path::Text text_of(std::string_view id) {
  return {.en = say(id, path::Language::en), .zh_CN = say(id, path::Language::zh_CN)};
}

// The name within another one: whose it is.
MetricName within(std::string_view id, std::string_view place, std::string_view whose,
                  const MetricName& inner) {
  const auto told = [&](path::Language language, const std::string& name) {
    return say(id, language, {{place, std::string{whose}}, {"name", name}});
  };
  return {.name = {.en = told(path::Language::en, inner.name.en),
                   .zh_CN = told(path::Language::zh_CN, inner.name.zh_CN)},
          .unit = inner.unit};
}

std::optional<MetricName> plain(std::string_view key) {
  const auto found = std::ranges::find_if(
      metrics(), [&](const Metric& m) { return m.entry.id.substr(m.entry.id.find('.') + 1) == key; });
  if (found == metrics().end() || !placeholders(found->entry.en).empty()) return std::nullopt;
  return MetricName{.name = text_of(found->entry.id), .unit = found->unit};
}

// transfer_2_bytes: what `stream_bytes` is of all files, of the second.
std::optional<MetricName> of_transfer(std::string_view key) {
  constexpr std::string_view begin = "transfer_";
  if (!key.starts_with(begin)) return std::nullopt;
  key.remove_prefix(begin.size());
  const std::string_view number = key.substr(0, key.find('_'));
  const bool counts = !number.empty() && number.find_first_not_of("0123456789") == number.npos;
  if (!counts || number.size() == key.size()) return std::nullopt;
  key.remove_prefix(number.size() + 1);
  for (const std::string& whole :
       {std::string{key}, fmt::format("stream_{}", key), fmt::format("transfer_{}", key)})
    if (const auto inner = plain(whole)) return within("metric.of transfer", "number", number, *inner);
  return std::nullopt;
}

}  // namespace

std::optional<MetricName> metric_name(std::string_view key) {
  if (const auto dot = key.find('.'); dot != key.npos) {
    const auto inner = metric_name(key.substr(dot + 1));
    if (!inner) return std::nullopt;
    return within("metric.of host", "host", key.substr(0, dot), *inner);
  }
  if (auto known = plain(key)) return known;
  return of_transfer(key);
}

path::Text drop_reason(std::string_view key) {
  const std::string id = fmt::format("reason.{}", key);
  const bool known = std::ranges::find(drop_reasons(), id, &Entry::id) != drop_reasons().end();
  if (known && placeholders(find(id)->en).empty()) return text_of(id);
  const auto full = [key](path::Language language) {
    return say("reason.full", language, {{"queue", std::string{path::name_in(key, language)}}});
  };
  return {.en = full(path::Language::en), .zh_CN = full(path::Language::zh_CN)};
}

std::string quantity(Duration duration) {
  struct Scale {
    std::int64_t picoseconds;
    std::string_view unit;
  };
  static constexpr std::array scales{Scale{1'000'000'000'000, "s"}, Scale{1'000'000'000, "ms"},
                                     Scale{1'000'000, "µs"}, Scale{1'000, "ns"}, Scale{1, "ps"}};
  const std::int64_t ps = duration.count();
  if (ps == 0) return "0\u2009s";
  auto scale =
      std::ranges::find_if(scales, [&](const Scale& s) { return (ps < 0 ? -ps : ps) >= s.picoseconds; });
  const auto in = [&](const Scale& s) {
    return fmt::format("{:.3f}", static_cast<double>(ps) / static_cast<double>(s.picoseconds));
  };
  if (scale != scales.begin() && in(*scale).ends_with("1000.000")) --scale;  // rounding has made it one
  std::string figure = in(*scale);
  figure.erase(figure.find_last_not_of('0') + 1);
  if (figure.ends_with('.')) figure.pop_back();
  return fmt::format("{}\u2009{}", figure, scale->unit);
}

std::string quantity(Bytes bytes) {
  std::string figure = fmt::format("{}", bytes.count);
  for (std::size_t at = figure.size(); at > 3;) figure.insert(at -= 3, "\u2009");
  return fmt::format("{}\u2009B", figure);
}

}  // namespace ringside::replay
