// The files below a folder, by the path of a request.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace ringside::tap::http {

class Files {
 public:
  explicit Files(const std::filesystem::path& folder);

  // The file that a path names, percent-encoded as it came; of a folder its index.html. None: there is no
  // such file that can be read, or it is not below the folder, by whatever detour (dots, links).
  std::optional<std::filesystem::path> find(std::string_view path) const;

 private:
  std::filesystem::path folder_;  // absolute, without links
};

std::string_view content_type(const std::filesystem::path& file);

}  // namespace ringside::tap::http
