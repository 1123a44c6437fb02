// A TCP/IP host (or router) as a value: bytes and a clock in, bytes and a deadline out.
//
//   receive()   takes a frame that arrived and says what became of it,
//   transmit()  writes the next frame that the stack wants to send,
//   deadline()  says when to call transmit() although nothing arrived.
//
// Nothing calls back, no thread, global or wall clock is used, and packet input never throws. `now` must not
// go backwards. A socket is a SocketId; an id that names nothing (closed, stale) is Error::bad_socket, or 0
// and false.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ringside/net/config.hpp"
#include "ringside/net/counters.hpp"
#include "ringside/net/tcp_info.hpp"
#include "ringside/net/types.hpp"
#include "ringside/units/time.hpp"

namespace ringside::net {

enum class Error : std::uint8_t {
  none,
  bad_socket,        // names no socket, or one of the other protocol
  invalid_argument,  // an address that is not ours, a socket already bound
  address_in_use,
  no_ephemeral_port,
  no_route,
  would_block,         // the send buffer or the transmit queue is full
  message_too_long,    // more than 65507 octets of UDP
  connection_refused,  // RST in answer to SYN, or ICMP port unreachable
  connection_reset,
  timed_out,            // retransmissions gave up
  network_unreachable,  // as ICMP said, to a connection whose options heed it
  host_unreachable,
  prohibited,  // as ICMPv6 said, and so
  protocol_error,
  protocol_unavailable,  // this and the following: as ICMP said, too
  source_route_failed,
  host_unknown,
  host_isolated,
  too_many_sockets,  // 2^20 of a kind
};
std::string_view to_string(Error error);

template <class T>
struct Result {
  std::optional<T> value{};
  Error error = Error::none;
  explicit operator bool() const { return value.has_value(); }
  const T& operator*() const { return *value; }
};

enum class Verdict : std::uint8_t {
  delivered,  // octets (or the end of them) for the application of `socket`
  forward,    // not for us and this host forwards: hand the frame to forward()
  consumed,   // the protocol's own business: ARP, ICMP, a pure ACK, a fragment of something incomplete
  dropped,    // for `reason`
};

// What became of a frame. The flags say what changed for the application, so that the caller knows whom to
// wake.
struct Received {
  Verdict verdict = Verdict::consumed;
  DropReason reason = DropReason::none;
  std::optional<SocketId> socket{};  // that the frame belongs to; the listener if `acceptable`
  std::uint32_t payload_bytes = 0;   // of UDP or TCP text that was queued for the application
  bool readable = false;             // recv(), recv_from() or recv_echo() now has something, perhaps the end
  bool writable = false;      // an active open succeeded, or acknowledged octets left room in the send buffer
  bool acknowledged = false;  // the peer has octets that were sent: their memory is needed no more
  bool acceptable = false;    // accept() has a new connection (which may be readable at once: look)
  bool failed = false;        // error() of the socket was set
};

struct Forwarded {
  bool sent = false;  // false without a reason: a copy waits for ARP and leaves by transmit()
  InterfaceId out{};
  DropReason reason = DropReason::none;
};

struct Transmitted {
  std::size_t bytes = 0;  // of the frame, Ethernet header included, as written to `out`
  InterfaceId interface {};
  std::optional<SocketId>
      socket{};  // whose text, ACK or datagram it is; none: ARP, ICMP, resets, what waited for ARP
};

// How a datagram came.
struct Delivered {
  IpAddress to{};  // which may be a group's, or a broadcast
  InterfaceId interface {};
  std::uint8_t type_of_service = 0, ttl = 0;  // of IPv6 traffic class and hop limit
  Time at{};
};

struct Datagram {
  std::size_t size = 0;  // octets written
  Endpoint from{};
  bool truncated = false;  // the rest of the datagram did not fit and is gone
  Delivered how{};
};

// What a socket is told of something that it sent, if it asked for that (`receive_errors` of its options).
struct NetworkError {
  Error error = Error::none;
  bool local = false;               // nobody but this host said so: it was too long to be sent
  std::uint8_t type = 0, code = 0;  // of ICMP, or of ICMPv6 if the offender is of IPv6
  std::uint32_t info = 0;           // the MTU of the way, or where the mistake is: RFC 792, RFC 4443
  IpAddress offender{};             // who said so
  Endpoint to{};                    // where it was going
  std::vector<std::uint8_t>
      text{};  // of it, as far as it came back: of a datagram, or a segment with its header
};

// How an address is reached.
struct Reached {
  IpAddress source{};  // of what is sent there
  int mtu = 0;         // of the interface it leaves by
  bool broadcast = false;
};

struct EchoReply {
  IpAddress from{};
  std::uint16_t id = 0, sequence = 0;
  std::uint16_t payload_bytes = 0;
  Time arrived{};
};

class Stack {
 public:
  explicit Stack(StackConfig config = {});
  ~Stack();
  Stack(Stack&&) noexcept;
  Stack& operator=(Stack&&) noexcept;

