// Congestion control of one connection: slow start and the reactions that all algorithms share are here,
// growth in congestion avoidance and the answer to loss are the algorithm's. A new one is an alternative of
// the variant.
#pragma once

#include <variant>

#include "ringside/net/config.hpp"
#include "ringside/net/tcp_info.hpp"
#include "tcp/congestion/cubic.hpp"
#include "tcp/congestion/reno.hpp"
#include "tcp/congestion/window.hpp"

namespace ringside::net {

class Congestion {
 public:
  explicit Congestion(CongestionControl algorithm) { use(algorithm); }

  void use(CongestionControl algorithm);                       // from now on, with the window as it is
  void open(std::uint32_t mss, std::uint32_t initial_window);  // the handshake is done
  void set_mss(std::uint32_t mss) { window_.mss = mss; }
  void on_ack(const AckedOctets& acked);
  void on_loss(std::uint32_t flight);                 // fast retransmit: once per window of data
  void on_timeout(std::uint32_t flight, bool again);  // `again`: the same octets as at the time-out before
  void on_restart(Time now, Duration idle);  // RFC 5681 section 4.1: nothing was sent for longer than an RTO

  std::uint32_t cwnd() const { return window_.cwnd; }
  std::uint32_t ssthresh() const { return window_.ssthresh; }
  WindowReason reason() const { return reason_; }  // for what the window is, if it has just changed

 private:
  void reduce(std::uint32_t flight);

  CongestionWindow window_{};
  std::uint32_t initial_window_ = 0;
  WindowReason reason_ = WindowReason::opened;
  std::variant<Reno, Cubic> algorithm_;
};

}  // namespace ringside::net
