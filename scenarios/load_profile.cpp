// Reads a profile, scenarios/profiles/*.yaml: what each operation costs on a machine of its era.
#include <algorithm>
#include <filesystem>

#include "fields.hpp"
#include "load_text.hpp"
#include "ringside/scenarios/load.hpp"

namespace ringside::scenarios {
namespace {

using path::Price;
using path::Profile;

// A number without an origin is worth nothing to a reader. Both together: a share of a published figure,
// estimated.
void read_origin(Fields& fields, const Source& source, const TextEntry& entry, Price& price) {
  std::string estimate;
  fields.get("source", price.source, as_name);
  fields.get("estimate", estimate, as_name);
  if (!entry.value.find("source") && !entry.value.find("estimate"))
    source.error(entry.origin, fmt::format("the price of '{}' needs a source: or an estimate:", entry.key));
  price.estimate = !estimate.empty();
  if (price.estimate) price.source += (price.source.empty() ? "" : "; ") + estimate;
}

void read_price(const TextEntry& entry, const Source& source, Profile& profile) {
  Price price{.origin = entry.origin};
  Fields fields{entry.value, source, "a price"};
  if (!fields.usable()) return;
  fields.get("cycles per packet", price.cycles_per_packet, as_number);
  fields.get("cycles per byte", price.cycles_per_byte, as_number);
  fields.get("cycles per batch", price.cycles_per_batch, as_number);
  fields.get("ns per packet", price.ns_per_packet, as_number);
  fields.get("ns per byte", price.ns_per_byte, as_number);
  fields.get("ns latency", price.ns_latency, as_number);
  read_origin(fields, source, entry, price);
  fields.close();
  const auto is_cost = [](const TextNode::Key& key) {
    return key.text != "source" && key.text != "estimate";
  };
  if (std::none_of(entry.value.keys.begin(), entry.value.keys.end(), is_cost))
    source.error(entry.origin,
                 fmt::format("the price of '{}' names no cost, such as 'cycles per packet'", entry.key));
  profile.ops[entry.key] = std::move(price);
}

void read_clock(const TextNode& node, const Source& source, Profile& profile) {
  const auto clock = as_frequency(node, source);
  if (clock && clock->count == 0) return source.wrong(node, "a clock that ticks");
  if (clock) profile.clock = *clock;
}

void read_prices(const TextNode& map, const Source& source, Profile& profile) {
  if (map.kind != TextNode::Kind::map) return source.wrong(map, "a map of operations and their prices");
  for (const TextEntry& entry : map.entries()) read_price(entry, source, profile);
}

std::optional<Profile> read_profile(const Asker&, std::string_view name, const Library&, Findings&,
                                    int generation);

// The profile that this one begins with: empty, or the one that it is based on. nullopt: there is none such.
std::optional<Profile> beginning(Fields& fields, const Source& source, const Library& library,
                                 int generation) {
  const TextNode* base = fields.find("based on");
  if (!base) return Profile{};
  if (generation == max_inheritance) {
    source.error(base->origin, fmt::format("inherits more than {} deep: from itself?", max_inheritance));
    return std::nullopt;
  }
  const Asker asker{
      .from = std::filesystem::path{source.file}.parent_path(), .file = source.file, .origin = base->origin};
  const auto name = as_name(*base, source);
  auto profile = name ? read_profile(asker, *name, library, source.findings, generation + 1) : std::nullopt;
  if (!profile) return std::nullopt;
  profile->based_on = *name;
  for (auto& [op, price] : profile->ops) price.origin = base->origin;  // its own line is in another file
  return profile;
}

std::optional<Profile> read_profile(const Asker& asker, std::string_view name, const Library& library,
                                    Findings& findings, int generation) {
  const auto file = library.find(Kind::profile, name, asker.from, asker.file, asker.origin, findings);
  const auto document = file ? read_document(*file, findings) : std::nullopt;
  if (!document) return std::nullopt;
  const Source source{*file, findings};
  Fields fields{document->root, source, "a profile"};
  auto profile = fields.usable() ? beginning(fields, source, library, generation) : std::nullopt;
  if (!profile) return std::nullopt;
  const bool derived = fields.node().find("based on") != nullptr;
  profile->file = *file;
  fields.need("profile", profile->name, as_name);
  fields.need("title", profile->title, as_bilingual);
  fields.need("year", profile->year, as_count{.least = 1960, .most = 2100});
  if (const TextNode* clock = derived ? fields.find("clock") : fields.need("clock"))
    read_clock(*clock, source, *profile);
  fields.get("cores", profile->cores, as_count{.least = 1, .most = 1024});
  fields.get("sources", profile->sources, as_names);
  if (const TextNode* prices = derived ? fields.find("ops") : fields.need("ops"))
    read_prices(*prices, source, *profile);
  fields.close();
  return profile;
}

}  // namespace

std::optional<Profile> load_profile_for(const Asker& asker, std::string_view name, const Library& library,
                                        Findings& findings) {
  Findings own;
  auto profile = read_profile(asker, name, library, own, 0);
  findings.add(own);
  return own.empty() ? std::move(profile) : std::nullopt;
}

std::optional<Profile> load_profile(std::string_view name, const Library& library, Findings& findings) {
  return load_profile_for({.file = name}, name, library, findings);
}

}  // namespace ringside::scenarios
