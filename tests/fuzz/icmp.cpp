// ICMP, ICMPv6 and neighbor discovery, as a list of actions: whatever a link says, a host believes only so
// much, keeps only so much, and answers only so often.
#include "ringside/net/wire/icmp.hpp"
#include "actions.hpp"
#include "invariants.hpp"
#include "link.hpp"
#include "ringside/net/wire/icmpv6.hpp"

namespace {

using namespace ringside;
using namespace ringside::fuzz;
namespace wire = ringside::net::wire;
using net::InterfaceId;

constexpr IpAddress all_nodes = IpAddress::ipv6({0xff02, 0, 0, 0, 0, 0, 0, 1});
constexpr IpAddress router = IpAddress::ipv6({0xfe80, 0, 0, 0, 0, 0, 0, 2});

class Play {
 public:
  explicit Play(Actions& actions)
      : actions_{actions}, stack_{make_stack(config(actions.octet()), actions.yes())} {
    stack_.autoconfigure(now_, InterfaceId{});
    connections_[0] = connect(peer_ipv4);
    connections_[1] = connect(peer_ipv6);
    datagrams_ = stack_.udp_open();
  }

  void run() {
    for (int steps = 0; actions_.any() && steps < most_steps; ++steps) {
      act();
      invariants_.listen(
          now_, [&](std::span<const std::uint8_t> frame) { heard_.assign(frame.begin(), frame.end()); });
      for (const net::SocketId connection : connections_) invariants_.check(connection);
      invariants_.check_tables();
      stack_.recv_echo();
    }
  }

 private:
  static constexpr int most_steps = 500;

  static net::StackConfig config(std::uint8_t bits) {
    net::StackConfig config;
    config.arp.entries = 8;
    config.arp.pending = Bytes{4096};
    config.ndp.duplicate_detections = bits & 1;
    config.forwarding = (bits & 2) != 0;
    config.transmit_queue = Bytes{1 << 18};
    return config;
  }
  net::SocketId connect(const IpAddress& to) {
    const auto made = stack_.tcp_connect(now_, {to, 80});
    return made ? *made : net::SocketId{};
  }

  void act() {
    switch (actions_.octet() % 8) {
      case 0: return pass_time();
      case 1: return error(true);
      case 2: return error(false);
      case 3: return neighbor();
      case 4: return router_advertisement();
      case 5: return any_message();
      case 6: return speak();
      case 7: return forwarded();
    }
  }
  void pass_time() {
    const auto deadline = stack_.deadline();
    now_ = actions_.yes() && deadline ? std::max(now_, *deadline) : now_ + actions_.time();
    now_ = std::min(now_, start_of_time + std::chrono::hours{24 * 60});
  }
  void receive(const Octets& frame) { stack_.receive(now_, InterfaceId{}, frame); }

  // Somewhere on the link or beyond.
  IpAddress address() {
    const std::uint8_t which = actions_.octet();
    switch (which % 8) {
      case 0: return our_ipv6;
      case 1: return peer_ipv6;
      case 2: return router;
      case 3: return {};
      case 4: return all_nodes;
      case 5: return IpAddress::ipv6({0xff02, 0, 0, 0, 0, 1, 0xff00, which});
      case 6: return IpAddress::ipv6({0xfe80, 0, 0, 0, 0, 0, 0, which});
      default: return IpAddress::ipv6({0xfd00, which, 0, 0, 0, 0, 0, actions_.octet()});
    }
  }

  // An error about what the host has said last, or about a piece of anything.
  void error(bool ipv4) {
    Octets message(8);
    message[0] = actions_.octet() % 16;
    message[1] = actions_.octet() % 16;
    for (std::size_t i = 4; i < 8; ++i) message[i] = actions_.yes() ? actions_.octet() : std::uint8_t{0};
    if (actions_.yes() && heard_.size() > 14) {
      const std::size_t most =
          actions_.yes() ? heard_.size() - 14 : std::min<std::size_t>(heard_.size() - 14, actions_.octet());
      message.insert(message.end(), heard_.begin() + 14,
                     heard_.begin() + 14 + static_cast<std::ptrdiff_t>(most));
    } else {
      const auto quoted = actions_.octets(actions_.octet());
      message.insert(message.end(), quoted.begin(), quoted.end());
    }
    say(ipv4, peers(ipv4), ours(ipv4), message);
  }
  void say(bool ipv4, const IpAddress& from, const IpAddress& to, Octets message) {
    const std::uint8_t protocol = ipv4 ? 1 : 58;
    if (from.is_ipv4() != to.is_ipv4()) return;
    fix_checksum(protocol, from, to, message);
    receive(frame_of({.protocol = protocol, .hop_limit = 255}, from, to, message));
  }

