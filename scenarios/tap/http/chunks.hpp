// The chunked transfer coding, undone: RFC 9112 section 7.1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ringside::tap::http {

class Chunks {
 public:
  // Takes octets of the message, appends the content among them.
  void take(std::string_view octets, std::string& content);
  bool complete() const { return at_ == At::end; }
  bool broken() const { return at_ == At::broken; }

 private:
  enum class At { size, data, data_end, trailer, end, broken };
  void line(std::string_view text);  // without its end

  At at_ = At::size;
  std::uint64_t left_ = 0;  // of the chunk
  std::string line_;        // that has begun
};

}  // namespace ringside::tap::http
