// A program of calls, frames and times, as a list of actions: whatever is said to a host, and whatever its
// programs do meanwhile, its books are right, it falls silent, and nothing grows.
#include <array>

#include "flows.hpp"
#include "invariants.hpp"
#include "ringside/net/socket_options.hpp"
#include "ringside/net/sockets.hpp"

namespace {

using namespace ringside;
using namespace ringside::fuzz;
using net::Endpoint;
using net::Family;
using net::Fd;
using net::Returned;

constexpr std::uint16_t listening_port = 80, datagram_port = 53;

net::StackConfig config_of(Actions& actions) {
  const std::uint8_t bits = actions.octet();
  net::StackConfig config;
  config.tcp.send_buffer = config.tcp.receive_buffer = Bytes{16384};
  config.tcp.timestamps = (bits & 1) == 0;
  config.tcp.sack = (bits & 2) == 0;
  config.tcp.window_scale = (bits & 4) == 0;
  config.tcp.time_wait_reuse = (bits & 8) != 0 ? net::TimeWaitReuse::always : net::TimeWaitReuse::never;
  config.tcp.abort_on_overflow = (bits & 16) != 0;
  config.tcp.fast_open.server = config.tcp.fast_open.client = (bits & 32) == 0;
  config.tcp.ecn.asks = config.tcp.ecn.accepts =
      (bits & 64) != 0 ? net::EcnUse::accurate : net::EcnUse::classic;
  config.tcp.congestion = (bits & 128) != 0 ? net::CongestionControl::reno : net::CongestionControl::cubic;
  config.transmit_queue = Bytes{1 << 20};
  return config;
}

class Play {
 public:
  explicit Play(Actions& actions)
      : actions_{actions}, stack_{make_stack(config_of(actions), true)}, flows_{actions.four()} {
    if (actions_.yes()) now_ += std::chrono::hours{24 * 20};
    for (const Family family : {Family::ipv4, Family::ipv6}) listen(family);
  }

  void run() {
    for (int steps = 0; actions_.any() && steps < most_steps; ++steps) {
      act();
      invariants_.listen(now_, [&](std::span<const std::uint8_t> frame) {
        flows_.heard(frame);
        heard_.assign(frame.begin(), frame.end());
      });
      sockets_.note_progress(now_);
      for (const Fd fd : open_) invariants_.check(sockets_.socket_of(fd));
      invariants_.check_tables();
    }
  }

 private:
  static constexpr int most_steps = 400;
  static constexpr std::size_t most_open = 12;

  void listen(Family family) {
    const Fd fd = socket(net::SocketType::stream, family);
    set(fd, net::option::ipv6_level, net::option::ipv6::only, 1);
    sockets_.bind(fd, {{}, listening_port});
    set(fd, net::option::tcp_level, net::option::tcp::fast_open, 3);
    sockets_.listen(now_, fd, 2);
    const Fd datagrams = socket(net::SocketType::datagram, family);
    set(datagrams, net::option::ipv6_level, net::option::ipv6::only, 1);
    sockets_.bind(datagrams, {{}, datagram_port});
  }
  Fd socket(net::SocketType type, Family family) {
    const Fd fd{static_cast<std::int32_t>(sockets_.socket(type, family).value)};
    open_.push_back(fd);
    return fd;
  }
  void set(Fd fd, int level, int name, std::int32_t value) {
    const auto* octets = reinterpret_cast<const std::uint8_t*>(&value);
    sockets_.setsockopt(now_, fd, level, name, {octets, sizeof value});
  }
  Fd any() { return open_.empty() ? Fd{-1} : open_[actions_.below(open_.size())]; }
  net::MessageFlags flags() { return actions_.yes() ? 0u : actions_.four(); }

  void act() {
    switch (actions_.octet() % 8) {
      case 0:
      case 1:
      case 2: receive(flows_.segment(actions_, listening_port)); break;
      case 3: pass_time(); break;
      case 4:
      case 5: call(); break;
      case 6: odd_packet(); break;
      case 7: stream_of_text(); break;
    }
  }

  void receive(const Octets& frame) { stack_.receive(now_, net::InterfaceId{}, frame); }

  void pass_time() {
    const auto deadline = stack_.deadline();
    if (actions_.yes() && deadline)
      now_ = std::max(now_, *deadline);
    else
      now_ += actions_.time();
    const Time latest = start_of_time + std::chrono::hours{24 * 60};  // see docs/tcp.md
    now_ = std::min(now_, latest);
  }

