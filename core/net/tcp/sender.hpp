// The sending half of a connection: what the application wrote and the peer has not acknowledged, what of it
// may leave now, and the recovery of what was lost. SYN and FIN are octets of the sequence like the text
// between them.
//
// plan() chooses the next segment without changing anything, next() chooses it and takes it as sent.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "containers/byte_ring.hpp"
#include "ringside/net/config.hpp"
#include "ringside/net/counters.hpp"
#include "ringside/net/wire/tcp.hpp"
#include "tcp/congestion/congestion.hpp"
#include "tcp/patience.hpp"
#include "tcp/rtt.hpp"
#include "tcp/scoreboard.hpp"
#include "tcp/small_segments.hpp"

namespace ringside::net {

struct SendSpace {  // RFC 9293 figure 3
  SeqNum iss{}, una{}, nxt{};
  SeqNum wl1{}, wl2{};
  std::uint32_t wnd = 0;
  std::uint32_t max_wnd = 0;  // the largest window ever offered
};

// One segment's share of the sequence.
struct Chunk {
  SeqNum seq{};
  std::uint32_t text = 0;  // octets
  bool syn = false, fin = false, psh = false;
  bool retransmission = false;
  bool probe = false;   // of a closed window: carries nothing
  bool rescue = false;  // RFC 6675 NextSeg() rule 4

  std::uint32_t length() const { return text + (syn ? 1 : 0) + (fin ? 1 : 0); }
  SeqRange range() const { return {seq, seq + length()}; }
};

struct SenderCounters {
  std::uint64_t octets_acked = 0, retransmits = 0, fast_retransmits = 0, timeouts = 0;
  std::uint64_t octets_sent = 0, octets_resent = 0, text_segments = 0;
};

class Sender {
 public:
  Sender(const TcpConfig& config, const TcpSocketOptions& options, Counters& total, SeqNum iss);

  // The handshake is done: how much text a segment may have, and whether the peer sends SACK.
  void establish(std::uint32_t mss, bool sack);
  void reduce_mss(
      std::uint32_t mss);  // RFC 1191: the path does not carry larger ones; what is in flight is sent again

  // The application's side.
  std::size_t write(std::span<const std::uint8_t> octets, bool more = false);  // that `more` follows is known
  std::size_t room() const;
  void push_small() { small_.push(); }
  // Explicit congestion notification: sender_ecn.cpp. What reduces the window is told with the next fresh
  // text (CWR, RFC 3168 section 6.1.2), once.
  void on_congestion_echo();
  bool tell_reduction() { return std::exchange(reduction_untold_, false); }
  void mark_urgent() { urgent_ = text_end_; }  // what was written last (Linux snd_up)
  // Of a segment that begins there; nullopt: nothing urgent follows.
  std::optional<std::uint16_t> urgent_pointer(SeqNum seq) const;
  void use(CongestionControl algorithm) { congestion_.use(algorithm); }
  void hasten_syn(Time now);  // an answer to another one came: tcp_rcv_synsent_state_process()
  void repeat_syn() { retransmit_now_ = true; }  // the peer repeated its own
  // TCP Fast Open, before the SYN leaves: what of the text goes with it; and that the SYN-ACK has left some
  // of that unacknowledged, which is no sign of congestion (Linux tcp_rcv_fastopen_synack()).
  void give_syn(std::span<const std::uint8_t> text);
  void syn_text_refused();
  // It left before there was a connection: a request had it. Of a cookie nobody knows when.
  void syn_was_sent(Time at, bool by_cookie, int timeouts, int repetitions);
  void finish() { finished_ = true; }  // FIN behind what was written
  bool finished() const { return finished_; }
  bool fin_acknowledged() const { return finished_ && established_ && snd_.una == end(); }
  void release() { text_.release(); }

  // The wire's side. An ACK is acceptable: una <= ack <= nxt (RFC 9293 section 3.10.7.4, fifth).
  struct Ack {
    Time now{};
    SeqNum seq{}, ack{};
    std::uint32_t wnd = 0;  // scaled
    std::span<const wire::SackBlock> sack{};
    bool bare = false;                        // neither text nor FIN
    std::optional<Duration> timestamp_rtt{};  // RFC 7323 section 4
  };
  std::uint32_t on_ack(const Ack& ack);              // returns the octets newly acknowledged
  void first_window(SeqNum irs, std::uint32_t wnd);  // from the peer's SYN

  std::optional<Chunk> plan() const { return choose().chunk; }
  std::optional<Chunk> next(Time now);
  void copy_text(const Chunk& chunk, std::span<std::uint8_t> out) const;
  bool anything_to_do() const;  // false: next() has nothing to say until something happens

