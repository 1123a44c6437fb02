// TCP_DEFER_ACCEPT: a handshake is done with the client's first text, so that accept() gives a connection
// that has something to read. Linux tcp_check_req() and syn_ack_recalc().
#pragma once

#include <algorithm>

#include "ringside/net/config.hpp"

namespace ringside::net {

// The time-outs of the SYN-ACK that cover a time, and how long they take: secs_to_retrans().
struct DeferAccept {
  int periods = 0;
  Duration time{};

  static DeferAccept cover(Duration time, const TcpConfig& config) {
    DeferAccept cover;
    Duration period = config.initial_rto;
    for (; cover.time < time && cover.periods < 255; ++cover.periods) {
      cover.time += period;
      period = std::min(period * 2, config.max_rto);
    }
    return cover;
  }
};

}  // namespace ringside::net
