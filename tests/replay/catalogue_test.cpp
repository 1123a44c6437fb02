// The catalogue is whole: both languages, the same places in both, nothing that nobody says.
#include "ringside/replay/catalogue.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "catch.hpp"
#include "host/library.hpp"
#include "ringside/host/losses.hpp"
#include "ringside/net/tcp_info.hpp"
#include "ringside/replay/names.hpp"

using namespace ringside;

namespace {

std::string contents(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream{file, std::ios::binary}.rdbuf();
  return text.str();
}

bool has_chinese(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return (static_cast<unsigned char>(c) & 0xf0) == 0xe0; });
}

std::set<std::string> ids(std::string_view family) {
  std::set<std::string> found;
  for (const replay::Entry& entry : replay::catalogue())
    if (entry.id.starts_with(family)) found.emplace(entry.id.substr(family.size()));
  return found;
}

template <class Word>
std::set<std::string> words_but(std::string_view without) {
  std::set<std::string> all;
  for (const std::string_view word : path::words<Word>())
    if (word != without) all.emplace(word);
  return all;
}

}  // namespace

TEST_CASE("every entry is there in both languages, with the same places") {
  std::set<std::string_view> known;
  for (const replay::Entry& entry : replay::catalogue()) {
    CAPTURE(entry.id);
    CHECK(known.insert(entry.id).second);
    CHECK_FALSE(entry.en.empty());
    CHECK(replay::find(entry.id) == &entry);
    auto en = replay::placeholders(entry.en), zh_CN = replay::placeholders(entry.zh_CN);
    CHECK((has_chinese(entry.zh_CN) || !en.empty()));
    CHECK_FALSE(has_chinese(entry.en));
    std::ranges::sort(en);
    std::ranges::sort(zh_CN);
    CHECK(en == zh_CN);
    CHECK(entry.en.ends_with('.') == entry.zh_CN.ends_with("。"));
  }
}

TEST_CASE("each word of the route maps has its clause, and no other is there") {
  CHECK(ids("work.") == words_but<path::Work>("pass"));
  CHECK(ids("memory.") == words_but<path::Memory>("none"));
  CHECK(ids("region.") == words_but<Region>(""));
  CHECK(ids("level.") == std::set<std::string>{"0", "1", "2"});
  std::set<std::string> reasons;  // connections that begin and end have sentences of their own
  for (int reason = 1; reason <= static_cast<int>(net::WindowReason::undone); ++reason)
    if (reason != static_cast<int>(net::WindowReason::closed)) reasons.insert(std::to_string(reason));
  CHECK(ids("because.") == reasons);
}

TEST_CASE("each sentence is said by somebody") {
  std::string said;
  for (const char* file :
       {"core/replay/condition.cpp", "core/replay/narrate.cpp", "core/replay/names.cpp",
        "core/replay/odometers.cpp", "gui/view/comparison_words.cpp", "gui/view/board.cpp",
        "gui/view/budget.cpp", "gui/view/bytes.cpp", "gui/view/journey.cpp", "gui/view/journey_parts.cpp",
        "gui/view/lane_costs.cpp", "gui/view/latency_curves.cpp", "gui/view/timeline_names.cpp",
        "gui/window/findings.cpp", "scenarios/describe_scenario.cpp", "scenarios/describe_profile.cpp",
        "scenarios/command_replay.cpp"})
    said += contents(file);
  for (const replay::Entry& entry : replay::catalogue()) {
    const std::string family{entry.id.substr(0, entry.id.find('.') + 1)};
    const bool by_family = family == "work." || family == "memory." || family == "region." ||
                           family == "level." || family == "because." || family == "metric." ||
                           family == "reason.";
    if (by_family) continue;
    CAPTURE(entry.id);
    CHECK(said.find('"' + std::string{entry.id} + '"') != std::string::npos);
  }
}

