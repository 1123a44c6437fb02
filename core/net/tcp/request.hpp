// A SYN that came to a listener, until the third segment of the handshake makes it a connection: RFC 9293's
// SYN-RECEIVED without what a connection needs, since anybody can make a host have many of them (RFC 4987
// section 3.5). Linux struct tcp_request_sock.
#pragma once

#include <optional>

#include "containers/flow.hpp"
#include "ringside/net/config.hpp"
#include "tcp/ecn.hpp"
#include "tcp/saved_syn.hpp"

namespace ringside::net {

struct Request {
  Flow flow{};
  SocketId listener{};
  SeqNum irs{}, iss{};
  std::uint16_t window = 0;  // of the SYN
  std::uint16_t mss = 0;
  std::uint8_t send_scale = 0;
  bool window_scale = false, sack = false, timestamps = false;  // offered by the SYN, and by us
  EcnUse ecn = EcnUse::no;
  EcnField syn_field = EcnField::not_ect;  // how the latest SYN came
  std::uint8_t ecn_failures = 0;           // accecn_fail_mode
  bool by_cookie = false;                  // of which nothing was kept
  bool shares_port = false;                // another listener may inherit it
  bool acknowledged = false;     // the client is there: its ACK came, and opened nothing (Linux acked)
  std::uint8_t timeouts = 0;     // of the SYN-ACK
  std::uint8_t repetitions = 0;  // of the SYN-ACK, whatever the reason
  std::uint32_t ts_recent = 0;
  std::uint32_t flow_label = 0;  // of the SYN
  std::uint32_t first_stamp = 0,
                last_stamp = 0;  // that the SYN-ACKs had: Linux snt_tsval_first, snt_tsval_last
  Time sent{};                   // the first SYN-ACK
  SavedSyn syn{};
  std::optional<Time> answered{};  // when something unacceptable last got an ACK

  void agree_on(const wire::TcpOptions& offered, const TcpConfig& config);
  wire::TcpOptions offered() const;  // as the SYN had them, as far as they were agreed on

  // RFC 7323 section 5.3 R1. Linux tcp_paws_check(): some systems send SYNs with a timestamp of 0.
  bool old_timestamp(const Segment& segment) const;
  // RFC 7323 section 3.2 has TSecr echo what was sent: Linux tcp_check_req(), tsecr_reject.
  bool forged_echo(const Segment& segment) const;
  // `window`: as the SYN-ACK offered it. Linux tcp_in_window().
  bool acceptable(const Segment& segment, std::uint32_t window) const;
};
static_assert(sizeof(Request) <= 128);  // with its places in the tables of flows and timers less than 256

}  // namespace ringside::net
