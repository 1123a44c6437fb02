// Where the records of MSG_EOR end: no segment holds octets of both sides, when it is sent or when it is
// repeated. Linux tcp_skb_can_collapse_to().
#pragma once

#include <algorithm>
#include <vector>

#include "ringside/net/seqnum.hpp"

namespace ringside::net {

class RecordEnds {
 public:
  void end_at(SeqNum end) {
    if (ends_.empty() || ends_.back() != end) ends_.push_back(end);
  }
  void acknowledged(SeqNum una) {
    std::erase_if(ends_, [&](SeqNum end) { return end.at_or_before(una); });
  }
  // Of so much text from there, what one segment may hold.
  std::uint32_t within(SeqNum from, std::uint32_t text) const {
    const auto next = std::find_if(ends_.begin(), ends_.end(), [&](SeqNum end) { return end.after(from); });
    return next == ends_.end() ? text : std::min(text, octets_between(from, *next));
  }
  bool is_end(SeqNum at) const { return std::find(ends_.begin(), ends_.end(), at) != ends_.end(); }

 private:
  std::vector<SeqNum> ends_{};  // in their order; few, and none for who does not ask
};

}  // namespace ringside::net