  // Whatever the octets are, below a header that may be right.
  void odd_packet() {
    const bool ipv4 = actions_.yes();
    const std::uint8_t kind = actions_.octet();
    constexpr std::uint8_t protocols[]{6, 17, 1, 58, 0, 43, 44, 60};
    const std::uint8_t protocol = protocols[kind % std::size(protocols)];
    const auto octets = actions_.octets(actions_.octet());
    Octets segment{octets.begin(), octets.end()};
    if (kind >= 200) return receive(segment);  // not even a frame
    if (kind >= 150) return icmp_error(std::move(segment));
    fix_checksum(protocol, peers(ipv4), ours(ipv4), segment);
    receive(frame_of({.protocol = protocol}, peers(ipv4), ours(ipv4), segment));
  }

  // About the frame that was heard last, which is in its turn part of a connection.
  void icmp_error(Octets message) {
    message.resize(8);
    if (heard_.size() <= 14) return;
    const bool ipv4 = heard_[12] == 8;
    message.insert(message.end(), heard_.begin() + 14, heard_.end());
    const std::uint8_t protocol = ipv4 ? 1 : 58;
    fix_checksum(protocol, peers(ipv4), ours(ipv4), message);
    receive(frame_of({.protocol = protocol}, peers(ipv4), ours(ipv4), message));
  }

  // The same segment again and again, as traffic is.
  void stream_of_text() {
    const std::size_t times = actions_.below(16);
    const Actions from = actions_;
    for (std::size_t i = 0; i <= times; ++i) {
      actions_ = from;
      receive(flows_.segment(actions_, listening_port));
    }
  }

  void call() {
    switch (actions_.octet() % 12) {
      case 0:
        if (open_.size() < most_open)
          socket(actions_.yes() ? net::SocketType::stream : net::SocketType::datagram,
                 actions_.yes() ? Family::ipv4 : Family::ipv6);
        break;
      case 1: {
        const Fd fd = any();
        sockets_.connect(now_, fd, {peers(actions_.yes()), actions_.octet()});
        break;
      }
      case 2: accept(); break;
      case 3:
      case 4: send(); break;
      case 5:
      case 6: recv(); break;
      case 7: sockets_.shutdown(now_, any(), net::Shutdown(actions_.below(3))); break;
      case 8: close(); break;
      case 9: set_option(); break;
      case 10: get_option(); break;
      case 11: sockets_.disconnect(now_, any()); break;
    }
  }

  void accept() {
    if (open_.size() >= most_open) return;
    const Returned accepted = sockets_.accept(now_, any());
    if (accepted.value >= 0) open_.push_back(Fd{static_cast<std::int32_t>(accepted.value)});
  }
  void send() {
    const std::size_t size = actions_.octet() * 64u;
    const Fd fd = any();
    const net::MessageFlags with = flags();
    if (actions_.yes())
      sockets_.send(now_, fd, std::span{octets_}.first(size), with);
    else
      sockets_.send_to(now_, fd, std::span{octets_}.first(size), {peers(actions_.yes()), actions_.octet()},
                       with);
  }
  void recv() {
    const std::size_t size = actions_.octet() * 64u;
    net::ReceivedMessage message;
    sockets_.recv_message(now_, any(), std::span{octets_}.first(size), message, flags());
  }
  void close() {
    if (open_.empty()) return;
    const std::size_t which = actions_.below(open_.size());
    if (sockets_.close(now_, open_[which]).error != net::Errno::eagain)
      open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(which));
  }
  void set_option() {
    constexpr int levels[]{net::option::socket_level, net::option::tcp_level, net::option::ip_level,
                           net::option::ipv6_level};
    const Fd fd = any();
    const int level = levels[actions_.below(std::size(levels))], name = actions_.octet() % 76;
    const std::uint32_t value = actions_.yes() ? actions_.octet() : actions_.four();
    set(fd, level, name, static_cast<std::int32_t>(value));
  }
  void get_option() {
    const Fd fd = any();
    const int level = actions_.yes() ? net::option::tcp_level : net::option::socket_level;
    sockets_.getsockopt(now_, fd, level, actions_.octet() % 76, std::span{octets_}.first(actions_.octet()));
    sockets_.poll(fd);
  }

  Actions& actions_;
  net::Stack stack_;
  net::Sockets sockets_{stack_};
  Flows flows_;
  Invariants invariants_{stack_};
  Time now_{};
  std::vector<Fd> open_;
  Octets heard_;
  std::array<std::uint8_t, 255 * 64> octets_{};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Actions actions{{data, size}};
  Play{actions}.run();
  return 0;
}