TEST_CASE("a place that nothing takes is a bug, and so is an id that is not there") {
  CHECK(replay::say("birth", path::Language::en, {{"packet", "18"}, {"cause", "17"}}) ==
        "Packet 18 is made while packet 17 is processed.");
  CHECK(replay::say("gone", path::Language::both, {{"packet", "{stage}"}}) ==
        "Packet {stage} is used up.\n分组 {stage} 处理完毕，不复存在。");
  CHECK_THROWS_AS(replay::say("birth", path::Language::en, {{"packet", "18"}}), std::logic_error);
  CHECK_THROWS_AS(replay::say("no such", path::Language::en), std::logic_error);
}

TEST_CASE("each reason of the stack has a name, and no other is there") {
  std::set<std::string> reasons{"link", "full"};                                 // of a result, of a queue
  for (const std::string& loss : host::names_of_losses()) reasons.insert(loss);  // of a recording
  CHECK(ids("reason.") == reasons);
  CHECK(replay::drop_reason("bad checksum") == path::Text{"bad checksum", "校验和错误"});
  CHECK(replay::drop_reason("rx ring") == path::Text{"rx ring full", "接收环已满"});
}

TEST_CASE("each metric of a result has a name, and each name is of a metric") {
  const std::string guide = contents("docs/guide.md");
  for (const std::string& key : ids("metric.")) {
    if (key.starts_with("of ")) continue;
    CAPTURE(key);
    const std::string last = key.substr(key.find_last_of('_') + 1);
    const bool is_in_guide =
        guide.find('`' + key + '`') != std::string::npos ||
        guide.find("`_" + last + '`') != std::string::npos ||
        guide.find("_" + key.substr(std::min(key.size(), std::size_t{9}))) != std::string::npos;
    CHECK(is_in_guide);
    CHECK(replay::metric_name(key).has_value());
  }
  const std::vector<std::pair<std::string, Settings>> runs{
      {"ping", {}},
      {"replay", {}},
      {"tcp-file", {.set = {{"file", "LICENSE"}}}},
      {"copies", {.set = {{"size", "1MiB"}}}},
      {"incast", {}},
      {"receive-livelock", {.set = {{"offered_pps", "1000"}}, .duration = Duration{100'000'000'000}}}};
  for (const auto& [name, settings] : runs)
    for (const auto& [key, value] : run_library(name, settings).metrics) {
      CAPTURE(name, key);
      CHECK(replay::metric_name(key).has_value());
    }
}

TEST_CASE("names of metrics say whose they are") {
  const auto name = [](std::string_view key) { return replay::metric_name(key)->name; };
  CHECK(name("latency_ns_p99") == path::Text{"latency, 99th percentile", "时延，第 99 百分位"});
  CHECK(replay::metric_name("latency_ns_p99")->unit == "ns");
  CHECK(name("client.sent_pps") == path::Text{"client: sending rate", "client：发送速率"});
  CHECK(name("transfer_2_bytes") == path::Text{"file 2: bytes received", "第 2 个文件：收到的字节"});
  CHECK(name("transfer_12_sender_told_seconds").en == "file 12: time until the sender knew of the failure");
  for (const char* none : {"", "of host", "no_such", "transfer_", "transfer_2", "transfer_2_",
                           "transfer_x_bytes", ".", "client.", "client.no_such"})
    CHECK_FALSE(replay::metric_name(none).has_value());
}

TEST_CASE("durations are said in the unit that fits them") {
  const auto said = [](std::int64_t ps) { return replay::quantity(Duration{ps}); };
  CHECK(said(0) == "0\u2009s");
  CHECK(said(1) == "1\u2009ps");
  CHECK(said(999) == "999\u2009ps");
  CHECK(said(1'200'000) == "1.2\u2009µs");
  CHECK(said(296'312) == "296.312\u2009ns");
  CHECK(said(20'580'009) == "20.58\u2009µs");
  CHECK(said(999'999'999) == "1\u2009ms");
  CHECK(said(999'999'499) == "999.999\u2009µs");
  CHECK(said(-2'000'000'000) == "-2\u2009ms");
  CHECK(said(3'600'000'000'000'000) == "3600\u2009s");
}
