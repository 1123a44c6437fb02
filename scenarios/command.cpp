// What the subcommands share.
#include "command.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace ringside::scenarios {

void note(std::string_view message) { fmt::print(stderr, "ringside: note: {}\n", message); }
void complain(std::string_view message) { fmt::print(stderr, "ringside: error: {}\n", message); }

void complain(const Findings& findings) {
  for (const Finding& finding : findings.in_reading_order()) fmt::print(stderr, "{}\n", to_string(finding));
}

void stop_if(const Findings& findings) {
  complain(findings);
  if (!findings.empty()) throw Stop{Exit::bad_input};
}

Library the_library() {
  if (auto library = locate_library()) return *std::move(library);
  complain(
      "the library of paths, profiles and scenarios is not installed; set RINGSIDE_LIBRARY to its folder");
  throw Stop{Exit::machine_lacks};
}

void print(std::string_view text) {
  const bool written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (written) return;
  complain(fmt::format("standard output: {}", std::strerror(errno)));
  throw Stop{Exit::output_not_written};
}

}  // namespace ringside::scenarios
