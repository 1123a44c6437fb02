// The marks with which our segments came to the peer, as it tells: the Data Sender of RFC 9768 section 3.2.
// The functions named are those of net/ipv4/tcp_input.c of Linux.
#pragma once

#include <array>
#include <optional>

#include "tcp/ecn_field.hpp"

namespace ringside::net {

// TCP_ACCECN_OPT_...: of the peer's option, and of its counts, of which some begin at 1 lest a middlebox
// zero them.
enum class EcnOptionSeen : std::uint8_t { none = 0, empty = 1, counts = 2, zeroed = 3 };
EcnOptionSeen seen_in(const wire::EcnOctets& option);  // tcp_accecn_option_init()

// What a segment says.
struct EcnSaid {
  wire::TcpFlags flags{};
  std::optional<wire::EcnOctets> option{};
  bool timestamp_advanced = false;  // FLAG_TS_PROGRESS
};

// What an acknowledgement told the sender besides.
struct EcnNews {
  std::uint32_t segments = 0, octets = 0;  // that are known to have come, and were not before
  std::uint32_t mss = 536;
  std::uint64_t octets_sent = 0;  // all
  bool forward = false;           // FLAG_FORWARD_PROGRESS
  bool counts_sure = false;       // `segments` is no guess: SACK, or no loss
};

class EcnDelivered {
 public:
  void note_option(const wire::EcnOctets& option);
  void add(std::uint32_t segments) { ce_ += segments; }
  // Segments with CE that the counter of three bits tells of.
  std::uint32_t on_ack(const EcnSaid& said, const EcnNews& news, bool believed);

  std::uint32_t ce() const { return ce_; }
  std::uint32_t octets(EcnField field) const { return octets_[static_cast<std::size_t>(field) - 1]; }
  EcnOptionSeen option_seen() const { return seen_; }

 private:
  bool take_option(const EcnSaid& said, const EcnNews& news);
  bool take_counts(const wire::EcnOctets& option);
  void average(std::uint32_t segments);
  std::uint32_t among_many(std::uint32_t least, std::uint32_t most, const EcnNews& news,
                           std::uint32_t octets) const;

  std::uint32_t ce_ = 0;                      // segments: s.cep
  std::array<std::uint32_t, 3> octets_{};     // that came with ECT(1), ECT(0), CE: s.e1b, s.e0b, s.ceb
  std::uint32_t segments_average_ = 0;        // in an ACK, times 64: pkts_acked_ewma
  EcnField growing_ = EcnField::not_ect;      // the only one of the counts that did last: est_ecnfield
  EcnOptionSeen seen_ = EcnOptionSeen::none;  // saw_accecn_opt
};

}  // namespace ringside::net
