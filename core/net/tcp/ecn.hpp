// Explicit congestion notification of one connection: RFC 3168 section 6.1, and with counters instead of
// echoes RFC 9768 (AccECN). What the network marked is told to the sender, and what the peer tells slows us
// down. The functions named are those of include/net/tcp_ecn.h and net/ipv4/tcp_input.c of Linux.
#pragma once

#include "ringside/net/config.hpp"
#include "tcp/ecn_delivered.hpp"
#include "tcp/ecn_received.hpp"

namespace ringside::net {

// What did not get through, as it was sent or as it came: Linux tcpi_accecn_fail_mode. RFC 9768
// section 3.2.2.1: where it is the three bits nothing of ours is ECT any more, and what the peer does with
// them is still told.
namespace ecn_failure {
constexpr std::uint8_t ace_sent = 1, ace_received = 2, option_sent = 4, option_received = 8;
}

class Ecn {
 public:
  // What a SYN asks for, as far as it is accepted.
  static EcnUse asked_by(wire::TcpFlags syn, EcnField field, const EcnConfig& config, bool needed);
  // What a SYN-ACK answers, to a SYN that came with that field.
  static void mark_syn_ack(wire::TcpFlags& flags, EcnUse agreed, EcnField syn_field);
  // Each SYN-ACK of AccECN but those that are repeated: RFC 9768 section 3.2.3.2.
  static wire::EcnOctets first_octets() { return {.ect1 = 1, .ce = 0, .ect0 = 1}; }

  // Congestion control needs the marks, whatever is configured: tcp_ca_needs_ecn().
  void need(bool needed) { needed_ = needed; }
  void ask(EcnUse use) { asked_ = needed_ ? std::max(use, EcnUse::classic) : use; }
  // `timeouts`: of SYNs before it.
  void mark_syn(wire::TcpFlags& flags, std::uint64_t timeouts, const EcnConfig& config) const;
  void on_syn_ack(wire::TcpFlags flags, EcnField field, const std::optional<wire::EcnOctets>& option,
                  const EcnConfig& config);
  void on_syn(wire::TcpFlags flags, EcnField field);  // which crosses ours
  void agree(EcnUse use, EcnField syn_field, std::uint8_t failures = 0);
  // Passive: the third one of the handshake. `bare`: nothing but an ACK.
  struct Third {
    EcnSaid said{};
    bool bare = false, with_sack = false;
  };
  void on_third_segment(const Third& third, const EcnConfig& config);
  // The peer's SYN comes again, and is answered by a challenge ACK that tells how.
  void on_syn_again(EcnField field, const std::optional<wire::EcnOctets>& option);

  bool agreed() const { return use_ != EcnUse::no; }
  bool accurate() const { return use_ == EcnUse::accurate; }
  EcnUse use() const { return use_; }
  EcnUse asked() const { return asked_; }
  EcnField syn_field() const { return syn_field_; }
  bool seen() const { return seen_; }  // TCP_ECN_SEEN: a marked segment came
  const EcnReceived& received() const { return received_; }
  const EcnDelivered& delivered() const { return delivered_; }
  std::uint8_t failures() const {
    const bool option = delivered_.option_seen() == EcnOptionSeen::zeroed;
    return static_cast<std::uint8_t>(failures_ | (option ? ecn_failure::option_received : 0));
  }

  void count(EcnField field, std::size_t text);  // an acceptable segment
  // changed: at once, and before it what was to be acknowledged without it.
  enum class Acknowledge : std::uint8_t { as_usual, quickly, now, changed };
  Acknowledge on_segment(EcnField field, wire::TcpFlags flags, std::size_t text);  // the same
  // True: the network is congested.
  bool on_ack(const EcnSaid& said, const EcnNews& news);
  // Text that had come, for the same reason as what the last D-SACK told of?
  void on_repetition(bool reported);

  // What a segment says. `fresh`: text that was not sent before; `reduced`: the window was, and that was not
  // said.
  void mark(wire::TcpFlags& flags, bool fresh, bool reduced, bool bare);
  EcnField field(bool fresh) const;
  EcnField field_of_syn() const { return needed_ ? EcnField::ect0 : EcnField::not_ect; }
  bool echoes() const { return echoes_; }
  bool option_due(Time now, Duration srtt, const EcnConfig& config) const;
  void option_told(Time now, bool with_report);  // or not, since it was not due
  void option_left_out() { option_with_report_ = false; }

 private:
  bool plausible(std::uint32_t ace, const EcnConfig& config);
  Acknowledge on_text(EcnField field);
  Acknowledge follow(EcnField field);

  EcnUse asked_ = EcnUse::no, use_ = EcnUse::no;
  EcnField syn_field_ = EcnField::not_ect;   // of the peer's SYN or SYN-ACK
  EcnField last_field_ = EcnField::not_ect;  // of text, where DCTCP follows it
  std::uint8_t failures_ = 0;
  bool needed_ = false;
  bool seen_ = false;
  bool echoes_ = false;              // TCP_ECN_DEMAND_CWR
  bool reflects_ = false;            // the next ACK says how the peer's SYN or SYN-ACK came
  bool option_with_report_ = false;  // the last segment had the option, and a D-SACK: accecn_opt_sent_w_dsack
  EcnReceived received_{};
  EcnDelivered delivered_{};
};

}  // namespace ringside::net
