// The levels and names of setsockopt() and getsockopt(): include/uapi/asm-generic/socket.h, linux/tcp.h,
// linux/in.h and linux/in6.h, on x86-64.
#pragma once

namespace ringside::net::option {

inline constexpr int ip_level = 0, socket_level = 1, tcp_level = 6, udp_level = 17, ipv6_level = 41;

namespace socket {  // SO_...
inline constexpr int debug = 1, reuse_address = 2, type = 3, error = 4, dont_route = 5, broadcast = 6,
                     send_buffer = 7, receive_buffer = 8, keep_alive = 9, urgent_inline = 10, no_check = 11,
                     priority = 12, linger = 13, reuse_port = 15, receive_low_water = 18, send_low_water = 19,
                     receive_timeout = 20, send_timeout = 21, bind_to_device = 25, timestamp = 29,
                     accepting = 30, send_buffer_force = 32, receive_buffer_force = 33, timestamp_ns = 35,
                     mark = 36, timestamping = 37, protocol = 38, domain = 39, drops = 40, peek_offset = 42,
                     select_error_queue = 45, busy_poll = 46, max_pacing_rate = 47, incoming_cpu = 49,
                     zero_copy = 60;
}
namespace tcp {  // TCP_...
inline constexpr int no_delay = 1, max_segment = 2, cork = 3, keep_idle = 4, keep_interval = 5,
                     keep_count = 6, syn_count = 7, linger2 = 8, defer_accept = 9, window_clamp = 10,
                     info = 11, quick_ack = 12, congestion = 13, thin_linear_timeouts = 16,
                     thin_duplicate_ack = 17, user_timeout = 18, repair = 19, repair_queue = 20,
                     queue_sequence = 21, repair_options = 22, fast_open = 23, timestamp = 24,
                     notsent_low_water = 25, congestion_info = 26, save_syn = 27, saved_syn = 28,
                     repair_window = 29, fast_open_connect = 30, fast_open_key = 33, fast_open_no_cookie = 34,
                     in_queue = 36, rto_max_ms = 44, rto_min_us = 45, delack_max_us = 46;
// Those that FreeBSD alone has, by its numbers beyond all of Linux's: netinet/tcp.h.
inline constexpr int of_freebsd = 0x10000, no_options = of_freebsd + 8, keep_init = of_freebsd + 128;
}  // namespace tcp
namespace udp {  // UDP_...
inline constexpr int cork = 1;
}
namespace ip {  // IP_...
inline constexpr int tos = 1, ttl = 2, receive_options = 6, packet_info = 8, mtu_discover = 10,
                     receive_error = 11, receive_ttl = 12, receive_tos = 13, mtu = 14, free_bind = 15,
                     transparent = 19, bind_without_port = 24;
}
namespace ipv6 {  // IPV6_...: linux/in6.h
inline constexpr int receive_flow_info = 11, unicast_hops = 16, mtu_discover = 23, mtu = 24,
                     receive_error = 25, only = 26, flow_info_send = 33, receive_packet_info = 49,
                     receive_hop_limit = 51, dont_fragment = 62, receive_traffic_class = 66,
                     traffic_class = 67, auto_flow_label = 70, minimum_hop_count = 73;
}

}  // namespace ringside::net::option
