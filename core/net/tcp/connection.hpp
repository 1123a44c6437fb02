// One TCP connection: RFC 9293's state machine, which joins a sender and a receiver and agrees on options.
//
// The steps of on_segment() are those of RFC 9293 section 3.10.7.4 and named after them. A reply that must
// leave at once is part of the return value; everything else leaves when write_next() is asked for it.
#pragma once

#include "containers/flow.hpp"
#include "ip/network_errors.hpp"
#include "ringside/net/stack.hpp"
#include "tcp/ecn.hpp"
#include "tcp/fast_opening.hpp"
#include "tcp/keepalive.hpp"
#include "tcp/receiver.hpp"
#include "tcp/request.hpp"
#include "tcp/segment.hpp"
#include "tcp/sender.hpp"

namespace ringside::net {

// What an incoming segment meant.
struct Arrival {
  // challenge: within the host's limit; reset: of the segment; abort: of the connection, which is over.
  enum class Reply : std::uint8_t { none, ack, challenge, reset, abort };

  DropReason reason = DropReason::none;
  Reply reply = Reply::none;
  std::uint32_t text = 0;     // octets that became readable
  bool readable = false;      // text, or the end of it
  bool writable = false;      // room in the send buffer after there was little
  bool acknowledged = false;  // octets that were sent are needed no more
  bool urgent = false;        // the urgent octet came
  bool opened = false;        // actively: the SYN-ACK came
  bool failed = false;        // error() was set
};

class Connection {
 public:
  struct Identity {
    Flow flow{};
    SeqNum iss{};
    std::uint32_t timestamp_offset = 0;
    std::uint32_t mtu = 1500;  // of the path
  };
  Connection(const TcpConfig& config, OptionCopy options, Counters& total, const Identity& identity);
  Connection(const Connection&) = delete;  // its halves know where its options are

  void open(Time now);                // active: SYN-SENT
  void open(const Request& request);  // passive: SYN-RECEIVED, whose ACK comes next
  // TCP Fast Open. Active: with an option, if any, and text; passive: with the text that came. Before the SYN
  // or SYN-ACK leaves.
  void open_fast(Time now, std::optional<wire::FastOpenCookie> option, std::span<const std::uint8_t> text);
  void open_early(Time now, const Request& request, const Segment& syn,
                  std::optional<wire::FastOpenCookie> option);
  Arrival on_segment(Time now, const Segment& segment);
  void on_fragmentation_needed(std::uint32_t mtu);  // RFC 1191, RFC 8201
  // It would carry less than is believed: ip_mtu_locked().
  bool path_divides() const { return path_divides_; }
  bool on_unreachable(Time now, Unreachable why);  // ICMP; true: it failed

  // The application's side.
  std::size_t send(std::span<const std::uint8_t> octets, bool more);
  void end_record() { sender_.end_record(); }
  void note_writer() { writer_waits_ = true; }
  void note_shortage() { sender_.note_shortage(); }
  std::size_t recv(Time now, std::span<std::uint8_t> out) { return receiver_.read(now, out); }
  void mark_urgent() { sender_.mark_urgent(); }
  std::optional<std::uint8_t> urgent_octet(bool take);
  // As read, of what is readable.
  void discard(Time now, std::size_t octets) { receiver_.consume(now, octets); }
  std::size_t writable() const;  // octets that send() would take
  void shutdown(Time now);
  void shutdown_reading() { deaf_ = true; }  // text that comes after both are shut down is refused
  enum class CloseAction { none, reset };
  CloseAction close(Time now);  // the application lets go; reset: an RST must be sent
  CloseAction abort(Time now);

  // Each writes one segment, checksum included, and returns its octets. write_next(): 0 if there is nothing
  // to send.
  std::size_t write_next(Time now, wire::ByteSpan out);
  std::size_t write_ack(Time now, wire::ByteSpan out);
  std::size_t write_reset(Time now, wire::ByteSpan out);
  std::size_t write_probe(Time now, wire::ByteSpan out);  // of a peer that is silent
  static constexpr std::size_t max_bare_segment = 60;     // header and options of an ACK or RST

  Time deadline() const;                                    // end_of_time: none
  enum class Due : std::uint8_t { nothing, probe, reset };  // what must be sent at once
  Due on_deadline(Time now);

  const Flow& flow() const { return id_.flow; }
  TcpState state() const { return state_; }
  Error error() const { return error_; }
  void take_error();                           // of a connection that lives on
  bool orphaned() const { return orphaned_; }  // by its application
  const Ecn& ecn() const { return ecn_; }
  EcnField last_field() const { return last_field_; }  // of the IP header of the segment written last
  const FastOpening& fast_open() const { return fast_open_; }
  // The connection is there, its application may use it, and the handshake is not done:
  // tcp_passive_fastopen().
  bool opening_early() const { return fast_open_.early && state_ == TcpState::syn_received; }
  // All that came of the peer is a FIN, and what was before it did not:
  // tcp_fastopen_active_disable_ofo_check().
  bool only_end_came() const { return text_segments_in_ == 0 && receiver_.fin_ahead(); }
  void accepted() { fast_open_.accepted = true; }
  void reflect(std::uint32_t flow_label) { flow_label_ = flow_label; }
  std::uint32_t flow_label() const { return flow_label_; }  // of the peer, that ours shall have; 0: none
  std::uint16_t peer_mss() const { return peer_mss_; }      // as its SYN said
  bool end_of_stream() const;
  // May an ACK that is due wait for the segment that write_next() would make now?
  // A connection that is gone says nothing, whatever is read from it.
  bool ack_now(Time now) const {
    return receiver_.ack_now() && state_ != TcpState::closed &&
           (receiver_.ack_must_be_bare() || !sender_.plan(now));
  }
  bool anything_to_send() const;
  // RFC 9293 section 3.10.7.4, TIME-WAIT, and RFC 6191: a new incarnation may take the place of this one.
  bool may_be_replaced_by(const Segment& syn) const;
  bool may_be_succeeded(Time now) const;  // by an active open: tcp_twsk_unique()
  void give_way(Time now) { enter(now, TcpState::closed); }
  const TcpSocketOptions& options() const { return *options_; }
  void set_options(Time now, OptionCopy options);  // connection_options.cpp
  void set_quick_ack(bool now, bool from_now_on);  // TCP_QUICKACK
  Duration fin_wait_2_timeout() const;             // of an orphan
  TcpInfo info() const;
  std::uint32_t timestamp(Time now) const;  // RFC 7323
  const Sender& sender() const { return sender_; }
  const Receiver& receiver() const { return receiver_; }

