// A scenario of the library, run and recorded; the file goes when the run does.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <memory>

#include "host/library.hpp"
#include "ringside/trace/recording.hpp"

namespace ringside {

struct Recorded {
  scenarios::LoadedScenario loaded{};
  scenarios::RunResult result{};
  std::filesystem::path file{};
  std::unique_ptr<trace::Recording> recording{};

  Recorded(const std::string& name, const Settings& settings) : loaded{load(name, settings)} {
    static int number = 0;
    file = std::filesystem::temp_directory_path() /
           ("ringside-replay-" + std::to_string(getpid()) + "-" + std::to_string(++number) + ".rstrace");
    result = scenarios::run(loaded.scenario, loaded.ingredients,
                            {.seed = settings.seed, .recording = file.string()});
    recording = std::make_unique<trace::Recording>(file.string());
  }
  Recorded(const Recorded&) = delete;
  Recorded& operator=(const Recorded&) = delete;
  ~Recorded() {
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
  }
};

}  // namespace ringside
