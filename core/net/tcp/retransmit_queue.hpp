// What was sent and is not acknowledged, segment by segment, and what is known of each: Linux's
// tcp_rtx_queue with the marks of tcp_skb_cb.sacked. SYN and FIN lie in it like text.
//
// Segments are in the order of the sequence; the tallies of RFC 6675's SetPipe() are kept up to date, so that
// the cost of an acknowledgement does not depend on the window.
#pragma once

#include <vector>

#include "containers/range_set.hpp"
#include "ringside/units/time.hpp"

namespace ringside::net {

// How things stood when a segment left (the tx of Linux tcp_skb_cb); times in microseconds.
struct Departure {
  std::uint32_t delivered = 0;  // segments of the connection, by then
  std::uint32_t since_delivery = 0;
  std::uint32_t since_first_sent : 31 = 0;  // of the flight in which it left
  std::uint32_t app_limited : 1 = 0;
};

struct SentSegment {
  SeqNum begin{}, end{};
  Time sent{};  // the last time
  Departure departure{};
  bool syn : 1 = false, fin : 1 = false, psh : 1 = false;
  bool joined : 1 = false;  // it left in one packet with the one before it, which a lower layer divided
  bool sacked : 1 = false;
  bool lost : 1 = false;
  bool again : 1 = false;     // a retransmission is under way (Linux TCPCB_SACKED_RETRANS)
  bool repeated : 1 = false;  // there ever was one (TCPCB_EVER_RETRANS)

  std::uint32_t text() const { return octets_between(begin, end) - (syn ? 1 : 0) - (fin ? 1 : 0); }
};
static_assert(sizeof(SentSegment) == 32);  // two in a line of the cache

class RetransmitQueue {
 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  const SentSegment& operator[](std::size_t i) const { return ring_[(head_ + i) & (ring_.size() - 1)]; }
  const SentSegment& front() const { return (*this)[0]; }
  const SentSegment& back() const { return (*this)[size_ - 1]; }
  // The segment that has `seq`, or the first behind it; size() if there is none.
  std::size_t find(SeqNum seq) const;

  void push(const SentSegment& segment);
  SentSegment pop();                      // the first: it is acknowledged
  void acknowledge_part(SeqNum una);      // of the first
  void divide(std::size_t i, SeqNum at);  // in two
  void unite(std::size_t i);              // with the next
  void separate(SeqNum at);               // what begins there is a packet of its own
  void resent(std::size_t i, Time now, const Departure& departure, bool counts);
  void release() { *this = {}; }

  // What a peer says it has; returns nothing new for what it has said before.
  void mark_sacked(std::size_t i);
  void mark_lost(std::size_t i);
  void mark_arrived_twice(std::size_t i);  // a D-SACK: the retransmission has left the network
  void forget_losses();
  void forget_sacks();  // the peer has taken back what it said: RFC 2018 section 8

  std::uint32_t sacked() const { return sacked_; }
  std::uint32_t lost() const { return lost_; }
  std::uint32_t again() const { return again_; }
  std::uint32_t losses() const { return losses_; }  // of all time, retransmissions among them
  // The end of the highest SACKed segment; there must be one.
  SeqNum highest_sacked() const { return highest_sacked_; }

 private:
  SentSegment& at(std::size_t i) { return ring_[(head_ + i) & (ring_.size() - 1)]; }
  void grow();

  std::vector<SentSegment> ring_;  // none, or a power of two
  std::size_t head_ = 0, size_ = 0;
  std::uint32_t sacked_ = 0, lost_ = 0, again_ = 0, losses_ = 0;
  SeqNum highest_sacked_{};
};

}  // namespace ringside::net
