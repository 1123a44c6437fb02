// RFC 9293 section 3.8.4: whether a silent peer is still there. Linux tcp_keepalive_timer().
#pragma once

#include "tcp/current_options.hpp"

namespace ringside::net {

class Keepalive {
 public:
  enum class Act : std::uint8_t { none, probe, give_up };

  Keepalive(const TcpConfig& config, CurrentOptions options) : config_{&config}, options_{options} {}

  void start(Time now);   // the connection is established, or the option is set
  void adjust(Time now);  // the idle time was changed
  void stop() { at_ = end_of_time; }
  void heard(Time now) { heard_ = now, probes_ = 0; }

  Time deadline() const { return at_; }
  Time heard() const { return heard_; }
  int probes() const { return probes_; }  // not answered
  // Who has sent something and waits for its ACK is `busy` and needs no probe.
  Act on_deadline(Time now, bool busy);

 private:
  bool given_up(Duration silent) const;
  bool on() const;
  Duration idle() const;  // keepalive_time_when()

  const TcpConfig* config_;
  CurrentOptions options_;
  Time at_ = end_of_time;
  Time heard_{};
  int probes_ = 0;
};

}  // namespace ringside::net
