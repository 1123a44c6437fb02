// How much text a socket takes, as the kernel counts it: the memory of the packets that hold it, of which a
// ratio that is measured is the window's. It follows net/ipv4/tcp_input.c and tcp_output.c.
//
// Who uses the stack alone counts octets, and has none of this (TcpSocketOptions::receive_memory).
#pragma once

#include <algorithm>

#include "ringside/net/seqnum.hpp"
#include "tcp/current_options.hpp"

namespace ringside::net {

// What a driver of Linux allocates for a segment: tun_alloc_skb(), __alloc_skb().
struct PacketMemory {
  std::uint32_t text = 0;  // octets
  std::int64_t whole = 0;  // skb->truesize
  std::int64_t tail = 0;   // octets that would still fit behind the text

  // `headers`: octets of IP and TCP before the text.
  static PacketMemory of(std::uint32_t headers, std::size_t text);
};

class ReceiveMemory {
 public:
  ReceiveMemory(const TcpConfig& config, CurrentOptions options);

  bool counts() const { return buffer_ > 0; }
  // setsockopt(). `offered` here and below: the window, as it was offered last.
  void change(const TcpSocketOptions& before, const TcpSocketOptions& now, std::uint32_t offered);

  // tcp_select_initial_window(): `segment` octets of text are in a full segment.
  std::uint32_t first_window(std::uint32_t segment) const;
  std::uint8_t scale() const;
  void disable_scale() { scaled_ = false; }
  // tcp_init_buffer_space(): the handshake is done, `window` octets are offered, `advertised` octets are the
  // most that a segment holds.
  void begin(Time now, SeqNum copied, std::uint32_t window, std::uint32_t advertised);

  // Packets. `octets`: of text that are held, in order or not, in so many `pieces` with gaps between them.
  bool admits(std::uint32_t octets, std::size_t pieces);  // tcp_try_rmem_schedule()
  void charge(const PacketMemory& packet, bool in_order);
  void release(std::uint32_t octets, std::uint32_t held);
  // scaling_ratio of tcp_measure_rcv_mss(): for a segment of another size than before.
  void measure_ratio(const PacketMemory& packet, std::uint32_t offered);
  bool grow(const PacketMemory& packet, std::uint32_t segment);  // tcp_grow_window()

  // The window to offer: __tcp_select_window().
  std::uint32_t select_window(std::uint32_t segment, std::uint32_t offered, std::uint8_t scale) const;
  bool scarce() const { return space() < full_space_in_use() / 2; }
  std::int64_t window_clamp() const { return clamp_; }

  // What was copied to the reader in a round trip is what the buffer should hold twice:
  // tcp_rcv_space_adjust(). `unread` octets are in order, `ahead` octets lie between them and the last.
  void adjust(Time now, SeqNum copied, std::uint32_t unread, std::uint32_t ahead, Duration round_trip);
  void grow_buffer(std::uint32_t ahead);  // tcp_rcvbuf_grow()

  std::int64_t buffer() const { return buffer_; }        // sk_rcvbuf
  std::int64_t threshold() const { return threshold_; }  // rcv_ssthresh
  std::int64_t per_round_trip() const { return copied_in_round_; }

 private:
  std::int64_t window_of(std::int64_t memory) const { return memory * ratio_ >> 8; }  // tcp_win_from_space()
  std::int64_t memory_of(std::int64_t window) const { return (window << 8) / ratio_; }
  std::int64_t space() const { return window_of(buffer_ - charged_); }  // tcp_space()
  std::int64_t full_space() const { return window_of(buffer_); }
  std::int64_t full_space_in_use() const { return std::min(clamp_, full_space()); }
  std::uint32_t shrinking_window(std::int64_t segment, std::int64_t full, std::int64_t unit) const;
  void set_clamp(std::int64_t clamp, std::uint32_t offered);
  void clamp_window();
  std::int64_t slow_growth(const PacketMemory& packet, std::uint32_t segment) const;

  const TcpConfig* config_;
  CurrentOptions options_;
  std::int64_t buffer_, clamp_;
  std::int64_t charged_ = 0;  // sk_rmem_alloc
  std::int64_t tail_ = 0;     // free in the last packet in order: tcp_try_coalesce()
  std::int64_t threshold_ = 0;
  std::int64_t ratio_ = 128;  // in 256: TCP_DEFAULT_SCALING_RATIO
  bool scaled_ = true;
  std::uint32_t advertised_ = 536;
  std::int64_t copied_in_round_ = 0;  // rcvq_space.space
  SeqNum round_began_at_{};           // rcvq_space.seq, .time
  Time round_began_{};
};

}  // namespace ringside::net
