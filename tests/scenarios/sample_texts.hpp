// Small texts that are right, for tests that break them in one place, and a library folder to put them in.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace ringside::scenarios::samples {

// Replaces what occurs once in a text.
std::string with(std::string text, std::string_view old, std::string_view replacement);

extern const std::string path;      // "tiny": forwards, with a ring and a moderated interrupt
extern const std::string profile;   // "toy": prices all that "tiny" needs
extern const std::string scenario;  // "steady": one machine between two wires

// A library folder of its own with these texts, removed at the end.
class ScratchLibrary {
 public:
  ScratchLibrary();
  ~ScratchLibrary();
  ScratchLibrary(const ScratchLibrary&) = delete;
  ScratchLibrary& operator=(const ScratchLibrary&) = delete;

  const std::filesystem::path& folder() const { return folder_; }
  // Writes folder/name, and returns the file.
  std::string write(const std::string& name, std::string_view text) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace ringside::scenarios::samples
