// The small services of the early Internet, on one connection each: RFC 862, 863 and 864.
#pragma once

#include <array>
#include <vector>

#include "session.hpp"

namespace ringside::tap {

class Echo : public Session {
 public:
  bool run(Time now, Stream& stream) override;

 private:
  std::array<std::uint8_t, 65536> octets_{};
  std::size_t begin_ = 0, end_ = 0;  // of what was read and not yet written
};

class Discard : public Session {
 public:
  bool run(Time now, Stream& stream) override;
};

// Lines of 72 printing characters, each line one character further, for as long as somebody reads.
class Chargen : public Session {
 public:
  static constexpr std::size_t printing = 95, line = 72, period = printing * (line + 2);
  static std::array<std::uint8_t, period> text();
  bool run(Time now, Stream& stream) override;

 private:
  std::array<std::uint8_t, period> text_ = text();
  std::size_t at_ = 0;
};

}  // namespace ringside::tap
