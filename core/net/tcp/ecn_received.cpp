#include "tcp/ecn_received.hpp"

#include <algorithm>
#include <utility>

namespace ringside::net {
namespace {

// tcp_ecnfield_to_accecn_optfield(): the place of its count in the option that we send.
std::uint8_t place_in_option(EcnField field) {
  switch (field) {
    case EcnField::not_ect: return 0;
    case EcnField::ect1: return 1;
    case EcnField::ce: return 2;
    case EcnField::ect0: return 3;
  }
  return 0;
}

}  // namespace

void EcnReceived::count_syn_ack() { ++ce_, ++untold_; }

// tcp_ecn_received_counters(): RFC 9768 section 3.2.2.5.1 has an ACK whenever the marks change, and the
// option in two, so that it is clear from when on they are others; section 3.2.3.3, in 2^22 octets once at
// least.
void EcnReceived::count(EcnField field, std::size_t octets, bool tells) {
  const bool ce = field == EcnField::ce;
  if (ce) ++ce_, untold_ = std::min(untold_ + 1, 15u);
  if (field != EcnField::not_ect && octets > 0) {
    constexpr int often = 22;
    std::uint32_t& count = octets_[static_cast<std::size_t>(field) - 1];
    const std::uint32_t before = std::exchange(count, count + static_cast<std::uint32_t>(octets));
    fields_needed_ = std::max(fields_needed_, place_in_option(field));
    if (before >> often != count >> often) demand_option(1);
  }
  const bool edge = std::exchange(last_, field) != field;
  if (!tells || (!edge && !ce)) return;
  if (edge) demand_ack();
  demand_ = 2;
}

// tcp_accecn_option_beacon_check()
bool EcnReceived::option_due(Time now, Duration srtt, int in_round_trip) const {
  if (demand_ > 0) return true;
  return in_round_trip > 0 && now - option_at_ >= srtt / in_round_trip;
}

wire::EcnOctets EcnReceived::option() const {
  constexpr std::uint32_t field = (1u << 24) - 1;
  return {.ect1 = (octets(EcnField::ect1) + 1) & field,
          .ce = octets(EcnField::ce) & field,
          .ect0 = (octets(EcnField::ect0) + 1) & field};
}

void EcnReceived::count_told() { untold_ = 0; }

void EcnReceived::option_told(Time now) {
  option_at_ = now;
  fields_needed_ = 0;
  if (demand_ > 0) --demand_;
}

}  // namespace ringside::net
