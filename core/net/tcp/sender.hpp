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
#include "tcp/current_options.hpp"
#include "tcp/delivery_rate.hpp"
#include "tcp/ecn.hpp"
#include "tcp/mtu_search.hpp"
#include "tcp/pacing.hpp"
#include "tcp/patience.hpp"
#include "tcp/proportional_rate.hpp"
#include "tcp/rack.hpp"
#include "tcp/record_ends.hpp"
#include "tcp/retransmit_queue.hpp"
#include "tcp/rtt.hpp"
#include "tcp/small_segments.hpp"
#include "tcp/spent.hpp"
#include "tcp/undo.hpp"
#include "tcp/window_usage.hpp"

namespace ringside::net {

struct SendSpace {  // RFC 9293 figure 3
  SeqNum iss{}, una{}, nxt{};
  SeqNum wl1{};
  std::uint32_t wnd = 0;
  std::uint32_t max_wnd = 0;  // the largest window ever offered
};

// One segment's share of the sequence.
struct Chunk {
  SeqNum seq{};
  std::uint32_t text = 0;  // octets
  bool syn = false, fin = false, psh = false, rst = false;
  std::uint32_t packet = 0;  // text of the packet that it begins, and a lower layer divides
  bool joined = false;       // to the one before it, in such a packet
  bool retransmission = false;
  bool probe = false;      // of a closed window: carries nothing
  bool mtu_probe = false;  // larger than what is known to pass

  std::uint32_t length() const { return text + (syn ? 1 : 0) + (fin ? 1 : 0); }
  SeqNum end() const { return seq + length(); }
};

// The clock of timestamps: RFC 7323 section 5.4, 1 ms as Linux's.
constexpr Time in_milliseconds(Time time) {
  return Time{time.time_since_epoch() / Duration{1ms} * Duration{1ms}};
}

struct SenderCounters {
  std::uint64_t octets_acked = 0, retransmits = 0, fast_retransmits = 0, timeouts = 0;
  std::uint64_t octets_sent = 0, octets_resent = 0, text_segments = 0;
  std::uint64_t timeout_recoveries = 0;  // rows of time-outs
  Duration timeout_time{};               // from the first of a row to its end
};

class Sender {
 public:
  Sender(const TcpConfig& config, CurrentOptions options, Counters& total, SeqNum iss);

  // The handshake is done: how much text a segment may have, and whether the peer sends SACK.
  void establish(Time now, std::uint32_t mss, bool sack);
  // RFC 4821. `from_now_on`: segments are no larger than what is known to pass; else when the limit is next
  // looked at, as that of Linux's passive opens (tcp_init_transfer() does not call tcp_sync_mss()).
  void search_mtu(Time now, const MtuSearch::Way& way, bool from_now_on);
  // Octets of each segment that other options take than those agreed on.
  void reserve(std::uint32_t octets);
  std::uint32_t reserved() const { return reserved_; }
  // A packet that a lower layer divides has begun to leave, and not ended.
  bool in_packet() const { return snd_.nxt.before(packet_end_); }
  // Our ACKs tell of gaps, or of what came twice: segments have no room for that that probe for a larger MTU.
  void note_reports(bool any) { reports_ = any; }
  // RFC 1191: the path carries packets no larger; what is in flight and has more text is sent again.
  void narrow_path(std::uint32_t mtu, std::uint32_t mss);
  void limit_segments(std::uint32_t mss) { agreed_mss_ = std::min(agreed_mss_, mss), bound_mss(); }

