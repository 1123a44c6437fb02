#include "run/settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <climits>

#include <fmt/format.h>

#include "ringside/net/congestion_names.hpp"
#include "ringside/net/personality.hpp"
#include "run/failure.hpp"

namespace ringside::packetdrill {

namespace {

// Of the numbers of a value, the one at that place.
std::string_view part(std::string_view value, std::size_t place) {
  while (place-- > 0) {
    const std::size_t blank = value.find(' ');
    if (blank == std::string_view::npos) return {};
    value.remove_prefix(blank + 1);
  }
  return value.substr(0, value.find(' '));
}

net::CongestionControl congestion(std::string_view name) {
  if (const auto known = net::congestion_named(name)) return *known;
  unsupported("congestion control '" + std::string{name} + "'");
}

// a1a1a1a1-b2b2b2b2-c3c3c3c3-d4d4d4d4: numbers, each of whose octets are in the order of a little-endian
// machine (proc_tcp_fastopen_key()).
std::optional<net::FastOpenKey> key_in(std::string_view text) {
  net::FastOpenKey key{};
  for (std::size_t word = 0; word < 4; ++word) {
    std::uint32_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number, 16);
    if (read.ec != std::errc{}) return std::nullopt;
    for (std::size_t i = 0; i < 4; ++i) key[4 * word + i] = static_cast<std::uint8_t>(number >> 8 * i);
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    if (word < 3 && !text.starts_with('-')) return std::nullopt;
    if (word < 3) text.remove_prefix(1);
  }
  return key;
}

// usecs_to_jiffies(), of 1000 in a second: a part of one is a whole one.
Duration in_ticks(Duration time) {
  constexpr Duration tick = std::chrono::milliseconds{1};
  return std::max((time + tick - Duration{1}) / tick, std::int64_t{1}) * tick;
}

net::FastOpenKey needed_key(std::string_view text) {
  if (const auto key = key_in(text)) return *key;
  fail(
      fmt::format("expected a key of 32 hexadecimal digits for net.ipv4.tcp_fastopen_key, found '{}'", text));
}

}  // namespace

void Settings::apply(const SettingOperation& operation) {
  if (const auto* set = std::get_if<SetSetting>(&operation)) {
    now_[set->name] = set->value;
  } else if (const auto* save = std::get_if<SaveSetting>(&operation)) {
    if (const auto known = now_.find(save->name); known != now_.end()) saved_.insert(*known);
  } else if (std::holds_alternative<RestoreSettings>(operation)) {
    for (const auto& [name, value] : saved_) now_[name] = value;
    saved_.clear();
  }
}

// What changes nothing in a kernel of today either (tcp_fack, since Linux 4.15), and what is so anyway: a run
// begins with no metrics of any host.
bool Settings::means_nothing(std::string_view name) const {
  constexpr std::array<std::string_view, 2> accepted{"net.ipv4.tcp_fack", "net.inet.tcp.hostcache.purgenow"};
  return !asked_for_.contains(name) && std::ranges::find(accepted, name) == accepted.end();
}

// `name` is a literal.
std::string_view Settings::value(std::string_view name, std::string_view otherwise) const {
  asked_for_.insert(name);
  const auto known = now_.find(name);
  return known == now_.end() ? otherwise : std::string_view{known->second};
}

std::int64_t Settings::number(std::string_view name, std::int64_t otherwise, std::size_t place) const {
  const std::string_view written = part(value(name, {}), place);
  std::string_view text = written;
  const bool hex = text.starts_with("0x");
  if (hex) text.remove_prefix(2);
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number, hex ? 16 : 10);
  if (written.empty()) return otherwise;
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size())  // EINVAL: proc_dointvec()
    fail(fmt::format("expected a number for {}, found '{}'", name, written));
  return number;
}

Duration Settings::time(std::string_view name, Duration unit, Duration otherwise) const {
  const std::int64_t most = Duration{std::chrono::hours{30 * 24}} / unit;
  return std::clamp(number(name, otherwise / unit), -most, most) * unit;
}

net::FastOpenConfig Settings::fast_open() const {
  net::FastOpenConfig config;
  const std::int64_t bits = number("net.ipv4.tcp_fastopen", 1);
  config.client = (bits & 1) != 0;
  config.server = (bits & 2) != 0;
  config.client_needs_cookie = (bits & 4) == 0;
  config.server_needs_cookie = (bits & 0x200) == 0;
  config.server_asked_by_option = (bits & 0x400) == 0;
  const std::string_view keys = value("net.ipv4.tcp_fastopen_key", {});
  if (!keys.empty()) config.key = needed_key(keys);
  if (const std::size_t comma = keys.find(','); comma != keys.npos)
    config.old_key = needed_key(keys.substr(comma + 1));
  config.blackhole_timeout = time("net.ipv4.tcp_fastopen_blackhole_timeout_sec", std::chrono::seconds{1}, {});
  return config;
}

