// A policer in the path drops what goes beyond its rate, once its tokens are used up: then the rate over many
// round trips between losses is nearly the same, twice in a row. Linux bbr_lt_bw_sampling().
#pragma once

#include "tcp/congestion/bandwidth.hpp"
#include "tcp/congestion/sending.hpp"

namespace ringside::net {

class PolicedRate {
 public:
  bool found() const { return found_; }
  Bandwidth bandwidth() const { return bandwidth_; }

  void reset(const Sending& sending) {
    bandwidth_ = 0;
    found_ = sampling_ = false;
    begin_interval(sending);
  }
  // While it is in use. True: it was for so long that it is worth asking for more.
  bool outlived(bool round_starts) {
    constexpr std::uint32_t longest = 48;  // bbr_lt_bw_max_rtts
    return round_starts && ++rounds_ >= longest;
  }
  // While it is not. True: it has just been found.
  bool sample(const Sending& sending, const AckSample& ack, bool round_starts) {
    constexpr std::uint32_t least = 4, most = 4 * least;  // bbr_lt_intvl_min_rtts
    if (!sampling_) {                                     // from the first loss on: the tokens are gone
      if (ack.losses == 0) return false;
      begin_interval(sending);
      sampling_ = true;
    }
    if (ack.rate.app_limited) return reset(sending), false;
    if (round_starts) ++rounds_;
    if (rounds_ < least) return false;
    if (rounds_ > most) return reset(sending), false;
    return ack.losses > 0 && end_interval(sending);
  }

 private:
  static std::int64_t milliseconds(const Sending& sending) {
    return sending.rate.delivered_at().time_since_epoch() / Duration{1ms};
  }
  void begin_interval(const Sending& sending) {
    since_ = milliseconds(sending);
    delivered_ = sending.delivered;
    losses_ = sending.losses;
    rounds_ = 0;
  }
  bool end_interval(const Sending& sending) {
    constexpr std::uint32_t much = 50;  // of 256: bbr_lt_loss_thresh
    constexpr std::int64_t too_long = 0xffff'ffff / 1000;
    const std::uint32_t delivered = sending.delivered - delivered_;
    const std::uint32_t lost = sending.losses - losses_;
    if (delivered == 0 || lost << gain_bits < much * delivered) return false;
    const std::int64_t time = milliseconds(sending) - since_;
    if (time < 1) return false;
    if (time >= too_long) return reset(sending), false;
    const auto bandwidth =
        static_cast<Bandwidth>(bandwidth_of(delivered, static_cast<std::uint64_t>(time) * 1000));
    found_ = bandwidth_ > 0 && close(bandwidth, sending.mss);
    if (!found_) {
      bandwidth_ = bandwidth;
      begin_interval(sending);
      return false;
    }
    bandwidth_ = static_cast<Bandwidth>((std::uint64_t{bandwidth} + bandwidth_) >> 1);
    rounds_ = 0;
    return true;
  }
  bool close(Bandwidth bandwidth, std::uint32_t mss) const {
    constexpr std::uint64_t part = no_gain / 8, octets = 4000 / 8;  // bbr_lt_bw_ratio, bbr_lt_bw_diff
    const std::uint64_t apart = bandwidth > bandwidth_ ? bandwidth - bandwidth_ : bandwidth_ - bandwidth;
    return apart * no_gain <= part * bandwidth_ || pace_of(apart, mss, no_gain) <= octets;
  }

  Bandwidth bandwidth_ = 0;  // of the interval before; when found, of both
  bool found_ = false, sampling_ = false;
  std::uint32_t rounds_ = 0;                  // of the interval; when found, since then
  std::int64_t since_ = 0;                    // milliseconds
  std::uint32_t delivered_ = 0, losses_ = 0;  // when the interval began
};

}  // namespace ringside::net