  // Configuration. An interface brings the route to its own prefix. These, reconfigure() and the constructor
  // throw std::invalid_argument for a parameter out of range; nothing else does.
  InterfaceId add_interface(const InterfaceConfig& config);
  // RFC 1122 section 3.2.1.3 (g), RFC 4291 section 2.5.3: 127.0.0.1 and ::1, and from now on what the host
  // sends to an address of its own comes back to it, within transmit(). Without it, such packets leave by the
  // interface whose network it is. What arrives so is seen by the sockets, but in no Received. Once.
  InterfaceId add_loopback(int mtu = 1500);
  // One more address, of IPv6, and the route to its prefix. It is in use at once: nobody is asked for it.
  void add_address(InterfaceId interface, const IpAddress& address, int prefix_length);
  // RFC 4862: from now on the interface has an address of its link, and routers tell it of others and of the
  // ways from there.
  void autoconfigure(Time now, InterfaceId interface);
  // Network and gateway are of one version; the network {} means all of the gateway's.
  void add_route(const IpAddress& network, int prefix_length, InterfaceId out,
                 std::optional<IpAddress> gateway = {});
  void add_neighbor(InterfaceId interface, const IpAddress& address,
                    MacAddress mac);  // static: never asked for, never expires
  // RFC 5227: asks whether another has the address, and takes it, with the route to its prefix, if nobody
  // says so; announces and defends it. The interface must have had none. Counters::duplicate_addresses tells
  // of claims that failed.
  void claim_address(Time now, InterfaceId interface, Ipv4Address address, int prefix_length);
  // A gratuitous ARP (RFC 5227 section 2.3) of the interface's address, as Linux arp_notify.
  void announce(InterfaceId interface);

  // What a kernel lets be changed while it runs: tcp, udp, sockets, ttl and flow labels of `config` are in
  // force from now on, the rest stays as it is. What a socket or a handshake begins with is that of those to
  // come.
  void reconfigure(const StackConfig& config);

  const StackConfig& config() const;
  bool owns(const IpAddress& address) const;                                      // of any interface
  std::optional<Reached> way_to(const IpAddress& address, Device by = {}) const;  // none: no route
  Device device_named(std::string_view name) const;                               // none: there is no such
  std::string name_of(InterfaceId device) const;

  // The wire.
  Received receive(Time now, InterfaceId in, std::span<const std::uint8_t> frame);
  // The frames received between the two are one packet that was put together below (GRO, LRO): TCP
  // acknowledges what was in order once for all of them, as it would a single segment.
  void begin_train();
  void end_train(Time now);
  // In place: TTL, checksum (RFC 1624) and MAC addresses. TTL exceeded and the like queue an ICMP error.
  Forwarded forward(Time now, InterfaceId in, std::span<std::uint8_t> frame);
  // Time-outs that are due at `now`. transmit() runs them too; this is for who wants to know what failed
  // first.
  void run_due(Time now);
  // Runs what is due at `now`, then writes the next frame. `out` must hold the largest MTU and 14 octets, and
  // four for each tag.
  std::optional<Transmitted> transmit(Time now, std::span<std::uint8_t> out);
  // When transmit() should be called at the latest: a time not after now means right away, nullopt never.
  // Constant time. Exact after transmit() had nothing more to send; it may be early, never late, after
  // receive() alone.
  std::optional<Time> deadline() const;

