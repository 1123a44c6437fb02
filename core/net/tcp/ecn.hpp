// Explicit congestion notification of one connection: RFC 3168 section 6.1, and with counters instead of
// echoes RFC 9768 (AccECN). What the network marked is told to the sender, and what the peer tells slows us
// down. The functions named are those of include/net/tcp_ecn.h and net/ipv4/tcp_input.c of Linux.
#pragma once

#include <algorithm>

#include "ringside/net/config.hpp"
#include "ringside/net/wire/tcp.hpp"

namespace ringside::net {

// The two bits of the IP header: RFC 3168 section 5.
enum class EcnField : std::uint8_t { not_ect = 0, ect1 = 1, ect0 = 2, ce = 3 };
constexpr std::uint8_t ecn_mask = 0x3;
constexpr EcnField ecn_field(std::uint8_t type_of_service) {
  return EcnField{static_cast<std::uint8_t>(type_of_service & ecn_mask)};
}
constexpr std::uint8_t with_ecn(std::uint8_t type_of_service, EcnField field) {
  return static_cast<std::uint8_t>((type_of_service & ~ecn_mask) | static_cast<std::uint8_t>(field));
}

class Ecn {
 public:
  // What a SYN asks for, as far as it is accepted.
  static EcnUse asked_by(wire::TcpFlags syn, EcnField field, const EcnConfig& config, bool needed);
  // What a SYN-ACK answers, to a SYN that came with that field.
  static void mark_syn_ack(wire::TcpFlags& flags, EcnUse agreed, EcnField syn_field);
  // Each SYN-ACK of AccECN but those that were repeated for a time-out: RFC 9768 section 3.2.3.2.
  static wire::EcnOctets first_octets() { return {.ect0 = 1, .ect1 = 1, .ce = 0}; }

  // Congestion control needs the marks, whatever is configured: tcp_ca_needs_ecn().
  void need(bool needed) { needed_ = needed; }
  void ask(EcnUse use) { asked_ = needed_ ? std::max(use, EcnUse::classic) : use; }
  void mark_syn(wire::TcpFlags& flags, bool repeated, const EcnConfig& config) const;
  void on_syn_ack(wire::TcpFlags flags, EcnField field, bool has_option);
  void agree(EcnUse use, EcnField syn_field);
  void on_third_segment(wire::TcpFlags flags, bool bare, bool has_option);  // passive

  bool agreed() const { return use_ != EcnUse::no; }
  bool accurate() const { return use_ == EcnUse::accurate; }
  EcnUse use() const { return use_; }
  EcnField syn_field() const { return syn_field_; }
  bool seen() const { return seen_; }  // TCP_ECN_SEEN: a marked segment came
  // Segments that the peer says, or implies, to have come with CE.
  std::uint32_t delivered_ce() const { return delivered_ce_; }
  std::uint32_t received_ce() const { return received_ce_; }

  // changed: at once, and before it what was to be acknowledged without it.
  enum class Acknowledge : std::uint8_t { as_usual, quickly, now, changed };
  Acknowledge on_segment(EcnField field, wire::TcpFlags flags, std::size_t text);  // an acceptable one
  // An ACK of so many segments that were not acknowledged before. True: the network is congested.
  bool on_ack(wire::TcpFlags flags, std::uint32_t segments);

  // What a segment says. `fresh`: text that was not sent before; `reduced`: the window was, and that was not
  // said.
  void mark(wire::TcpFlags& flags, bool fresh, bool reduced, bool bare);
  EcnField field(bool fresh) const {
    return accurate() || (agreed() && (fresh || needed_)) ? EcnField::ect0 : EcnField::not_ect;
  }
  EcnField field_of_syn() const { return needed_ ? EcnField::ect0 : EcnField::not_ect; }
  bool echoes() const { return echoes_; }
  bool tells_octets(const EcnConfig& config) const {
    return accurate() && peer_has_option_ && config.option > 0;
  }
  wire::EcnOctets octets() const;  // RFC 9768 section 3.2.3

 private:
  Acknowledge on_text(EcnField field);
  Acknowledge follow(EcnField field);
  Acknowledge count(EcnField field, std::size_t text);

  EcnUse asked_ = EcnUse::no, use_ = EcnUse::no;
  EcnField syn_field_ = EcnField::not_ect;  // of the peer's SYN or SYN-ACK
  EcnField last_field_ = EcnField::not_ect;
  bool needed_ = false;
  bool seen_ = false;
  bool echoes_ = false;    // TCP_ECN_DEMAND_CWR
  bool reflects_ = false;  // the third segment of a handshake says how the second one came
  bool peer_has_option_ = false;
  std::uint32_t received_ce_ = 0, delivered_ce_ = 0;                 // segments: r.cep and s.cep
  std::uint32_t octets_ect0_ = 0, octets_ect1_ = 0, octets_ce_ = 0;  // received
};

}  // namespace ringside::net