 private:
  void enter(Time now, TcpState state);
  void fail(Time now, Error error);
  void give_up(Time now);
  void establish(Time now);
  void open_halves(Time now);
  Text text_of(const Segment& segment) const;
  void note_echo(Time now, const Segment& segment);
  std::uint32_t full_segment_in() const;  // octets of text, beside the options that were agreed on
  std::uint32_t text_within(std::uint32_t mtu) const;  // of a segment that we send
  void take_request(const Request& request);
  void take_syn_ack(Time now, const Segment& segment, Arrival& arrival);
  void agree_on_options(Time now, const wire::TcpOptions& offered);
  bool synchronized() const { return state_ >= TcpState::established; }

  Arrival in_syn_sent(Time now, const Segment& segment);
  Arrival in_time_wait(Time now, const Segment& segment);  // connection_time_wait.cpp
  bool forged_echo(Time now, const Segment& segment) const;
  bool reset_is_exact(const Segment& segment) const;
  bool answers_our_syn_again(const Segment& segment) const;
  bool reordered_ack(const Segment& segment) const;
  void refuse_old(Time now, const Segment& segment, Arrival& arrival);
  void answer(Time now, const Segment& segment, Arrival& arrival);
  void answer_unacceptable(Time now, const Segment& segment, Arrival& arrival);
  bool check_sequence(Time now, const Segment& segment, Arrival& arrival);
  bool check_reset(Time now, const Segment& segment, Arrival& arrival);
  bool check_syn(Time now, const Segment& segment, Arrival& arrival);
  bool check_ack(Time now, const Segment& segment, Arrival& arrival);
  void take_ack(Time now, const Segment& segment, Arrival& arrival);
  void note_ecn(const Segment& segment, Arrival& arrival);
  EcnSaid said_by(const Segment& segment) const;
  void note_repetition(const Segment& segment);
  void check_urgent(const Segment& segment, Arrival& arrival);
  void process_text(Time now, const Segment& segment, Arrival& arrival);
  void process_fin(Time now);
  void challenge(Time now, Arrival& arrival);
  bool old_timestamp(Time now, const Segment& segment) const;
  void note_timestamp(Time now, const Segment& segment);
  std::uint32_t scaled_window(const Segment& segment) const;
  std::uint32_t first_mss() const;
  Due check_keepalive(Time now);
  void acknowledge_handshake(Time now);

  std::size_t write(Time now, const Chunk& chunk, wire::ByteSpan out);
  std::uint16_t window_for(const Chunk&);
  wire::TcpHeader header_for(Time now, const Chunk& chunk);
  wire::TcpFlags flags_for(const Chunk& chunk);
  wire::TcpOptions options_for(Time now, const Chunk& chunk);
  void add_ecn_option(Time now, const Chunk& chunk, wire::TcpOptions& options);
  void reserve_options(Time now);
  std::uint32_t headers_size() const;  // of IP and TCP, without options

  const TcpConfig* config_;
  OptionCopy options_;
  Identity id_;
  TcpState state_ = TcpState::closed;
  Error error_ = Error::none;
  Error soft_error_ = Error::none;  // that ICMP reported, and the peer has not belied since (sk_err_soft)
  std::uint16_t peer_mss_;          // without the option RFC 9293 section 3.7.1
  bool orphaned_ = false;
  bool writer_waits_ = false;  // for the handshake
  bool deaf_ = false;          // its application reads no more
  bool path_divides_ = false;
  bool timestamps_ = false, sack_ = false, window_scale_ = false;  // offered, then agreed on
  std::uint8_t send_scale_ = 0;                                    // Snd.Wind.Shift: RFC 7323 section 2
  std::uint32_t ts_recent_ = 0;                                    // TS.Recent: RFC 7323 section 4.3
  Time ts_recent_at_{};
  Sender sender_;
  Receiver receiver_;
  Keepalive keepalive_;
  FastOpening fast_open_{};
  Ecn ecn_{};
  struct EarlierAck {
    SeqNum ack{};
    bool echo = false;
  };
  std::optional<EarlierAck> earlier_ack_{};  // RFC 8257 section 3.2: as all was before the last segment
  EcnField last_field_ = EcnField::not_ect;
  bool timestamp_advanced_ = false;  // by the segment that came last
  // That one came when nothing but the end was kept of the connection: Linux inet_timewait_sock.
  bool remembered_ = false;
  bool ecn_option_in_packet_ = false;  // as its first segment had it, those that are joined to it do
  std::uint32_t flow_label_ = 0;
  std::uint32_t first_stamp_ = 0;     // of the SYN: Linux retrans_stamp
  Time linger_ = end_of_time;         // the end of TIME-WAIT, or of an orphaned FIN-WAIT-2
  std::optional<Time> challenged_{};  // when something unacceptable last got an ACK
  std::uint64_t segments_in_ = 0, segments_out_ = 0, text_segments_in_ = 0;
};

}  // namespace ringside::net