  enum class Expiry { nothing_due, acted, gave_up };
  Time deadline() const;  // end_of_time: none
  Expiry on_deadline(Time now, int retries);
  int tries() const { return patience_.tries(); }  // time-outs and probes that were not answered

  const SendSpace& snd() const { return snd_; }
  SeqNum end() const { return text_end_ + (finished_ ? 1 : 0); }  // behind all that will ever be sent so far
  bool syn_acknowledged() const { return syn_acknowledged_; }
  std::uint32_t mss() const { return mss_; }
  std::uint32_t pipe() const;
  const Congestion& congestion() const { return congestion_; }
  const RttEstimator& rtt() const { return rtt_; }
  const SenderCounters& counters() const { return counters_; }
  LossState loss_state() const;
  Time last_sent() const { return last_sent_; }

 private:
  enum class Recovery : std::uint8_t { none, fast, timeout };
  enum class Held : std::uint8_t { no, nothing_unsent, by_window, by_congestion, by_nagle, by_cork };
  struct Choice {
    std::optional<Chunk> chunk{};
    Held held = Held::no;
  };
  struct Retransmit {
    Time at{};
  };  // RFC 6298 section 5
  struct Persist {
    Time at{};
    int doublings = 0;
  };  // RFC 9293 section 3.8.6.1
  static constexpr Duration timestamp_granularity = std::chrono::milliseconds{1};
  struct Timed {
    SeqNum end{};
    Time sent{};
  };

  SeqNum text_begin() const { return text_end_ - static_cast<std::uint32_t>(text_.size()); }
  std::uint32_t flight() const { return octets_between(snd_.una, snd_.nxt); }
  SeqNum lost_edge() const;
  bool reducing() const;

  Choice choose() const;
  Choice choose_syn() const;
  Choice choose_new() const;
  std::optional<Chunk> choose_lost() const;
  std::optional<Chunk> choose_doubtful() const;
  Chunk repeat(SeqRange hole) const;
  Held reason_to_wait(const Chunk& fresh) const;
  Held reason_of_small(const Chunk& fresh) const;
  void sent(Time now, const Chunk& chunk);
  void sent_again(Time now, const Chunk& chunk);
  void sent_fresh(Time now, const Chunk& chunk);
  void held(Time now, Held reason);

  bool update_window(SeqNum seq, SeqNum ack, std::uint32_t wnd);  // true: it changed
  void advance(const Ack& ack);
  void measure(const Ack& ack);
  void progress(const Ack& ack, std::uint32_t acked, bool limited);
  void partial_ack(std::uint32_t acked);
  void leave_recovery();
  std::uint32_t take_sacks(const Ack& ack);
  void detect_loss();
  void on_timeout(Time now);

  const TcpConfig* config_;
  const TcpSocketOptions* options_;  // of the connection, as they are now
  Counters* total_;                  // of the stack
  SendSpace snd_{};
  ByteRing text_;      // written and not acknowledged
  SeqNum text_end_{};  // where the next octet written will go; the FIN, once finished
  // Not to be read off the sequence numbers: una is iss again every 4 GiB.
  bool syn_sent_ = false, syn_acknowledged_ = false;
  bool finished_ = false, established_ = false, sack_ = false;
  std::uint32_t syn_text_ = 0;  // octets that leave with the first SYN
  std::uint32_t mss_ = 536;     // RFC 9293 section 3.7.1

  std::optional<SeqNum> reduced_until_{};  // by an echo: what was sent until then
  bool reduction_untold_ = false;
  std::optional<SeqNum> urgent_{};  // behind the last urgent octet, until it is acknowledged
  SmallSegments small_;
  Congestion congestion_;
  RttEstimator rtt_;
  Scoreboard scoreboard_;
  Recovery recovery_ = Recovery::none;
  SeqNum recovery_point_{};  // RFC 6675 RecoveryPoint, RFC 6582 recover
  std::uint32_t dup_acks_ = 0;
  bool retransmit_now_ = false;  // the first hole, whatever the window says
  bool probe_now_ = false;       // what the window allows, however little; a bare probe if that is nothing
  std::optional<SeqNum> rescued_{};  // RFC 6675 RescueRxt
  SeqNum limited_until_{};           // text up to here was sent while cwnd was the limit

  std::variant<std::monostate, Retransmit, Persist> timer_;
  Patience patience_;  // time-outs or probes since the peer last said something new
  Time last_resent_{};
  std::optional<Timed> timed_{};  // the segment whose acknowledgement is the next round-trip sample
  Time last_sent_{};
  SenderCounters counters_{};
};

}  // namespace ringside::net
