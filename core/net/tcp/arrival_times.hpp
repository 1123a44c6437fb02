// When the segments came whose text waits to be read, for who wants to know: Linux tcp_update_recv_tstamps().
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "containers/range_set.hpp"
#include "ringside/units/time.hpp"

namespace ringside::net {

class ArrivalTimes {
 public:
  void note(SeqRange text, Time at) {  // of a segment, which may lie ahead of a gap
    const auto behind = [](SeqNum begin, const Stamp& stamp) { return begin.before(stamp.text.begin); };
    stamps_.insert(std::upper_bound(stamps_.begin(), stamps_.end(), text.begin, behind), {text, at});
  }
  std::optional<Time> of(SeqNum octet) const {
    const auto holds = [&](const Stamp& s) {
      return s.text.begin.at_or_before(octet) && s.text.end.after(octet);
    };
    const auto found = std::find_if(stamps_.begin(), stamps_.end(), holds);
    return found == stamps_.end() ? std::nullopt : std::optional{found->at};
  }
  void read_to(SeqNum front) {
    std::erase_if(stamps_, [&](const Stamp& s) { return s.text.end.at_or_before(front); });
  }

 private:
  struct Stamp {
    SeqRange text{};
    Time at{};
  };
  std::vector<Stamp> stamps_{};  // by the beginning
};

}  // namespace ringside::net
