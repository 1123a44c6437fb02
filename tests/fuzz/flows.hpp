// The peer's ends of TCP connections: what numbers a segment must have to be the next one, learned from what
// the stack says. A script of actions then says how far from that each segment is.
#pragma once

#include <optional>

#include "actions.hpp"
#include "link.hpp"
#include "ringside/net/wire/tcp.hpp"

namespace ringside::fuzz {

struct Flow {
  bool ipv4 = true;
  std::uint16_t our_port = 0, peer_port = 0;  // the stack's, and the script's
  net::SeqNum next{}, acknowledged{};         // of the script: its next segment has these
  std::uint32_t timestamp = 1, echo = 0;
};

class Flows {
 public:
  // Active opens of the stack make flows by themselves; passive ones begin here.
  explicit Flows(std::uint32_t peer_isn) : isn_{peer_isn} {}

  void heard(std::span<const std::uint8_t> frame);
  // A frame with a segment, of a flow that there is or of a new one to `listener`.
  Octets segment(Actions& actions, std::uint16_t listener);

  static constexpr std::size_t most = 8;

 private:
  Flow& at(Actions& actions, std::uint16_t listener);
  void heard_tcp(bool ipv4, const net::wire::Parsed<net::wire::TcpHeader>& tcp);

  std::uint32_t isn_;
  std::vector<Flow> flows_;
  std::uint16_t next_port_ = 1000;
};

}  // namespace ringside::fuzz
