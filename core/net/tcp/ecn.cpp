// Negotiation, echoes, counters and marks.
#include "tcp/ecn.hpp"

#include <utility>

namespace ringside::net {
namespace {

// The three flags as a number, AE the highest: RFC 9768 section 3.1.
constexpr std::uint32_t ace_mask = 7;
constexpr std::uint32_t first_count = 5;  // RFC 9768 section 3.2.1, TCP_ACCECN_CEP_INIT_OFFSET

std::uint32_t ace_of(wire::TcpFlags flags) {
  return (flags.ae ? 4u : 0u) | (flags.cwr ? 2u : 0u) | (flags.ece ? 1u : 0u);
}

void put_ace(wire::TcpFlags& flags, std::uint32_t ace) {
  flags.ae = (ace & 4) != 0, flags.cwr = (ace & 2) != 0, flags.ece = (ace & 1) != 0;
}

// RFC 9768 table 3: how a SYN or SYN-ACK came.
std::uint32_t reflected(EcnField field) {
  switch (field) {
    case EcnField::not_ect: return 2;
    case EcnField::ect1: return 3;
    case EcnField::ect0: return 4;
    case EcnField::ce: return 6;
  }
  return 0;
}

}  // namespace

// tcp_ecn_create_request(): RFC 3168 section 6.1.1 has no marked SYNs, unless a later protocol's flag is
// there.
EcnUse Ecn::asked_by(wire::TcpFlags syn, EcnField field, const EcnConfig& config, bool needed) {
  if (needed && syn.ece && syn.cwr) return EcnUse::classic;
  if (!syn.ece || !syn.cwr || config.accepts == EcnUse::no) return EcnUse::no;
  if (syn.ae && config.accepts == EcnUse::accurate) return EcnUse::accurate;
  return field == EcnField::not_ect || syn.ae ? EcnUse::classic : EcnUse::no;
}

void Ecn::mark_syn_ack(wire::TcpFlags& flags, EcnUse agreed, EcnField syn_field) {
  if (agreed == EcnUse::classic) flags.ece = true;
  if (agreed == EcnUse::accurate) put_ace(flags, reflected(syn_field));
}

// RFC 3168 section 6.1.1.1: a SYN that is repeated asks no more, since the first may have been dropped for
// it.
void Ecn::mark_syn(wire::TcpFlags& flags, bool repeated, const EcnConfig& config) const {
  if (asked_ == EcnUse::no || (repeated && config.fallback)) return;
  flags.ece = flags.cwr = true;
  flags.ae = asked_ == EcnUse::accurate;
}

// tcp_ecn_rcv_synack(). All three are what a host says that reflects reserved bits.
void Ecn::on_syn_ack(wire::TcpFlags flags, EcnField field, bool has_option) {
  constexpr std::uint32_t classic = 1, nonce = 5;  // RFC 3168, RFC 3540
  const std::uint32_t ace = ace_of(flags);
  if (asked_ == EcnUse::classic) {
    if (flags.ece && !flags.cwr) use_ = EcnUse::classic;
  } else if (asked_ == EcnUse::accurate && ace != 0 && ace != ace_mask) {
    use_ = ace == classic || ace == nonce ? EcnUse::classic : EcnUse::accurate;
    syn_field_ = last_field_ = field;
    reflects_ = accurate();
    peer_has_option_ = has_option;
    if (accurate() && field == EcnField::ce) ++received_ce_;
  }
}

void Ecn::agree(EcnUse use, EcnField syn_field) {
  use_ = use;
  syn_field_ = last_field_ = syn_field;
}

// tcp_accecn_third_ack().
void Ecn::on_third_segment(wire::TcpFlags flags, bool bare, bool has_option) {
  if (!accurate()) return;
  peer_has_option_ = has_option;
  if (bare && ace_of(flags) == reflected(EcnField::ce)) ++delivered_ce_;
}

Ecn::Acknowledge Ecn::on_segment(EcnField field, wire::TcpFlags flags, std::size_t text) {
  if (accurate()) return count(field, text);
  if (use_ != EcnUse::classic) return Acknowledge::as_usual;
  const bool answered = flags.cwr && std::exchange(echoes_, false);  // tcp_ecn_accept_cwr()
  if (text == 0) return Acknowledge::as_usual;
  const Acknowledge wanted = on_text(field);
  return answered && wanted != Acknowledge::changed ? Acknowledge::now
                                                    : wanted;  // the peer may have very little in flight
}

// RFC 8257 section 3.2: each ACK says how what it acknowledges came. dctcp_ece_ack_update()
Ecn::Acknowledge Ecn::follow(EcnField field) {
  seen_ = seen_ || field != EcnField::not_ect;
  const bool ce = field == EcnField::ce;
  const bool before = last_field_ == EcnField::ce;
  last_field_ = field;
  echoes_ = ce;
  return ce == before ? Acknowledge::as_usual : Acknowledge::changed;
}

// tcp_data_ecn_check(). Text without a mark after text that had one was sent again.
Ecn::Acknowledge Ecn::on_text(EcnField field) {
  if (needed_) return follow(field);
  if (field == EcnField::not_ect) return seen_ ? Acknowledge::quickly : Acknowledge::as_usual;
  seen_ = true;
  if (field != EcnField::ce || echoes_) return Acknowledge::as_usual;
  echoes_ = true;
  return Acknowledge::quickly;
}

// tcp_ecn_received_counters(): RFC 9768 section 3.2.2.5.1, an ACK whenever the marks change.
Ecn::Acknowledge Ecn::count(EcnField field, std::size_t text) {
  const auto octets = static_cast<std::uint32_t>(text);
  seen_ = seen_ || field != EcnField::not_ect;
  switch (field) {
    case EcnField::not_ect: break;
    case EcnField::ect0: octets_ect0_ += octets; break;
    case EcnField::ect1: octets_ect1_ += octets; break;
    case EcnField::ce: octets_ce_ += octets, ++received_ce_; break;
  }
  return std::exchange(last_field_, field) != field && text > 0 ? Acknowledge::now : Acknowledge::as_usual;
}

// __tcp_accecn_process(): the counter has three bits, of which more than seven segments may have made a
// round.
bool Ecn::on_ack(wire::TcpFlags flags, std::uint32_t segments) {
  std::uint32_t marked = 0;
  if (use_ == EcnUse::classic && flags.ece && !flags.syn) {
    delivered_ce_ += segments;
    return true;
  }
  if (accurate() && segments > 0) {
    marked = (ace_of(flags) - first_count - delivered_ce_) & ace_mask;
    if (segments > ace_mask) marked = segments - ((segments - marked) & ace_mask);
    delivered_ce_ += marked;
  }
  return marked > 0;
}

// tcp_ecn_send(), tcp_accecn_set_ace().
void Ecn::mark(wire::TcpFlags& flags, bool fresh, bool reduced, bool bare) {
  if (use_ == EcnUse::classic) {
    flags.cwr = fresh && reduced;
    flags.ece = echoes_;
  } else if (accurate()) {
    const bool reflects = std::exchange(reflects_, false) && bare;
    put_ace(flags, reflects ? reflected(syn_field_) : received_ce_ + first_count);
  }
}

wire::EcnOctets Ecn::octets() const {
  constexpr std::uint32_t field = (1u << 24) - 1;
  return {.ect0 = (octets_ect0_ + 1) & field, .ect1 = (octets_ect1_ + 1) & field, .ce = octets_ce_ & field};
}

}  // namespace ringside::net
