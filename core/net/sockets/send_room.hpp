// How much a stream takes that is to be sent, as the kernel counts it: in packets, each with what it needs
// for itself. One that is begun is filled, however little room there was for it (tcp_sendmsg_locked()). Where
// octets alone are counted (TcpConfig::counts_packets), it takes what there is room for.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

namespace ringside::net {

struct SendRoom {
  static constexpr std::int64_t itself = 1280;    // SKB_TRUESIZE() of a packet with room for TCP's headers
  static constexpr std::int64_t largest = 65215;  // octets of one: sk_gso_max_size

  std::int64_t buffer = 0;         // SO_SNDBUF: sk_sndbuf
  std::int64_t packet = 1;         // octets that one holds
  std::int64_t queued = 0;         // octets, acknowledged not yet
  std::int64_t overhead = itself;  // of a packet; 0: octets are counted

  // tcp_xmit_size_goal(): whole segments, and no more than half of what the peer's window was.
  static std::int64_t goal(std::int64_t segment, std::int64_t window) {
    return std::max(std::min(largest, std::max(window / 2, segment)) / segment * segment, segment);
  }

  // tcp_sndbuf_expand(): what so many windows of so many segments take, by what the kernel allocates for
  // each.
  static std::int64_t for_windows(int windows, std::int64_t segments, std::int64_t segment) {
    constexpr std::int64_t headers = 320, trailer = 320,
                           itself = 256;  // MAX_TCP_HEADER, skb_shared_info, sk_buff
    const auto allocated = std::bit_ceil(static_cast<std::uint64_t>(segment + headers + trailer));
    return windows * segments * (static_cast<std::int64_t>(allocated) + itself);
  }

  std::int64_t charged() const { return queued + overhead * ((queued + packet - 1) / packet); }
  std::int64_t free() const { return buffer - charged(); }                 // sk_stream_wspace()
  bool writable() const { return free() > 0 && free() >= charged() / 2; }  // sk_stream_min_wspace()
  std::int64_t room() const {
    const std::int64_t each = packet + overhead;
    if (overhead == 0) return std::max<std::int64_t>(free(), 0);
    return free() <= 0 ? 0 : (free() + each - 1) / each * packet;
  }
};

}  // namespace ringside::net
