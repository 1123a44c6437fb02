#include "files.hpp"

#include <algorithm>
#include <system_error>

#include "http/message.hpp"
#include "supply.hpp"

namespace ringside::tap::http {

Files::Files(const std::filesystem::path& folder) : folder_{std::filesystem::canonical(folder)} {}

std::optional<std::filesystem::path> Files::find(std::string_view path) const {
  const auto decoded = percent_decoded(path);
  if (!decoded) return std::nullopt;
  std::error_code error;
  std::filesystem::path file = std::filesystem::canonical(folder_ / ("./" + *decoded), error);
  if (!error && std::filesystem::is_directory(file, error))
    file = std::filesystem::canonical(file / "index.html", error);
  if (error || std::ranges::mismatch(folder_, file).in1 != folder_.end()) return std::nullopt;
  if (!readable_size(file)) return std::nullopt;
  return file;
}

std::string_view content_type(const std::filesystem::path& file) {
  const auto extension = file.extension();
  if (extension == ".html") return "text/html; charset=utf-8";
  if (extension == ".txt") return "text/plain; charset=utf-8";
  return "application/octet-stream";
}

}  // namespace ringside::tap::http
