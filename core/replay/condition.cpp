#include "ringside/replay/condition.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "ringside/path/names.hpp"
#include "ringside/replay/catalogue.hpp"

namespace ringside::replay {

using trace::Kind;

namespace {

// By a word of the catalogue, in which places may be taken by names.
struct Expected {
  std::string_view id{};
  std::function<Values(path::Language)> places = [](path::Language) { return Values{}; };
  std::string in(path::Language language) const { return say(id, language, places(language)); }
};

[[noreturn]] void refuse(const Expected& expected, std::string_view found) {
  const auto told = [&](path::Language language) {
    return say("expect", language, {{"what", expected.in(language)}, {"found", std::string{found}}});
  };
  throw ConditionError{{.en = told(path::Language::en), .zh_CN = told(path::Language::zh_CN)}};
}
[[noreturn]] void refuse(std::string_view id, std::string_view found) { refuse(Expected{id}, found); }

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// What is typed by a Chinese input method, as the others do it.
std::string half_width(std::string_view typed) {
  static constexpr std::array<std::pair<std::string_view, char>, 5> signs{
      {{"（", '('}, {"）", ')'}, {"＞", '>'}, {"＜", '<'}, {"％", '%'}}};
  std::string text;
  while (!typed.empty()) {
    const auto sign = std::ranges::find_if(signs, [&](const auto& s) { return typed.starts_with(s.first); });
    text += sign == signs.end() ? typed.front() : sign->second;
    typed.remove_prefix(sign == signs.end() ? 1 : sign->first.size());
  }
  return text;
}

// The text is read from its front.
class Reader {
 public:
  explicit Reader(std::string_view text) : left_{trimmed(text)} {}

  std::string_view word() {
    const auto letters = std::ranges::find_if(left_, [](char c) { return c < 'a' || c > 'z'; });
    return take(static_cast<std::size_t>(letters - left_.begin()));
  }
  bool take_if(char c) {
    if (!left_.starts_with(c)) return false;
    take(1);
    return true;
  }
  // What is between parentheses, if they come next; names may have parentheses, too.
  std::optional<std::string_view> in_parentheses() {
    if (!left_.starts_with('(')) return std::nullopt;
    int open = 0;
    for (std::size_t i = 0; i < left_.size(); ++i) {
      open += left_[i] == '(' ? 1 : left_[i] == ')' ? -1 : 0;
      if (open == 0) return trimmed(take(i + 1).substr(1, i - 1));
    }
    refuse("expect.closing", left_);
  }
  template <class Number>
  Number number(std::string_view expected) {
    Number value{};
    const auto [end, error] = std::from_chars(left_.data(), left_.data() + left_.size(), value);
    if (error != std::errc{} || !(value >= Number{})) refuse(expected, left_);
    take(static_cast<std::size_t>(end - left_.data()));
    return value;
  }
  void end() const {
    if (!left_.empty()) refuse("expect.end", left_);
  }
  std::string_view left() const { return left_; }

