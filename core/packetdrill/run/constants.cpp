#include "run/constants.hpp"

#include <algorithm>
#include <array>

#include "ringside/net/errno.hpp"
#include "ringside/net/socket_options.hpp"
#include "ringside/net/sockets.hpp"
#include "run/capabilities.hpp"
#include "run/constant_tables.hpp"

namespace ringside::packetdrill {

namespace option = net::option;

namespace {

constexpr std::int64_t bits(net::MessageFlag flag) { return static_cast<std::int64_t>(flag); }

// Those that the stack's sockets know are theirs. Of the others:
// include/uapi/asm-generic/{socket,fcntl,poll}.h, include/linux/socket.h,
// include/uapi/linux/{in,sockios,net_tstamp,errqueue,eventpoll}.h.
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
    Constant{"IPPROTO_DCCP", 33},
    Constant{"IPPROTO_SCTP", 132},
    Constant{"IPPROTO_UDPLITE", 136},
    Constant{"IPPROTO_RAW", 255},
    Constant{"IPPROTO_MPTCP", 262},
    Constant{"IPPROTO_IPV6", option::ipv6_level},
    Constant{"SOL_IP", option::ip_level},
    Constant{"SOL_SOCKET", option::socket_level},
    Constant{"SOL_TCP", option::tcp_level},
    Constant{"SOL_UDP", option::udp_level},
    Constant{"SOL_IPV6", option::ipv6_level},
    Constant{"MSG_OOB", bits(net::MessageFlag::out_of_band)},
    Constant{"MSG_PEEK", bits(net::MessageFlag::peek)},
    Constant{"MSG_DONTROUTE", 0x4},
    Constant{"MSG_CTRUNC", 0x8},
    Constant{"MSG_TRUNC", bits(net::MessageFlag::truncate)},
    Constant{"MSG_DONTWAIT", bits(net::MessageFlag::dont_wait)},
    Constant{"MSG_EOR", 0x80},
    Constant{"MSG_WAITALL", bits(net::MessageFlag::wait_all)},
    Constant{"MSG_EOF", 0x100000},  // FreeBSD's alone: no bit of Linux's
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
    Constant{"POLLRDNORM", net::ready::read_normal},
    Constant{"POLLWRNORM", net::ready::write_normal},
    Constant{"POLLRDHUP", net::ready::rdhup},
    Constant{"SIOCATMARK", 0x8905},
    Constant{"SIOCINQ", 0x541b},
    Constant{"FIONREAD", 0x541b},
    Constant{"SIOCOUTQ", 0x5411},
    Constant{"TIOCOUTQ", 0x5411},
    Constant{"SIOCOUTQNSD", 0x894b},
    Constant{"SOF_TIMESTAMPING_TX_HARDWARE", 1 << 0},
    Constant{"SOF_TIMESTAMPING_TX_SOFTWARE", 1 << 1},
    Constant{"SOF_TIMESTAMPING_RX_HARDWARE", 1 << 2},
    Constant{"SOF_TIMESTAMPING_RX_SOFTWARE", 1 << 3},
    Constant{"SOF_TIMESTAMPING_SOFTWARE", 1 << 4},
    Constant{"SOF_TIMESTAMPING_SYS_HARDWARE", 1 << 5},
    Constant{"SOF_TIMESTAMPING_RAW_HARDWARE", 1 << 6},
    Constant{"SOF_TIMESTAMPING_OPT_ID", 1 << 7},
    Constant{"SOF_TIMESTAMPING_TX_SCHED", 1 << 8},
    Constant{"SOF_TIMESTAMPING_TX_ACK", 1 << 9},
    Constant{"SOF_TIMESTAMPING_OPT_CMSG", 1 << 10},
    Constant{"SOF_TIMESTAMPING_OPT_TSONLY", 1 << 11},
    Constant{"SOF_TIMESTAMPING_OPT_STATS", 1 << 12},
    Constant{"SOF_TIMESTAMPING_OPT_PKTINFO", 1 << 13},
    Constant{"SOF_TIMESTAMPING_OPT_TX_SWHW", 1 << 14},
    Constant{"SOF_TIMESTAMPING_BIND_PHC", 1 << 15},
    Constant{"SOF_TIMESTAMPING_OPT_ID_TCP", 1 << 16},
    Constant{"CAP_NET_BIND_SERVICE", Capabilities::net_bind_service},
    Constant{"CAP_NET_ADMIN", Capabilities::net_admin},
    Constant{"CAP_NET_RAW", Capabilities::net_raw},
    Constant{"CAP_IPC_LOCK", 14},
    Constant{"CAP_SYS_ADMIN", 21},
    Constant{"CAP_CLEAR", 0},
    Constant{"CAP_SET", 1},
    Constant{"CMSG_LEVEL_IP", option::ip_level},  // what scripts for both families call them
    Constant{"CMSG_TYPE_RECVERR", option::ip::receive_error},
    Constant{"SCM_TIMESTAMP", 29},
    Constant{"SCM_TIMESTAMPNS", 35},
    Constant{"SCM_TIMESTAMPING", 37},
    Constant{"SCM_TSTAMP_SND", 0},
    Constant{"SCM_TSTAMP_SCHED", 1},
    Constant{"SCM_TSTAMP_ACK", 2},
    Constant{"SO_EE_ORIGIN_NONE", 0},
    Constant{"SO_EE_ORIGIN_LOCAL", 1},
    Constant{"SO_EE_ORIGIN_ICMP", 2},
    Constant{"SO_EE_ORIGIN_ICMP6", 3},
    Constant{"SO_EE_ORIGIN_TXSTATUS", 4},
    Constant{"SO_EE_ORIGIN_TIMESTAMPING", 4},
    Constant{"SO_EE_ORIGIN_ZEROCOPY", 5},
    Constant{"SO_EE_ORIGIN_TXTIME", 6},
    Constant{"SO_EE_CODE_ZEROCOPY_COPIED", 1},
    Constant{"EPOLL_CTL_ADD", 1},
    Constant{"EPOLL_CTL_DEL", 2},
    Constant{"EPOLL_CTL_MOD", 3},
    Constant{"EPOLLIN", net::ready::in},
    Constant{"EPOLLPRI", net::ready::pri},
    Constant{"EPOLLOUT", net::ready::out},
    Constant{"EPOLLERR", net::ready::err},
    Constant{"EPOLLHUP", net::ready::hup},
    Constant{"EPOLLRDHUP", net::ready::rdhup},
    Constant{"EPOLLRDNORM", net::ready::read_normal},
    Constant{"EPOLLWRNORM", net::ready::write_normal},
    Constant{"EPOLLRDBAND", 0x80},
    Constant{"EPOLLWRBAND", 0x200},
    Constant{"EPOLLMSG", 0x400},
    Constant{"EPOLLEXCLUSIVE", 1u << 28},
    Constant{"EPOLLWAKEUP", 1u << 29},
    Constant{"EPOLLONESHOT", 1u << 30},
    Constant{"EPOLLET", 1u << 31},
    Constant{"EPOLL_CLOEXEC", 02000000},
    Constant{"FD_CLOEXEC", 1},
    Constant{"O_CREAT", 0100},
    Constant{"O_EXCL", 0200},
    Constant{"O_TRUNC", 01000},
    Constant{"O_APPEND", 02000},
    Constant{"SPLICE_F_MOVE", 1},
    Constant{"SPLICE_F_NONBLOCK", 2},
    Constant{"SPLICE_F_MORE", 4},
    Constant{"SPLICE_F_GIFT", 8},
    Constant{"POLLRDBAND", 0x80},
    Constant{"POLLWRBAND", 0x200},
    Constant{"NULL", 0},
};

}  // namespace

std::optional<std::int64_t> constant(std::string_view name) {
  for (const std::span<const Constant> table : {std::span<const Constant>{constants}, option_constants()}) {
    const auto found = std::ranges::find(table, name, &Constant::name);
    if (found != table.end()) return found->value;
  }
  if (const auto error = net::errno_named(name)) return static_cast<std::int64_t>(*error);
  return std::nullopt;
}

}  // namespace ringside::packetdrill
