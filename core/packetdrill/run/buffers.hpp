// The buffers of a call. The octets in them mean nothing; that one is NULL does.
#pragma once

#include <cstdint>
#include <vector>

#include "ringside/net/sockets.hpp"
#include "run/arguments.hpp"

namespace ringside::packetdrill {

struct Buffers {
  std::int64_t octets = 0;
  std::int64_t sound = 0;  // before the first buffer that is NULL
  std::vector<std::uint32_t> each{};
  bool null() const { return sound == 0 && octets > 0; }
  // A piece that is not all there is not taken at all: tcp_sendmsg_locked(), skb_page_frag_refill().
  std::int64_t sendable() const {
    constexpr std::int64_t piece = 32768;
    return sound == octets ? octets : sound - sound % piece;
  }
};

inline constexpr std::int64_t most_octets = 16 << 20;  // of a call: no script needs more, and they are there
inline constexpr net::Returned bad_address{-1, net::Errno::efault};

Buffers buffer_of(const Arguments& arguments);          // write(4, ..., 100)
Buffers buffers_of(const Expression& vector);           // [{..., 100}, {..., 20}]
Buffers buffers_of_message(const Expression& message);  // {msg_name(...)=..., msg_iov(1)=[{..., 100}], ...}

}  // namespace ringside::packetdrill
