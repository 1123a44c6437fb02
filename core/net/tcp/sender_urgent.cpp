// RFC 9293 section 3.8.5, RFC 6093 section 3: where the urgent data ends, behind its last octet.
#include "tcp/sender.hpp"

namespace ringside::net {

// __tcp_transmit_skb(): farther away than the field can say it is as far as that, if all is sent already.
std::optional<std::uint16_t> Sender::urgent_pointer(SeqNum seq) const {
  constexpr std::uint32_t farthest = 0xffff;
  if (!urgent_ || !seq.before(*urgent_)) return std::nullopt;
  const std::uint32_t ahead = octets_between(seq, *urgent_);
  if (ahead <= farthest) return static_cast<std::uint16_t>(ahead);
  return (seq + farthest).after(snd_.nxt) ? std::optional{static_cast<std::uint16_t>(farthest)}
                                          : std::nullopt;
}

}  // namespace ringside::net
