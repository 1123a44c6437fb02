// The receiving half of a connection: the window offered, octets put in order, and when and what to
// acknowledge.
//
// It knows sequence numbers, not states; the connection tells it when text may come.
#pragma once

#include <memory>
#include <optional>

#include "containers/byte_ring.hpp"
#include "containers/range_set.hpp"
#include "ringside/net/config.hpp"
#include "ringside/net/wire/tcp.hpp"
#include "tcp/arrival_times.hpp"
#include "tcp/current_options.hpp"
#include "tcp/quick_ack.hpp"
#include "tcp/receive_memory.hpp"
#include "tcp/receive_rtt.hpp"
#include "tcp/received_size.hpp"
#include "tcp/rtt.hpp"
#include "tcp/urgent.hpp"

namespace ringside::net {

struct ReceiveSpace {  // RFC 9293 figure 4
  SeqNum irs{}, nxt{};
  SeqNum edge{};  // the right edge of the window offered: RCV.NXT + RCV.WND. It never moves left, unless it
                  // may (TcpConfig::shrink_window).
};

// What a segment brings.
struct Text {
  SeqNum seq{};
  wire::ByteView octets{};
  bool fin = false;
  bool with_syn = false;
  bool ends = false;  // PSH, or another flag, says that no more follows
  std::uint32_t ip_header = 20, tcp_options = 0;

  std::uint32_t size() const { return static_cast<std::uint32_t>(octets.size()); }
  SeqNum end() const { return seq + size() + (fin ? 1 : 0); }
  PacketMemory memory() const {
    return PacketMemory::of(ip_header + static_cast<std::uint32_t>(wire::TcpHeader::size) + tcp_options,
                            size());
  }
};

class Receiver {
 public:
  Receiver(const TcpConfig& config, CurrentOptions options);

  void open(SeqNum irs);                            // the peer's SYN arrived
  struct Agreed {                                   // by the handshake
    std::uint32_t advertised = 536, segment = 536;  // octets of text that we take, and both
    std::uint32_t options = 0;                      // octets of them in each header
    bool sack = false;
  };
  void begin(Time now, const Agreed& agreed);
  void change(const TcpSocketOptions& before, const TcpSocketOptions& now);  // setsockopt()

  // RFC 9293 section 3.10.7.4, "first, check sequence number". `fin`: it is the last octet.
  bool acceptable(SeqNum seq, std::uint32_t length, bool fin) const;
  void on_unacceptable(SeqNum seq, std::uint32_t length);  // and answered

  struct Accepted {
    std::uint32_t in_order = 0;  // octets that became readable
    bool fin = false;            // the peer's FIN is now in order
  };
  Accepted on_text(Time now, Text text, const RttEstimator& rtt);
  // Of a segment, before its text: what we stamped `ago` is echoed.
  void on_echo(std::uint32_t echo, Duration ago, std::uint32_t length);

  std::size_t read(Time now, std::span<std::uint8_t> out);
  void consume(Time now, std::size_t octets);    // they are read; may make ack_now() true: a window update
  void peek(std::span<std::uint8_t> out) const;  // at most available() octets
  std::size_t readable() const { return readable_.size(); }
  std::size_t available() const;  // to one read(), which stops at the mark of urgent data
  std::optional<Time> arrival(std::size_t before) const;  // of the octet behind so many that are readable

  // Urgent data: receiver_urgent.cpp.
  void on_urgent(SeqNum seq, std::uint16_t pointer);  // before on_text()
  bool pick_urgent(SeqNum seq, wire::ByteView text);  // true: the octet is here
  const Urgent& urgent() const { return urgent_; }
  std::size_t octets_before_mark() const { return octets_between(front(), urgent_.mark()); }
  void take_urgent() { urgent_.take(); }
  bool fin_ahead() const { return fin_ && !fin_received(); }           // of a gap
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
  Time ack_deadline() const {
    return ack_ == Ack::delayed || ack_ == Ack::compressed ? ack_at_ : end_of_time;
  }
  void on_ack_deadline(Duration rto);
  void delay_ack(Time until) { ack_ = Ack::delayed, ack_at_ = until; }
  bool ack_due() const { return ack_ != Ack::none; }
  QuickAck& quick_ack() { return quick_ack_; }
  const QuickAck& quick_ack() const { return quick_ack_; }
  void acknowledge_quickly() { quick_ack_.demand(2); }  // the next: tcp_enter_quickack_mode()
  std::uint16_t window_field();                         // for the next segment; fixes the edge
  // RFC 7323 section 2.2: never scaled. `segment`: octets of text in a full one that comes.
  std::uint16_t syn_window_field(std::uint32_t segment);
  wire::SackBlocks sack_blocks(std::size_t max) const;
  SeqNum reported_twice_from() const { return reported_twice_from_; }  // by the latest D-SACK
  bool reports_twice() const { return duplicate_.has_value(); }        // with the next ACK
  // With each ACK, while it lasts.
  bool reports() const { return sack_ && (!ahead_.empty() || duplicate_); }
  std::uint32_t ack_sent(bool with_sack);  // a segment with ACK left; it stood for so many more
  // A block of what was compressed would no longer be told, once this one is there.
  bool would_bury_blocks(const Text& text) const;

