// Files into memory, with a limit on their size and a finding for every way in which that can fail.
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "ringside/scenarios/document.hpp"

namespace ringside::scenarios {

std::optional<std::string> read_text(const std::string& file, Findings& findings) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0)
    return findings.add(file, {}, std::strerror(errno), Fault::unreadable), std::nullopt;
  if (S_ISDIR(status.st_mode))
    return findings.add(file, {}, "is a folder, expected a file", Fault::unreadable), std::nullopt;
  std::ifstream stream{file, std::ios::binary};
  std::string text;
  std::array<char, 64 << 10> chunk;
  while (text.size() <= max_file_bytes && (stream.read(chunk.data(), chunk.size()), stream.gcount() > 0))
    text.append(chunk.data(), static_cast<std::size_t>(stream.gcount()));
  if (!stream.is_open() || stream.bad())
    return findings.add(file, {}, "cannot be read: " + std::string{std::strerror(errno)}, Fault::unreadable),
           std::nullopt;
  return text;
}

std::optional<Document> read_document(const std::string& file, Findings& findings) {
  const auto text = read_text(file, findings);
  return text ? parse_document(*text, file, findings) : std::nullopt;
}

}  // namespace ringside::scenarios
