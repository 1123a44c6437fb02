#include "bulk.hpp"

#include <fmt/format.h>

#include "text_octets.hpp"

namespace ringside::tap {

bool BulkSender::run(Time now, Stream& stream) {
  if (!octets_.run(now, stream)) return false;
  say_(fmt::format("{}: {} octets to {}, sha256 {}", name_, octets_.taken(), net::to_string(stream.remote()),
                   octets_.sha256()));
  return true;
}

void Sink::read(Time now, Stream& stream) {
  std::array<std::uint8_t, 16384> piece;
  while (const std::size_t octets = stream.read(now, piece)) {
    digest_.add(std::span{piece}.first(octets));
    octets_ += octets;
  }
}

bool Sink::run(Time now, Stream& stream) {
  read(now, stream);
  if (!stream.ended()) return false;
  if (!ended_) {
    ended_ = true;
    answer_ = fmt::format("{} octets, sha256 {}\n", octets_, digest_.hex());
    say_(fmt::format("sink: {} octets from {}, sha256 {}", octets_, net::to_string(stream.remote()),
                     digest_.hex()));
  }
  answer_.erase(0, stream.write(now, octets_of(answer_)));
  return answer_.empty();
}

}  // namespace ringside::tap