  // Options of neighbor discovery, in the units of eight octets that they have.
  void add_options(Octets& message) {
    for (std::size_t count = actions_.below(4); count > 0; --count) {
      const std::uint8_t type = actions_.octet() % 8, length = actions_.octet() % 6;
      message.push_back(type);
      message.push_back(length);
      const auto octets = actions_.octets(length == 0 ? 0 : length * 8u - 2);
      message.insert(message.end(), octets.begin(), octets.end());
      while (message.size() % 8 != 0) message.push_back(0);
    }
  }
  void add_address(Octets& message, const IpAddress& address) {
    for (const std::uint32_t word : address.words())
      for (int shift = 24; shift >= 0; shift -= 8)
        message.push_back(static_cast<std::uint8_t>(word >> shift));
  }
  void neighbor() {
    Octets message(8);
    message[0] = actions_.yes() ? 135 : 136;
    message[4] = actions_.octet();
    add_address(message, address());
    add_options(message);
    const IpAddress from = address(), to = address();
    say(false, from, to, std::move(message));
  }
  void router_advertisement() {
    Octets message(16);
    message[0] = 134;
    for (const std::size_t at : {4u, 5u, 6u, 7u}) message[at] = actions_.octet();
    for (std::size_t count = actions_.below(4); count > 0; --count) {
      message.insert(
          message.end(),
          {3, 4, static_cast<std::uint8_t>(actions_.yes() ? 64 : actions_.octet() % 140), actions_.octet()});
      for (const std::uint32_t seconds : {actions_.four(), actions_.four(), 0u})
        for (int shift = 24; shift >= 0; shift -= 8)
          message.push_back(static_cast<std::uint8_t>(seconds >> shift));
      add_address(message, address());
    }
    add_options(message);
    say(false, actions_.yes() ? router : address(), actions_.yes() ? all_nodes : our_ipv6,
        std::move(message));
  }
  void any_message() {
    const bool ipv4 = actions_.yes();
    const auto octets = actions_.octets(actions_.octet());
    say(ipv4, peers(ipv4), ours(ipv4), {octets.begin(), octets.end()});
  }

  // The host has something to say, so that neighbors are asked for and errors have something to be about.
  void speak() {
    const bool ipv4 = actions_.yes();
    const IpAddress to = ipv4 ? IpAddress{10, 0, 0, actions_.octet()} : address();
    switch (actions_.below(3)) {
      case 0: stack_.ping(now_, to, 1, 1, actions_.octet()); break;
      case 1:
        stack_.send_to(now_, datagrams_, std::span{octets_}.first(actions_.two() % octets_.size()), {to, 9});
        break;
      case 2: stack_.take_error(datagrams_); break;
    }
  }
  void forwarded() {
    const auto octets = actions_.octets(actions_.octet());
    const bool ipv4 = actions_.yes();
    Octets frame = frame_of({.protocol = actions_.octet(), .hop_limit = actions_.octet()}, peers(ipv4),
                            ipv4 ? IpAddress{10, 0, actions_.octet(), 9} : address(), octets);
    const net::Received received = stack_.receive(now_, InterfaceId{}, frame);
    if (received.verdict == net::Verdict::forward) stack_.forward(now_, InterfaceId{}, frame);
  }

  Actions& actions_;
  Time now_{};
  net::Stack stack_;
  Invariants invariants_{stack_};
  std::array<net::SocketId, 2> connections_{};
  net::SocketId datagrams_{};
  Octets heard_, octets_ = Octets(4000);
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Actions actions{{data, size}};
  Play{actions}.run();
  return 0;
}
