#include "tcp/ecn_delivered.hpp"

#include <algorithm>

namespace ringside::net {
namespace {

constexpr int weight = 6;  // PKTS_ACKED_WEIGHT, PKTS_ACKED_PREC

// A count of 24 bits, which may have gone round, or back: tcp_update_ecn_bytes().
std::int32_t update(std::uint32_t& count, std::uint32_t said, std::uint32_t first) {
  constexpr std::uint32_t mask = (1u << 24) - 1, sign = 1u << 23;
  const std::uint32_t ahead = (((said - first) & mask) - count) & mask;
  const auto delta = static_cast<std::int32_t>(ahead ^ sign) - static_cast<std::int32_t>(sign);
  count += static_cast<std::uint32_t>(delta);
  return delta;
}

}  // namespace

EcnOptionSeen seen_in(const wire::EcnOctets& option) {
  if (!option.ect0 && !option.ect1) return EcnOptionSeen::empty;
  return option.ect0 == 0u || option.ect1 == 0u ? EcnOptionSeen::zeroed : EcnOptionSeen::counts;
}

void EcnDelivered::note_option(const wire::EcnOctets& option) {
  if (seen_ < EcnOptionSeen::counts) seen_ = seen_in(option);
}

// tcp_accecn_process_option(). True: the octets with CE are known, from the counts or because it is clear
// which of them goes on. Who begins to send the option late may have gone round before.
bool EcnDelivered::take_option(const EcnSaid& said, const EcnNews& news) {
  constexpr std::uint64_t late = (1u << 23) - 1;
  if (seen_ == EcnOptionSeen::zeroed) return false;
  if (said.option) {
    note_option(*said.option);
    return take_counts(*said.option);
  }
  if (seen_ == EcnOptionSeen::none) {
    if (news.octets_sent >= late) seen_ = EcnOptionSeen::zeroed;
    return false;
  }
  if (growing_ == EcnField::not_ect) return false;
  octets_[static_cast<std::size_t>(growing_) - 1] += news.octets;
  return true;
}

bool EcnDelivered::take_counts(const wire::EcnOctets& option) {
  const EcnField before = growing_;
  bool changed = false, ambiguous = false;
  const auto take = [&](EcnField field, std::optional<std::uint32_t> said) {
    if (!said) return;
    const std::uint32_t first = field == EcnField::ce ? 0 : 1;
    const std::int32_t delta = update(octets_[static_cast<std::size_t>(field) - 1], *said, first);
    if (delta < 0) ambiguous = true;
    if (delta == 0 || field == before) return;
    if (changed) ambiguous = true;
    growing_ = field;
    changed = true;
  };
  take(EcnField::ect1, option.ect1);
  take(EcnField::ce, option.ce);
  take(EcnField::ect0, option.ect0);
  if (ambiguous) growing_ = EcnField::not_ect;
  return before != EcnField::not_ect && !ambiguous;
}

void EcnDelivered::average(std::uint32_t segments) {
  const std::uint32_t now = segments << weight;
  if (segments == 0) return;
  segments_average_ =
      segments_average_ == 0
          ? now
          : std::min(((segments_average_ << weight) - segments_average_ + now) >> weight, 0xffffu);
}

// __tcp_accecn_process(): with more segments than the counter has values it may have gone round once or more,
// and RFC 9768 section 3.2.2.5.2 has the worst assumed unless the octets say otherwise, or ACKs are seldom
// for their own reasons.
std::uint32_t EcnDelivered::on_ack(const EcnSaid& said, const EcnNews& news, bool believed) {
  const std::uint32_t octets_before = octets(EcnField::ce);
  const bool octets_known = take_option(said, news);
  average(news.segments);
  if (!believed) return 0;
  const std::uint32_t least = (ace::of(said.flags) - ace::first_count - ce_) & ace::mask;
  if (news.segments <= ace::mask) return least;
  const std::uint32_t most = news.segments - ((news.segments - least) & ace::mask);
  constexpr std::uint32_t seldom = 4 << weight;  // ACK_COMP_THRESH
  if (octets_known) return among_many(least, most, news, octets(EcnField::ce) - octets_before);
  return segments_average_ > seldom ? least : most;
}

std::uint32_t EcnDelivered::among_many(std::uint32_t least, std::uint32_t most, const EcnNews& news,
                                       std::uint32_t octets) const {
  if (octets == 0) return least;
  if (news.segments >= 2 * (ace::mask + 1) && news.counts_sure) {
    if (news.octets <= octets) return most;
    const std::uint64_t estimate = (std::uint64_t{octets} * news.segments + news.octets - 1) / news.octets;
    return std::min(most, least + static_cast<std::uint32_t>(estimate & ~std::uint64_t{ace::mask}));
  }
  if (octets > least * news.mss) return most;
  return octets < most * news.mss >> 1 ? least : most;  // TCP_ACCECN_SAFETY_SHIFT
}

}  // namespace ringside::net
