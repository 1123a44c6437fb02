// Where the texts lie: a folder with paths/, profiles/ and library/ (the scenarios).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ringside/scenarios/finding.hpp"

namespace ringside::scenarios {

enum class Kind { path, profile, scenario };

std::string_view to_string(Kind);

struct Library {
  std::filesystem::path folder{};

  std::map<std::string, std::filesystem::path> texts(Kind) const;  // by name
  // The names of all texts of a kind, sorted.
  std::vector<std::string> names(Kind) const;

  // The file of a text. A name without a slash is looked up in the library; with one, it is a file, relative
  // to `from` (the folder of the text that names it; empty: the working directory). Reports an unknown name.
  std::optional<std::string> find(Kind, std::string_view name, const std::filesystem::path& from,
                                  std::string_view asker, path::Origin, Findings&) const;
};

// The folder that the environment variable RINGSIDE_LIBRARY names; else the one installed or built beside the
// program; else that of the source tree. nullopt: it is not there.
std::optional<Library> locate_library();

}  // namespace ringside::scenarios