 private:
  std::string_view take(std::size_t count) {
    const auto taken = left_.substr(0, count);
    left_ = trimmed(left_.substr(count));
    return taken;
  }
  std::string_view left_;
};

// The names of places, as the language has them.
std::string listed(const std::vector<std::string>& names, path::Language language) {
  std::vector<std::string_view> told;
  told.reserve(names.size());
  for (const std::string& name : names) told.push_back(path::name_in(name, language));
  return fmt::format("{}", fmt::join(told, language == path::Language::zh_CN ? "、" : ", "));
}

std::uint16_t host_named(std::string_view name, const Cast& cast) {
  const auto host = std::ranges::find(cast.hosts, name, &HostCast::name);
  if (host != cast.hosts.end()) return static_cast<std::uint16_t>(host - cast.hosts.begin());
  std::vector<std::string> known;
  for (const HostCast& other : cast.hosts) known.push_back(other.name);
  refuse({"expect.host",
          [&](path::Language language) {
            return Values{{"known", listed(known, language)}};
          }},
         name);
}

struct Place {
  std::uint16_t host = 0;
  std::uint16_t index = 0;
};

// `names`: of the places of a host. What has no host before a point is one of the host under study.
template <class Names>
Place place_named(std::string_view text, std::string_view expected, const Cast& cast, Names names) {
  std::uint16_t host = static_cast<std::uint16_t>(cast.study);
  std::string_view name = text;
  for (std::uint16_t i = 0; i < cast.hosts.size(); ++i)
    if (text.starts_with(cast.hosts[i].name + ".")) {
      host = i;
      name = trimmed(text.substr(cast.hosts[i].name.size() + 1));
    }
  const std::vector<std::string> known = names(cast.hosts.at(host));
  const auto place = std::ranges::find_if(known, [name](const std::string& english) {
    return name == english || name == path::name_in(english, path::Language::zh_CN);
  });
  if (place == known.end())
    refuse({expected,
            [&](path::Language language) {
              return Values{{"host", cast.hosts[host].name}, {"known", listed(known, language)}};
            }},
           name);
  return {host, static_cast<std::uint16_t>(place - known.begin())};
}

std::string_view in_parentheses(Reader& reader, std::string_view example) {
  const auto inside = reader.in_parentheses();
  if (!inside) refuse(example, reader.left());
  return *inside;
}

path::Text no_number_of_packets(const std::string& queue) {
  const auto told = [&queue](path::Language language) {
    return say("expect.packets", language, {{"queue", std::string{path::name_in(queue, language)}}});
  };
  return {.en = told(path::Language::en), .zh_CN = told(path::Language::zh_CN)};
}

// So many percent of a capacity, rounded down: more packets than this are more than that share. Of all queues
// with the name, as they are counted together.
std::uint32_t share_of(double percent, const HostCast& host, std::size_t queue) {
  const std::int64_t capacity = host.packets_in(queue);
  if (capacity == 0) throw ConditionError{no_number_of_packets(host.queues[queue])};
  return static_cast<std::uint32_t>(percent * static_cast<double>(capacity) / 100);
}

Expected at_most(std::string most) {
  return {"expect.at most", [most = std::move(most)](path::Language) { return Values{{"most", most}}; }};
}

Filling filling(Reader& reader, const Cast& cast) {
  constexpr std::string_view example = "expect.more than";
  const auto [host, queue] =
      place_named(in_parentheses(reader, "expect.queue in parentheses"), "expect.queue", cast,
                  [](const HostCast& its) { return its.queues; });
  if (!reader.take_if('>')) refuse(example, reader.left());
  const auto start = reader.left();
  const auto number = reader.number<double>(example);
  const bool percent = reader.take_if('%');
  if (number > (percent ? 100 : 1e9)) refuse(at_most(percent ? "100%" : "1000000000"), start);
  return {host, queue,
          percent ? share_of(number, cast.hosts[host], queue) : static_cast<std::uint32_t>(number)};
}

std::uint32_t octets(Reader& reader) {
  constexpr std::string_view expected = "expect.size";
  const auto text = reader.left();
  const auto number = reader.number<double>(expected);
  const double each = reader.take_if('k') ? 1e3 : reader.take_if('M') ? 1e6 : 1;
  if (!reader.take_if('B')) refuse(expected, text);
  if (number * each > UINT32_MAX) refuse(at_most("4294967295B"), text);
  return static_cast<std::uint32_t>(number * each);
}

// How many connections a host has had is not known beforehand.
Crossing crossing(Reader& reader, const Cast& cast) {
  constexpr std::string_view example = "expect.connection in parentheses";
  std::string_view name = in_parentheses(reader, example);
  Crossing sought{.host = static_cast<std::uint16_t>(cast.study)};
  if (const auto point = name.rfind('.'); point != name.npos) {
    sought.host = host_named(trimmed(name.substr(0, point)), cast);
    name = trimmed(name.substr(point + 1));
  }
  Reader number{name};
  sought.connection = number.number<std::uint16_t>("expect.connection");
  number.end();
  if (sought.connection == 0) refuse("expect.connection", name);
  sought.below = reader.take_if('<');
  if (!sought.below && !reader.take_if('>')) refuse("expect.less or more", reader.left());
  sought.octets = octets(reader);
  return sought;
}

Happening stage(Reader& reader, const Cast& cast) {
  const auto place = place_named(in_parentheses(reader, "expect.stage in parentheses"), "expect.stage", cast,
                                 [](const HostCast& its) {
                                   std::vector<std::string> names;
                                   for (const path::Stage& known : its.path.stages)
                                     names.push_back(known.name);
                                   return names;
                                 });
  return {.kind = Kind::stage, .host = place.host, .indices = {{place.index}}};
}

Happening anybodys(Kind kind, Reader& reader, const Cast& cast) {
  Happening sought{.kind = kind};
  if (const auto host = reader.in_parentheses()) sought.host = host_named(*host, cast);
  return sought;
}

Time time(Reader& reader) {
  constexpr std::string_view expected = "expect.time";
  static constexpr std::array<std::pair<std::string_view, double>, 5> units{
      {{"ps", 1e-12}, {"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}}};
  const auto text = reader.left();
  const auto number = reader.number<double>(expected);
  const auto name = reader.word();
  const auto unit = std::ranges::find(units, name, [](const auto& known) { return known.first; });
  if (unit == units.end()) refuse(expected, text);
  return start_of_time + from_seconds(number * unit->second);
}

}  // namespace

Sought condition_of(std::string_view typed, const Cast& cast) {
  const std::string text = half_width(typed);
  Reader reader{text};
  const auto read = [&]() -> Sought {
    const auto word = reader.word();
    if (word == "drop") return anybodys(Kind::drop, reader, cast);
    if (word == "delivered") return anybodys(Kind::end, reader, cast);
    if (word == "packet") return Happening{.packet = reader.number<std::uint64_t>("expect.packet")};
    if (word == "stage") return stage(reader, cast);
    if (word == "queue" || word == "ring") return filling(reader, cast);
    if (word == "cwnd") return crossing(reader, cast);
    if (word == "time") return time(reader);
    refuse("expect.condition", trimmed(text));
  };
  Sought sought = read();
  reader.end();
  return sought;
}

}  // namespace ringside::replay
