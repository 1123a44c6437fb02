// ringside show: a path, profile or scenario, explained.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "command.hpp"
#include "describe.hpp"
#include "ringside/scenarios/suggest.hpp"

namespace ringside::scenarios {
namespace {

// The kind of a library name, or of a file. Reports a name that is none of either.
std::optional<Kind> kind_of_name(const std::string& name, const Library& library, Findings& findings) {
  std::error_code ignored;
  if (name.find('+') != std::string::npos && !std::filesystem::exists(name, ignored))
    return Kind::path;  // one on top of another
  if (name.find('/') != std::string::npos) return kind_of(name, findings);
  std::vector<std::string> all;
  for (Kind kind : {Kind::scenario, Kind::path, Kind::profile})
    for (std::string& known : library.names(kind)) {
      if (known == name) return kind;
      all.push_back(std::move(known));
    }
  findings.add(name, {},
               fmt::format("nothing in the library has this name{}",
                           did_you_mean_or_list(name, {all.begin(), all.end()})));
  return std::nullopt;
}

std::string drawn(const path::Path& path, const ShowRequest& request) {
  if (request.format == "text") return path::describe_text(path, request.language);
  if (request.format == "json") return path::describe_json(path);
  if (request.format == "dot") return path::describe_dot(path);
  if (request.format == "graphml") return path::describe_graphml(path);
  return path::describe_svg(path, request.language);
}

template <class Thing>
std::string told(const Thing& thing, const ShowRequest& request) {
  if (request.format == "text") return describe_text(thing, request.language);
  if (request.format == "json") return describe_json(thing);
  complain(fmt::format("only a path can be drawn as {}; expected --format text or json", request.format));
  throw Stop{Exit::bad_input};
}

}  // namespace

Exit execute(const ShowRequest& request) {
  const Library library = the_library();
  Findings findings;
  const auto kind = kind_of_name(request.name, library, findings);
  stop_if(findings);
  std::string text;
  if (*kind == Kind::path) {
    if (const auto path = load_path(request.name, library, findings)) text = drawn(*path, request);
  } else if (*kind == Kind::profile) {
    if (const auto profile = load_profile(request.name, library, findings)) text = told(*profile, request);
  } else if (const auto loaded = load_scenario(request.name, {}, library, findings)) {
    text = told(loaded->scenario, request);
  }
  stop_if(findings);
  print(text.ends_with('\n') ? text : text + "\n");
  return Exit::done;
}

}  // namespace ringside::scenarios