  // The application's side.
  std::size_t write(std::span<const std::uint8_t> octets, bool more = false);  // that `more` follows is known
  void end_record() { records_.end_at(text_end_); }      // MSG_EOR, behind what was written
  void note_shortage() { short_of_room_ = !finished_; }  // of room: more was to be written
  std::size_t room() const;
  void push_small() { small_.push(); }
  void limit_pace(std::uint64_t most) { pace_.limit(most); }  // octets per second
  // Explicit congestion notification: sender_ecn.cpp. What reduces the window is told with the next fresh
  // text (CWR, RFC 3168 section 6.1.2), once.
  bool tell_reduction() { return std::exchange(reduction_untold_, false); }
  void mark_urgent() { urgent_ = text_end_; }  // what was written last (Linux snd_up)
  // Of a segment that begins there; nullopt: nothing urgent follows.
  std::optional<std::uint16_t> urgent_pointer(SeqNum seq) const;
  void use(Time now, CongestionControl algorithm);
  void hasten_syn(Time now);  // an answer to another one came: tcp_rcv_synsent_state_process()
  void repeat_syn() { retransmit_first_ = true; }  // the peer repeated its own
  // TCP Fast Open, before the SYN leaves: what of the text goes with it; and that the SYN-ACK has left some
  // of that unacknowledged, which is no sign of congestion (Linux tcp_rcv_fastopen_synack()).
  void give_syn(std::span<const std::uint8_t> text);
  void syn_text_refused();
  // It left before there was a connection: a request had it. Of a cookie nobody knows when.
  void syn_was_sent(Time at, bool by_cookie, int timeouts, int repetitions);
  void finish() { finished_ = true; }  // FIN behind what was written
  bool finished() const { return finished_; }
  bool fin_acknowledged() const { return finished_ && established_ && snd_.una == end(); }
  void release() { text_.release(), queue_.release(); }

  // The wire's side. An ACK is acceptable: una <= ack <= nxt (RFC 9293 section 3.10.7.4, fifth).
  struct Ack {
    Time now{};
    SeqNum seq{}, ack{};
    std::uint32_t wnd = 0;  // scaled
    std::span<const wire::SackBlock> sack{};
    bool bare = false;             // neither text nor FIN
    Ecn* ecn = nullptr;            // of the connection, once it is there
    EcnSaid said{};                // of marks
    std::optional<Time> echoed{};  // RFC 7323 section 4: when what it answers was sent, to the millisecond
  };
  std::uint32_t on_ack(const Ack& ack);              // returns the octets newly acknowledged
  void first_window(SeqNum irs, std::uint32_t wnd);  // from the peer's SYN

  std::optional<Chunk> plan(Time now) const { return choose(now).chunk; }
  std::optional<Chunk> next(Time now);
  void copy_text(const Chunk& chunk, std::span<std::uint8_t> out) const;
  bool anything_to_do() const;  // false: next() has nothing to say until something happens

  enum class Expiry { nothing_due, acted, gave_up };
  Time deadline() const;  // end_of_time: none
  struct Tries {
    int most = 0;
    int not_doubled = 0;  // beside those, of a SYN: Linux tcp_syn_linear_timeouts
  };
  Expiry on_deadline(Time now, Tries tries);
  int tries() const { return patience_.tries(); }  // time-outs and probes that were not answered
  bool persisting() const { return std::holds_alternative<Persist>(timer_); }
  // Either of them, and how often the wait has doubled: icsk_retransmits, icsk_probes_out, icsk_backoff.
  int timeouts_unanswered() const { return persisting() ? 0 : patience_.tries(); }
  int probes_unanswered() const { return persisting() ? patience_.tries() : 0; }
  int doublings() const {
    const auto* persist = std::get_if<Persist>(&timer_);
    return persist ? persist->doublings : rtt_.doublings();
  }

