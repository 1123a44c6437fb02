// The levels and names of setsockopt() and getsockopt(): include/uapi/asm-generic/socket.h, linux/tcp.h,
// linux/in.h and linux/in6.h, on x86-64.
#pragma once

namespace ringside::net::option {

inline constexpr int ip_level = 0, socket_level = 1, tcp_level = 6, udp_level = 17, ipv6_level = 41;

namespace socket {  // SO_...
inline constexpr int reuse_address = 2, type = 3, error = 4, broadcast = 6, send_buffer = 7,
                     receive_buffer = 8, keep_alive = 9, urgent_inline = 10, linger = 13, accepting = 30,
                     protocol = 38, domain = 39;
}
namespace tcp {  // TCP_...
inline constexpr int no_delay = 1, max_segment = 2, cork = 3, keep_idle = 4, keep_interval = 5,
                     keep_count = 6, syn_count = 7, linger2 = 8, defer_accept = 9, window_clamp = 10,
                     info = 11, quick_ack = 12, congestion = 13, user_timeout = 18, fast_open = 23,
                     fast_open_connect = 30, fast_open_key = 33, fast_open_no_cookie = 34;
}
namespace ip {  // IP_...
inline constexpr int tos = 1, ttl = 2, mtu_discover = 10, mtu = 14;
}
namespace ipv6 {  // IPV6_...: linux/in6.h
inline constexpr int unicast_hops = 16, mtu_discover = 23, mtu = 24, only = 26, traffic_class = 67,
                     flow_label = 70;
}

}  // namespace ringside::net::option
