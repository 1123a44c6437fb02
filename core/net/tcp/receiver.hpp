// The receiving half of a connection: the window offered, octets put in order, and when and what to
// acknowledge.
//
// It knows sequence numbers, not states; the connection tells it when text may come.
#pragma once

#include <optional>

#include "containers/byte_ring.hpp"
#include "containers/range_set.hpp"
#include "ringside/net/config.hpp"
#include "ringside/net/wire/tcp.hpp"
#include "tcp/quick_ack.hpp"
#include "tcp/urgent.hpp"

namespace ringside::net {

struct ReceiveSpace {  // RFC 9293 figure 4
  SeqNum irs{}, nxt{};
  SeqNum edge{};  // the right edge of the window offered: RCV.NXT + RCV.WND. It never moves left.
};

class Receiver {
 public:
  Receiver(const TcpConfig& config, const TcpSocketOptions& options);

  void open(SeqNum irs);  // the peer's SYN arrived

  // RFC 9293 section 3.10.7.4, "first, check sequence number".
  bool acceptable(SeqNum seq, std::uint32_t length) const;

  struct Accepted {
    std::uint32_t in_order = 0;  // octets that became readable
    bool fin = false;            // the peer's FIN is now in order
  };
  Accepted on_text(Time now, SeqNum seq, wire::ByteView text, bool fin);

  std::size_t read(std::span<std::uint8_t> out);
  void consume(std::size_t octets);              // they are read; may make ack_now() true: a window update
  void peek(std::span<std::uint8_t> out) const;  // at most available() octets
  std::size_t readable() const { return readable_.size(); }
  std::size_t available() const;  // to one read(), which stops at the mark of urgent data

  // Urgent data: receiver_urgent.cpp.
  void on_urgent(SeqNum seq, std::uint16_t pointer);  // before on_text()
  bool pick_urgent(SeqNum seq, wire::ByteView text);  // true: the octet is here
  const Urgent& urgent() const { return urgent_; }
  std::size_t octets_before_mark() const { return octets_between(front(), urgent_.mark()); }
  void take_urgent() { urgent_.take(); }
  bool fin_received() const { return fin_ && rcv_.nxt.after(*fin_); }  // and all before it
  // Octets at the front of what is readable: those that arrived in whole pages, or those before the next
  // such.
  std::size_t readable_pages() const;
  std::size_t readable_rest() const;
  void release();  // no more text will come or be read

  // Acknowledgement. RFC 5681 section 4.2, RFC 9293 section 3.8.6.3.
  bool ack_now() const { return ack_ == Ack::now || ack_ == Ack::duplicate; }
  bool ack_must_be_bare() const {
    return ack_ == Ack::duplicate;
  }  // RFC 5681 section 2: a duplicate ACK has no text
  void require_ack() { ack_ = Ack::now; }
  Time ack_deadline() const { return ack_ == Ack::delayed ? ack_at_ : end_of_time; }
  void on_ack_deadline() { ack_ = Ack::now; }
  void delay_ack(Time until) { ack_ = Ack::delayed, ack_at_ = until; }
  bool ack_due() const { return ack_ != Ack::none; }
  QuickAck& quick_ack() { return quick_ack_; }
  const QuickAck& quick_ack() const { return quick_ack_; }
  void acknowledge_quickly() { quick_ack_.demand(2); }  // the next: tcp_enter_quickack_mode()
  void note_text(Time now, Duration rto);               // before on_text()
  std::uint16_t window_field();                         // for the next segment; fixes the edge
  std::uint16_t syn_window_field();                     // RFC 7323 section 2.2: never scaled
  wire::SackBlocks sack_blocks(std::size_t max) const;
  void ack_sent(bool with_sack);  // a segment with ACK left

  const ReceiveSpace& rcv() const { return rcv_; }
  SeqNum highest() const { return ahead_.empty() ? rcv_.nxt : ahead_.back().end; }  // behind all that came
  SeqNum last_ack_sent() const { return last_ack_sent_; }                           // RFC 7323 section 4.3
  std::uint8_t window_scale() const { return window_scale_; }
  void disable_window_scale() { window_scale_ = 0; }
  std::uint64_t octets_received() const { return octets_received_; }
  std::uint32_t full_segment() const { return full_segment_; }

 private:
  enum class Ack : std::uint8_t { none, delayed, now, duplicate };

  bool at_mark() const { return urgent_.marked() && urgent_.mark() == front(); }
  bool skips_mark() const;  // the octet there is not part of what is read
  SeqNum front() const;     // the sequence number of the next octet to be read
  void note_pages(SeqNum seq, wire::ByteView text);
  std::uint32_t in_order(SeqNum seq, wire::ByteView text);
  void ahead_of_gap(SeqNum seq, wire::ByteView text);
  std::size_t most_gaps() const;
  void remember_recent(SeqNum seq);
  void schedule_ack(Time now, std::uint32_t octets, bool gap_filled);
  std::uint32_t room() const;
  std::uint32_t window_to_offer() const;
  std::uint16_t offer(std::uint32_t window, std::uint8_t shift);

  const TcpConfig* config_;
  const TcpSocketOptions* options_;  // of the connection, as they are now
  ReceiveSpace rcv_{};
  ByteRing readable_;
  RangeSet ahead_;  // what arrived ahead of a gap; its octets lie in the ring already
  Urgent urgent_;
  RangeSet pages_;                                      // what arrived in whole pages, and is not yet read
  std::array<SeqNum, wire::SackBlocks::max> recent_{};  // an octet of each range there, latest arrival first
  std::uint8_t recent_count_ = 0;
  std::optional<SeqRange> duplicate_{};  // RFC 2883: what arrived twice, for the next ACK
  std::optional<SeqNum> fin_{};          // its sequence number, once known
  Ack ack_ = Ack::none;
  QuickAck quick_ack_;
  Time ack_at_{};
  std::uint32_t unacknowledged_ = 0;  // octets received in order since the last ACK
  std::uint32_t full_segment_ = 536;  // the most text seen in a segment, at least RFC 9293's default MSS
  SeqNum last_ack_sent_{};
  std::uint8_t window_scale_ = 0;
  std::uint64_t octets_received_ = 0;
};

}  // namespace ringside::net
