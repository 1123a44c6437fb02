// Reads a profile, scenarios/profiles/*.yaml: what each operation costs on a machine of its era.
#include <fmt/format.h>

#include <algorithm>

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
  fields.get("cycles per instruction", price.cycles_per_instruction, as_number);
  fields.get("cycles per batch", price.cycles_per_batch, as_number);
  fields.get("ns per packet", price.ns_per_packet, as_number);
  fields.get("ns per byte", price.ns_per_byte, as_number);
  fields.get("ns latency", price.ns_latency, as_number);
  fields.get("ns after", price.ns_after, as_number);
  fields.get("frames", price.frames, as_number);
  const auto only_of = [&](const char* key, std::string_view op) {
    const TextNode* node = entry.value.find(key);
    if (node && entry.key != op)
      source.error(entry.origin, fmt::format("'{}' is of '{}', and not of '{}'", key, op, entry.key));
    if (!node && entry.key == op)
      source.error(entry.origin, fmt::format("the price of '{}' needs '{}'", op, key));
  };
  only_of("ns after", path::op_deep_idle_exit);
  only_of("frames", path::op_cache_refill);
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

Profile inherit(Profile base, const TextNode& named) {
  base.based_on = named.text;
  for (auto& [op, price] : base.ops) price.origin = named.origin;  // its own line is in another file
  return base;
}

// Code that nobody has measured on a machine so old takes more cycles there, by a factor that what was
// measured on both suggests. What is not counted in cycles stays as it is.
void scale_inherited(double factor, Profile& profile) {
  for (auto& [op, price] : profile.ops) {
    double* const cycles[] = {&price.cycles_per_packet, &price.cycles_per_byte, &price.cycles_per_instruction,
                              &price.cycles_per_batch};
    const bool any = std::ranges::any_of(cycles, [](const double* c) { return *c != 0; });
    if (!any) continue;
    for (double* c : cycles) *c *= factor;
    price.source = fmt::format("{:g} times the cycles of {}", factor, profile.based_on);
    price.estimate = true;
  }
}

void read_machine(Fields& fields, const Source& source, Profile& profile) {
  const bool derived = fields.node().find("based on") != nullptr;
  fields.need("profile", profile.name, as_name);
  fields.need("title", profile.title, as_bilingual);
  fields.need("year", profile.year, as_count{.least = 1960, .most = 2100});
  if (const TextNode* clock = derived ? fields.find("clock") : fields.need("clock"))
    read_clock(*clock, source, profile);
  fields.get("cores", profile.cores, as_count{.least = 1, .most = 1024});
  fields.get("sources", profile.sources, as_names);
  if (const TextNode* node = fields.find("inherited cycles")) {
    if (!derived)
      source.error(node->origin, "'inherited cycles' is of a profile that is based on another one");
    if (const auto number = as_number(*node, source); number && *number > 0)
      scale_inherited(*number, profile);
    else
      source.wrong(*node, "a number greater than 0");
  }
  if (const TextNode* prices = derived ? fields.find("ops") : fields.need("ops"))
    read_prices(*prices, source, profile);
  fields.close();
}

constexpr Heritable<Profile> machine{
    .kind = Kind::profile, .what = "a profile", .inherit = inherit, .read = read_machine};

}  // namespace

std::optional<Profile> load_profile_for(const Asker& asker, std::string_view name, const Library& library,
                                        Findings& findings) {
  Findings own;
  auto profile = read_text(machine, asker, name, library, own);
  findings.add(own);
  return own.empty() ? std::move(profile) : std::nullopt;
}

std::optional<Profile> load_profile(std::string_view name, const Library& library, Findings& findings) {
  return load_profile_for({.file = name}, name, library, findings);
}

}  // namespace ringside::scenarios