  const SendSpace& snd() const { return snd_; }
  SeqNum sent_to() const { return later_of(snd_.nxt, probe_end_); }  // with a probe's octet (FreeBSD snd_max)
  SeqNum end() const { return text_end_ + (finished_ ? 1 : 0); }  // behind all that will ever be sent so far
  bool syn_acknowledged() const { return syn_acknowledged_; }
  std::uint32_t mss() const { return mss_; }
  std::uint32_t in_flight() const;  // segments that are in the network: RFC 6675 SetPipe()
  const Congestion& congestion() const { return congestion_; }
  Bytes window() const { return {std::int64_t{congestion_.cwnd()} * mss_}; }
  Bytes threshold() const;
  std::uint32_t delivered() const { return delivered_; }     // segments
  std::uint32_t arrived_twice() const { return spurious_; }  // segments, as D-SACKs say
  const RttEstimator& rtt() const { return rtt_; }
  Counters& total() { return *total_; }
  const RetransmitQueue& queue() const { return queue_; }
  const SenderCounters& counters() const { return counters_; }
  LossState loss_state() const { return state_; }
  const Pacing& pace() const { return pace_; }
  const DeliveryRate& delivery_rate() const { return rate_; }
  const TimeSpent& spent() const { return spent_.so_far(); }
  const Rack& rack() const { return rack_; }
  // Segments. Before RFC 3042 duplicates were nothing but a sign, until a fast retransmit had followed.
  std::uint32_t sacked() const {
    if (sack_) return queue_.sacked();
    return modern() || state_ == LossState::recovery ? duplicates_ : 0;
  }
  Time last_sent() const { return last_sent_; }

 private:
  enum class Held : std::uint8_t {
    no,
    nothing_unsent,
    by_pace,
    by_window,
    by_congestion,
    by_nagle,
    by_cork,
    by_mtu_probe
  };
  struct Choice {
    std::optional<Chunk> chunk{};
    Held held = Held::no;
  };
  // One timer for all: Linux icsk_pending.
  struct Retransmit {
    Time at{};
  };  // RFC 6298 section 5
  struct Reordering {
    Time at{};
  };  // RFC 8985 section 6.2 step 5
  struct LossProbe {
    Time at{};
  };  // RFC 8985 section 7
  struct Persist {
    Time at{};
    int doublings = 0;
  };  // RFC 9293 section 3.8.6.1

  // What an acknowledgement said: the flags of Linux tcp_ack().
  struct News {
    Time now{};
    std::optional<Time> echoed{};
    SeqNum una_before{}, highest_sacked_before{};
    std::uint32_t acked = 0;  // segments
    std::uint32_t delivered_octets = 0;
    std::uint32_t losses_before = 0, delivered_before = 0;
    std::uint32_t in_flight_before = 0;
    std::optional<Duration> rtt{};  // of the segment that was sent last
    bool bare = false, window_changed = false, advanced = false;
    bool congested = false;  // FLAG_ECE
    RateSample rate{};
    bool syn_acked = false;            // FLAG_SYN_ACKED
    bool sacked = false;               // FLAG_DATA_SACKED
    bool duplicate_reported = false;   // FLAG_DSACKING_ACK
    bool probe_arrived_twice = false;  // FLAG_DSACK_TLP
    bool repeated_acked = false;       // FLAG_RETRANS_DATA_ACKED
    bool original_arrived = false;     // FLAG_ORIG_SACK_ACKED
    bool reneged = false;              // FLAG_SACK_RENEGING
    bool retransmission_lost = false;  // FLAG_LOST_RETRANS
    bool set_timer = false;            // FLAG_SET_XMIT_TIMER
    SeqNum lowest_overtaken{};         // of what came late, but came
    std::optional<Time> first_acked_sent{}, last_acked_sent{}, first_sacked_sent{}, last_sacked_sent{};
    std::optional<Time> syn_ack_sent{};

    // Nothing but that it came.
    bool duplicate() const { return bare && !window_changed && acked == 0; }
    bool dubious(LossState state) const {
      return duplicate() || sacked || congested || duplicate_reported || state != LossState::open;
    }
  };

  SeqNum text_begin() const { return text_end_ - static_cast<std::uint32_t>(text_.size()); }
  // Octets that the peer's window has room for, from there on.
  std::uint32_t usable(SeqNum from) const {
    const SeqNum edge = snd_.una + snd_.wnd;
    return from.before(edge) ? octets_between(from, edge) : 0;
  }
  // The end of what the peer has said to have: tcp_highest_sack_seq().
  SeqNum highest_sacked() const { return queue_.sacked() > 0 ? queue_.highest_sacked() : snd_.una; }

