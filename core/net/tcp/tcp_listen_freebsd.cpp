// SYN-RECEIVED of a passive open as FreeBSD has it: netinet/tcp_syncache.c.
#include "dropped.hpp"
#include "tcp/tcp.hpp"

namespace ringside::net {

// syncache_add() where there is an entry, and syncache_expand(): what cannot be the third segment gets a
// reset, and the request waits on.
Received Tcp::on_request_as_freebsd(Time now, SocketId id, const Segment& segment) {
  Request& request = *requests_.find(id);
  const wire::TcpFlags flags = segment.flags();
  if (flags.rst) return reset_request(now, id, segment);
  if (flags.syn && !flags.ack) {
    if (request.timestamps && segment.header.options.timestamps)
      request.ts_recent = segment.header.options.timestamps->value;
    send_syn_ack_again(now, request);
    if (request.timeouts > 0) ++listeners_.find(request.listener)->young;
    request.timeouts = 0;
    requests_.repeat_at(id, now + time_out(request));
    return {.socket = request.listener};
  }
  const SeqNum first = request.irs + 1;
  const std::uint32_t ahead = octets_between(first, segment.seq());
  const bool misplaced = segment.seq().before(first) || ahead >= offer_of(request).window;
  if (flags.ack && (flags.syn || segment.ack() != request.iss + 1 || misplaced))
    return refuse(now, request.flow, segment, DropReason::bad_ack);
  if (!flags.ack) return dropped(DropReason::bad_ack, request.listener);
  const bool stamped = segment.header.options.timestamps.has_value();
  if (request.timestamps && !stamped && !config_.tolerates_missing_timestamps)
    return dropped(DropReason::old_timestamp, request.listener);
  if (request.old_timestamp(segment)) return dropped(DropReason::old_timestamp, request.listener);
  return complete(now, id, segment);
}

// syncache_chkrst(): a reset that answers our SYN-ACK has no other flag. RFC 5961 section 3.2 holds here,
// too.
Received Tcp::reset_request(Time now, SocketId id, const Segment& segment) {
  const Request& request = *requests_.find(id);
  const wire::TcpFlags flags = segment.flags();
  const SeqNum first = request.irs + 1;
  const std::uint32_t window = offer_of(request).window;
  const bool inside =
      segment.seq() == first || (segment.seq().after(first) && octets_between(first, segment.seq()) < window);
  if (flags.ack || flags.syn || flags.fin || !inside)
    return dropped(DropReason::out_of_window, request.listener);
  if (segment.seq() == first || !config_.doubts_resets) return forget(id), Received{};
  send_request_ack(now, request);
  return dropped(DropReason::out_of_window, request.listener);
}

}  // namespace ringside::net
