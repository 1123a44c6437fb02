// A datagram descriptor on a UDP socket of the stack.
#pragma once

#include "sockets/activity.hpp"
#include "sockets/shared_options.hpp"

namespace ringside::net {

class DatagramSocket {
 public:
  explicit DatagramSocket(Stack& stack, Family family = Family::ipv4);

  Returned bind(Endpoint local, bool chosen_port);
  Returned connect(Time now, Endpoint to);
  Returned disconnect(Time now);
  Returned shutdown(Time now, Shutdown how);
  Returned close(Time now);

  Returned send(Time now, std::span<const std::uint8_t> octets, std::optional<Endpoint> to, MessageFlags,
                const SentControl& control = {});
  Returned recv(Time now, std::span<std::uint8_t> out, ReceivedMessage& message, MessageFlags);
  Returned amount(Sockets::Amount) const;

  Returned set_option(Time now, int level, int name, std::span<const std::uint8_t> value);
  Returned get_option(Time now, int level, int name, std::span<std::uint8_t> out);

  std::uint32_t poll() const;
  Activity activity() const;
  Endpoint local() const;
  Endpoint remote() const { return stack_->remote(id_); }
  SocketId id() const { return id_; }
  bool shares_address() const { return options_.reuse_address; }
  bool shares_port() const { return options_.reuse_port; }
  const Device& device() const { return options_.device; }
  Family family() const { return family_; }
  bool ipv6_only() const { return options_.ipv6.only; }

 private:
  bool connected() const { return remote().port != 0; }
  Returned set_socket_option(int name, std::span<const std::uint8_t> value);
  Returned get_socket_option(int name, std::span<std::uint8_t> out);
  void tell_socket();
  void apply() { stack_->set_udp_options(id_, options_); }
  Errno set_ip_option(int level, int name, std::span<const std::uint8_t> value);
  Errno no_way_to(const Endpoint& to) const;  // and why not
  Errno take_error();
  bool hears_errors() const;
  Returned append(Time now, std::span<const std::uint8_t> octets, bool more);
  Errno push_pending(Time now);
  Returned take_report(std::span<std::uint8_t> out, ReceivedMessage& message);

  Stack* stack_;
  Family family_;
  SocketId id_;
  bool port_chosen_ = true;  // by the stack: not kept by disconnect()
  bool shut_read_ = false, shut_write_ = false;
  bool broadcast_ = false;
  bool cork_ = false;                     // UDP_CORK
  std::vector<std::uint8_t> pending_{};   // of a datagram that more calls will end
  std::optional<Endpoint> pending_to_{};  // where it goes
  std::uint64_t taken_ = 0;               // datagrams, by recv()
  std::uint64_t errors_taken_ = 0;        // of the error queue
  UdpSocketOptions options_;
  SharedOptions shared_{};
};

}  // namespace ringside::net
