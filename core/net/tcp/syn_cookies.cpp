// Making cookies and believing them.
#include "tcp/syn_cookies.hpp"

#include <array>

namespace ringside::net {
namespace {

using SegmentSizes = std::array<std::uint16_t, 4>;  // msstab[]
constexpr SegmentSizes ipv4_sizes{536, 1300, 1440, 1460}, ipv6_sizes{1220, 1420, 1440, 8940};
constexpr std::uint32_t count_at = 24, low_bits = (1u << count_at) - 1;  // COOKIEBITS, COOKIEMASK
constexpr std::uint32_t oldest = 2;                                      // MAX_SYNCOOKIE_AGE, in minutes

std::uint32_t minutes(Time now) { return static_cast<std::uint32_t>(now.time_since_epoch() / Duration{60s}); }

// TSBITS and TS_OPT_...
constexpr std::uint32_t stamp_bits = 0x3f, no_scale = 0xf, sack_bit = 1 << 4, ecn_bit = 1 << 5;

// In the number, behind the segment size.
constexpr std::uint32_t size_bits = 2, option_bits = 5;

std::uint32_t options_of(const Request& request) {
  return (request.window_scale ? request.send_scale : no_scale) | (request.sack ? sack_bit : 0);
}

void give_options(Request& request, std::uint32_t said) {
  request.sack = (said & sack_bit) != 0;
  request.window_scale = (said & no_scale) != no_scale;
  if (request.window_scale) request.send_scale = said & no_scale;
}

const SegmentSizes& sizes_of(const Flow& flow) {
  return flow.local.address.is_ipv4() ? ipv4_sizes : ipv6_sizes;
}

}  // namespace

// RFC 4987 section 3.6: of the SYN's MSS an index of four is kept. __cookie_v4_init_sequence().
SeqNum SynCookies::number(Time now, Request& request, const TcpConfig& config) const {
  const SegmentSizes& segment_sizes = sizes_of(request.flow);
  std::uint32_t index = ipv4_sizes.size() - 1;
  while (index > 0 && request.mss < segment_sizes[index]) --index;
  request.mss = segment_sizes[index];
  const std::uint32_t count = minutes(now);
  const std::uint32_t said = index | (holds_options(config) ? options_of(request) << size_bits : 0);
  const std::uint32_t low = (hash(request.flow, count, 1) + said) & low_bits;
  return SeqNum{hash(request.flow, 0, 0) + request.irs.raw() + (count << count_at) + low};
}

std::optional<std::uint32_t> SynCookies::said_by(Time now, const Flow& flow, SeqNum irs, SeqNum iss) const {
  const std::uint32_t cookie = iss.raw() - hash(flow, 0, 0) - irs.raw();
  const std::uint32_t age = (minutes(now) - (cookie >> count_at)) & (0xffffffff >> count_at);
  if (age >= oldest) return std::nullopt;
  return (cookie - hash(flow, minutes(now) - age, 1)) & low_bits;
}

// cookie_init_timestamp().
std::uint32_t SynCookies::stamp(std::uint32_t clock, const Request& request) {
  const std::uint32_t said = options_of(request) | (request.ecn != EcnUse::no ? ecn_bit : 0);
  const std::uint32_t stamp = (clock & ~stamp_bits) | said;
  return stamp > clock ? stamp - (stamp_bits + 1) : stamp;
}

// cookie_tcp_check() and cookie_timestamp_decode().
std::optional<Request> SynCookies::request_of(Time now, const Flow& flow, const Segment& ack,
                                              std::uint32_t own_offset, const TcpConfig& config) const {
  Request request{.flow = flow, .irs = ack.seq() - 1, .iss = ack.ack() - 1, .window = ack.header.window};
  const auto in_number = said_by(now, flow, request.irs, request.iss);
  const std::uint32_t bits = size_bits + (holds_options(config) ? option_bits : 0);
  if (!in_number || *in_number >> bits != 0) return std::nullopt;
  request.mss = sizes_of(flow)[*in_number & ((1u << size_bits) - 1)];
  request.sent = now;
  request.by_cookie = true;
  const auto& stamped = ack.header.options.timestamps;
  if (holds_options(config)) give_options(request, *in_number >> size_bits);
  if (!stamped) return request;
  if (holds_options(config)) {
    request.timestamps = true;
    request.ts_recent = stamped->value;
    return request;
  }
  const std::uint32_t said = stamped->echo_reply - own_offset;
  request.timestamps = true;
  request.ts_recent = stamped->value;
  give_options(request, said);
  const bool ecn = (said & ecn_bit) != 0 && config.ecn.accepts != EcnUse::no;  // cookie_ecn_ok()
  const bool accurate = ecn && config.ecn.accepts == EcnUse::accurate && ace::of(ack.flags()) > 1;
  if (ecn) request.ecn = accurate ? EcnUse::accurate : EcnUse::classic;  // cookie_accecn_ok()
  const bool ours =
      config.timestamps && (config.sack || !request.sack) && (config.window_scale || !request.window_scale);
  return ours ? std::optional{request} : std::nullopt;
}

}  // namespace ringside::net
