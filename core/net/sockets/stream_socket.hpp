// A stream descriptor: what struct socket and struct sock of Linux know beyond the connection itself. It has
// a connection or a listener of the stack from connect() or listen() on, and outlives both.
#pragma once

#include "sockets/activity.hpp"
#include "sockets/send_reports.hpp"
#include "sockets/send_room.hpp"
#include "sockets/shared_options.hpp"

namespace ringside::net {

class StreamSocket {
 public:
  explicit StreamSocket(Stack& stack, Family family = Family::ipv4);
  // The child that accept() found, with what the listener hands down (sk_clone_lock()).
  StreamSocket child(SocketId connection);

  // Setting up and tearing down: stream_calls.cpp.
  Returned bind(Endpoint local, bool chosen_port);  // free and ours: the table has looked
  bool may_listen() const { return stage_ == Stage::unconnected; }
  Returned listen(int backlog);
  Returned connect(Time now, Endpoint to);
  Returned disconnect(Time now);
  Returned shutdown(Time now, Shutdown how);
  Returned close(Time now);

  // Octets: stream_octets.cpp; with the SYN: stream_fast_open.cpp.
  Returned send(Time now, std::span<const std::uint8_t> octets, std::optional<Endpoint> to, MessageFlags,
                const SentControl& control = {});
  Returned recv(Time now, std::span<std::uint8_t> out, ReceivedMessage& message, MessageFlags);
  bool awaits_reports() const { return reports_.waiting(); }
  void note_progress(Time now);
  Returned amount(Sockets::Amount) const;
  bool at_mark() const;  // of urgent data: stream_urgent.cpp

  // Options: stream_options.cpp, stream_tcp_options.cpp.
  Returned set_option(Time now, int level, int name, std::span<const std::uint8_t> value);
  Returned get_option(Time now, int level, int name, std::span<std::uint8_t> out);

  std::uint32_t poll() const;
  Activity activity() const;
  TcpState state() const;  // as the kernel has it: a connection in TIME-WAIT has left its socket, CLOSED
  Endpoint local() const;
  Endpoint remote() const { return stack_->remote(id_); }
  SocketId id() const { return id_; }
  std::optional<Time> deadline() const { return closing_until_; }
  bool shares_address() const { return reuse_address_; }
  bool shares_port() const { return options_.reuse_port; }
  const Device& device() const { return options_.device; }
  Family family() const { return family_; }
  bool ipv6_only() const { return options_.ipv6.only; }

 private:
  enum class Stage : std::uint8_t { unconnected, connecting, connected, disconnecting };  // socket_state

  Errno pending_error() const;  // sk_err
  Errno take_error();           // sock_error(): told once
  bool receive_shut() const;    // RCV_SHUTDOWN, SEND_SHUTDOWN
  bool send_shut() const;
  bool writable() const;
  SendRoom send_room() const;
  std::int64_t room_to_send() const;
  std::size_t lend(Time now, std::span<const std::uint8_t> octets, std::span<const std::uint32_t> buffers);
  std::optional<Bytes> notsent_limit() const;
  void set_send_buffer(Bytes size);
  void expand_send_buffer(Time now);
  bool may_queue(int wake) const;  // tcp_stream_memory_free()
  bool enough_to_read() const;
  bool dead() const;  // it had a connection, and tcp_done() was called
  Returned refuse_connect(Time now);
  Errno no_way_to(Endpoint to) const;
  Returned adopt(const Result<SocketId>& connection);
  bool defers_connect() const { return deferred_.has_value(); }
  Returned fast_open(Time now, std::span<const std::uint8_t> octets, std::optional<Endpoint> to,
                     MessageFlags);
  Errno change_fast_open(int name, std::int32_t value);
  Returned set_fast_open_key(Time now, std::span<const std::uint8_t> value);
  Returned give_fast_open_key(std::span<std::uint8_t> out) const;
  Returned nothing_to_read();
  Returned take_octets(Time now, std::span<std::uint8_t> out, MessageFlags);
  Returned take_report(std::span<std::uint8_t> out, ReceivedMessage& message);
  bool reports_waiting() const;  // sk_error_queue
  void keep_network_errors();    // of a connection that this socket is about to lose
  Returned take_network_error(std::span<std::uint8_t> out, ReceivedMessage& message);
  std::uint32_t times_to_tell(const SentControl& control) const;
  SendReports::Progress progress() const;
  Returned may_send(MessageFlags);
  Returned may_send_as_freebsd();
  Returned recv_urgent(std::span<std::uint8_t> out, MessageFlags);
  std::size_t unread() const;
  bool closing() const;  // sk_stream_closing(): the FIN is not acknowledged yet

  void apply(Time now) { stack_->set_options(now, id_, options_); }
  Returned set_socket_option(Time now, int name, std::span<const std::uint8_t> value);
  Returned get_socket_option(int name, std::span<std::uint8_t> out);
  Errno set_ip_option(int level, int name, std::span<const std::uint8_t> value);
  Returned set_tcp_option(Time now, int name, std::span<const std::uint8_t> value);
  Returned get_tcp_option(Time now, int name, std::span<std::uint8_t> out) const;
  bool refuses_timestamp_ids(std::span<const std::uint8_t> value) const;
  void count_timestamp_ids(std::uint32_t before);
  void bound_low_water(Time now);
  void tell_connection(Time now);
  Bytes receive_memory() const;
  bool counts_packets() const;
  Errno change(int name, std::int32_t value);
  Errno change_time(int name, std::int32_t value);
  Errno change_as_freebsd(int name, std::int32_t value);
  int told_flag(int name, bool set) const;
  int told_bit(bool set, int bit) const;
  Bytes whole_segments(Bytes buffer, bool exact) const;
  Errno change_keepalive(int name, std::int32_t value);
  Returned set_congestion(Time now, std::span<const std::uint8_t> value);
  Returned set_quick_ack(Time now, std::int32_t value);
  Returned give_saved_syn(std::span<std::uint8_t> out) const;
  int max_segment() const;

  Stack* stack_;
  Family family_;
  SocketId id_{};
  Endpoint local_{};          // bound to
  bool port_chosen_ = false;  // by the stack: not kept by disconnect()
  Stage stage_ = Stage::unconnected;
  Errno own_error_ = Errno::none;  // that no connection has
  bool error_told_ = false;        // of the connection
  bool shut_read_ = false, shut_write_ = false;
  bool reuse_address_ = false;
  bool fast_open_connect_ = false;  // TCP_FASTOPEN_CONNECT
  std::optional<Endpoint>
      deferred_{};                // where connect() goes, with the first octets that are sent (DEFER_CONNECT)
  bool send_buffer_set_ = false;  // by SO_SNDBUF
  Bytes send_buffer_{};           // sk_sndbuf
  bool exact_send_buffer_ = false, exact_receive_buffer_ = false;  // set when segments were agreed on
  std::uint64_t accepted_ = 0;                                     // connections
  std::uint64_t shortages_ = 0;                                    // of room: SOCK_NOSPACE
  std::uint64_t written_ = 0;                                      // octets, since the connection began
  SendReports reports_{};
  std::vector<NetworkError> network_errors_{};  // of the connections before
  std::uint64_t errors_taken_ = 0;
  TcpSocketOptions options_;
  SharedOptions shared_{};
  std::optional<Duration> linger_{};     // SO_LINGER
  std::optional<Time> closing_until_{};  // close() lingers
};

}  // namespace ringside::net