  // sender.cpp
  Choice choose(Time now) const;
  Choice choose_syn() const;
  void sent(Time now, const Chunk& chunk);
  void sent_again(Time now, const Chunk& chunk);
  void sent_fresh(Time now, const Chunk& chunk);
  void note_limit(Time now);
  void held(Time now, Held reason);
  Duration persist_wait(int doublings) const;
  void refused(Time now, const Chunk& chunk);
  void pace(Time now, const Chunk& chunk);
  void on_pace();
  Sending sending();
  void begin_model(Time now);
  bool update_window(SeqNum seq, SeqNum ack, std::uint32_t wnd);  // true: it was taken

  // sender_fresh.cpp
  Choice choose_new(Time now) const;
  Held reason_to_wait(Time now, std::uint32_t unsent, std::uint32_t usable) const;
  Held reason_of_small(bool fin) const;
  bool pushes(SeqNum end) const;
  std::uint32_t packet_octets(std::uint32_t unsent, std::uint32_t usable) const;
  std::uint32_t most_segments_in_packet() const;
  bool worth_waiting(Time now, std::uint32_t unsent, std::uint32_t usable) const;
  std::uint32_t window_room() const;
  void update_pace();
  Duration burst() const;
  void note_usage(Time now, bool limited);
  void begin_anew(Time now);
  void bound_mss();

  // sender_ack.cpp
  void acknowledge_text(SeqNum una);
  void acknowledge_segments(News& news);
  void count_acked(News& news, const SentSegment& segment);
  bool measure(News& news);
  void adjust_timer(News& news, bool measured);
  bool maybe_delayed(const News& news) const;
  void control_congestion(News& news);
  void control_window(const News& news);
  void note_room(Time now);

  // sender_sack.cpp
  void take_sacks(const Ack& ack, News& news);
  bool take_duplicate_report(const Ack& ack, News& news);
  void tag(SeqRange block, News& news);
  void tag_one(std::size_t i, News& news);
  void tag_duplicates(SeqRange block, News& news);
  void note_reordering(SeqNum lowest);

  // sender_ecn.cpp
  bool learn_marks(const Ack& ack, const News& news) const;
  void on_congestion_echo();

  // sender_mtu.cpp
  std::optional<Choice> choose_mtu_probe() const;
  void mtu_probe_sent(const Chunk& chunk);
  void note_mtu_probe(Time now);
  bool mtu_probe_failed();
  void suspect_black_hole(Time now);
  void lose_what_is_too_long();

  // sender_recovery.cpp
  enum class Resend : std::uint8_t { nothing, lost, fresh_first };
  void on_doubt(News& news);
  bool leave_states(const News& news);
  void in_recovery(News& news);
  void in_loss(News& news);
  void end_timeouts(Time now);
  bool forward_recovery(const News& news);
  void go_on_in_loss(const News& news);
  void in_order(News& news);
  void find_losses(News& news);
  bool time_to_recover() const;
  bool sacked_far_ahead() const;
  bool tells_of_loss(const News& news) const;
  void count_losses(bool recovery_begins);
  void enter_recovery(bool congested);  // marks were told of as well
  void begin_reduction(CongestionSign sign = CongestionSign::loss);
  void end_reduction();
  bool reducing() const { return state_ == LossState::recovery || state_ == LossState::reducing; }
  void keep_open();
  bool any_repeated() const { return queue_.again() > 0 || (!queue_.empty() && queue_.front().repeated); }
  void count_duplicate();
  void uncount_duplicates(std::uint32_t acked);
  void limit_duplicates(std::uint32_t beyond);

  // sender_historic.cpp
  bool modern() const { return config_->repair == LossRepair::modern; }
  void in_old_times(const News& news);
  void retransmit_early();

  // sender_undo.cpp
  bool was_only_late(const News& news) const;
  bool may_undo(const News& news) const;
  void undo(bool nothing_lost);
  bool undo_by_duplicates();
  bool undo_partial(const News& news);
  bool undo_recovery(const News& news);
  bool undo_loss(const News& news, bool by_forward_rto);
  bool reopening_hindered();

