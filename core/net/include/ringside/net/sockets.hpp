// The socket API as programs know it, on a Stack: descriptors, errno, options, readiness. Names and numbers
// are those of Linux.
//
// No call blocks. What would sleep in a call returns EAGAIN, or EINPROGRESS from connect(); who plays a
// program with a blocking descriptor calls again when poll() of it has changed, which is what the kernel does
// inside the call. After a call, and after each frame, the stack may have something to transmit.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "ringside/net/errno.hpp"
#include "ringside/net/stack.hpp"

namespace ringside::net {

enum class Fd : std::int32_t {};
enum class SocketType : std::uint8_t { stream, datagram };
// A socket of AF_INET6 speaks IPv4 as well, with IPv4-mapped addresses, unless IPV6_V6ONLY is set; one of
// AF_INET takes {} for 0.0.0.0.
enum class Family : std::uint8_t { ipv4 = 2, ipv6 = 10 };  // AF_INET, AF_INET6
enum class Shutdown : std::uint8_t { read, write, both };

// What a call returns: a value that is not negative, or -1 and why.
struct Returned {
  std::int64_t value = 0;
  Errno error = Errno::none;
  bool operator==(const Returned&) const = default;
};

// Of send() and recv(); include/linux/socket.h.
enum class MessageFlag : std::uint32_t {
  out_of_band = 0x1,
  peek = 0x2,
  truncate = 0x20,
  dont_wait = 0x40,
  end_of_record = 0x80,
  wait_all = 0x100,
  error_queue = 0x2000,
  no_signal = 0x4000,
  more = 0x8000,
  zero_copy = 0x400'0000,
  fast_open = 0x2000'0000,
};
using MessageFlags = std::uint32_t;

// struct sock_extended_err: include/uapi/linux/errqueue.h.
struct ExtendedError {
  enum class Origin : std::uint8_t { none, local, icmp, icmp6, timestamping, zero_copy };
  Errno error = Errno::none;
  Origin origin = Origin::none;
  std::uint8_t type = 0, code = 0;
  std::uint32_t info = 0, data = 0;
  IpAddress offender{};  // of ICMP (SO_EE_OFFENDER)
};

// struct in_pktinfo, struct in6_pktinfo.
struct PacketInfo {
  std::uint32_t interface = 0;  // the first is 1
  IpAddress local{}, to{};      // ours, and as the packet had it
};

// What recvmsg() gives beside the octets: msg_flags, and control messages, in the kernel's order.
struct ReceivedMessage {
  Endpoint from{};
  MessageFlags flags = 0;
  std::optional<Time> arrived{};                  // SCM_TIMESTAMP or SCM_TIMESTAMPNS, as was asked last
  std::optional<Time> timestamp{};                // SCM_TIMESTAMPING, of software
  std::optional<std::int32_t> in_queue{};         // TCP_CM_INQ
  std::optional<PacketInfo> packet{};             // IP_PKTINFO, IPV6_PKTINFO
  std::optional<std::uint8_t> ttl{};              // IP_TTL, IPV6_HOPLIMIT
  std::optional<std::uint8_t> type_of_service{};  // IP_TOS, IPV6_TCLASS
  std::optional<ExtendedError> error{};           // IP_RECVERR
};

// The control messages that sendmsg() takes.
struct SentControl {
  std::optional<std::uint32_t> timestamping{};  // SO_TIMESTAMPING: which times of these octets to tell
  // Of what buffers the octets are, where that matters: those that are lent (MSG_ZEROCOPY) are not put
  // together as copies are.
  std::span<const std::uint32_t> buffers{};
  bool own_notice = false;  // of MSG_ZEROCOPY: shared with no other call, as io_uring has it (msg_ubuf)
};

// What poll() reports; include/uapi/asm-generic/poll.h.
namespace ready {
inline constexpr std::uint32_t in = 0x1, pri = 0x2, out = 0x4, err = 0x8, hup = 0x10, rdhup = 0x2000;
inline constexpr std::uint32_t read_normal = 0x40, write_normal = 0x100;  // always with in and out
}  // namespace ready

// struct epoll_event: include/uapi/linux/eventpoll.h. The events are of ready::, with these modes.
namespace epoll {
inline constexpr std::uint32_t exclusive = 1u << 28, wake_up = 1u << 29, one_shot = 1u << 30,
                               edge_triggered = 1u << 31;
}
struct EpollEvent {
  std::uint32_t events = 0;
  std::uint64_t data = 0;  // whatever the program wants to find here again
};
enum class EpollControl : std::uint8_t { add = 1, remove = 2, modify = 3 };

class Sockets {
 public:
  explicit Sockets(Stack& stack);
  ~Sockets();

