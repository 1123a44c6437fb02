// SYN cookies, RFC 4987 section 3.6: a handshake of which nothing is kept. What must be known later is in the
// sequence number of the SYN-ACK, and, if the client stamps, in the low bits of its timestamp.
// net/ipv4/syncookies.c.
#pragma once

#include "containers/siphash.hpp"
#include "tcp/request.hpp"

namespace ringside::net {

class SynCookies {
 public:
  explicit SynCookies(SipKey key) : key_{key} {}

  static constexpr Duration valid =
      120s;  // TCP_SYNCOOKIE_VALID: so long after the last one they are believed

  // The number of the SYN-ACK. It has no room for any MSS: `request.mss` becomes the next smaller one.
  // FreeBSD has the window scale and SACK in it, too (union syncookie); Linux in the timestamp, if there is
  // one.
  SeqNum number(Time now, Request& request, const TcpConfig& config) const;
  static bool holds_options(const TcpConfig& config) { return config.checks == SegmentChecks::freebsd; }
  // What was agreed on, if the ACK answers a cookie of the last two minutes; `own_offset` is that of the
  // timestamps.
  std::optional<Request> request_of(Time now, const Flow& flow, const Segment& ack, std::uint32_t own_offset,
                                    const TcpConfig& config) const;

  // The timestamp of the SYN-ACK, not after `clock`, in which six bits say what was agreed on.
  static std::uint32_t stamp(std::uint32_t clock, const Request& request);

 private:
  std::uint32_t hash(const Flow& flow, std::uint64_t count, std::uint64_t which) const {
    return static_cast<std::uint32_t>(siphash(key_, {flow.addresses(), flow.ports(), count, which}));
  }
  std::optional<std::uint32_t> said_by(Time now, const Flow& flow, SeqNum irs, SeqNum iss) const;

  SipKey key_;
};

}  // namespace ringside::net