  // sender_loss.cpp
  bool rack_marks(Time now, Duration& wait);
  void on_timeout(Time now, int not_doubled);
  Duration span_of(int retries) const;
  void mark_all_lost(Time now);
  void lose_without_congestion();
  void on_reordering_timer(Time now);
  void on_loss_probe(Time now);
  void on_probe_ack(const News& news);
  bool schedule_probe(Time now, bool advancing);
  void rearm(Time now);
  Time oldest_expires(Time now) const;

  // sender_again.cpp
  std::optional<Chunk> choose_again(Time now) const;
  std::optional<Chunk> choose_probe(Time now) const;
  Chunk repeat(std::size_t i) const;
  std::size_t last_follower(std::size_t i, std::uint32_t most) const;
  bool goes_on(std::size_t i) const;

  const TcpConfig* config_;
  CurrentOptions options_;
  Counters* total_;  // of the stack
  SendSpace snd_{};
  ByteRing text_;       // written and not acknowledged
  SeqNum text_end_{};   // where the next octet written will go; the FIN, once finished
  SeqNum probe_end_{};  // behind the octet of a closed window's probe
  // Not to be read off the sequence numbers: una is iss again every 4 GiB.
  bool syn_sent_ = false, syn_acknowledged_ = false;
  bool finished_ = false, established_ = false, sack_ = false;
  bool reports_ = false;
  std::uint32_t syn_text_ = 0;      // octets that leave with the first SYN
  std::uint32_t agreed_mss_ = 536;  // RFC 9293 section 3.7.1
  // At most half the largest window, and what is known to pass, when it was last looked at: Linux
  // tcp_sync_mss().
  std::uint32_t bounded_mss_ = 536;
  std::uint32_t reserved_ = 0;
  std::uint32_t mss_ = 536;  // less that

  bool reduction_untold_ = false;
  std::optional<SeqNum> urgent_{};  // behind the last urgent octet, until it is acknowledged
  SmallSegments small_;
  SeqNum packet_end_{};  // of the packet that has been begun, and a lower layer divides
  SeqNum pushed_{};      // where the last PSH was
  RecordEnds records_;
  Congestion congestion_;
  WindowUsage usage_;
  RttEstimator rtt_;
  RetransmitQueue queue_;
  DeliveryRate rate_;
  Spent spent_;
  RangeSet reported_;  // what the peer has said to have, of what is in the queue
  Rack rack_;
  ProportionalRate reduction_;
  MtuSearch mtu_search_;
  Undo undo_;
  LossState state_ = LossState::open;
  SeqNum high_seq_{};             // nxt when the state was entered: RFC 6675 RecoveryPoint, RFC 6582 recover
  std::uint32_t delivered_ = 0;   // segments
  std::uint32_t duplicates_ = 0;  // without SACK: segments that duplicate ACKs tell of (sacked_out)
  std::uint32_t spurious_ = 0;    // retransmissions that D-SACKs have told of
  bool forward_rto_ = false;      // RFC 5682
  Resend resend_ = Resend::nothing;
  SeqNum resend_from_{};            // before it nothing lost waits
  SeqNum resent_to_{};              // where the packet that was sent again last ended
  std::uint32_t run_ = 0;           // segments in it
  bool retransmit_first_ = false;   // whatever the windows say
  bool probe_now_ = false;          // what the window allows, however little; a bare probe if that is nothing
  bool probe_tail_ = false;         // RFC 8985 section 7.3, TLP_send_probe()
  bool short_of_room_ = false;      // a write was not taken whole (Linux SOCK_NOSPACE)
  std::optional<SeqNum> probed_{};  // TLP.end_seq
  bool probe_repeated_ = false;     // TLP.is_retrans
  std::optional<Time> first_repeat_{};  // of this recovery (retrans_stamp), to the millisecond

  std::variant<std::monostate, Retransmit, Reordering, LossProbe, Persist> timer_;
  std::optional<Time> timed_out_at_{};  // the first of a row of time-outs
  Pacing pace_;
  Time pace_timer_ = end_of_time;  // something waits for it
  Patience patience_;              // time-outs or probes since the peer last said something new
  Time last_sent_{};
  SenderCounters counters_{};
};

}  // namespace ringside::net
