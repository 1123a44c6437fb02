// Files into memory, with a limit on their size and a finding for every way in which that can fail.
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "ringside/scenarios/document.hpp"

namespace ringside::scenarios {

std::optional<Document> read_document(const std::string& file, Findings& findings) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return findings.add(file, {}, std::strerror(errno)), std::nullopt;
  if (S_ISDIR(status.st_mode)) return findings.add(file, {}, "is a folder, expected a file"), std::nullopt;
  std::ifstream stream{file, std::ios::binary};
  std::string text(max_file_bytes + 1,
                   '\0');  // one more than allowed: whatever the file system said about its size
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!stream.is_open() || stream.bad())
    return findings.add(file, {}, "cannot be read: " + std::string{std::strerror(errno)}), std::nullopt;
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return parse_document(text, file, findings);
}

}  // namespace ringside::scenarios
