#include "run/settings.hpp"

#include <charconv>

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
  if (name == "reno") return net::CongestionControl::reno;
  if (name == "cubic") return net::CongestionControl::cubic;
  unsupported("congestion control '" + std::string{name} + "'");
}

}  // namespace

void Settings::apply(const SettingOperation& operation) {
  if (const auto* set = std::get_if<SetSetting>(&operation)) {
    now_[set->name] = set->value;
  } else if (const auto* save = std::get_if<SaveSetting>(&operation)) {
    if (const auto known = now_.find(save->name); known != now_.end()) saved_.insert(*known);
  } else {
    for (const auto& [name, value] : saved_) now_[name] = value;
    saved_.clear();
  }
}

std::string_view Settings::value(std::string_view name, std::string_view otherwise) const {
  const auto known = now_.find(name);
  return known == now_.end() ? otherwise : std::string_view{known->second};
}

std::int64_t Settings::number(std::string_view name, std::int64_t otherwise, std::size_t place) const {
  std::string_view text = part(value(name, {}), place);
  const bool hex = text.starts_with("0x");
  if (hex) text.remove_prefix(2);
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number, hex ? 16 : 10);
  return text.empty() || read.ec != std::errc{} ? otherwise : number;
}

// What scripts for FreeBSD set; tcp(4) there says what each is.
void Settings::apply_freebsd(net::TcpConfig& tcp) const {
  const bool rfc1323 = number("net.inet.tcp.rfc1323", 1) != 0;
  tcp.timestamps = tcp.timestamps && rfc1323;
  tcp.window_scale = tcp.window_scale && rfc1323;
  tcp.sack = tcp.sack && number("net.inet.tcp.sack.enable", 1) != 0;
  tcp.send_buffer = Bytes{number("net.inet.tcp.sendspace", tcp.send_buffer.count)};
  tcp.largest_send_buffer = Bytes{number("net.ipv4.tcp_wmem", 4194304, 2)};
  tcp.receive_buffer = Bytes{number("net.inet.tcp.recvspace", tcp.receive_buffer.count)};
  const Duration usual = tcp.delayed_ack_timeout;
  tcp.delayed_ack_timeout =
      std::chrono::milliseconds{number("net.inet.tcp.delacktime", usual / std::chrono::milliseconds{1})};
}

void Settings::apply_network(net::StackConfig& config) const {
  const auto bytes = [&](std::string_view name, Bytes usual) { return Bytes{number(name, usual.count)}; };
  config.udp.send_buffer = bytes("net.core.wmem_default", config.udp.send_buffer);
  config.udp.receive_buffer = bytes("net.core.rmem_default", config.udp.receive_buffer);
  net::SocketConfig& sockets = config.sockets;
  sockets.largest_send_buffer = bytes("net.core.wmem_max", sockets.largest_send_buffer);
  sockets.largest_receive_buffer = bytes("net.core.rmem_max", sockets.largest_receive_buffer);
  sockets.backlog = static_cast<int>(number("net.core.somaxconn", sockets.backlog));
  config.ttl = static_cast<std::uint8_t>(number("net.ipv4.ip_default_ttl", config.ttl));
}

void Settings::apply_patience(net::TcpConfig& tcp) const {
  const auto seconds = [&](std::string_view name, Duration usual) {
    return Duration{std::chrono::seconds{number(name, usual / Duration{std::chrono::seconds{1}})}};
  };
  tcp.syn_retries = static_cast<int>(number("net.ipv4.tcp_syn_retries", tcp.syn_retries));
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
  tcp.first_ephemeral_port =
      static_cast<std::uint16_t>(number("net.ipv4.ip_local_port_range", tcp.first_ephemeral_port));
  tcp.last_ephemeral_port =
      static_cast<std::uint16_t>(number("net.ipv4.ip_local_port_range", tcp.last_ephemeral_port, 1));
  tcp.send_buffer = Bytes{number("net.ipv4.tcp_wmem", tcp.send_buffer.count, 1)};
  tcp.receive_buffer = Bytes{number("net.ipv4.tcp_rmem", 131072, 1)};
  tcp.notsent_low_water = Bytes{number("net.ipv4.tcp_notsent_lowat", tcp.notsent_low_water.count)};
  tcp.largest_receive_buffer = Bytes{number("net.ipv4.tcp_rmem", 6291456, 2)};
  apply_freebsd(tcp);
  return config;
}

}  // namespace ringside::packetdrill
