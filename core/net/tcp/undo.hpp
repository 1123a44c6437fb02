// What a reduction of the window can be taken back with, if what seemed lost was only late: RFC 3522 (Eifel),
// RFC 3708 (D-SACK). Segments.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "ringside/net/seqnum.hpp"
#include "ringside/units/time.hpp"

namespace ringside::net {

struct Undo {
  std::optional<SeqNum> marker{};  // una when the window was reduced; none: nothing to take back
  std::optional<std::uint32_t>
      repeated{};  // retransmissions that no D-SACK has spoken of; none: none was made
  std::optional<std::uint32_t> ssthresh{};  // before
  std::uint32_t cwnd = 0;                   // before

  void begin(SeqNum una, std::uint32_t under_way) {
    marker = una;
    repeated = under_way > 0 ? std::optional{under_way} : std::nullopt;
  }
  void end() { marker.reset(); }
  void resent() { repeated = repeated.value_or(0) + 1; }
  // Of octets that end at `end`.
  void arrived_twice(SeqNum end, std::uint32_t segments) {
    if (!marker || !repeated || !end.after(*marker)) return;
    *repeated -= std::min(*repeated, segments);
  }
  bool all_arrived_twice() const { return marker && repeated && *repeated == 0; }
};

}  // namespace ringside::net
