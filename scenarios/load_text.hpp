// Loading a text on behalf of another one, which is where an unknown name is reported.
#pragma once

#include <filesystem>
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

}  // namespace ringside::scenarios