// net.inet.tcp.ecn.enable, as tcp_ecn has it: AccECN to who asks only is 4 there, and 5 here.
std::int64_t Settings::ecn_of_freebsd() const {
  const std::int64_t use = number("net.inet.tcp.ecn.enable", 2);
  return use == 4 ? 5 : use;
}

net::EcnConfig Settings::ecn(std::int64_t use) const {
  using net::EcnUse;
  net::EcnConfig config;
  config.asks = use == 3 ? EcnUse::accurate : use == 1 || use == 4 ? EcnUse::classic : EcnUse::no;
  config.accepts = use == 0 ? EcnUse::no : use < 3 ? EcnUse::classic : EcnUse::accurate;
  config.fallback = number("net.ipv4.tcp_ecn_fallback", 1) != 0;
  config.option =
      static_cast<net::EcnOptionUse>(std::clamp<std::int64_t>(number("net.ipv4.tcp_ecn_option", 2), 0, 3));
  config.options_in_round_trip = static_cast<int>(number("net.ipv4.tcp_ecn_option_beacon", 3));
  return config;
}

net::CompressedAcks Settings::compressed_acks() const {
  net::CompressedAcks config;
  const auto nanoseconds = [&](std::string_view name, Duration usual) {
    return time(name, std::chrono::nanoseconds{1}, usual);
  };
  config.longest = nanoseconds("net.ipv4.tcp_comp_sack_delay_ns", config.longest);
  config.slack = nanoseconds("net.ipv4.tcp_comp_sack_slack_ns", config.slack);
  config.percent = static_cast<int>(number("net.ipv4.tcp_comp_sack_rtt_percent", config.percent));
  config.most = static_cast<int>(number("net.ipv4.tcp_comp_sack_nr", config.most));
  return config;
}

net::MtuProbingConfig Settings::mtu_probing() const {
  net::MtuProbingConfig config;
  const auto whole = [&](std::string_view name, int usual) { return static_cast<int>(number(name, usual)); };
  config.use =
      static_cast<net::MtuProbing>(std::clamp<std::int64_t>(number("net.ipv4.tcp_mtu_probing", 0), 0, 2));
  config.base_mss = whole("net.ipv4.tcp_base_mss", config.base_mss);
  config.floor = whole("net.ipv4.tcp_mtu_probe_floor", config.floor);
  config.retries_before = whole("net.ipv4.tcp_retries1", config.retries_before);
  config.interval = time("net.ipv4.tcp_probe_interval", std::chrono::seconds{1}, config.interval);
  config.threshold = whole("net.ipv4.tcp_probe_threshold", config.threshold);
  return config;
}

void Settings::apply_network(net::StackConfig& config) const {
  const auto bytes = [&](std::string_view name, Bytes usual) { return Bytes{number(name, usual.count)}; };
  config.udp.send_buffer = bytes("net.core.wmem_default", config.udp.send_buffer);
  config.udp.receive_buffer = bytes("net.core.rmem_default", config.udp.receive_buffer);
  net::SocketConfig& sockets = config.sockets;
  constexpr Bytes largest{4 << 20};  // since Linux 6.18
  sockets.largest_send_buffer = bytes("net.core.wmem_max", largest);
  sockets.largest_receive_buffer = bytes("net.core.rmem_max", largest);
  sockets.backlog = static_cast<int>(number("net.core.somaxconn", sockets.backlog));
  const std::int64_t reflect = number("net.ipv6.flowlabel_reflect", 0);
  config.flow_label_reflection = {
      .connections = (reflect & 1) != 0, .resets = (reflect & 2) != 0, .echoes = (reflect & 4) != 0};
  config.ttl = static_cast<std::uint8_t>(number("net.ipv4.ip_default_ttl", config.ttl));
}

void Settings::apply_patience(net::TcpConfig& tcp) const {
  const auto seconds = [&](std::string_view name, Duration usual) {
    return time(name, std::chrono::seconds{1}, usual);
  };
  tcp.syn_retries = static_cast<int>(number("net.ipv4.tcp_syn_retries", tcp.syn_retries));
  tcp.migrate_requests = number("net.ipv4.tcp_migrate_req", tcp.migrate_requests) != 0;
  tcp.steady_syns = static_cast<int>(number("net.ipv4.tcp_syn_linear_timeouts", tcp.steady_syns));
  tcp.max_rto = time("net.ipv4.tcp_rto_max_ms", std::chrono::milliseconds{1}, tcp.max_rto);
  tcp.min_rto = in_ticks(time("net.ipv4.tcp_rto_min_us", std::chrono::microseconds{1}, tcp.min_rto));
  tcp.syn_ack_retries = static_cast<int>(number("net.ipv4.tcp_synack_retries", tcp.syn_ack_retries));
  tcp.retries = static_cast<int>(number("net.ipv4.tcp_retries2", tcp.retries));
  tcp.fin_wait_2_timeout = seconds("net.ipv4.tcp_fin_timeout", tcp.fin_wait_2_timeout);
  tcp.keep_idle = seconds("net.ipv4.tcp_keepalive_time", tcp.keep_idle);
  tcp.keep_interval = seconds("net.ipv4.tcp_keepalive_intvl", tcp.keep_interval);
  tcp.keep_count = static_cast<int>(number("net.ipv4.tcp_keepalive_probes", tcp.keep_count));
}

