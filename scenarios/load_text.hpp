// Loading a text on behalf of another one, which is where an unknown name is reported.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

#include "fields.hpp"
#include "ringside/path/path.hpp"
#include "ringside/path/profile.hpp"
#include "ringside/scenarios/library.hpp"

namespace ringside::scenarios {

struct Asker {
  std::filesystem::path from{};  // files are relative to this folder; empty: the working directory
  std::string_view file{};
  path::Origin origin{};
};

std::optional<path::Path> load_path_for(const Asker&, std::string_view name, const Library&, Findings&);
std::optional<path::Profile> load_profile_for(const Asker&, std::string_view name, const Library&, Findings&);

inline constexpr int max_inheritance = 8;  // texts that inherit from each other; more is taken for a circle

// A kind of text that may be `based on` another one of its kind.
template <class Thing>
struct Heritable {
  Kind kind{};
  std::string_view what{};                              // "a path"
  Thing (*inherit)(Thing base, const TextNode& named);  // what is taken over; `named`: the base's name
  void (*read)(Fields&, const Source&, Thing&);         // every key but `based on`, onto what was inherited
};

// Loads something in the place of the base that a text names.
template <class Thing>
using BaseLoader = std::function<std::optional<Thing>()>;

// nullopt: no such text, no such base, or no map.
template <class Thing>
std::optional<Thing> read_text(const Heritable<Thing>& text, const Asker& asker, std::string_view name,
                               const Library& library, Findings& findings, int generation = 0,
                               const BaseLoader<Thing>& other_base = {}) {
  const auto file = library.find(text.kind, name, asker.from, asker.file, asker.origin, findings);
  const auto document = file ? read_document(*file, findings) : std::nullopt;
  if (!document) return std::nullopt;
  const Source source{*file, findings};
  Fields fields{document->root, source, text.what};
  if (!fields.usable()) return std::nullopt;
  Thing thing;
  const TextNode* base = fields.find("based on");
  if (!base && other_base) {
    findings.add(asker.file, asker.origin,
                 fmt::format("'{}' is not based on another text, and cannot be put on top of one", name));
    return std::nullopt;
  }
  if (base) {
    if (generation == max_inheritance) {
      source.error(base->origin, fmt::format("inherits more than {} deep: from itself?", max_inheritance));
      return std::nullopt;
    }
    const Asker heir{
        .from = std::filesystem::path{*file}.parent_path(), .file = *file, .origin = base->origin};
    const auto base_name = as_name(*base, source);
    auto inherited = other_base  ? other_base()
                     : base_name ? read_text(text, heir, *base_name, library, findings, generation + 1)
                                 : std::nullopt;
    if (!inherited) return std::nullopt;
    thing = text.inherit(*std::move(inherited), *base);
  }
  thing.file = *file;
  text.read(fields, source, thing);
  return thing;
}

}  // namespace ringside::scenarios
