// A path from its facts: what json.cpp writes, read again.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "ringside/path/describe.hpp"
#include "ringside/path/fact.hpp"

namespace ringside::path {

namespace {

template <class Word>
Word word(const Fact& fact) {
  if (const auto known = parse<Word>(fact.text())) return *known;
  fact.fail(fmt::format("one of {}", fmt::join(words<Word>(), ", ")));
}

Text text(const Fact& fact) { return {.en = fact["en"].text(), .zh_CN = fact["zh_CN"].text()}; }

// As exact() writes it: a whole number and its unit.
Duration duration(const Fact& fact) {
  static constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> units{
      {{"ps", 1}, {"ns", 1'000}, {"us", 1'000'000}, {"ms", 1'000'000'000}, {"s", 1'000'000'000'000}}};
  const std::string& written = fact.text();
  const char* const end = written.data() + written.size();
  std::int64_t count = -1;
  const std::string_view unit{std::from_chars(written.data(), end, count).ptr, end};
  const auto known = std::ranges::find(units, unit, &std::pair<std::string_view, std::int64_t>::first);
  if (count < 0 || known == units.end() || count > forever.count() / known->second)
    fact.fail("a time such as 64us");
  return Duration{count * known->second};
}

Capability capability(const Fact& fact) {
  return {.name = fact["name"].text(),
          .for_what = fact["for what"].text(),
          .source = fact["source"].text(),
          .error = fact["error"].text(),
          .given_to_everyone = fact["given to everyone"].truth()};
}

Parameter parameter(const Fact& fact) {
  return {.key = fact["key"].text(),
          .target = fact["sets"].text(),
          .member = word<Member>(fact["member"]),
          .what = text(fact["what"])};
}

// What a stage has besides, where it is not what most have.
void rarities(const Fact& fact, Stage& stage) {
  if (const auto found = fact.find("at most")) stage.at_most = found->count<std::int64_t>();
  if (const auto found = fact.find("switched off")) stage.switched_off = found->truth();
  if (const auto found = fact.find("at longest")) stage.at_longest = duration(*found);
  if (const auto found = fact.find("page")) stage.page = found->count<std::int64_t>();
  if (const auto found = fact.find("requests")) stage.requests = found->count<int>();
  if (const auto found = fact.find("need wakeup")) stage.need_wakeup = found->truth();
  if (const auto found = fact.find("back after")) stage.back_after = found->text();
  if (const auto found = fact.find("line")) stage.line = found->text();
  if (const auto found = fact.find("program")) stage.program = word<Program>(*found);
}

Stage stage(const Fact& fact) {
  Stage stage{.name = fact["name"].text(),
              .domain = word<Domain>(fact["domain"]),
              .ops = fact["op"].texts(),
              .memory = word<Memory>(fact["memory"]),
              .into = word<Region>(fact["into"]),
              .work = word<Work>(fact["work"]),
              .stands_for = fact["stands for"].text(),
              .why = text(fact["why"])};
  rarities(fact, stage);
  return stage;
}

Call call(const Fact& fact) {
  return {.each_batch = fact["each batch"].truth(), .clone = fact["clone"].truth()};
}

Duration spin(const Fact& fact) { return fact.text() == "forever" ? forever : duration(fact); }

Queue queue(const Fact& fact) {
  return {.name = fact["name"].text(),
          .capacity = fact["capacity"].count<std::int64_t>(),
          .unit = word<Unit>(fact["unit"]),
          .overhead = fact["overhead"].count<std::int64_t>(),
          .budget = fact["budget"].count<int>(),
          .full = word<Full>(fact["full"]),
          .drain = word<Drain>(fact["drain"]),
          .slots = word<Slots>(fact["slots"]),
          .spin = spin(fact["spin"]),
          .block = fact["block"].count<std::int64_t>(),
          .retire_after = duration(fact["retire after"]),
          .consumers = word<Consumers>(fact["consumers"]),
          .by_flow = fact["by flow"].truth(),
          .small_queues = fact["small queues"].truth(),
          .returns = fact["returns"].text()};
}

Notify notify(const Fact& fact) {
  return {.name = fact["name"].text(),
          .raise = word<Raise>(fact["raise"]),
          .ops = fact["op"].texts(),
          .mask = word<Mask>(fact["mask"]),
          .moderation = duration(fact["moderation"]),
          .after_frames = fact["after frames"].count<int>(),
          .after_time = duration(fact["after time"]),
          .adaptive = fact["adaptive"].truth(),
          .line = fact["line"].text(),
          .demote_after = duration(fact["demote after"])};
}

Hand hand(const Fact& hop) {
  if (const auto found = hop.find("call")) return call(*found);
  if (const auto found = hop.find("trap")) return Trap{.ops = (*found)["op"].texts()};
  if (const auto found = hop.find("queue")) return queue(*found);
  if (const auto found = hop.find("notify")) return notify(*found);
  hop.fail("one of the keys 'call', 'trap', 'queue', 'notify'");
}

using Numbers = std::map<std::string, StageId, std::less<>>;  // of the stages, by name

StageId number_of(const Fact& fact, const Numbers& numbers) {
  const auto found = numbers.find(fact.text());
  if (found == numbers.end()) fact.fail("the name of a stage");
  return found->second;
}

Hop hop(const Fact& fact, const Numbers& numbers) {
  Hop hop{.from = number_of(fact["from"], numbers),
          .to = number_of(fact["to"], numbers),
          .when = word<Verdict>(fact["when"]),
          .hand = hand(fact)};
  if (const auto at = fact.find("at")) {
    if (at->text() != "batch end") at->fail("'batch end'");
    hop.at_batch_end = true;
  }
  return hop;
}

void read_graph(const Fact& fact, Path& path) {
  constexpr std::size_t most_stages = std::numeric_limits<StageId>::max();
  Numbers numbers;
  for (const Fact& item : fact["stages"].items()) {
    if (path.stages.size() == most_stages) item.fail(fmt::format("no more than {} stages", most_stages));
    const StageId number = path.stage(stage(item));
    if (!numbers.emplace(path.stages.back().name, number).second)
      item["name"].fail("a name that no other stage has");
  }
  for (const Fact& item : fact["hops"].items()) path.hops.push_back(hop(item, numbers));
}

}  // namespace

Path path_of(const Fact& fact) {
  Path path{.name = fact["path"].text(),
            .title = text(fact["title"]),
            .since = fact["since"]["year"].count<int>(),
            .kernel = fact["since"]["kernel"].text(),
            .story = text(fact["story"]),
            .sources = fact["sources"].texts(),
            .cores = fact["cores"].count<int>(),
            .zero_copy = fact["zero copy"].truth()};
  for (const Fact& item : fact["needs"].items()) path.needs.push_back(capability(item));
  for (const Fact& item : fact["parameters"].items()) path.parameters.push_back(parameter(item));
  read_graph(fact, path);
  return path;
}

Path from_json(std::string_view json) {
  const auto document = Fact::parse(json);
  return path_of(Fact{document});
}

}  // namespace ringside::path
