// How much text the peer puts into a segment: Linux rcv_mss. By it is known what "every second full segment"
// is, and whether a segment ends what the peer had to say.
#pragma once

#include <algorithm>
#include <cstdint>

namespace ringside::net {

class ReceivedSize {
 public:
  enum class Kind : std::uint8_t { full, larger, small };

  std::uint32_t octets() const { return octets_; }

  // tcp_initialize_rcv_mss(): `segment` is what either side may send, `options` what each header has.
  void begin(std::uint32_t segment, std::uint32_t advertised, std::uint32_t window, std::uint32_t options) {
    advertised_ = advertised;
    options_ = options;
    octets_ = std::max(std::min({segment, window / 2, usual}), least);
  }

  // tcp_measure_rcv_mss(). `options`: octets of this header; `ends`: it has PSH, FIN, URG or SYN.
  Kind measure(std::uint32_t text, std::uint32_t options, bool ends) {
    const std::uint32_t before = last_;
    last_ = 0;
    if (text >= octets_) {
      const bool larger = text != octets_;
      octets_ = std::min(text, advertised_);
      return larger ? Kind::larger : Kind::full;
    }
    const std::uint32_t invariant = text + options;  // SACK blocks take from the text
    if (invariant >= usual || (invariant >= least && !ends)) {
      last_ = invariant - std::min(options_, invariant);
      if (last_ == before) {  // it was no accident
        octets_ = last_;
        return Kind::full;
      }
    }
    return Kind::small;
  }

 private:
  static constexpr std::uint32_t usual = 536, least = 88;  // TCP_MSS_DEFAULT, TCP_MIN_MSS

  std::uint32_t octets_ = usual, last_ = 0;
  std::uint32_t advertised_ = 0xffff, options_ = 0;
};

}  // namespace ringside::net
