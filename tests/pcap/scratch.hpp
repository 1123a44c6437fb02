// A folder for one test, removed with everything in it; and what tests do with files.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ringside::pcap {

using Octets = std::vector<std::uint8_t>;

class Scratch {
 public:
  Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "ringside-test-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~Scratch() { std::filesystem::remove_all(folder_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::string operator/(std::string_view name) const { return (folder_ / name).string(); }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{folder_}) {
      names.push_back(entry.path().filename().string());
    }
    return names;
  }

 private:
  std::filesystem::path folder_;
};

// The standard output goes to a file while this lives; what a test checks meanwhile, it reports afterwards.
class RedirectedOutput {
 public:
  explicit RedirectedOutput(const std::string& path) : original_{dup(STDOUT_FILENO)} {
    std::fflush(stdout);
    const int target = open(path.c_str(), O_WRONLY | O_CREAT, 0600);
    dup2(target, STDOUT_FILENO);
    close(target);
  }
  ~RedirectedOutput() {
    dup2(original_, STDOUT_FILENO);
    close(original_);
  }
  RedirectedOutput(const RedirectedOutput&) = delete;
  RedirectedOutput& operator=(const RedirectedOutput&) = delete;

 private:
  int original_;
};

template <class Act>
std::string error_of(Act act) {
  try {
    act();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "no error";
}

inline std::string contents(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

inline void put(const std::string& path, std::string_view text) {
  std::ofstream{path, std::ios::binary} << text;
}

}  // namespace ringside::pcap
