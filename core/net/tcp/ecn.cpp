// Negotiation, echoes, counters and marks.
#include "tcp/ecn.hpp"

#include <algorithm>
#include <utility>

namespace ringside::net {
namespace {

// How our SYN or SYN-ACK came, as the peer says: tcp_accecn_extract_syn_ect(), RFC 9768 table 2. What is not
// in use is taken for something that we did not send.
EcnField reflected(std::uint32_t ace) {
  switch (ace) {
    case ace::reflecting(EcnField::not_ect): return EcnField::not_ect;
    case ace::reflecting(EcnField::ect0): return EcnField::ect0;
    case ace::reflecting(EcnField::ce): return EcnField::ce;
    default: return EcnField::ect1;
  }
}

}  // namespace

// tcp_ecn_create_request(): RFC 3168 section 6.1.1 has no marked SYNs, unless a later protocol's flag is
// there. RFC 9768 section 3.1.2: whatever is neither RFC 3168's nor nothing asks for AccECN.
EcnUse Ecn::asked_by(wire::TcpFlags syn, EcnField field, const EcnConfig& config, bool needed) {
  constexpr std::uint32_t classic = 3;
  const std::uint32_t ace = ace::of(syn);
  if (ace != 0 && ace != classic && config.accepts == EcnUse::accurate) return EcnUse::accurate;
  if (!syn.ece || !syn.cwr) return EcnUse::no;
  if (needed) return EcnUse::classic;
  if (config.accepts == EcnUse::no) return EcnUse::no;
  return field == EcnField::not_ect || syn.ae ? EcnUse::classic : EcnUse::no;
}

void Ecn::mark_syn_ack(wire::TcpFlags& flags, EcnUse agreed, EcnField syn_field) {
  if (agreed == EcnUse::classic) flags.ece = true;
  if (agreed == EcnUse::accurate) ace::put(flags, ace::reflecting(syn_field));
}

// RFC 3168 section 6.1.1.1: a SYN that is repeated asks no more, since the first may have been dropped for
// it; RFC 9768 section 3.1.4.1: one of AccECN does so once.
void Ecn::mark_syn(wire::TcpFlags& flags, std::uint64_t timeouts, const EcnConfig& config) const {
  const auto set = static_cast<std::uint64_t>(config.repeats);
  const std::uint64_t tries = std::max<std::uint64_t>(asked_ == EcnUse::accurate ? 1 : 0, set);
  if (asked_ == EcnUse::no || (timeouts > tries && config.fallback)) return;
  flags.ece = flags.cwr = true;
  flags.ae = asked_ == EcnUse::accurate;
}

// tcp_ecn_rcv_synack(). All three are what a host says that reflects reserved bits. RFC 9768 section 3.1.3:
// the nonce's answer is reserved, and AccECN until it means something.
void Ecn::on_syn_ack(wire::TcpFlags flags, EcnField field, const std::optional<wire::EcnOctets>& option,
                     const EcnConfig& config) {
  constexpr std::uint32_t classic = 1, nonce = 5;  // RFC 3168, RFC 3540
  const std::uint32_t ace = ace::of(flags);
  if (asked_ == EcnUse::no || ace == 0 || ace == ace::mask) return;
  if (asked_ == EcnUse::classic || ace == classic) {
    if (flags.ece && !flags.cwr) use_ = EcnUse::classic;
    return;
  }
  use_ = EcnUse::accurate;
  syn_field_ = field;
  reflects_ = true;
  if (option) delivered_.note_option(*option), received_.demand_option(2);
  if (field == EcnField::ce && (ace == nonce || plausible(ace, config))) received_.count_syn_ack();
}

// tcp_ecn_rcv_syn(): both have to ask.
void Ecn::on_syn(wire::TcpFlags flags, EcnField field) {
  const EcnConfig ours{.accepts = asked_};
  agree(std::min(asked_by(flags, EcnField::not_ect, ours, false), asked_), field);
}

void Ecn::agree(EcnUse use, EcnField syn_field, std::uint8_t failures) {
  use_ = use;
  failures_ = failures;
  syn_field_ = last_field_ = syn_field;
  received_.begin(syn_field);
  if (accurate()) received_.demand_option(1);
}

// tcp_accecn_validate_syn_feedback(), tcp_ect_transition_valid(): our SYN or SYN-ACK was sent so, and it may
// have been marked on its way, no more.
bool Ecn::plausible(std::uint32_t ace, const EcnConfig& config) {
  const EcnField sent = field_of_syn(), came = reflected(ace);
  const bool possible = came == sent || (sent != EcnField::not_ect && came != EcnField::not_ect);
  if (!possible && config.fallback) failures_ |= ecn_failure::ace_received;
  return possible || !config.fallback;
}

// tcp_accecn_third_ack(): RFC 9768 section 3.2.2.1, table 4.
void Ecn::on_third_segment(const Third& third, const EcnConfig& config) {
  if (!accurate()) return;
  if (third.said.option) delivered_.note_option(*third.said.option);
  if (third.with_sack) return;
  const std::uint32_t ace = ace::of(third.said.flags);
  if (ace == 0) failures_ |= ecn_failure::ace_received;
  const bool reflects = ace == ace::reflecting(reflected(ace)) && third.bare;
  if (reflects && plausible(ace, config) && reflected(ace) == EcnField::ce && delivered_.ce() == 0)
    delivered_.add(1);
}

// tcp_validate_incoming(), RFC 9768 section 3.1.5: what is told is how the latest one came.
void Ecn::on_syn_again(EcnField field, const std::optional<wire::EcnOctets>& option) {
  if (!accurate()) return;
  syn_field_ = field;
  reflects_ = true;
  if (option && delivered_.option_seen() < EcnOptionSeen::counts)
    delivered_.note_option(*option), received_.demand_option(1);
}

void Ecn::count(EcnField field, std::size_t text) {
  if (use_ != EcnUse::classic && field != EcnField::not_ect) seen_ = true;
  received_.count(field, text, accurate());
}

Ecn::Acknowledge Ecn::on_segment(EcnField field, wire::TcpFlags flags, std::size_t text) {
  if (use_ == EcnUse::no) return Acknowledge::as_usual;
  if (accurate()) {
    if (text == 0) return Acknowledge::as_usual;
    if (received_.ack_owed()) return Acknowledge::now;
    return field == EcnField::not_ect && seen_ ? Acknowledge::quickly : Acknowledge::as_usual;
  }
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

// tcp_ecn_rcv_ecn_echo(), tcp_accecn_process(). An ACK that is no news may be an old one, unless its
// timestamp says otherwise.
bool Ecn::on_ack(const EcnSaid& said, const EcnNews& news) {
  if (use_ == EcnUse::classic && said.flags.ece && !said.flags.syn) {
    delivered_.add(news.segments);
    return true;
  }
  if (!accurate() || (!news.forward && !said.timestamp_advanced)) return false;
  const bool believed = (failures_ & ecn_failure::ace_received) == 0;
  const std::uint32_t marked = delivered_.on_ack(said, news, believed);
  if (received_.much_untold()) received_.demand_ack();
  delivered_.add(marked);
  return marked > 0;
}

// tcp_rcv_spurious_retrans(): the peer sends a second time what it was told to have, so that was lost, and
// with it the option. RFC 9768 section 3.2.3.2.2
void Ecn::on_repetition(bool reported) {
  if (accurate() && reported && option_with_report_) failures_ |= ecn_failure::option_sent;
}

// tcp_ecn_send(), tcp_accecn_set_ace().
void Ecn::mark(wire::TcpFlags& flags, bool fresh, bool reduced, bool bare) {
  if (use_ == EcnUse::classic) {
    flags.cwr = fresh && reduced;
    flags.ece = echoes_;
  } else if (accurate()) {
    const bool reflects = std::exchange(reflects_, false) && bare;
    ace::put(flags, reflects ? ace::reflecting(syn_field_) : received_.ace());
    if (!reflects) received_.count_told();
    received_.acknowledged();
  }
}

EcnField Ecn::field(bool fresh) const {
  constexpr std::uint8_t of_bits = ecn_failure::ace_sent | ecn_failure::ace_received;
  if (accurate()) return (failures_ & of_bits) == 0 ? EcnField::ect0 : EcnField::not_ect;
  return agreed() && (fresh || needed_) ? EcnField::ect0 : EcnField::not_ect;
}

// tcp_established_options()
bool Ecn::option_due(Time now, Duration srtt, const EcnConfig& config) const {
  const bool lost = (failures_ & ecn_failure::option_sent) != 0;
  if (!accurate() || delivered_.option_seen() == EcnOptionSeen::none) return false;
  switch (config.option) {
    case EcnOptionUse::never: return false;
    case EcnOptionUse::sparing: return !lost && received_.option_due(now, srtt, config.options_in_round_trip);
    case EcnOptionUse::always: return !lost;
    case EcnOptionUse::persistent: return true;
  }
  return false;
}

void Ecn::option_told(Time now, bool with_report) {
  option_with_report_ = with_report;
  received_.option_told(now);
}

}  // namespace ringside::net
