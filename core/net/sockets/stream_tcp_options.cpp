// SOL_TCP: do_tcp_setsockopt() and do_tcp_getsockopt() of net/ipv4/tcp.c.
#include <string>

#include "ringside/net/congestion_names.hpp"
#include "ringside/net/socket_options.hpp"
#include "ringside/net/wire/tcp.hpp"
#include "sockets/returned.hpp"
#include "sockets/stream_socket.hpp"
#include "sockets/tcp_info.hpp"
#include "tcp/defer_accept.hpp"

namespace ringside::net {
namespace {

constexpr std::size_t longest_name = 16;  // TCP_CA_NAME_MAX

Returned give_name(std::span<std::uint8_t> out, std::string_view name) {
  std::array<std::uint8_t, longest_name> octets{};
  std::copy(name.begin(), name.end(), octets.begin());
  return give(out, octets);
}

// -1: an orphan does not wait; at most TCP_FIN_TIMEOUT_MAX.
std::optional<Duration> fin_wait_2_timeout(std::int32_t seconds) {
  return seconds < 0 ? std::nullopt : std::optional<Duration>{std::min(seconds, 120) * Duration{1s}};
}

// Where 0 stands for what the stack has.
template <class T>
T own_or(T own, T usual) {
  return own == T{} ? usual : own;
}

// A connection cannot be taken out of this stack and put into another: TCP_REPAIR is refused, as to a process
// without CAP_NET_ADMIN, and the others as to who does not repair. Linux tcp_can_repair_sock().
std::optional<Errno> refusal_to_repair(int name, bool closed) {
  switch (name) {
    case option::tcp::repair:
    case option::tcp::repair_queue:
    case option::tcp::repair_window:
    case option::tcp::timestamp: return Errno::eperm;
    case option::tcp::queue_sequence: return closed ? Errno::einval : Errno::eperm;
    case option::tcp::repair_options: return Errno::einval;
    default: return std::nullopt;
  }
}

std::int64_t seconds_of(Duration time) { return time / Duration{1s}; }

}  // namespace

Returned StreamSocket::set_tcp_option(Time now, int name, std::span<const std::uint8_t> value) {
  if (name == option::tcp::congestion) return set_congestion(now, value);
  if (name == option::tcp::fast_open_key) return set_fast_open_key(now, value);
  const auto number = int_in(value);
  if (!number) return failed(Errno::einval);
  if (name == option::tcp::quick_ack) return set_quick_ack(now, *number);
  if (const auto refused = refusal_to_repair(name, state() == TcpState::closed)) return failed(*refused);
  const Errno refused = change(name, *number);
  if (refused != Errno::none) return failed(refused);
  apply(now);
  return success;
}

Errno StreamSocket::change(int name, std::int32_t value) {
  const TcpConfig& config = stack_->config().tcp;
  switch (name) {
    case option::tcp::no_delay:
      options_.nagle = value != 0 ? Nagle::off : config.nagle_of_bursts ? Nagle::burst : Nagle::minshall;
      break;
    case option::tcp::cork: options_.cork = value != 0; break;
    case option::tcp::no_options:
    case option::tcp::keep_init: return change_as_freebsd(name, value);
    case option::tcp::max_segment:  // TCP_MIN_MSS, MAX_TCP_WINDOW
      if (!counts_packets()) return change_as_freebsd(name, value);
      if (value != 0 && !within(value, 88, 32767)) return Errno::einval;
      options_.max_segment = value;
      break;
    case option::tcp::syn_count:
      if (!within(value, 1, 127)) return Errno::einval;  // MAX_TCP_SYNCNT
      options_.syn_retries = value;
      break;
    case option::tcp::linger2: options_.fin_wait_2_timeout = fin_wait_2_timeout(value); break;
    case option::tcp::defer_accept:
      options_.defer_accept = DeferAccept::cover(from_seconds(std::max(value, 0)), config).time;
      break;
    case option::tcp::window_clamp:
      if (value == 0 && state() != TcpState::closed) return Errno::einval;
      options_.window_clamp = Bytes{value == 0 ? 0 : std::max<std::int64_t>(value, least_receive_buffer / 2)};
      break;
    case option::tcp::user_timeout:
      if (value < 0) return Errno::einval;
      options_.user_timeout = value * Duration{1ms};
      break;
    case option::tcp::fast_open:
    case option::tcp::fast_open_connect:
    case option::tcp::fast_open_no_cookie: return change_fast_open(name, value);
    case option::tcp::notsent_low_water:
      options_.notsent_low_water = Bytes{static_cast<std::uint32_t>(value)};
      break;
    case option::tcp::thin_duplicate_ack:  // of no effect since Linux 4.10
      if (!within(value, 0, 1)) return Errno::einval;
      break;
    case option::tcp::rto_max_ms:
    case option::tcp::rto_min_us:
    case option::tcp::delack_max_us: return change_time(name, value);
    default: return change_keepalive(name, value);
  }
  return Errno::none;
}

// Timers count in ticks of a millisecond, the microseconds of an option are rounded up to them:
// usecs_to_jiffies().
Errno StreamSocket::change_time(int name, std::int32_t value) {
  if (name == option::tcp::rto_max_ms) {
    if (!within(value, 1000, 120'000)) return Errno::einval;  // TCP_RTO_MAX_SEC
    options_.max_rto = value * Duration{1ms};
    return Errno::none;
  }
  if (!within(value, 1001, 200'000)) return Errno::einval;  // TCP_TIMEOUT_MIN; TCP_RTO_MIN, TCP_DELACK_MAX
  const Duration time = (value + 999) / 1000 * Duration{1ms};
  (name == option::tcp::rto_min_us ? options_.min_rto : options_.longest_ack_wait) = time;
  return Errno::none;
}

// FreeBSD tcp_default_ctloutput(). A segment may become smaller than what was agreed on, never larger.
Errno StreamSocket::change_as_freebsd(int name, std::int32_t value) {
  if (counts_packets()) return Errno::enoprotoopt;
  const int least = stack_->config().tcp.least_mss - 40;
  constexpr int longest = 30 * 24 * 3600;  // as far as the clock goes
  switch (name) {
    case option::tcp::no_options: options_.no_options = value != 0; break;
    case option::tcp::keep_init:
      options_.connect_timeout = std::clamp(value, 0, longest) * Duration{1s};
      break;
    default:
      if (!within(value, least, max_segment())) return Errno::einval;
      options_.largest_sent = value;
  }
  return Errno::none;
}

Errno StreamSocket::change_keepalive(int name, std::int32_t value) {
  constexpr int longest = 32767, most = 127;  // MAX_TCP_KEEPIDLE, MAX_TCP_KEEPINTVL; MAX_TCP_KEEPCNT
  switch (name) {
    case option::tcp::keep_idle:
      if (!within(value, 1, longest)) return Errno::einval;
      options_.keep_idle = value * Duration{1s};
      return Errno::none;
    case option::tcp::keep_interval:
      if (!within(value, 1, longest)) return Errno::einval;
      options_.keep_interval = value * Duration{1s};
      return Errno::none;
    case option::tcp::keep_count:
      if (!within(value, 1, most)) return Errno::einval;
      options_.keep_count = value;
      return Errno::none;
    default: return Errno::enoprotoopt;
  }
}

Returned StreamSocket::set_congestion(Time now, std::span<const std::uint8_t> value) {
  if (value.empty()) return failed(Errno::einval);
  std::string name(value.begin(),
                   value.begin() + static_cast<std::ptrdiff_t>(std::min(value.size(), longest_name - 1)));
  if (const std::size_t end = name.find('\0'); end != std::string::npos) name.resize(end);
  const auto algorithm = congestion_named(name);
  if (!algorithm) return failed(Errno::enoent);
  options_.congestion = *algorithm;
  options_.congestion_set = true;
  apply(now);
  return success;
}

// __tcp_sock_set_quickack(): an even number but zero is for this once.
Returned StreamSocket::set_quick_ack(Time now, std::int32_t value) {
  options_.interactive = value == 0;
  apply(now);
  stack_->set_quick_ack(now, id_, value != 0, (value & 1) != 0);
  return success;
}

// Once, to who has room for all of it.
Returned StreamSocket::give_saved_syn(std::span<std::uint8_t> out) const {
  const std::span<const std::uint8_t> syn = stack_->saved_syn(id_);
  if (out.size() < syn.size()) return failed(Errno::einval);
  const Returned given = give(out, syn);
  stack_->forget_syn(id_);
  return given;
}

int StreamSocket::max_segment() const {
  const TcpState now = state();
  const bool idle = now == TcpState::closed || now == TcpState::listen;
  constexpr int unconnected = 536, unconnected_ipv6 = 1220;  // TCP_MSS_DEFAULT; FreeBSD V_tcp_v6mssdflt
  const bool by_version = !counts_packets() && family_ == Family::ipv6;
  const int set = counts_packets() ? options_.max_segment : options_.largest_sent;
  if (idle && set > 0) return set;
  if (idle) return by_version ? unconnected_ipv6 : unconnected;
  const TcpInfo info = stack_->tcp_info(id_);
  // FreeBSD t_maxseg: with the options of each segment.
  const bool whole = !counts_packets() && info.timestamps;
  return info.mss + (whole ? static_cast<int>(wire::timestamps_option_size) : 0);
}

// What getsockopt() says of a flag that is set: of FreeBSD the bit itself, as struct socket and struct tcpcb
// have it.
int StreamSocket::told_bit(bool set, int bit) const { return !set ? 0 : counts_packets() ? 1 : bit; }

int StreamSocket::told_flag(int name, bool set) const {
  switch (name) {
    case option::tcp::no_delay: return told_bit(set, 0x4);    // TF_NODELAY
    case option::tcp::no_options: return told_bit(set, 0x8);  // TF_NOOPT
    default: return told_bit(set, 0x1000);                    // TF_NOPUSH
  }
}

Returned StreamSocket::get_tcp_option(Time now, int name, std::span<std::uint8_t> out) const {
  const TcpInfo info = stack_->tcp_info(id_);
  const TcpConfig& usual = stack_->config().tcp;
  const bool connected = info.state > TcpState::listen;
  switch (name) {
    case option::tcp::no_delay: return give_int(out, told_flag(name, options_.nagle == Nagle::off));
    case option::tcp::cork: return give_int(out, told_flag(name, options_.cork));
    case option::tcp::no_options:
      if (counts_packets()) return failed(Errno::enoprotoopt);
      return give_int(out, told_flag(name, options_.no_options));
    case option::tcp::keep_init:
      if (counts_packets()) return failed(Errno::enoprotoopt);
      return give_int(out, seconds_of(own_or(options_.connect_timeout, usual.connect_timeout)));
    case option::tcp::max_segment: return give_int(out, max_segment());
    case option::tcp::keep_idle:
      return give_int(out, seconds_of(own_or(options_.keep_idle, usual.keep_idle)));
    case option::tcp::keep_interval:
      return give_int(out, seconds_of(own_or(options_.keep_interval, usual.keep_interval)));
    case option::tcp::keep_count: return give_int(out, own_or(options_.keep_count, usual.keep_count));
    case option::tcp::syn_count: return give_int(out, own_or(options_.syn_retries, usual.syn_retries));
    case option::tcp::linger2:
      if (!options_.fin_wait_2_timeout) return give_int(out, -1);
      return give_int(out, seconds_of(own_or(*options_.fin_wait_2_timeout, usual.fin_wait_2_timeout)));
    case option::tcp::defer_accept: return give_int(out, seconds_of(options_.defer_accept));
    case option::tcp::window_clamp:
      return give_int(out, (connected ? info.window_clamp : options_.window_clamp).count);
    case option::tcp::user_timeout: return give_int(out, options_.user_timeout / Duration{1ms});
    case option::tcp::rto_max_ms: return give_int(out, options_.max_rto / Duration{1ms});
    case option::tcp::rto_min_us: return give_int(out, options_.min_rto / Duration{1us});
    case option::tcp::delack_max_us: return give_int(out, options_.longest_ack_wait / Duration{1us});
    case option::tcp::quick_ack: return give_int(out, !(connected ? info.interactive : options_.interactive));
    case option::tcp::congestion: return give_name(out, name_of(options_.congestion));
    case option::tcp::notsent_low_water: return give_int(out, options_.notsent_low_water.count);
    case option::tcp::thin_duplicate_ack: return give_int(out, 0);
    case option::tcp::repair: return give_int(out, 0);
    case option::tcp::repair_queue:
    case option::tcp::queue_sequence: return failed(Errno::einval);
    case option::tcp::repair_window: return failed(Errno::eperm);
    case option::tcp::timestamp: return give_int(out, stack_->timestamp(now, id_));
    case option::tcp::saved_syn: return give_saved_syn(out);
    case option::tcp::fast_open: return give_int(out, options_.fast_open_queue);
    case option::tcp::fast_open_connect: return give_int(out, fast_open_connect_);
    case option::tcp::fast_open_no_cookie: return give_int(out, options_.fast_open_without_cookie);
    case option::tcp::fast_open_key: return give_fast_open_key(out);
    case option::tcp::info: return give_tcp_info(out, now, info, state(), usual, options_.max_pacing_rate);
    case option::tcp::congestion_info: return give_congestion_info(out, info);
    default: return failed(Errno::enoprotoopt);
  }
}

}  // namespace ringside::net
