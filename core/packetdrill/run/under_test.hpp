// The one socket that a script is about: the last one that was made, and the connection that came to it.
#pragma once

#include <optional>

#include "run/frame.hpp"
#include "run/naming.hpp"
#include "run/testbed.hpp"

namespace ringside::packetdrill {

class UnderTest {
 public:
  UnderTest(Testbed& bed, const Options& options) : bed_{bed}, options_{options} {}

  void made(net::Fd fd);  // by socket()
  void listens() { role_ = Role::listening; }
  void accepted(net::Fd fd) { fd_ = fd; }  // the connection that came has a descriptor from now on
  std::optional<net::Fd> descriptor() const { return fd_; }

  // A packet of the script. One that comes while the socket listens begins a connection, from a port of its
  // own.
  TcpPacket to_wire(const TcpPacket& packet);
  Ports from_outside(const std::optional<Ports>& written) const;  // of an injected packet
  // Whether the stack has sent it on the connection; `expected`: which was to come, to learn from its SYN.
  bool is_its(const Seen& seen) const;
  void learn(const TcpPacket& on_the_wire, const TcpPacket& expected);
  Naming& naming() { return naming_; }
  const Naming& naming() const { return naming_; }

 private:
  enum class Role : std::uint8_t { none, made, listening, accepting };
  Ports ports() const;  // source: the stack's

  Testbed& bed_;
  const Options& options_;
  Role role_ = Role::none;
  std::optional<net::Fd> fd_{};
  mutable std::optional<Ports> connected_{};    // while its descriptor was open
  std::uint16_t own_port_ = 0, peer_port_ = 0;  // of a connection that came
  std::uint16_t next_port_ = 40001;
  Naming naming_{};
};

}  // namespace ringside::packetdrill