  // UDP. Id 0, which names nothing, if there are too many sockets.
  SocketId udp_open();
  const UdpSocketOptions* udp_options(SocketId socket) const;  // null for an id that names no UDP socket
  void set_udp_options(SocketId socket, const UdpSocketOptions& options);
  // Port 0: an ephemeral one. Errors: bad_socket; invalid_argument (bound already, or the address is not
  // ours); address_in_use; no_ephemeral_port.
  Error bind(SocketId socket, Endpoint local);
  void unbind(SocketId socket);
  // From now on only datagrams and ICMP errors from there reach it, until another peer is set or none.
  void set_peer(SocketId socket, std::optional<Endpoint> peer);
  // All of the datagram is queued, or nothing. Binds a socket that is not bound. Errors: bad_socket;
  // message_too_long; no_route; invalid_argument (port 0); would_block (until frames have left by
  // transmit()); no_ephemeral_port.
  Error send_to(Time now, SocketId socket, std::span<const std::uint8_t> payload, Endpoint to);
  std::optional<Datagram> recv_from(SocketId socket, std::span<std::uint8_t> out);
  std::optional<Datagram> peek_from(SocketId socket, std::span<std::uint8_t> out) const;
  std::size_t datagrams(SocketId socket) const;  // that recv_from() would give
  Bytes sending(SocketId socket) const;          // of its frames, not yet transmitted

  // TCP.
  // Errors: no_route; invalid_argument (port 0, or a local address that is not ours); no_ephemeral_port;
  // address_in_use (by a connection between the same end points); too_many_sockets. What the peer answers
  // comes by receive().
  Result<SocketId> tcp_connect(Time now, Endpoint remote, Endpoint local = {},
                               const TcpSocketOptions* options = nullptr);  // null: the stack's
  // TCP Fast Open (RFC 7413): the same with text, of which the SYN has `taken` octets; none while no cookie
  // of that host is known, for which the SYN then asks. The rest is for send().
  struct FastOpened {
    SocketId socket{};
    std::size_t taken = 0;
  };
  Result<FastOpened> tcp_fast_open(Time now, Endpoint remote, Endpoint local,
                                   std::span<const std::uint8_t> text,
                                   const TcpSocketOptions* options = nullptr);
  bool fast_open_possible(Time now, Endpoint remote, const TcpSocketOptions* options = nullptr) const;
  void forget_metrics();  // what is known of other hosts: `ip tcp_metrics flush`
  // `backlog`: so many SYNs may wait for the third segment of their handshake, beyond which they get cookies
  // (TcpConfig::syn_cookies), and one more connection for accept(), beyond which SYNs are dropped.
  // Errors: invalid_argument (port 0, or an address that is not ours); address_in_use; too_many_sockets.
  Result<SocketId> tcp_listen(Endpoint local, int backlog, const TcpSocketOptions* options = nullptr);
  // Of a connection, or of those that a listener will accept; null for an id that names neither. What is set
  // is in force at once, as far as it is not agreed on in the handshake.
  const TcpSocketOptions* options(SocketId socket) const;
  void set_options(Time now, SocketId socket, const TcpSocketOptions& options);
  // TCP_QUICKACK: an ACK that waits leaves now, and the next ones are not delayed while the count lasts (see
  // TcpSocketOptions::quick_acks); or else ACKs wait for text from now on.
  void set_quick_ack(Time now, SocketId socket, bool at_once, bool from_now_on);
  const TcpSocketOptions& default_options() const;  // of a connection that is told nothing
  std::optional<SocketId> accept(SocketId listener);
  std::size_t acceptable(SocketId listener) const;  // connections that accept() would give
  void set_backlog(SocketId listener, int backlog);
  // Octets taken into the send buffer. If `more` follow soon, they wait for company (MSG_MORE).
  std::size_t send(Time now, SocketId socket, std::span<const std::uint8_t> octets, bool more = false);
  // What was written so far shares no segment with what follows (MSG_EOR).
  void end_record(SocketId socket);
  // Who writes waits until the connection is there, so that the ACK of the handshake can go with the text
  // (Linux sk_write_pending).
  void note_writer(SocketId socket);
  void note_shortage(SocketId socket);  // who writes had more than there was room for (Linux SOCK_NOSPACE)
  // The headers of the SYN of a connection that was accepted, if its listener was to keep them
  // (TcpSocketOptions::save_syn), until they are forgotten; else nothing.
  std::span<const std::uint8_t> saved_syn(SocketId socket) const;
  void forget_syn(SocketId socket);
  // Urgent data. What was sent last ends with the urgent octet; the peer's is out of the stream (unless
  // TcpSocketOptions::urgent_inline), and recv() stops at its mark.
  void mark_urgent(SocketId socket);
  struct UrgentMark {
    std::size_t octets_before = 0;     // that are unread or to come
    bool here = false, taken = false;  // the octet
  };
  std::optional<UrgentMark> urgent(SocketId socket) const;  // none: there is no mark before us
  std::optional<std::uint8_t> urgent_octet(SocketId socket, bool take);
  std::size_t recv(Time now, SocketId socket, std::span<std::uint8_t> out);  // 0: nothing there, or the end
  std::size_t peek(SocketId socket, std::span<std::uint8_t> out) const;      // recv() gives them once more
  // When the octet came that is `before` others are read: TcpSocketOptions::stamps_arrivals.
  std::optional<Time> arrival(SocketId socket, std::size_t before) const;
  std::size_t discard(Time now, SocketId socket, std::size_t octets);  // recv() without a copy
  std::size_t writable(SocketId socket) const;                         // octets that send() would take
  bool end_of_stream(SocketId socket) const;  // the peer sent FIN (or the connection failed) and all was read
  // Octets at the front of a stream: those that arrived in whole pages (TcpConfig::page), and those before
  // the next such.
  std::size_t readable_pages(SocketId socket) const;
  std::size_t readable_rest(SocketId socket) const;
  void shutdown(Time now, SocketId socket);  // FIN behind the octets queued; receiving goes on
  // Nobody will read what comes from now on. It is taken all the same (as Linux does), unless both directions
  // are shut down: then text is answered with a reset.
  void shutdown_reading(SocketId socket);
  void abort(Time now, SocketId socket);  // RST, and the id is gone
  TcpState state(SocketId socket) const;  // closed for an id that names nothing
  TcpInfo tcp_info(SocketId socket) const;
  std::uint32_t timestamp(Time now, SocketId socket) const;  // RFC 7323: what its next segment would carry
  // A connection that failed in transmit(), for lack of answers: each is reported once. receive() reports the
  // others.
  std::optional<SocketId> take_timed_out();
  bool any_timed_out() const;  // take_timed_out() has something
  // From now on every change of a congestion window or of a slow start threshold is kept for
  // take_window_change(), in the order in which they came about.
  void watch_windows();
  std::optional<WindowChange> take_window_change();

