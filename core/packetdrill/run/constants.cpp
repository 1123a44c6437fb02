#include "run/constants.hpp"

#include <algorithm>
#include <array>

#include "ringside/net/errno.hpp"
#include "ringside/net/socket_options.hpp"
#include "ringside/net/sockets.hpp"

namespace ringside::packetdrill {

namespace option = net::option;

namespace {

struct Constant {
  std::string_view name;
  std::int64_t value;
};

constexpr std::int64_t bits(net::MessageFlag flag) { return static_cast<std::int64_t>(flag); }

// Those that the stack's sockets know are theirs. Of the others:
// include/uapi/asm-generic/{socket,fcntl,poll}.h, include/uapi/linux/{in,in6,tcp,sockios}.h,
// include/linux/socket.h.
constexpr std::array constants{
    Constant{"AF_UNSPEC", 0},
    Constant{"AF_INET", 2},
    Constant{"AF_INET6", 10},
    Constant{"PF_INET", 2},
    Constant{"PF_INET6", 10},
    Constant{"SOCK_STREAM", 1},
    Constant{"SOCK_DGRAM", 2},
    Constant{"SOCK_RAW", 3},
    Constant{"SOCK_NONBLOCK", 04000},
    Constant{"SOCK_CLOEXEC", 02000000},
    Constant{"IPPROTO_IP", 0},
    Constant{"IPPROTO_ICMP", 1},
    Constant{"IPPROTO_TCP", 6},
    Constant{"IPPROTO_UDP", 17},
    Constant{"IPPROTO_IPV6", option::ipv6_level},
    Constant{"SOL_IP", option::ip_level},
    Constant{"SOL_SOCKET", option::socket_level},
    Constant{"SOL_TCP", option::tcp_level},
    Constant{"SOL_UDP", option::udp_level},
    Constant{"SOL_IPV6", option::ipv6_level},
    Constant{"SO_DEBUG", 1},
    Constant{"SO_REUSEADDR", option::socket::reuse_address},
    Constant{"SO_TYPE", option::socket::type},
    Constant{"SO_ERROR", option::socket::error},
    Constant{"SO_DONTROUTE", 5},
    Constant{"SO_BROADCAST", option::socket::broadcast},
    Constant{"SO_SNDBUF", option::socket::send_buffer},
    Constant{"SO_RCVBUF", option::socket::receive_buffer},
    Constant{"SO_KEEPALIVE", option::socket::keep_alive},
    Constant{"SO_OOBINLINE", option::socket::urgent_inline},
    Constant{"SO_PRIORITY", 12},
    Constant{"SO_LINGER", option::socket::linger},
    Constant{"SO_REUSEPORT", 15},
    Constant{"SO_RCVLOWAT", 18},
    Constant{"SO_SNDLOWAT", 19},
    Constant{"SO_RCVTIMEO", 20},
    Constant{"SO_SNDTIMEO", 21},
    Constant{"SO_ACCEPTCONN", option::socket::accepting},
    Constant{"SO_SNDBUFFORCE", 32},
    Constant{"SO_RCVBUFFORCE", 33},
    Constant{"SO_MARK", 36},
    Constant{"SO_PROTOCOL", option::socket::protocol},
    Constant{"SO_DOMAIN", option::socket::domain},
    Constant{"SO_BUSY_POLL", 46},
    Constant{"SO_MAX_PACING_RATE", 47},
    Constant{"SO_ZEROCOPY", 60},
    Constant{"TCP_NODELAY", option::tcp::no_delay},
    Constant{"TCP_MAXSEG", option::tcp::max_segment},
    Constant{"TCP_CORK", option::tcp::cork},
    Constant{"TCP_KEEPIDLE", option::tcp::keep_idle},
    Constant{"TCP_KEEPINTVL", option::tcp::keep_interval},
    Constant{"TCP_KEEPCNT", option::tcp::keep_count},
    Constant{"TCP_SYNCNT", option::tcp::syn_count},
    Constant{"TCP_LINGER2", option::tcp::linger2},
    Constant{"TCP_DEFER_ACCEPT", option::tcp::defer_accept},
    Constant{"TCP_WINDOW_CLAMP", option::tcp::window_clamp},
    Constant{"TCP_INFO", option::tcp::info},
    Constant{"TCP_QUICKACK", option::tcp::quick_ack},
    Constant{"TCP_CONGESTION", option::tcp::congestion},
    Constant{"TCP_MD5SIG", 14},
    Constant{"TCP_THIN_LINEAR_TIMEOUTS", 16},
    Constant{"TCP_THIN_DUPACK", 17},
    Constant{"TCP_USER_TIMEOUT", option::tcp::user_timeout},
    Constant{"TCP_REPAIR", 19},
    Constant{"TCP_FASTOPEN", option::tcp::fast_open},
    Constant{"TCP_TIMESTAMP", 24},
    Constant{"TCP_NOTSENT_LOWAT", 25},
    Constant{"TCP_CC_INFO", 26},
    Constant{"TCP_SAVE_SYN", 27},
    Constant{"TCP_SAVED_SYN", 28},
    Constant{"TCP_FASTOPEN_CONNECT", option::tcp::fast_open_connect},
    Constant{"TCP_FASTOPEN_KEY", option::tcp::fast_open_key},
    Constant{"TCP_FASTOPEN_NO_COOKIE", option::tcp::fast_open_no_cookie},
    Constant{"TCP_ZEROCOPY_RECEIVE", 35},
    Constant{"TCP_INQ", 36},
    Constant{"TCP_TX_DELAY", 37},
    Constant{"IP_TOS", option::ip::tos},
    Constant{"IP_TTL", option::ip::ttl},
    Constant{"IP_RECVERR", 11},
    Constant{"IP_MTU_DISCOVER", option::ip::mtu_discover},
    Constant{"IP_RECVTOS", 13},
    Constant{"IP_MTU", option::ip::mtu},
    Constant{"IP_PMTUDISC_DONT", 0},
    Constant{"IP_PMTUDISC_WANT", 1},
    Constant{"IP_PMTUDISC_DO", 2},
    Constant{"IP_PMTUDISC_PROBE", 3},
    Constant{"IPV6_UNICAST_HOPS", option::ipv6::unicast_hops},
    Constant{"IPV6_MTU_DISCOVER", option::ipv6::mtu_discover},
    Constant{"IPV6_MTU", option::ipv6::mtu},
    Constant{"IPV6_RECVERR", 25},
    Constant{"IPV6_V6ONLY", option::ipv6::only},
    Constant{"IPV6_PMTUDISC_DONT", 0},
    Constant{"IPV6_PMTUDISC_WANT", 1},
    Constant{"IPV6_PMTUDISC_DO", 2},
    Constant{"IPV6_PMTUDISC_PROBE", 3},
    Constant{"IPV6_TCLASS", option::ipv6::traffic_class},
    Constant{"IPV6_AUTOFLOWLABEL", option::ipv6::flow_label},
    Constant{"MSG_OOB", bits(net::MessageFlag::out_of_band)},
    Constant{"MSG_PEEK", bits(net::MessageFlag::peek)},
    Constant{"MSG_DONTROUTE", 0x4},
    Constant{"MSG_CTRUNC", 0x8},
    Constant{"MSG_TRUNC", bits(net::MessageFlag::truncate)},
    Constant{"MSG_DONTWAIT", bits(net::MessageFlag::dont_wait)},
    Constant{"MSG_EOR", 0x80},
    Constant{"MSG_WAITALL", bits(net::MessageFlag::wait_all)},
    Constant{"MSG_ERRQUEUE", 0x2000},
    Constant{"MSG_NOSIGNAL", bits(net::MessageFlag::no_signal)},
    Constant{"MSG_MORE", bits(net::MessageFlag::more)},
    Constant{"MSG_ZEROCOPY", 0x4000000},
    Constant{"MSG_FASTOPEN", bits(net::MessageFlag::fast_open)},
    Constant{"SHUT_RD", 0},
    Constant{"SHUT_WR", 1},
    Constant{"SHUT_RDWR", 2},
    Constant{"F_GETFD", 1},
    Constant{"F_SETFD", 2},
    Constant{"F_GETFL", 3},
    Constant{"F_SETFL", 4},
    Constant{"O_RDONLY", 0},
    Constant{"O_WRONLY", 1},
    Constant{"O_RDWR", 2},
    Constant{"O_NONBLOCK", 04000},
    Constant{"POLLIN", net::ready::in},
    Constant{"POLLPRI", net::ready::pri},
    Constant{"POLLOUT", net::ready::out},
    Constant{"POLLERR", net::ready::err},
    Constant{"POLLHUP", net::ready::hup},
    Constant{"POLLNVAL", 0x20},
    Constant{"POLLRDNORM", 0x40},
    Constant{"POLLWRNORM", 0x100},
    Constant{"POLLRDHUP", net::ready::rdhup},
    Constant{"SIOCATMARK", 0x8905},
    Constant{"SIOCINQ", 0x541b},
    Constant{"FIONREAD", 0x541b},
    Constant{"SIOCOUTQ", 0x5411},
    Constant{"TIOCOUTQ", 0x5411},
    Constant{"SIOCOUTQNSD", 0x894b},
    Constant{"NULL", 0},
};

}  // namespace

std::optional<std::int64_t> constant(std::string_view name) {
  const auto found = std::ranges::find(constants, name, &Constant::name);
  if (found != constants.end()) return found->value;
  if (const auto error = net::errno_named(name)) return static_cast<std::int64_t>(*error);
  return std::nullopt;
}

}  // namespace ringside::packetdrill
