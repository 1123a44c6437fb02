// Probes of an idle connection, and their end: RFC 9293 section 3.8.4, RFC 1122 section 4.2.3.6.
#include "tcp/keepalive.hpp"

#include <algorithm>

namespace ringside::net {

bool Keepalive::on() const { return options_->keep_alive || config_->keeps_alive_always; }

void Keepalive::start(Time now) {
  at_ = on() ? now + idle() : end_of_time;
  probes_ = 0;
}

// tcp_sock_set_keepidle_locked().
void Keepalive::adjust(Time now) {
  if (on()) at_ = std::max(now, heard_ + idle());
}

bool Keepalive::given_up(Duration silent) const {
  const Duration limit = options_->user_timeout;
  const int most = options_->keep_count > 0 ? options_->keep_count : config_->keep_count;
  return limit > Duration{0} ? silent >= limit && probes_ > 0 : probes_ >= most;
}

Duration Keepalive::idle() const {
  return options_->keep_idle > Duration{} ? options_->keep_idle : config_->keep_idle;
}

Keepalive::Act Keepalive::on_deadline(Time now, bool busy) {
  if (at_ > now) return Act::none;
  const Duration silent = now - heard_;
  if (busy || silent < idle()) {
    at_ = (busy ? now : heard_) + idle();
    return Act::none;
  }
  if (given_up(silent)) return Act::give_up;
  ++probes_;
  at_ = now + (options_->keep_interval > Duration{} ? options_->keep_interval : config_->keep_interval);
  return Act::probe;
}

}  // namespace ringside::net