  Stack& stack() const;  // below: echo requests have no socket

  Returned socket(SocketType type, Family family = Family::ipv4);
  Returned bind(Fd, Endpoint local);
  Returned listen(Time now, Fd, int backlog);
  Returned accept(Time now, Fd);  // a new descriptor; EAGAIN: none has come yet
  Returned connect(Time now, Fd,
                   Endpoint to);      // EINPROGRESS; then EALREADY, 0 once, EISCONN, or why it failed
  Returned disconnect(Time now, Fd);  // connect() to AF_UNSPEC
  // Takes what fits; who would wait for the rest sends it with the next call.
  Returned send(Time now, Fd, std::span<const std::uint8_t> octets, MessageFlags = 0);
  Returned send_to(Time now, Fd, std::span<const std::uint8_t> octets, Endpoint to, MessageFlags = 0);
  Returned recv(Time now, Fd, std::span<std::uint8_t> out, MessageFlags = 0);
  Returned recv_from(Time now, Fd, std::span<std::uint8_t> out, Endpoint& from, MessageFlags = 0);
  Returned send_message(Time now, Fd, std::span<const std::uint8_t> octets, const SentControl&,
                        MessageFlags = 0);
  // With MSG_ERRQUEUE: the next report on what was sent (SO_TIMESTAMPING, MSG_ZEROCOPY), without its octets,
  // or an ICMP error (IP_RECVERR), with those that came back.
  Returned recv_message(Time now, Fd, std::span<std::uint8_t> out, ReceivedMessage&, MessageFlags = 0);
  Returned shutdown(Time now, Fd, Shutdown how);
  Returned close(Time now, Fd);  // EAGAIN while it lingers (SO_LINGER)

  // Levels, names and values as in the kernel's headers; a value is octets in the machine's order. What is
  // set is in force from now on. getsockopt() returns how many octets of the value it has written.
  Returned setsockopt(Time now, Fd, int level, int name, std::span<const std::uint8_t> value);
  Returned getsockopt(Time now, Fd, int level, int name, std::span<std::uint8_t> out);
  enum class Amount : std::uint8_t { unread, unsent, unacknowledged };  // SIOCINQ, SIOCOUTQNSD, SIOCOUTQ
  Returned amount(Fd, Amount) const;

  Returned at_mark(Fd) const;  // SIOCATMARK: 1 if the next octet is the urgent one
  // After each frame, received or transmitted: what the sockets that asked for it shall report has this time.
  // Who asks for no such reports needs not call it; it looks at none but those sockets.
  void note_progress(Time now);

  // When a call that would sleep is over although nothing changes: of close() that lingers.
  std::optional<Time> deadline() const;

  std::uint32_t poll(Fd) const;  // of ready::..., whoever asks for what
  // A descriptor that waits for others. It may wait for others of its kind, four deep. epoll_wait()
  // returns how many events it has written; 0: there is none now.
  Returned epoll_create();
  Returned epoll_ctl(Fd epoll, EpollControl, Fd fd, EpollEvent event);
  Returned epoll_wait(Fd epoll, std::span<EpollEvent> out);

  Endpoint local(Fd) const;
  Endpoint remote(Fd) const;
  // The stack's socket; an id that names nothing while the descriptor is neither connected nor listening.
  SocketId socket_of(Fd) const;

 private:
  struct Table;
  std::unique_ptr<Table> table_;
};

}  // namespace ringside::net
