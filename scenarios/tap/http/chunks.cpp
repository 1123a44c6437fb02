#include "http/chunks.hpp"

#include <algorithm>
#include <charconv>

namespace ringside::tap::http {
namespace {
constexpr std::size_t longest_line = 4096;
}

void Chunks::line(std::string_view text) {
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (at_ == At::data_end) {
    at_ = text.empty() ? At::size : At::broken;
  } else if (at_ == At::trailer) {
    if (text.empty()) at_ = At::end;
  } else {
    const std::string_view size = text.substr(0, text.find_first_of("; \t"));  // what follows are extensions
    const char* const end = size.data() + size.size();
    const auto [rest, error] = std::from_chars(size.data(), end, left_, 16);
    if (error != std::errc{} || rest != end)
      at_ = At::broken;
    else
      at_ = left_ == 0 ? At::trailer : At::data;
  }
}

void Chunks::take(std::string_view octets, std::string& content) {
  while (!octets.empty() && !complete() && !broken()) {
    if (at_ == At::data) {
      const std::size_t taken = std::min<std::uint64_t>(left_, octets.size());
      content += octets.substr(0, taken);
      octets.remove_prefix(taken);
      left_ -= taken;
      if (left_ == 0) at_ = At::data_end;
      continue;
    }
    const std::size_t end = octets.find('\n');
    line_ += octets.substr(0, end);
    octets.remove_prefix(end == std::string_view::npos ? octets.size() : end + 1);
    if (line_.size() > longest_line) at_ = At::broken;
    if (end == std::string_view::npos || broken()) continue;
    line(line_);
    line_.clear();
  }
}

}  // namespace ringside::tap::http
