// What has happened to a socket, as far as the kernel wakes those who wait for it.
#pragma once

#include "sockets/returned.hpp"

namespace ringside::net {

struct Activity {
  std::uint64_t arrived = 0;    // octets, datagrams or connections, that were read too: sk_data_ready()
  std::uint64_t shortages = 0;  // of room for what was to be sent: who met one waits for sk_write_space()
  std::uint64_t reports = 0;    // in the error queue: sk_error_report()
  TcpState state{};             // this and the following: sk_state_change(), sk_error_report()
  bool fin_received = false, shut_read = false, shut_write = false;
  Errno error = Errno::none;

  // The rest of it: what wakes whatever somebody waits for.
  bool same_condition(const Activity& other) const {
    return reports == other.reports && state == other.state && fin_received == other.fin_received &&
           shut_read == other.shut_read && shut_write == other.shut_write && error == other.error;
  }
};

}  // namespace ringside::net
