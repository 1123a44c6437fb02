// A route map says what happens, not in which order its lines stand: whoever is told of a packet finds it.
#include <algorithm>

#include "library.hpp"

using namespace ringside;

namespace {

scenarios::RunResult with_hops(const std::string& scenario, const Settings& settings, bool reversed) {
  auto loaded = load(scenario, settings);
  if (reversed)
    for (auto& [host, path] : loaded.ingredients.paths) std::reverse(path.hops.begin(), path.hops.end());
  return run(loaded, settings);
}

}  // namespace

TEST_CASE("a map read backwards gives the same run") {
  for (const std::string path : {"bsd-42", "linux-net4", "napi-socket"})
    for (const std::string profile : {"xeon-2018", "ideal"}) {
      CAPTURE(path, profile);
      const Settings file{.path = path, .profile = profile, .set = {{"file", "README.md"}}};
      const auto there = with_hops("tcp-file", file, false), back = with_hops("tcp-file", file, true);
      for (const char* name : {"stream_intact", "transfer_seconds", "syscalls", "wakeups_per_packet"})
        CHECK(metric(there, name) == metric(back, name));
      CHECK(metric(there, "stream_intact") == 1);
    }
}
