// What a SYN asked for, and what may follow it: tcp_openreq_init() and tcp_check_req() of Linux.
#include "tcp/request.hpp"

#include "tcp/syn_options.hpp"

namespace ringside::net {

// RFC 7323 sections 2.2 and 3.2, RFC 2018 section 2: an option is in use if both SYNs carry it.
void Request::agree_on(const wire::TcpOptions& offered, const TcpConfig& config) {
  // A size of 0 says nothing: Linux tcp_parse_options(), FreeBSD tcp_mss_update().
  mss = offered.mss.value_or(0) > 0 ? *offered.mss : default_mss(flow.local.address);
  sack = config.sack && offered.sack_permitted;
  timestamps = config.timestamps && offered.timestamps;
  if (timestamps) ts_recent = offered.timestamps->value;
  window_scale = config.window_scale && offered.window_scale;
  if (window_scale) send_scale = *offered.window_scale;
}

wire::TcpOptions Request::offered() const {
  wire::TcpOptions options{.mss = mss, .sack_permitted = sack};
  if (window_scale) options.window_scale = send_scale;
  if (timestamps) options.timestamps = wire::TcpTimestamps{.value = ts_recent};
  return options;
}

bool Request::old_timestamp(const Segment& segment) const {
  const auto& stamped = segment.header.options.timestamps;
  return timestamps && stamped && ts_recent != 0 && static_cast<std::int32_t>(stamped->value - ts_recent) < 0;
}

bool Request::forged_echo(const Segment& segment) const {
  const auto& stamped = segment.header.options.timestamps;
  if (!timestamps || !stamped || stamped->echo_reply == 0) return false;
  return stamped->echo_reply - first_stamp > last_stamp - first_stamp;
}

bool Request::acceptable(const Segment& segment, std::uint32_t window) const {
  const SeqNum next = irs + 1, edge = next + window, end = segment.seq() + segment.length();
  if (segment.seq() == next) return true;
  if (end.after(next) && segment.seq().before(edge)) return true;
  return segment.seq() == edge && end == edge;
}

}  // namespace ringside::net
