// What scripts for FreeBSD set, as far as this stack has an equal of it; tcp(4) there says what each is.
// Times are in milliseconds. Where nothing is set, the values of the personality stay.
#include <algorithm>

#include "ringside/net/congestion_names.hpp"
#include "run/failure.hpp"
#include "run/freebsd.hpp"
#include "run/settings.hpp"

namespace ringside::packetdrill {

namespace {

net::CongestionControl congestion_of_freebsd(std::string_view name) {
  if (const auto known = net::congestion_named(algorithm_here(name))) return *known;
  unsupported("congestion control '" + std::string{name} + "'");
}

}  // namespace

void Settings::apply_freebsd(net::TcpConfig& tcp) const {
  // 2: the window scale alone, 3: timestamps alone.
  const std::int64_t rfc1323 = number("net.inet.tcp.rfc1323", 1);
  tcp.timestamps = tcp.timestamps && rfc1323 != 0 && rfc1323 != 2;
  tcp.window_scale = tcp.window_scale && rfc1323 != 0 && rfc1323 != 3;
  tcp.sack = tcp.sack && number("net.inet.tcp.sack.enable", 1) != 0;
  // tcp_newtcpcb(): for the largest buffer that there may be.
  if (of_freebsd_)
    tcp.largest_receive_buffer = Bytes{number("kern.ipc.maxsockbuf", tcp.largest_receive_buffer.count)};
  tcp.send_buffer = Bytes{number("net.inet.tcp.sendspace", tcp.send_buffer.count)};
  tcp.receive_buffer = Bytes{number("net.inet.tcp.recvspace", tcp.receive_buffer.count)};
  if (const auto name = value("net.inet.tcp.cc.algorithm", {}); !name.empty())
    tcp.congestion = congestion_of_freebsd(name);
  tcp.initial_window_segments =
      static_cast<int>(number("net.inet.tcp.initcwnd_segments", tcp.initial_window_segments));
  tcp.least_mss = static_cast<int>(number("net.inet.tcp.minmss", tcp.least_mss));
  tcp.growth_for_ack = static_cast<int>(number("net.inet.tcp.abc_l_var", tcp.growth_for_ack));
  tcp.syn_ack_retries = static_cast<int>(number("net.inet.tcp.syncache.rexmtlimit", tcp.syn_ack_retries));
  tcp.ecn.repeats = static_cast<int>(number("net.inet.tcp.ecn.maxretries", tcp.ecn.repeats));
  tcp.fast_open.client = number("net.inet.tcp.fastopen.client_enable", tcp.fast_open.client) != 0;
  tcp.fast_open.server = number("net.inet.tcp.fastopen.server_enable", tcp.fast_open.server) != 0;
  if (number("net.inet.tcp.syncookies", 1) == 0) tcp.syn_cookies = net::SynCookieUse::never;
  if (number("net.inet.tcp.syncookies_only", 0) != 0) tcp.syn_cookies = net::SynCookieUse::always;
  tcp.doubts_resets = number("net.inet.tcp.insecure_rst", 0) == 0;
  tcp.doubts_syns = number("net.inet.tcp.insecure_syn", 0) == 0;
  tcp.tolerates_missing_timestamps =
      number("net.inet.tcp.tolerate_missing_ts", tcp.tolerates_missing_timestamps) != 0;
  tcp.drops_syn_fin = number("net.inet.tcp.drop_synfin", tcp.drops_syn_fin) != 0;
  tcp.challenge_limit.most = static_cast<int>(number("net.inet.tcp.ack_war_cnt", tcp.challenge_limit.most));
  constexpr net::ClosedPorts closed[]{net::ClosedPorts::refuse, net::ClosedPorts::ignore_syns,
                                      net::ClosedPorts::ignore_all};
  tcp.closed_ports = closed[std::clamp<std::int64_t>(number("net.inet.tcp.blackhole", 0), 0, 2)];
  apply_freebsd_timers(tcp);
}

void Settings::apply_freebsd_timers(net::TcpConfig& tcp) const {
  constexpr Duration unit = std::chrono::milliseconds{1};
  const auto milliseconds = [&](std::string_view name, Duration usual) { return time(name, unit, usual); };
  tcp.challenge_limit.interval =
      milliseconds("net.inet.tcp.ack_war_timewindow", tcp.challenge_limit.interval);
  tcp.delayed_ack = number("net.inet.tcp.delayed_ack", 1) != 0;
  tcp.delayed_ack_timeout = milliseconds("net.inet.tcp.delacktime", tcp.delayed_ack_timeout);
  tcp.initial_rto = milliseconds("net.inet.tcp.rexmit_initial", tcp.initial_rto);
  tcp.min_rto = milliseconds("net.inet.tcp.rexmit_min", tcp.min_rto);
  tcp.rto_slop = milliseconds("net.inet.tcp.rexmit_slop", tcp.rto_slop);
  tcp.least_persist = milliseconds("net.inet.tcp.persmin", tcp.least_persist);
  tcp.most_persist = milliseconds("net.inet.tcp.persmax", tcp.most_persist);
  tcp.connect_timeout = milliseconds("net.inet.tcp.keepinit", tcp.connect_timeout);
  tcp.time_wait = 2 * milliseconds("net.inet.tcp.msl", tcp.time_wait / 2);
  tcp.keep_idle = milliseconds("net.inet.tcp.keepidle", tcp.keep_idle);
  tcp.keep_interval = milliseconds("net.inet.tcp.keepintvl", tcp.keep_interval);
  tcp.keep_count = static_cast<int>(number("net.inet.tcp.keepcnt", tcp.keep_count));
  tcp.keeps_alive_always = number("net.inet.tcp.always_keepalive", tcp.keeps_alive_always) != 0;
  tcp.retries = static_cast<int>(number("net.inet.tcp.retries", tcp.retries));
  constexpr Duration most = std::chrono::hours{1};
  // tcp_timer_2msl(): TP_MAXIDLE(), unless an orphan is to go sooner.
  const Duration sooner = milliseconds("net.inet.tcp.finwait2_timeout", tcp.fin_wait_2_timeout);
  const bool goes_sooner = !of_freebsd_ || number("net.inet.tcp.fast_finwait2_recycle", 0) != 0;
  tcp.fin_wait_2_timeout =
      goes_sooner ? sooner : std::min(tcp.keep_count, 127) * std::min(tcp.keep_interval, most);
}

}  // namespace ringside::packetdrill
