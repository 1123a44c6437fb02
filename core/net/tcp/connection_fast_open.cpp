// TCP Fast Open: text before the handshake is done. RFC 7413 section 4.2, net/ipv4/tcp_fastopen.c.
#include "tcp/connection.hpp"

namespace ringside::net {

void Connection::open_fast(Time now, std::optional<wire::FastOpenCookie> option,
                           std::span<const std::uint8_t> text) {
  sender_.give_syn(text);
  fast_open_ = {.option = option, .text = !text.empty()};
  open(now);
}

// tcp_fastopen_create_child(): what is acknowledged now is all that came.
void Connection::open_early(Time now, const Request& request, const Segment& syn,
                            std::optional<wire::FastOpenCookie> option) {
  take_request(request);
  open_halves(request.sent);
  fast_open_ = {
      .option = option, .text = !syn.text.empty(), .text_acknowledged = !syn.text.empty(), .early = true};
  if (syn.text.empty()) return;
  Text text = text_of(syn);
  text.fin = false;
  receiver_.on_text(now, text, sender_.rtt());
}

// tcp_rcv_fastopen_synack(): what was not acknowledged goes once more, with the ACK that the SYN-ACK needs;
// else text that came with it is taken.
void Connection::take_syn_ack(Time now, const Segment& segment, Arrival& arrival) {
  const bool fast = fast_open_.option || fast_open_.text;
  // Linux leaves to the peer to send again what comes with an answer that was not to be so fast.
  if (!fast && config_->checks != SegmentChecks::freebsd) return;
  if (fast && sender_.snd().una != sender_.snd().nxt) return sender_.syn_text_refused();
  if (fast) fast_open_.text_acknowledged = fast_open_.text;
  if (segment.text.empty() && !segment.flags().fin) return;
  const auto accepted = receiver_.on_text(now, text_of(segment), sender_.rtt());
  arrival.text = accepted.in_order;
  arrival.readable = accepted.in_order > 0 || accepted.fin;
  if (accepted.fin) process_fin(now);
}

}  // namespace ringside::net
