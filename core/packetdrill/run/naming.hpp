// The numbers of a connection: those that the script writes, and those on the wire.
//
// The script counts from the initial sequence numbers, which the stack chooses as it likes; where a SYN is
// set, it writes those themselves, its own as it will, and the stack's by a name of its choice (mostly 0).
#pragma once

#include <map>
#include <optional>

#include "ringside/packetdrill/packet.hpp"

namespace ringside::packetdrill {

class Naming {
 public:
  // The script's SYN has been injected: it is on the wire as it was written. A later one is no new beginning.
  void peer_chose(std::uint32_t isn) {
    if (!peer_) peer_ = isn;
  }
  // The stack's SYN has come, and the script calls its number so.
  void stack_chose(std::uint32_t on_the_wire, std::uint32_t in_script) { own_ = {on_the_wire, in_script}; }
  bool knows_stack() const { return own_.has_value(); }

  TcpPacket to_wire(TcpPacket packet) const;    // one that the script injects
  TcpPacket to_script(TcpPacket packet) const;  // one that the stack has sent
  std::uint32_t own_to_wire(std::uint32_t seq) const { return own_wire() + seq; }  // of the stack's text

  // Values of timestamps: an expected one was seen so.
  void saw_timestamp(std::uint32_t in_script, std::uint32_t on_the_wire);
  // What an injected packet echoes; nullopt: the script has never seen that value.
  std::optional<std::uint32_t> echo_to_wire(std::uint32_t in_script, bool scaled) const;
  struct FirstTimestamp {
    std::uint32_t in_script = 0, on_the_wire = 0;
  };
  const std::optional<FirstTimestamp>& first_timestamp() const { return first_; }

 private:
  struct Own {
    std::uint32_t on_the_wire = 0, in_script = 0;
  };
  std::uint32_t own_wire() const { return own_ ? own_->on_the_wire : 0; }
  std::uint32_t peer_wire() const { return peer_.value_or(0); }

  std::optional<std::uint32_t> peer_{};
  std::optional<Own> own_{};
  std::map<std::uint32_t, std::uint32_t> timestamps_{};
  std::optional<FirstTimestamp> first_{};
};

}  // namespace ringside::packetdrill
