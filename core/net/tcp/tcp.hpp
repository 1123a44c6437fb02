// The TCP layer: finds the connection of a segment, keeps listeners, timers and the queue of who has
// something to send.
#pragma once

#include "containers/bindings.hpp"
#include "containers/fifo.hpp"
#include "containers/reuse_port.hpp"
#include "containers/shared_ends.hpp"
#include "containers/siphash.hpp"
#include "containers/slots.hpp"
#include "containers/timer_heap.hpp"
#include "ip/output.hpp"
#include "tcp/connection.hpp"
#include "tcp/fast_open_cookies.hpp"
#include "tcp/requests.hpp"
#include "tcp/syn_cookies.hpp"

namespace ringside::net {

class Tcp {
 public:
  Tcp(const StackConfig& config, SipKey key, Output& output, Counters& counters);

  struct Below {
    InterfaceId in{};
    wire::ByteView link{}, network{};  // the headers before it
  };
  Received receive(Time now, const IpHeader& ip, wire::ByteView bytes, const Below& below);
  void begin_train() { in_train_ = true; }
  void end_train(Time now);
  // An ICMP error about a segment of ours, of which the first eight octets came back: RFC 1122
  // section 4.2.3.9.
  struct IcmpError {
    Flow flow{};
    SeqNum seq{};
    std::optional<std::uint32_t> too_big_for{};  // the MTU of the way: fragmentation needed, packet too big
    Unreachable why{};                           // or else this
  };
  Received on_icmp_error(Time now, const IcmpError& error);

  void run_timers(Time now);
  void correct_earliest();  // makes deadline() exact; it may be too early otherwise
  std::optional<Transmitted> transmit(Time now, wire::ByteSpan out);
  bool anything_ready() const { return !ready_.empty(); }
  Time deadline() const { return std::min(timers_.earliest(), requests_.deadline()); }
  std::optional<SocketId> take_timed_out();
  bool any_timed_out() const { return !timed_out_.empty(); }
  void watch_windows() { windows_watched_ = true; }
  std::optional<WindowChange> take_window_change();

  Result<SocketId> connect(Time now, Endpoint remote, Endpoint local, const TcpSocketOptions& options);
  // TCP Fast Open: tcp_fast_open.cpp.
  Result<Stack::FastOpened> fast_open(Time now, Endpoint remote, Endpoint local, wire::ByteView text,
                                      const TcpSocketOptions& options);
  bool fast_open_possible(Time now, Endpoint remote, const TcpSocketOptions& options) const;
  void forget_metrics() { fast_open_cache_.forget_all(); }
  Result<SocketId> listen(Endpoint local, int backlog, const TcpSocketOptions& options);
  void reconfigure(const StackConfig& config) {
    config_ = config.tcp;  // which every connection asks
    default_options_ = socket_options(config);
    reflection_ = config.flow_label_reflection;
  }
  const TcpSocketOptions& default_options() const { return default_options_; }
  const TcpSocketOptions* options(SocketId socket) const;
  void set_options(Time now, SocketId socket, const TcpSocketOptions& options);
  std::optional<SocketId> accept(SocketId listener);
  std::size_t acceptable(SocketId listener) const;
  void set_backlog(SocketId listener, int backlog);
  std::size_t send(Time now, SocketId socket, wire::ByteView octets, bool more);
  void mark_urgent(SocketId socket);
  std::optional<std::uint8_t> urgent_octet(SocketId socket, bool take);
  void end_record(SocketId socket);
  wire::ByteView saved_syn(SocketId socket) const;
  void forget_syn(SocketId socket);
  void take_error(SocketId socket);
  void note_writer(SocketId socket);
  void note_shortage(SocketId socket);
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
    bool ready = false;                        // is in ready_
    std::optional<SocketId> fast_opened_by{};  // the listener in whose queue it counts
  };
  struct Listener {
    Endpoint local{};
    bool hears_ipv6_only = false;  // as it was bound
    TcpSocketOptions options{};    // of its children
    std::size_t backlog = 0;
    std::size_t requests = 0,
                young = 0;             // SYNs that wait for an ACK, and those whose SYN-ACK was not repeated
    std::optional<Time> overflowed{};  // a SYN last got a cookie, unless that is known to the group
    ReusePort group{};
    Fifo<SocketId> accepted{};
    int fast_opening = 0;           // connections whose handshake is not done: TCP Fast Open
    Fifo<Time> fast_open_resets{};  // until then one that was reset counts among them
  };

  Result<SocketId> prepare(Time now, Endpoint remote, Endpoint local, const TcpSocketOptions& options);
  SocketId create(const Flow& flow, const TcpSocketOptions& options, SeqNum iss, const Path& path);
  bool hears(const SocketId* known, const Endpoint& local, Device in) const;
  bool may_come_by(SocketId known, InterfaceId in);
  std::optional<SocketId> listener_of(const Flow& flow, Device in = {}) const;
  ReusePort group_for(const Endpoint& local, const TcpSocketOptions& options) const;
  std::uint32_t spread(const Flow& flow) const;
  void stop_listening(Time now, SocketId listener);
  bool inherit(SocketId request);
  bool replaces(SocketId id, const Segment& segment) const;
  SeqNum succeed(Time now, SocketId id);

