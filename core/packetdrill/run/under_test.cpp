#include "run/under_test.hpp"

#include "run/failure.hpp"

namespace ringside::packetdrill {

void UnderTest::made(net::Fd fd) {
  fd_ = fd;
  role_ = Role::made;
  peer_port_ = 0;
  connected_.reset();
  naming_ = {};
}

// Of a connection that came, its listener's; of others, what the stack knows of the descriptor, or knew
// before it was closed.
Ports UnderTest::ports() const {
  if (role_ == Role::accepting) return {options_.bind_port, peer_port_};
  if (!fd_) return {options_.bind_port, options_.connect_port};
  const net::Endpoint local = bed_.sockets().local(*fd_), remote = bed_.sockets().remote(*fd_);
  if (local.port != 0 && remote.port != 0) connected_ = {local.port, remote.port};
  if (local.port == 0 && connected_) return *connected_;
  return {local.port == 0 ? options_.bind_port : local.port,
          remote.port == 0 ? options_.connect_port : remote.port};
}

Ports UnderTest::from_outside(const std::optional<Ports>& written) const {
  if (written) return *written;
  const Ports its = ports();
  return {its.destination, its.source};
}

TcpPacket UnderTest::to_wire(const TcpPacket& packet) {
  if (role_ == Role::listening || role_ == Role::none) {
    role_ = Role::accepting;
    peer_port_ = next_port_++;
    naming_ = {};
  }
  if (packet.flags.has(Flag::syn)) naming_.peer_chose(packet.text.seq);
  TcpPacket on_the_wire = naming_.to_wire(packet);
  on_the_wire.ports = from_outside(packet.ports);
  if (!on_the_wire.options) return on_the_wire;
  for (TcpOption& option : *on_the_wire.options) {
    auto* timestamps = std::get_if<Timestamps>(&option);
    if (!timestamps || !packet.flags.has(Flag::ack)) continue;
    const auto echo = naming_.echo_to_wire(timestamps->echo_reply, options_.tcp_ts_ecr_scaled);
    if (!echo)
      fail("expected the echo of a timestamp that was sent, found ecr " +
           std::to_string(timestamps->echo_reply));
    timestamps->echo_reply = *echo;
  }
  return on_the_wire;
}

bool UnderTest::is_its(const Seen& seen) const {
  const auto* tcp = std::get_if<SeenTcp>(&seen.content);
  return tcp && tcp->packet.ports == ports();
}

void UnderTest::learn(const TcpPacket& on_the_wire, const TcpPacket& expected) {
  if (on_the_wire.flags.has(Flag::syn) && !naming_.knows_stack())
    naming_.stack_chose(on_the_wire.text.seq, expected.text.seq);
  if (!on_the_wire.options || !expected.options) return;
  const auto timestamps = [](const TcpPacket& packet) -> const Timestamps* {
    for (const TcpOption& option : *packet.options)
      if (const auto* found = std::get_if<Timestamps>(&option)) return found;
    return nullptr;
  };
  const Timestamps* in_script = timestamps(expected);
  const Timestamps* seen = timestamps(on_the_wire);
  if (in_script && seen) naming_.saw_timestamp(in_script->value, seen->value);
}

}  // namespace ringside::packetdrill
