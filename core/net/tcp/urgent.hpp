// Urgent data, as the socket API has it: the last octet that was called urgent stands out of the stream,
// which has a mark at its place. RFC 9293 section 3.8.5, RFC 6093. The pointer is behind that octet, as all
// stacks have it (RFC 6093 section 3.2). tcp_check_urg() and tcp_recv_urg() of Linux.
#pragma once

#include "ringside/net/seqnum.hpp"

namespace ringside::net {

class Urgent {
 public:
  bool marked() const { return state_ != State::none; }
  SeqNum mark() const { return at_; }                  // where there is one
  bool here() const { return state_ == State::here; }  // the octet came, and was not taken
  bool taken() const { return state_ == State::taken; }

  void announce(SeqNum at) { state_ = State::announced, at_ = at; }
  bool awaited() const { return state_ == State::announced; }
  void arrive(std::uint8_t octet) { state_ = State::here, octet_ = octet; }
  std::uint8_t octet() const { return octet_; }
  void take() { state_ = State::taken; }
  void passed() { state_ = State::none; }  // the reader is behind the mark

 private:
  enum class State : std::uint8_t { none, announced, here, taken };  // TCP_URG_NOTYET, _VALID, _READ

  State state_ = State::none;
  std::uint8_t octet_ = 0;
  SeqNum at_{};
};

}  // namespace ringside::net