  // Both.
  std::size_t readable(SocketId socket) const;  // octets: all that recv() has, or the next datagram's payload
  Error error(SocketId socket) const;           // why it failed; sticky, for UDP until take_error()
  // The same, and it is then gone unless the connection is: each ICMP error is told once (as SO_ERROR of
  // Linux).
  Error take_error(SocketId socket);
  // Those that it asked to be told of one by one, the first first. It is then also no longer error(), unless
  // another one is left, which then is (Linux sock_dequeue_err_skb()).
  std::optional<NetworkError> take_network_error(SocketId socket);
  std::size_t network_errors(SocketId socket) const;
  Endpoint local(SocketId socket) const;
  Endpoint remote(SocketId socket) const;
  // The application is done with it. UDP and listeners: gone at once. TCP: FIN behind what is queued, or RST
  // if octets were left unread (RFC 9293 section 3.10.4); the id stays valid for state() until the connection
  // is gone.
  void close(Time now, SocketId socket);

  // ICMP echo. `payload_bytes` octets of a pattern follow the header. False: no route, more than 65507
  // octets, or no room in the transmit queue.
  bool ping(Time now, const IpAddress& to, std::uint16_t id, std::uint16_t sequence,
            std::uint16_t payload_bytes);
  std::optional<EchoReply> recv_echo();

  const Counters& counters() const;

 private:
  friend struct StackInside;  // of the tests that look at invariants
  struct Layers;
  std::unique_ptr<Layers> layers_;
};

}  // namespace ringside::net
