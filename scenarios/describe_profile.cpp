// A profile as a table of prices, each with its origin.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "describe.hpp"
#include "table.hpp"

namespace ringside::scenarios {
namespace {

using Align = Table::Align;

std::string price_cell(double price) { return price == 0 ? std::string{} : fmt::format("{}", price); }

Table prices_of(const path::Profile& profile, path::Language language) {
  const auto in = [language](std::string_view id) { return worded(id, language); };
  Table table{{Align::left, Align::right, Align::right, Align::right, Align::right, Align::right,
               Align::right, Align::right, Align::left}};
  table.row({in("show.operation"), in("show.cycles"), in("show.byte"), in("show.instruction"),
             in("show.batch"), in("show.ns"), in("show.byte"), in("show.latency"), in("show.origin")});
  for (const auto& [op, price] : profile.ops)
    table.row(
        {op, price_cell(price.cycles_per_packet), price_cell(price.cycles_per_byte),
         price_cell(price.cycles_per_instruction), price_cell(price.cycles_per_batch),
         price_cell(price.ns_per_packet), price_cell(price.ns_per_byte), price_cell(price.ns_latency),
         price.estimate ? worded("show.estimate", language, {{"source", price.source}}) : price.source});
  return table;
}

}  // namespace

std::string in(path::Language language, const path::Text& text) {
  switch (language) {
    case path::Language::en: return text.en;
    case path::Language::zh_CN: return text.zh_CN;
    case path::Language::both: return text.en == text.zh_CN ? text.en : text.en + "\n" + text.zh_CN;
  }
  return {};
}

std::string worded(std::string_view id, path::Language language, const replay::Values& values) {
  return replay::say(id, language == path::Language::zh_CN ? language : path::Language::en, values);
}

std::string describe_text(const path::Profile& profile, path::Language language) {
  std::string text = fmt::format("{}: {}\n", profile.name, in(language, profile.title));
  const auto line = [&](std::string_view id, const replay::Values& values) {
    text += worded(id, language, values) + '\n';
  };
  line("show.machine", {{"year", fmt::format("{}", profile.year)},
                        {"clock", fmt::format("{}", static_cast<double>(profile.clock.count) * 1e-6)},
                        {"cores", fmt::format("{}", profile.cores)}});
  if (!profile.based_on.empty()) line("show.based on", {{"profile", profile.based_on}});
  for (const std::string& source : profile.sources) line("show.source", {{"source", source}});
  return text + "\n" + prices_of(profile, language).text();
}

std::string describe_json(const path::Profile& profile) {
  nlohmann::ordered_json json{{"profile", profile.name},
                              {"title", {{"en", profile.title.en}, {"zh_CN", profile.title.zh_CN}}},
                              {"year", profile.year},
                              {"based_on", profile.based_on},
                              {"clock_hz", profile.clock.count},
                              {"cores", profile.cores},
                              {"sources", profile.sources},
                              {"ops", nlohmann::ordered_json::object()}};
  for (const auto& [op, price] : profile.ops)
    json["ops"][op] = {{"cycles_per_packet", price.cycles_per_packet},
                       {"cycles_per_byte", price.cycles_per_byte},
                       {"cycles_per_instruction", price.cycles_per_instruction},
                       {"cycles_per_batch", price.cycles_per_batch},
                       {"ns_per_packet", price.ns_per_packet},
                       {"ns_per_byte", price.ns_per_byte},
                       {"ns_latency", price.ns_latency},
                       {"ns_after", price.ns_after},
                       {"frames", price.frames},
                       {"source", price.source},
                       {"estimate", price.estimate}};
  return json.dump(2) + "\n";
}

}  // namespace ringside::scenarios
