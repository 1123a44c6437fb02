#include "sockets/send_reports.hpp"

#include "sockets/shared_options.hpp"

namespace ringside::net {
namespace {

constexpr std::size_t most_reports = 1024;  // sock_queue_err_skb() stops at the receive buffer, too
constexpr std::uint32_t sent = 0, scheduled = 1, acknowledged = 2;  // SCM_TSTAMP_SND, _SCHED, _ACK
constexpr std::uint8_t copied = 1;                                  // SO_EE_CODE_ZEROCOPY_COPIED

}  // namespace

// msg_zerocopy_realloc(): as long as nothing of the write before has left, this one shares its report, up to
// so many octets.
void SendReports::wrote(const Write& write, const Progress& so_far) {
  constexpr std::uint64_t shared_octets = 1 << 19;
  using namespace timestamping;
  if ((write.times & (tx_software | tx_sched | tx_ack)) != 0) stamps_.push_back({write.end - 1, write.times});
  if (write.notice == Notice::none) return;
  const std::uint32_t number = next_write_++;
  const bool waits = !lent_.empty() && lent_.back().end > so_far.sent;
  if (waits && write.notice == Notice::shared && write.end - lent_.back().begin <= shared_octets)
    lent_.back().end = write.end, lent_.back().last = number;
  else
    lent_.push_back({write.begin, write.end, number, number});
}

// tcp_ack_tstamp() comes before the buffer is free: tcp_clean_rtx_queue().
void SendReports::note(Time now, const Progress& progress) {
  for (Stamp& each : stamps_) {
    if (each.left || progress.sent <= each.octet) continue;
    each.left = true;
    if ((each.flags & timestamping::tx_sched) != 0) stamp(now, each, scheduled);
    if ((each.flags & timestamping::tx_software) != 0) stamp(now, each, sent);
  }
  for (const Stamp& each : stamps_)
    if (progress.acknowledged > each.octet && (each.flags & timestamping::tx_ack) != 0)
      stamp(now, each, acknowledged);
  std::erase_if(stamps_, [&](const Stamp& each) { return progress.acknowledged > each.octet; });
  for (const Lent& each : lent_)
    if (progress.acknowledged >= each.end) give_back(each);
  std::erase_if(lent_, [&](const Lent& each) { return progress.acknowledged >= each.end; });
}

void SendReports::ended() {
  stamps_.clear();
  for (const Lent& each : lent_) give_back(each);
  lent_.clear();
}

// __skb_complete_tx_timestamp().
void SendReports::stamp(Time now, const Stamp& stamp, std::uint32_t kind) {
  const bool numbered = (stamp.flags & timestamping::option_id) != 0;
  const bool alone = (stamp.flags & timestamping::option_only) != 0;
  push({.error = {.error = Errno::enomsg,
                  .origin = ExtendedError::Origin::timestamping,
                  .info = kind,
                  .data = numbered ? static_cast<std::uint32_t>(stamp.octet - first_) : 0},
        .timestamp = (stamp.flags & timestamping::software) != 0 ? std::optional{now} : std::nullopt,
        .carries_text = !alone});
}

// __msg_zerocopy_callback(), skb_zerocopy_notify_extend(): numbers that follow each other are one report. The
// octets were copied, as they are by every device that does not send from a program's memory.
void SendReports::give_back(const Lent& lent) {
  const bool continues = !queue_.empty() && queue_.back().error.origin == ExtendedError::Origin::zero_copy &&
                         queue_.back().error.data + 1 == lent.first;
  if (!continues)
    return push({.error = {.origin = ExtendedError::Origin::zero_copy,
                           .code = copied,
                           .info = lent.first,
                           .data = lent.last}});
  queue_.back().error.data = lent.last;
  ++made_;
}

void SendReports::push(const Report& report) {
  if (queue_.size() == most_reports) return;
  queue_.push_back(report);
  ++made_;
}

std::optional<SendReports::Report> SendReports::take() {
  if (queue_.empty()) return std::nullopt;
  const Report first = queue_.front();
  queue_.erase(queue_.begin());
  return first;
}

}  // namespace ringside::net
