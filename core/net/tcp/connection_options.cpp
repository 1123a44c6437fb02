// What an option does beyond being looked up when its time comes.
#include <algorithm>
#include <utility>

#include "tcp/connection.hpp"

namespace ringside::net {

void Connection::set_options(Time now, OptionCopy changed) {
  const OptionCopy kept = std::exchange(options_, std::move(changed));
  const TcpSocketOptions &before = *kept, &options = *options_;
  const bool uncorked = before.cork && !options.cork && options.nagle == Nagle::off;
  if (uncorked || (before.nagle != Nagle::off && options.nagle == Nagle::off)) sender_.push_small();
  if (before.congestion != options.congestion) {
    sender_.use(now, options.congestion);
    ecn_.need(needs_ecn(options.congestion));
  }
  if (before.max_pacing_rate != options.max_pacing_rate) sender_.limit_pace(options.max_pacing_rate);
  receiver_.change(before, options);
  const bool waits = state_ == TcpState::syn_sent && before.connect_timeout != options.connect_timeout;
  if (waits) linger_ = now + connect_timeout();
  if (synchronized() && before.largest_sent != options.largest_sent)
    sender_.limit_segments(static_cast<std::uint32_t>(options.largest_sent) -
                           (timestamps_ ? wire::timestamps_option_size : 0));
  if (!synchronized()) return;  // the keepalive timer begins with the connection
  if (before.keep_alive != options.keep_alive) {
    keepalive_.start(now);
  } else if (before.keep_idle != options.keep_idle) {
    keepalive_.adjust(now);
  }
}

// FreeBSD TCP_KEEPINIT.
Duration Connection::connect_timeout() const {
  const Duration own = options_->connect_timeout;
  return own > Duration{} ? own : config_->connect_timeout;
}

// Linux __tcp_sock_set_quickack(): an ACK that is due leaves, if nothing is left to be read.
void Connection::set_quick_ack(bool now, bool from_now_on) {
  receiver_.quick_ack().set_interactive(!now);
  const bool receiving = state_ == TcpState::established || state_ == TcpState::close_wait;
  if (!now || !receiving || !receiver_.ack_due()) return;
  if (receiver_.readable() == 0) receiver_.require_ack();
  if (!from_now_on) receiver_.quick_ack().set_interactive(true);
}

// Linux tcp_fin_time(): no shorter than it takes to repeat the FIN.
Duration Connection::fin_wait_2_timeout() const {
  if (!options_->fin_wait_2_timeout) return {};
  const Duration own = *options_->fin_wait_2_timeout, rto = sender_.rtt().rto();
  return std::max(own > Duration{} ? own : config_->fin_wait_2_timeout, 4 * rto - rto / 2);
}

}  // namespace ringside::net
