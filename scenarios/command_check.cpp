// ringside check: all findings of the given texts at once.
#include <filesystem>

#include "command.hpp"

namespace ringside::scenarios {
namespace {

// A sweep is loaded at each of its values, since each may be wrong in a place of its own.
void check_scenario(const std::string& name, const Library& library, Findings& findings) {
  const auto loaded = load_scenario(name, {}, library, findings);
  if (!loaded || !loaded->scenario.vary) return;
  for (const Overrides& point : points(loaded->scenario, {})) load_scenario(name, point, library, findings);
}

// A file, as this command takes its arguments to be; "./" keeps the loaders from looking in the library.
std::string as_file(const std::string& argument) {
  return argument.find('/') == std::string::npos ? "./" + argument : argument;
}

void check_text(const std::string& argument, const Library& library, Findings& findings) {
  std::error_code ignored;
  if (argument.find('/') == std::string::npos && !std::filesystem::exists(argument, ignored)) {
    for (Kind kind : {Kind::scenario, Kind::path, Kind::profile})
      for (const std::string& name : library.names(kind)) {
        Findings none;
        if (name == argument)
          return check_text(*library.find(kind, name, {}, name, {}, none), library, findings);
      }
  }
  const std::string file = as_file(argument);
  const auto kind = kind_of(file, findings);
  if (!kind) return;
  switch (*kind) {
    case Kind::path: load_path(file, library, findings); break;
    case Kind::profile: load_profile(file, library, findings); break;
    case Kind::scenario: check_scenario(file, library, findings); break;
  }
}

}  // namespace

Exit execute(const CheckRequest& request) {
  const Library library = the_library();
  Findings findings;
  for (const std::string& file : request.files) check_text(file, library, findings);
  stop_if(findings);
  return Exit::done;
}

}  // namespace ringside::scenarios
