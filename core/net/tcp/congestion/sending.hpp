// What an algorithm that models the path reads of its connection, and what it steers beside the window: of
// Linux's struct tcp_sock and struct rate_sample, what cong_control() uses. Segments and octets.
#pragma once

#include "ringside/net/tcp_info.hpp"
#include "tcp/delivery_rate.hpp"
#include "tcp/pacing.hpp"

namespace ringside::net {

struct Sending {
  std::uint32_t mss = 0;                    // octets
  std::uint32_t delivered = 0, losses = 0;  // segments of the connection, so far
  std::uint32_t in_flight = 0;              // segments
  LossState state = LossState::open;
  Duration srtt{}, least_rtt = Duration::max();  // 0, max(): not measured
  DeliveryRate& rate;
  Pacing& pace;
};

// One acknowledgement.
struct AckSample {
  RateSample rate{};
  std::uint32_t acked = 0, losses = 0;  // segments that were found to have arrived, to be lost
  std::uint32_t in_flight_before = 0;
  std::optional<Duration> rtt{};
  bool maybe_delayed = false;  // FLAG_ACK_MAYBE_DELAYED: of the last small segment of a flight
};

}  // namespace ringside::net
