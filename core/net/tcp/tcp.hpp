// The TCP layer: finds the connection of a segment, keeps listeners, timers and the queue of who has
// something to send.
#pragma once

#include "containers/bindings.hpp"
#include "containers/fifo.hpp"
#include "containers/siphash.hpp"
#include "containers/slots.hpp"
#include "containers/timer_heap.hpp"
#include "ip/output.hpp"
#include "tcp/connection.hpp"

namespace ringside::net {

class Tcp {
 public:
  Tcp(const StackConfig& config, SipKey key, Output& output, Counters& counters);

  Received receive(Time now, const wire::Ipv4Header& ip, wire::ByteView bytes);
  void begin_train() { in_train_ = true; }
  void end_train(Time now);
  // An ICMP error about a segment of ours, of which the first eight octets came back: RFC 1122
  // section 4.2.3.9.
  struct IcmpError {
    Flow flow{};
    SeqNum seq{};
    std::uint8_t code = 0;  // of destination unreachable
    std::uint32_t mtu = 0;  // with fragmentation needed
  };
  Received on_icmp_error(Time now, const IcmpError& error);

  void run_timers(Time now);
  void correct_earliest();  // makes deadline() exact; it may be too early otherwise
  std::optional<Transmitted> transmit(Time now, wire::ByteSpan out);
  bool anything_ready() const { return !ready_.empty(); }
  Time deadline() const { return timers_.earliest(); }
  std::optional<SocketId> take_timed_out();
  bool any_timed_out() const { return !timed_out_.empty(); }
  void watch_windows() { windows_watched_ = true; }
  std::optional<WindowChange> take_window_change();

  Result<SocketId> connect(Time now, Endpoint remote, Endpoint local, const TcpSocketOptions& options);
  Result<SocketId> listen(Endpoint local, int backlog, const TcpSocketOptions& options);
  void reconfigure(const StackConfig& config) {
    config_ = config.tcp;  // which every connection asks
    default_options_ = socket_options(config);
  }
  const TcpSocketOptions& default_options() const { return default_options_; }
  const TcpSocketOptions* options(SocketId socket) const;
  void set_options(Time now, SocketId socket, const TcpSocketOptions& options);
  std::optional<SocketId> accept(SocketId listener);
  std::size_t acceptable(SocketId listener) const;
  void set_backlog(SocketId listener, int backlog);
  std::size_t send(Time now, SocketId socket, wire::ByteView octets, bool more);
  void end_record(SocketId socket);
  void set_quick_ack(Time now, SocketId socket, bool at_once, bool from_now_on);
  std::size_t recv(Time now, SocketId socket, wire::ByteSpan out);
  std::size_t discard(Time now, SocketId socket, std::size_t octets);
  void shutdown(Time now, SocketId socket);
  void shutdown_reading(SocketId socket);
  void close(Time now, SocketId socket);
  void abort(Time now, SocketId socket);

  const Connection* find(SocketId socket) const;
  bool listening(SocketId socket) const { return listeners_.find(socket) != nullptr; }
  Endpoint local(SocketId socket) const;

 private:
  struct Socket {
    template <class... Arguments>
    explicit Socket(Arguments&&... arguments) : connection{std::forward<Arguments>(arguments)...} {}
    Connection connection;
    bool ready = false;   // is in ready_
    WindowChange told{};  // last
  };
  struct Listener {
    Endpoint local{};
    TcpSocketOptions options{};  // of its children
    std::size_t backlog = 0;
    std::size_t handshaking = 0;  // connections in SYN-RECEIVED
    Fifo<SocketId> accepted{};
  };

  SocketId create(const Flow& flow, const TcpSocketOptions& options, SeqNum iss, std::uint32_t mtu,
                  std::optional<SocketId> listener);
  bool replaces(SocketId id, const Segment& segment) const;
  SeqNum succeed(Time now, SocketId id);
  Received on_listener(Time now, SocketId listener, const Flow& flow, const Segment& segment);
  Received dispatch(Time now, SocketId id, const Segment& segment);

  Received refuse(Time now, const Flow& flow, const Segment& segment, DropReason reason);
  bool offer_to_listener(Time now, SocketId id, Received& received);

  // After anything that may have changed a connection: what is due leaves, the timer is set, the dead are
  // destroyed.
  void settle(Time now, SocketId id);
  void acknowledge(Time now, SocketId id);
  void destroy(SocketId id);
  void unlink(SocketId id);  // segments and timers no longer find it
  void tell_window(SocketId id);
  void tell_closed(SocketId id);
  void arm(SocketId id);
  void make_ready(SocketId id);
  void send_ack(Time now, SocketId id);
  void send_reset(Time now, SocketId id);
  void send_probe(Time now, SocketId id);
  void send_bare(Time now, const wire::Ipv4Header& header, wire::ByteView segment,
                 std::optional<SocketId> socket);
  static wire::Ipv4Header ip_header(const Flow& flow, const TcpSocketOptions& options);

  SeqNum initial_sequence(Time now, const Flow& flow) const;

  TcpConfig config_;
  TcpSocketOptions default_options_;
  SipKey key_;
  Output* output_;
  Counters* counters_;
  Slots<Socket, SocketKind::connection> connections_;
  Slots<Listener, SocketKind::listener> listeners_;
  Bindings flows_;    // of connections, and of listeners with a remote of zero
  TimerHeap timers_;  // by place; never later than the connection's deadline, possibly earlier
  Fifo<SocketId> ready_;
  Fifo<SocketId> timed_out_;
  Fifo<WindowChange> window_changes_;
  bool windows_watched_ = false;
  std::uint32_t ports_chosen_ = 0;
  bool in_train_ = false;
  std::optional<SocketId> owes_ack_{};  // its ACK waits for the end of the train
};

}  // namespace ringside::net
