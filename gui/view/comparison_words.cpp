#include "view/comparison_words.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "ringside/path/names.hpp"
#include "ringside/replay/catalogue.hpp"
#include "ringside/replay/names.hpp"
#include "ringside/replay/narrate.hpp"

namespace ringside::view {

using path::Language;
using replay::Part;
using replay::Share;

namespace {

constexpr QChar thin_space{0x2009};

// Labels have one line: where both languages are shown, it is the English one.
QString say(std::string_view id, Language language, const replay::Values& values = {}) {
  return QString::fromStdString(
      replay::say(id, language == Language::zh_CN ? Language::zh_CN : Language::en, values));
}

QString digits(std::int64_t figure) {
  QString whole = QString::number(std::abs(figure) / 1000);
  for (qsizetype i = whole.size() - 3; i > 0; i -= 3) whole.insert(i, thin_space);
  return QStringLiteral("%1.%2").arg(whole).arg(std::abs(figure) % 1000, 3, 10, QLatin1Char{'0'});
}

bool does(const ComparedSide& side, Part part) {
  return std::ranges::any_of(side.parts, [part](const Share& share) { return share.of.part == part; });
}

QString letters_without(const std::vector<ComparedSide>& sides, Part part, Language language) {
  QStringList letters;
  for (const ComparedSide& side : sides)
    if (side.ending == Ending::delivered && !does(side, part)) letters.push_back(letter(side.side));
  return letters.join(language == Language::zh_CN ? QStringLiteral("、") : QStringLiteral(", "));
}

std::string ending_id(Ending ending) {
  switch (ending) {
    case Ending::delivered: break;
    case Ending::dropped: return "compare.dropped";
    case Ending::used_up: return "compare.used up";
    case Ending::under_way: return "compare.under way";
    case Ending::absent: return "compare.absent";
  }
  return {};
}

}  // namespace

Figures Figures::of(Duration longest) {
  // Fine enough for what is done to a packet, even where it waits for long.
  constexpr std::int64_t ns = 1'000, us = 1'000'000, ms = 1'000'000'000, s = 1'000'000'000'000;
  if (longest.count() < us) return {1, QStringLiteral("ns")};
  if (longest.count() < 100 * ms) return {ns, QStringLiteral("µs")};
  if (longest.count() < 100 * s) return {us, QStringLiteral("ms")};
  return {ms, QStringLiteral("s")};
}

QString Figures::level(Duration duration) const { return with_unit(digits(figure(duration, grain))); }

QString Figures::change(Duration from, Duration to) const {
  const std::int64_t change = figure(to, grain) - figure(from, grain);
  const QChar sign{change < 0 ? u'\u2212' : change > 0 ? u'+' : u'\u00b1'};
  return sign + digits(change);
}

QString Figures::with_unit(const QString& figure) const { return figure + thin_space + unit; }

QString letter(int side) { return QString{QChar::fromLatin1(static_cast<char>('A' + side))}; }

Name part_word(const replay::PartName& of, Language language) {
  if (of.part == Part::waiting) {
    const Name queue = named(of.queue, language);
    return {.text = say("part.waiting", language, {{"queue", queue.text.toStdString()}}), .also = queue.also};
  }
  static constexpr std::array<std::string_view, 9> ids{"part.wire",     "part.nic",      "part.interrupt",
                                                       "part.softirq",  "part.protocol", "part.copy",
                                                       "part.boundary", "part.user",     "part.interrupted"};
  return said(ids[static_cast<std::size_t>(of.part)], language);
}

Name rest_word(Language language) { return said("part.rest", language); }

QString ending_word(Ending ending, Language language) {
  return ending == Ending::delivered ? QString{} : say(ending_id(ending), language);
}

Name title_of(std::uint64_t packet, Language language) {
  return said("compare.packet", language, {{"packet", std::to_string(packet)}});
}

QString shortened_word(Language language) { return say("compare.shortened", language); }

QString verdict(const ComparedSide& first, const ComparedSide& second, const Figures& figures,
                Language language) {
  const replay::Values names{
      {"first", (letter(first.side) + QLatin1Char{' '} + first.path).toStdString()},
      {"second", (letter(second.side) + QLatin1Char{' '} + second.path).toStdString()}};
  const Waterfall all = waterfall(first.parts, second.parts);
  if ((first.ending == Ending::delivered) != (second.ending == Ending::delivered)) {
    const ComparedSide& delivers = first.ending == Ending::delivered ? first : second;
    return say("compare.one delivers", language, {{"side", letter(delivers.side).toStdString()}});
  }
  if (all.falls.empty()) return say("compare.same", language, names);
  const Fall& most = all.falls.front();
  replay::Values values = names;
  const Duration change = all.second - all.first;
  const QString time = figures.change(all.first, all.second).mid(1);
  values.emplace_back("time", figures.with_unit(time).toStdString());
  values.emplace_back("part", part_word(most.of, language).text.toStdString());
  values.emplace_back("change", figures.with_unit(figures.change(most.from, most.to)).toStdString());
  if (change == Duration{}) return say("compare.equal", language, values);
  return say(change < Duration{} ? "compare.less" : "compare.more", language, values);
}

QStringList unequal_work(const std::vector<ComparedSide>& sides, Language language) {
  QStringList lines;
  for (const ComparedSide& side : sides) {
    const std::string name = letter(side.side).toStdString();
    if (side.ending == Ending::dropped)
      lines.push_back(
          say("compare.drops", language, {{"side", name}, {"reason", side.reason.toStdString()}}));
    if (side.ending == Ending::used_up) lines.push_back(say("compare.uses up", language, {{"side", name}}));
    if (side.ending == Ending::under_way)
      lines.push_back(say("compare.cut short", language, {{"side", name}}));
  }
  for (const auto& [part, id] :
       {std::pair{Part::protocol, "compare.no protocol"}, {Part::copy, "compare.no copy"}}) {
    const bool somebody = std::ranges::any_of(sides, [p = part](const auto& side) { return does(side, p); });
    const QString without = letters_without(sides, part, language);
    if (somebody && !without.isEmpty()) lines.push_back(say(id, language, {{"side", without.toStdString()}}));
  }
  return lines;
}

QString reason_word(const replay::Cast& cast, const trace::Event& drop, Language language) {
  if (drop.level == trace::full_queue)
    return say("compare.full", language, {{"queue", replay::queue_name(cast, drop, language)}});
  if (drop.level >= cast.losses.size()) return QString::number(drop.level);
  const path::Text reason = replay::drop_reason(cast.losses[drop.level]);
  return QString::fromStdString(language == Language::zh_CN ? reason.zh_CN : reason.en);
}

QString fact_word(Fact fact, Language language) {
  switch (fact) {
    case Fact::profile: return say("compare.profile", language);
    case Fact::scenario: return say("compare.scenario", language);
    case Fact::seed: break;
  }
  return say("compare.seed", language);
}

QString what_differs(bool path, bool arrivals, const QStringList& others, Language language) {
  if (others.isEmpty() && path)
    return say(arrivals ? "compare.only path, other arrivals" : "compare.only path", language);
  if (others.isEmpty()) return say("compare.nothing", language);
  QStringList all = others;
  if (path) all.push_front(say("compare.path", language));
  const QString comma = language == Language::zh_CN ? QStringLiteral("，") : QStringLiteral(", ");
  return say("compare.differ", language, {{"what", all.join(comma).toStdString()}});
}

QString why_not_compared(int first, int second, Unlike because, std::size_t rank, Time one, Time other,
                         Language language) {
  replay::Values values{{"first", letter(first).toStdString()}, {"second", letter(second).toStdString()}};
  switch (because) {
    case Unlike::unread: return say("compare.unlike unread", language, values);
    case Unlike::none: return say("compare.unlike none", language, values);
    case Unlike::times: break;
  }
  values.emplace_back("rank", std::to_string(rank + 1));
  const auto when = [](Time time) {
    return time == Time{} ? std::string{"—"} : replay::quantity(time.time_since_epoch());
  };
  values.emplace_back("one", when(one));
  values.emplace_back("other", when(other));
  return say("compare.unlike times", language, values);
}

}  // namespace ringside::view
