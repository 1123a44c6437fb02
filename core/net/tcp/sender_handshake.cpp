// What a SYN has besides itself, and what the sender is told of one that a request has sent.
#include "tcp/sender.hpp"

namespace ringside::net {

// Linux tcp_create_openreq_child(), tcp_synack_rtt_meas() and tcp_init_transfer(), for which a SYN-ACK is
// lost when it was repeated twice.
void Sender::syn_was_sent(Time at, bool by_cookie, int timeouts, int repetitions) {
  next(at);
  // Karn's algorithm: RFC 6298 section 3
  if (by_cookie || repetitions > 0) queue_.resent(0, at, rate_.departs(at, false, delivered_), false);
  counters_.retransmits = static_cast<std::uint64_t>(repetitions);
  counters_.timeouts = static_cast<std::uint64_t>(timeouts);
}

// The first time: what was answered may be a connection of the past, which the reset has ended now.
void Sender::hasten_syn(Time now) {
  constexpr Duration soon = 2ms;  // TCP_TIMEOUT_MIN
  if (counters_.timeouts == 0) timer_ = Retransmit{now + soon};
}

void Sender::give_syn(std::span<const std::uint8_t> text) {
  syn_text_ = static_cast<std::uint32_t>(write(text));
}

void Sender::syn_text_refused() {  // tcp_rcv_fastopen_synack()
  for (std::size_t i = 0; i < queue_.size(); ++i) queue_.mark_lost(i);
  lose_without_congestion();
}

}  // namespace ringside::net