  const ReceiveSpace& rcv() const { return rcv_; }
  SeqNum highest() const { return ahead_.empty() ? rcv_.nxt : ahead_.back().end; }  // behind all that came
  SeqNum last_ack_sent() const { return last_ack_sent_; }                           // RFC 7323 section 4.3
  std::uint8_t window_scale() const { return window_scale_; }
  void disable_window_scale() { window_scale_ = 0, memory_.disable_scale(); }
  std::uint64_t octets_received() const { return octets_received_; }
  std::uint32_t full_segment() const { return memory_.counts() ? size_.octets() : full_segment_; }
  std::uint32_t came_ahead() const { return came_ahead_; }  // segments
  const ReceiveMemory& memory() const { return memory_; }
  Duration round_trip() const { return rtt_.estimate(); }
  std::uint32_t last_window() const { return offered_; }  // as the last ACK had it

 private:
  enum class Ack : std::uint8_t { none, delayed, compressed, now, duplicate };
  enum class Fate : std::uint8_t { taken, answered, ignored };

  bool at_mark() const { return urgent_.marked() && urgent_.mark() == front(); }
  bool skips_mark() const;  // the octet there is not part of what is read
  SeqNum front() const;     // the sequence number of the next octet to be read
  std::uint32_t held() const { return static_cast<std::uint32_t>(readable_.size()) + ahead_.octets(); }
  void note_pages(SeqNum seq, wire::ByteView text);
  void skip_repeated(Text& text);
  std::uint32_t in_order(const Text& text);
  void ahead_of_gap(Time now, const Text& text);
  std::size_t most_gaps() const;  // where memory is not counted
  void remember_recent(SeqNum seq);
  void report_twice(SeqRange range);
  void schedule_ack(Time now, bool gap_filled);
  void drop(std::size_t octets);
  // As the kernel does: receiver_kernel.cpp.
  Fate fate_of(const Text& text);
  Fate make_room(const Text& text);
  void take_in_order(Time now, const Text& text, const RttEstimator& rtt);
  void take_ahead(Time now, const Text& text);
  void measure(const Text& text, const PacketMemory& packet);
  void stamp(Time now, const Text& text);
  void check_ack(Time now, const RttEstimator& rtt);
  void put_off_ack(Time now, const RttEstimator& rtt);
  void compress_ack(Time now, const RttEstimator& rtt);
  void clean_up(Time now, std::uint32_t octets);
  std::uint32_t room() const;
  std::int64_t buffer() const;  // octets
  std::uint32_t window_of_freebsd(std::uint32_t offered) const;
  bool update_is_due(std::uint32_t offered) const;
  std::uint32_t window_to_offer() const;
  std::uint16_t offer(std::uint32_t window, std::uint8_t shift);

  const TcpConfig* config_;
  CurrentOptions options_;
  ReceiveSpace rcv_{};
  SeqNum furthest_edge_{};  // that was ever offered (Linux rcv_mwnd_seq)
  ByteRing readable_;
  RangeSet ahead_;  // what arrived ahead of a gap; its octets lie in the ring already
  Urgent urgent_;
  std::unique_ptr<ArrivalTimes> arrivals_{};            // once somebody asks for them
  std::unique_ptr<RangeSet> pages_{};                   // what arrived in whole pages, and is not yet read
  std::array<SeqNum, wire::SackBlocks::max> recent_{};  // an octet of each range there, latest arrival first
  std::uint8_t recent_count_ = 0;
  std::uint8_t window_scale_ = 0;
  std::optional<SeqRange> duplicate_{};  // RFC 2883: what arrived twice, for the next ACK
  SeqNum reported_twice_from_{};
  std::optional<SeqNum> fin_{};  // its sequence number, once known
  Ack ack_ = Ack::none;
  QuickAck quick_ack_;
  Time ack_at_{};
  ReceiveMemory memory_;
  ReceivedSize size_;
  ReceiveRtt rtt_;
  bool sack_ = false;
  bool no_memory_ = false;       // for what came in order: no window (ICSK_ACK_NOMEM)
  std::uint8_t duplicates_ = 0;  // ACKs of duplicates_at_ (dup_ack_counter)
  std::uint8_t compressed_ = 0;  // duplicate ACKs that one will stand for
  SeqNum duplicates_at_{};
  std::uint32_t offered_ = 0;       // RCV.WND, which what comes does not change
  std::uint32_t first_window_ = 0;  // with our SYN
  std::uint32_t came_ahead_ = 0;
  std::uint32_t whole_segment_ = 0;   // of which the buffer is a multiple; 0: it need not be
  std::uint32_t full_segment_ = 536;  // the most text seen in a segment, at least RFC 9293's default MSS
  SeqNum last_ack_sent_{};
  std::uint64_t octets_received_ = 0;
};

}  // namespace ringside::net
