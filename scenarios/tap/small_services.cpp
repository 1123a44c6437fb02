#include "small_services.hpp"

namespace ringside::tap {

bool Echo::run(Time now, Stream& stream) {
  for (;;) {
    if (begin_ == end_) {
      begin_ = 0;
      end_ = stream.read(now, octets_);
      if (end_ == 0) return stream.ended();
    }
    const std::size_t written = stream.write(now, std::span{octets_}.subspan(begin_, end_ - begin_));
    if (written == 0) return false;
    begin_ += written;
  }
}

bool Discard::run(Time now, Stream& stream) {
  std::array<std::uint8_t, 16384> octets;
  while (stream.read(now, octets) > 0) {
  }
  return stream.ended();
}

std::array<std::uint8_t, Chargen::period> Chargen::text() {
  std::array<std::uint8_t, period> text{};
  std::size_t at = 0;
  for (std::size_t first = 0; first < printing; ++first) {
    for (std::size_t column = 0; column < line; ++column)
      text[at++] = static_cast<std::uint8_t>(' ' + (first + column) % printing);
    text[at++] = '\r', text[at++] = '\n';
  }
  return text;
}

// Who has finished writing may still read.
bool Chargen::run(Time now, Stream& stream) {
  std::array<std::uint8_t, 4096> unheard;
  while (stream.read(now, unheard) > 0) {
  }
  while (const std::size_t written = stream.write(now, std::span{text_}.subspan(at_)))
    at_ = (at_ + written) % period;
  return false;
}

}  // namespace ringside::tap