  // A listener and its requests: tcp_listen.cpp; what they send: syn_ack.cpp.
  Received on_listener(Time now, SocketId listener, const Flow& flow, const Segment& segment);
  Received on_syn(Time now, SocketId listener, const Flow& flow, const Segment& segment);
  Received on_cookie(Time now, SocketId listener, const Flow& flow, const Segment& segment);
  Received on_request(Time now, SocketId request, const Segment& segment);
  Received on_request_as_freebsd(Time now, SocketId request, const Segment& segment);
  Received reset_request(Time now, SocketId request, const Segment& segment);
  Received complete(Time now, SocketId request, const Segment& segment);
  Received establish(Time now, const Request& request, const Segment& segment);
  // TCP Fast Open.
  std::optional<Received> try_fast_open(Time now, const Request& request, const Segment& syn,
                                        std::optional<wire::FastOpenCookie>& answer);
  Received open_early(Time now, const Request& request, const Segment& syn,
                      std::optional<wire::FastOpenCookie> answer);
  bool fast_open_queue_full(Time now, Listener& listener) const;
  void leave_fast_open_queue(Time now, SocketId id);
  void learn_fast_open(Time now, const Connection& connection, const Segment& syn_ack);
  void watch_end_of_fast_open(Time now, const Connection& connection);
  void watch_fast_open(Time now, const Connection& connection, int tries_before);
  Received repeat_syn_ack(Time now, SocketId request, const Segment& syn);
  Received on_icmp_error_of_request(SocketId request, const IcmpError& error);
  void run_requests(Time now);
  void forget(SocketId request);
  TcpSocketOptions options_of_child(const Listener& listener) const;
  bool accept_queue_full(const Listener& listener) const;
  bool last_quarter(const Listener& listener) const;
  static bool may_answer(Time now, Request& request, const Segment& segment);
  static bool limited(Time now, std::optional<Time>& last);
  Duration time_out(const Request& request) const;
  int syn_ack_retries(const Listener& listener) const;
  struct Offer {
    std::uint16_t window = 0;  // not scaled
    std::uint8_t scale = 0;
  };
  Offer offer_of(const Request& request) const;
  void send_syn_ack(Time now, Request& request, bool by_cookie,
                    std::optional<wire::FastOpenCookie> fast_open = {});
  void send_syn_ack_again(Time now, Request& request);
  void send_request_ack(Time now, const Request& request);
  // `peer_label`: of the segment that is answered, if it is to be reflected; 0: of none.
  void send_header(Time now, const Flow& flow, const TcpSocketOptions& options, const wire::TcpHeader& header,
                   std::uint32_t peer_label = 0);

  Received dispatch(Time now, SocketId id, const Segment& segment);

  bool may_challenge(Time now);
  Received refuse(Time now, const Flow& flow, const Segment& segment, DropReason reason);

  // After anything that may have changed a connection: what is due leaves, the timer is set, the dead are
  // destroyed.
  void settle(Time now, SocketId id);
  void acknowledge(Time now, SocketId id);
  void destroy(SocketId id);
  void unlink(SocketId id);  // segments and timers no longer find it
  WindowChange& told_window(SocketId id);
  void tell_window(SocketId id);
  void tell_closed(SocketId id);
  void arm(SocketId id);
  void make_ready(SocketId id);
  void send_ack(Time now, SocketId id);
  void send_overdue(Time now, SocketId id, const wire::TcpHeader& header);
  void send_reset(Time now, SocketId id);
  void send_probe(Time now, SocketId id);
  void send_bare(Time now, const IpHeader& header, wire::ByteView segment, std::optional<SocketId> socket,
                 Device by);
  IpHeader ip_header(const Flow& flow, const TcpSocketOptions& options) const;
  IpHeader ip_header(const Connection& connection) const;  // of the segment it has just written

  SeqNum initial_sequence(Time now, const Flow& flow) const;
  std::uint32_t timestamp_offset(const Flow& flow) const;

  TcpConfig config_;
  TcpSocketOptions default_options_;
  FlowLabelReflection reflection_;
  OptionCopies option_copies_;
  SipKey key_;
  Output* output_;
  Counters* counters_;
  Slots<Socket, SocketKind::connection> connections_;
  Slots<Listener, SocketKind::listener> listeners_;
  Requests requests_;
  SavedSyns saved_syns_;  // of connections, by place
  SynCookies cookies_;
  FastOpenCookies fast_open_cookies_;
  FastOpenCache fast_open_cache_;
  Bindings flows_;     // of connections and requests, and of listeners with a remote of zero
  SharedEnds shared_;  // of listeners
  TimerHeap timers_;   // by place; never later than the connection's deadline, possibly earlier
  Fifo<SocketId> ready_;
  Fifo<SocketId> timed_out_;
  Fifo<WindowChange> window_changes_;
  std::vector<WindowChange> told_windows_;  // last, by place
  bool windows_watched_ = false;
  std::uint32_t ports_chosen_ = 0;
  std::uint64_t challenge_second_ = 0;
  std::uint32_t challenges_left_ = 0;
  bool in_train_ = false;
  std::optional<SocketId> owes_ack_{};  // its ACK waits for the end of the train
};

}  // namespace ringside::net
