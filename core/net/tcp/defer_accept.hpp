// TCP_DEFER_ACCEPT: a handshake is done with the client's first text, so that accept() gives a connection
// that has something to read. Linux tcp_check_req() and syn_ack_recalc().
#pragma once

#include <algorithm>

#include "ringside/net/config.hpp"

namespace ringside::net {

class DeferAccept {
 public:
  DeferAccept(const TcpConfig& config, const TcpSocketOptions& options)
      : config_{&config}, options_{&options} {}

  // A bare ACK came, after so many time-outs of the SYN-ACK: it opens nothing yet.
  bool ignores_ack(int timeouts) {
    const bool ignored = timeouts < periods();
    acknowledged_ = acknowledged_ || ignored;
    return ignored;
  }
  // While the client is known to be there, the SYN-ACK is only repeated when the time is nearly over: what
  // answers it then opens the connection.
  bool repeats(int timeouts) const { return !acknowledged_ || timeouts >= periods(); }
  int retries(int usual) const { return acknowledged_ ? std::max(usual, periods()) : usual; }

  // The time-outs of the SYN-ACK that cover a time, and how long they take: secs_to_retrans().
  struct Cover {
    int periods = 0;
    Duration time{};
  };
  static Cover cover(Duration time, const TcpConfig& config);

 private:
  int periods() const { return cover(options_->defer_accept, *config_).periods; }

  const TcpConfig* config_;
  const TcpSocketOptions* options_;
  bool acknowledged_ = false;
};

inline DeferAccept::Cover DeferAccept::cover(Duration time, const TcpConfig& config) {
  Cover cover;
  Duration period = config.initial_rto;
  for (; cover.time < time && cover.periods < 255; ++cover.periods) {
    cover.time += period;
    period = std::min(period * 2, config.max_rto);
  }
  return cover;
}

}  // namespace ringside::net
