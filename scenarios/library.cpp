// Finding texts by name.
#include "ringside/scenarios/library.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include "ringside/scenarios/suggest.hpp"

namespace ringside::scenarios {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view extension = ".yaml";

std::string_view folder_of(Kind kind) {
  switch (kind) {
    case Kind::path: return "paths";
    case Kind::profile: return "profiles";
    case Kind::scenario: return "library";
  }
  return {};
}

// What else the name may have been: a file of the working directory, or another name.
std::string hint(std::string_view name, const std::vector<std::string>& names) {
  std::error_code ignored;
  if (fs::exists(name, ignored)) return fmt::format("; for the file write './{}'", name);
  return did_you_mean_or_list(name, {names.begin(), names.end()});
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::path: return "path";
    case Kind::profile: return "profile";
    case Kind::scenario: return "scenario";
  }
  return {};
}

// The texts of a kind by name, those in folders of the library's folder too.
std::map<std::string, fs::path> Library::texts(Kind kind) const {
  std::map<std::string, fs::path> texts;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator{folder / folder_of(kind), error})
    if (entry.path().extension() == extension) {
      const auto [text, fresh] = texts.emplace(entry.path().stem().string(), entry.path());
      if (!fresh) text->second = std::min(text->second, entry.path());  // folders come in any order
    }
  return texts;
}

std::vector<std::string> Library::names(Kind kind) const {
  std::vector<std::string> names;
  for (const auto& [name, file] : texts(kind)) names.push_back(name);
  return names;
}

std::optional<std::string> Library::find(Kind kind, std::string_view name, const fs::path& from,
                                         std::string_view asker, path::Origin origin,
                                         Findings& findings) const {
  if (name.find('/') != std::string_view::npos) return (from / name).lexically_normal().string();
  const auto known = texts(kind);
  if (const auto text = known.find(std::string{name}); text != known.end()) return text->second.string();
  findings.add(asker, origin,
               fmt::format("no {} '{}' in the library{}", to_string(kind), name, hint(name, names(kind))));
  return std::nullopt;
}

std::optional<Library> locate_library() {
  std::error_code error;
  std::vector<fs::path> folders;
  if (const char* chosen = std::getenv("RINGSIDE_LIBRARY")) {
    folders = {chosen};
  } else {
    const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
    folders = {program / RINGSIDE_INSTALLED_LIBRARY, RINGSIDE_SOURCE_LIBRARY};
  }
  for (const fs::path& folder : folders)
    if (fs::is_directory(folder / folder_of(Kind::scenario), error))
      return Library{folder.lexically_normal()};
  return std::nullopt;
}

}  // namespace ringside::scenarios
