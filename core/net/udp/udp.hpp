// UDP: sockets as queues of datagrams, bounded as the kernel bounds them, overhead included.
#pragma once

#include "containers/bindings.hpp"
#include "containers/byte_ring.hpp"
#include "containers/fifo.hpp"
#include "containers/reuse_port.hpp"
#include "containers/shared_ends.hpp"
#include "containers/slots.hpp"
#include "ip/network_errors.hpp"
#include "ip/output.hpp"
#include "ringside/net/stack.hpp"
#include "ringside/net/wire/udp.hpp"

namespace ringside::net {

class Udp {
 public:
  Udp(const StackConfig& config, SipKey key, Output& output, Counters& counters);

  void reconfigure(const StackConfig& config);
  // DropReason::no_socket deserves an ICMP port unreachable.
  Received receive(Time now, InterfaceId in, const IpHeader& ip, wire::ByteView bytes);
  // An ICMP error came back for a datagram of ours: RFC 1122 section 4.1.3.3.
  Received on_icmp_error(const Endpoint& local, const Endpoint& remote, const Unreachable& why);
  void transmitted(SocketId socket, std::size_t octets);  // a frame of the socket has left the queue

  std::optional<SocketId> open() { return sockets_.emplace(Socket{.options = default_options_}); }
  const UdpSocketOptions* options(SocketId socket) const;
  void set_options(SocketId socket, const UdpSocketOptions& options);
  Error bind(SocketId socket, Endpoint local);
  void unbind(SocketId socket);
  void set_peer(SocketId socket, std::optional<Endpoint> peer);
  Error send_to(Time now, SocketId socket, wire::ByteView payload, Endpoint to);
  std::optional<Datagram> recv_from(SocketId socket, wire::ByteSpan out);
  std::optional<Datagram> peek_from(SocketId socket, wire::ByteSpan out) const;
  bool close(SocketId socket);  // false: no such socket

  std::size_t datagrams(SocketId socket) const;
  std::optional<std::size_t> readable(SocketId socket) const;
  std::optional<Error> error(SocketId socket) const;
  Error take_error(SocketId socket);
  void set_error(SocketId socket, Error error);
  std::optional<Endpoint> local(SocketId socket) const;
  std::optional<Endpoint> peer(SocketId socket) const;
  Bytes sending(SocketId socket) const;

 private:
  struct Queued {
    Endpoint from{};
    std::size_t octets = 0;
    Delivered how{};
  };
  struct Socket {
    UdpSocketOptions options{};
    std::optional<Endpoint> local{}, peer{};
    bool hears_ipv6_only = false;  // as it was bound
    ReusePort group{};
    Fifo<Queued> datagrams{};
    ByteRing octets{};   // of the datagrams, one behind the other
    Bytes charged{};     // against the receive buffer
    Bytes being_sent{};  // against the send buffer
    Error error = Error::none;
  };

  // Which socket what goes between these two is for: udp_lookup.cpp.
  std::optional<SocketId> socket_of(const Flow& flow, Device in) const;
  static int score(const Socket& socket, const Endpoint& end, const Endpoint& remote, Device in);
  bool may_share(const Socket& socket, const LocalEnds& ends) const;
  ReusePort group_for(const Endpoint& local, const UdpSocketOptions& options) const;

  UdpConfig config_{};
  std::uint16_t first_port_ = 0, last_port_ = 0;
  UdpSocketOptions default_options_{};
  SipKey key_;
  Output* output_;
  Counters* counters_;
  Slots<Socket, SocketKind::udp> sockets_;
  Bindings bound_;
  SharedEnds shared_;
  std::uint32_t ports_chosen_ = 0;
};

}  // namespace ringside::net