// Documentation/networking/ip-sysctl.rst says what each is.
net::StackConfig Settings::stack_config() const {
  net::StackConfig config;
  apply_network(config);
  net::TcpConfig& tcp = config.tcp;
  apply_patience(tcp);
  tcp.congestion = congestion(value("net.ipv4.tcp_congestion_control", "cubic"));
  tcp.sack = number("net.ipv4.tcp_sack", 1) != 0;
  tcp.timestamps = number("net.ipv4.tcp_timestamps", 1) != 0;
  tcp.window_scale = number("net.ipv4.tcp_window_scaling", 1) != 0;
  tcp.duplicate_sack = number("net.ipv4.tcp_dsack", 1) != 0;
  tcp.moderate_receive_buffer = number("net.ipv4.tcp_moderate_rcvbuf", 1) != 0;
  tcp.compressed_acks = compressed_acks();
  tcp.reordering = static_cast<int>(number("net.ipv4.tcp_reordering", tcp.reordering));
  const std::int64_t recovery = number("net.ipv4.tcp_recovery", 1);
  tcp.rack = {
      .detects = (recovery & 1) != 0, .adapts = (recovery & 2) == 0, .duplicates_tell = (recovery & 4) == 0};
  tcp.loss_probe = number("net.ipv4.tcp_early_retrans", 3) >= 3;
  tcp.forward_rto = number("net.ipv4.tcp_frto", 2) != 0;
  tcp.slow_start_after_idle = number("net.ipv4.tcp_slow_start_after_idle", 1) != 0;
  tcp.least_packet = static_cast<int>(number("net.ipv4.tcp_min_tso_segs", tcp.least_packet));
  tcp.window_divisor = static_cast<int>(number("net.ipv4.tcp_tso_win_divisor", tcp.window_divisor));
  tcp.slow_start_pace = static_cast<int>(number("net.ipv4.tcp_pacing_ss_ratio", tcp.slow_start_pace));
  tcp.pace = static_cast<int>(number("net.ipv4.tcp_pacing_ca_ratio", tcp.pace));
  const std::string_view queue = value(queue_setting, "pfifo");
  tcp.fair_queue = queue == "fq";
  tcp.queue_refuses = queue == full_queue;
  tcp.min_rto = time("net.ipv4.tcp_rto_min_us", std::chrono::microseconds{1}, tcp.min_rto);
  tcp.max_syn_backlog = static_cast<int>(number("net.ipv4.tcp_max_syn_backlog", tcp.max_syn_backlog));
  tcp.syn_cookies =
      static_cast<net::SynCookieUse>(std::clamp<std::int64_t>(number("net.ipv4.tcp_syncookies", 1), 0, 2));
  tcp.abort_on_overflow = number("net.ipv4.tcp_abort_on_overflow", 0) != 0;
  tcp.first_ephemeral_port =
      static_cast<std::uint16_t>(number("net.ipv4.ip_local_port_range", tcp.first_ephemeral_port));
  tcp.last_ephemeral_port =
      static_cast<std::uint16_t>(number("net.ipv4.ip_local_port_range", tcp.last_ephemeral_port, 1));
  tcp.send_buffer = Bytes{number("net.ipv4.tcp_wmem", tcp.send_buffer.count, 1)};
  tcp.largest_send_buffer = Bytes{number("net.ipv4.tcp_wmem", 4194304, 2)};
  tcp.receive_buffer = Bytes{number("net.ipv4.tcp_rmem", 131072, 1)};
  tcp.notsent_low_water = Bytes{number("net.ipv4.tcp_notsent_lowat", tcp.notsent_low_water.count)};
  tcp.largest_receive_buffer = Bytes{number("net.ipv4.tcp_rmem", 6291456, 2)};
  if (const std::int64_t limit = number("net.ipv4.tcp_challenge_ack_limit", INT_MAX); limit < INT_MAX)
    tcp.challenge_acks = static_cast<int>(limit);
  tcp.time_wait_ignores_resets = number("net.ipv4.tcp_rfc1337", 0) != 0;
  tcp.time_wait_reuse =
      static_cast<net::TimeWaitReuse>(std::clamp<std::int64_t>(number("net.ipv4.tcp_tw_reuse", 2), 0, 2));
  tcp.shrink_window = number("net.ipv4.tcp_shrink_window", 0) != 0;
  tcp.fast_open = fast_open();
  tcp.ecn = ecn(number("net.ipv4.tcp_ecn", ecn_of_freebsd()));
  tcp.mtu_probing = mtu_probing();
  tcp.least_mss = static_cast<int>(number("net.ipv4.tcp_min_snd_mss", tcp.least_mss));
  if (of_freebsd_) net::take_on(net::Personality::freebsd, tcp);
  apply_freebsd(tcp);
  return config;
}

}  // namespace ringside::packetdrill
