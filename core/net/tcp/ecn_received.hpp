// The marks with which segments came, and when the peer is told of them: the Data Receiver of RFC 9768
// section 3.2. The functions named are those of include/net/tcp_ecn.h of Linux.
#pragma once

#include <algorithm>
#include <array>

#include "ringside/net/config.hpp"
#include "tcp/ecn_field.hpp"

namespace ringside::net {

class EcnReceived {
 public:
  void begin(EcnField syn_field) { last_ = syn_field; }  // as the peer's SYN came
  void count_syn_ack();                                  // that came with CE
  // A segment with so many octets of text. `tells`: AccECN was agreed on.
  void count(EcnField field, std::size_t octets, bool tells);
  void demand_option(std::uint8_t times) { demand_ = std::max(demand_, times); }
  void demand_ack() { ack_owed_ = true; }

  std::uint32_t ce() const { return ce_; }  // segments
  std::uint32_t octets(EcnField field) const { return octets_[static_cast<std::size_t>(field) - 1]; }
  EcnField last() const { return last_; }
  bool ack_owed() const { return ack_owed_; }  // what comes next is acknowledged at once
  // The three bits are half round since they were told last.
  bool much_untold() const { return untold_ >= most_untold; }
  // With few options (EcnConfig::option 1): this one is due.
  bool option_due(Time now, Duration srtt, int in_round_trip) const;
  // Of the three counts, those that must go with the option or it says nothing new.
  int fields_needed() const { return fields_needed_; }

  std::uint32_t ace() const { return ce_ + ace::first_count; }
  wire::EcnOctets option() const;  // RFC 9768 section 3.2.3
  void count_told();               // ace()
  void option_told(Time now);
  void acknowledged() { ack_owed_ = false; }

 private:
  static constexpr std::uint32_t most_untold = 6;  // TCP_ACCECN_ACE_MAX_DELTA

  std::uint32_t ce_ = 0, untold_ = 0;      // segments: r.cep, received_ce_pending
  std::array<std::uint32_t, 3> octets_{};  // of text that came with ECT(1), ECT(0), CE
  Time option_at_{};                       // accecn_opt_tstamp
  EcnField last_ = EcnField::not_ect;      // prev_ecnfield
  std::uint8_t demand_ = 0;                // accecn_opt_demand: segments that have to have the option
  std::uint8_t fields_needed_ = 0;         // accecn_minlen
  bool ack_owed_ = false;                  // ICSK_ACK_NOW
};

}  // namespace ringside::net
