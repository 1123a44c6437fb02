// RFC 6937 and its successor RFC 9937, Proportional Rate Reduction: while the window shrinks, what may be
// sent follows what arrives, so that it comes down to ssthresh within a round trip without a pause. Segments.
#pragma once

#include <algorithm>
#include <cstdint>

namespace ringside::net {

class ProportionalRate {
 public:
  void begin(std::uint32_t cwnd) { *this = {}, recover_ = cwnd; }
  void sent() { ++out_; }

  struct News {
    std::uint32_t delivered = 0, in_flight = 0, ssthresh = 0;
    bool advanced = false, lost_more = false;
  };
  // The window that follows: Linux tcp_cwnd_reduction().
  std::uint32_t window_after(const News& news) {
    delivered_ += news.delivered;
    std::int64_t count = 0;
    const std::int64_t room = std::int64_t{news.ssthresh} - news.in_flight;
    if (room < 0) {  // RFC 6937 section 3.1: in proportion
      const std::uint64_t share = (std::uint64_t{news.ssthresh} * delivered_ + recover_ - 1) / recover_;
      count = static_cast<std::int64_t>(share) - out_;
    } else {  // the slow-start bound, and the conservative one if that loses more
      count = std::max<std::int64_t>(std::int64_t{delivered_} - out_, news.delivered);
      if (news.advanced && !news.lost_more) ++count;
      count = std::min(count, room);
    }
    count = std::max<std::int64_t>(count, out_ == 0 ? 1 : 0);  // the fast retransmit itself
    return static_cast<std::uint32_t>(news.in_flight + count);
  }

 private:
  std::uint32_t recover_ = 1;  // RecoverFS: the window before
  std::uint32_t delivered_ = 0, out_ = 0;
};

}  // namespace ringside::net
