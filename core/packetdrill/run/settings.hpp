// The kernel's settings as a script knows them, and what they mean for the stack. A script may change them at
// any time. What Linux reads when, and so the stack:
//
// - a new socket (tcp_init_sock()): congestion control, tcp_reordering, the defaults of tcp_rmem and
//   tcp_wmem, net.core.[rw]mem_default, ip_default_ttl, tcp_rto_min_us, tcp_rto_max_ms; an accepted socket
//   has what its listener has;
// - listen(): somaxconn;
// - each handshake: tcp_sack, tcp_timestamps, tcp_window_scaling, the most of tcp_rmem (the window scale);
// - whenever it matters: retries and other time-outs of all kinds (keepalive's where the socket has none of
// its
//   own), the most of tcp_wmem and of tcp_rmem, tcp_moderate_rcvbuf, tcp_dsack, tcp_comp_sack_*,
//   tcp_recovery, tcp_notsent_lowat, net.core.[rw]mem_max, ip_local_port_range, the limits of MTU probing
//   (tcp_base_mss and its kin; whether a connection probes goes by its handshake).
//
// That is: what is in net::TcpSocketOptions goes by the socket, what a connection copies when it is made goes
// by the handshake, and whatever is looked up in net::TcpConfig is in force at once.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "ringside/net/config.hpp"
#include "ringside/packetdrill/command.hpp"

namespace ringside::packetdrill {

class Settings {
 public:
  // `of_freebsd`: what is not set is as FreeBSD has it.
  explicit Settings(bool of_freebsd) : of_freebsd_{of_freebsd} {}

  void apply(const SettingOperation&);
  // Those that mean something to the stack. Throws Failure for a value that the kernel would not take.
  net::StackConfig stack_config() const;
  // Of the last stack_config(). One that means nothing is not refused: published scripts set many that only
  // matter to what they do not test. It is said once, and a script that needs it finds out by itself.
  bool means_nothing(std::string_view name) const;

 private:
  void apply_network(net::StackConfig&) const;
  void apply_patience(net::TcpConfig&) const;
  void apply_freebsd(net::TcpConfig&) const;  // settings_freebsd.cpp
  void apply_freebsd_timers(net::TcpConfig&) const;
  net::FastOpenConfig fast_open() const;
  net::EcnConfig ecn(std::int64_t use) const;  // tcp_ecn
  std::int64_t ecn_of_freebsd() const;
  net::CompressedAcks compressed_acks() const;
  net::MtuProbingConfig mtu_probing() const;
  std::string_view value(std::string_view name, std::string_view otherwise) const;
  std::int64_t number(std::string_view name, std::int64_t otherwise, std::size_t place = 0) const;
  // In so many units, a month at most: the clock of a script does not go much further.
  Duration time(std::string_view name, Duration unit, Duration otherwise) const;

  bool of_freebsd_;
  std::map<std::string, std::string, std::less<>> now_{}, saved_{};
  mutable std::set<std::string_view> asked_for_{};  // literals, all of them
};

}  // namespace ringside::packetdrill
