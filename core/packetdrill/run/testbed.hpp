// A stack behind one interface, and a clock that goes only when it is told to. There is nobody on the other
// side of the wire: what the stack sends is kept, with the time at which it was sent.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "ringside/net/sockets.hpp"
#include "ringside/packetdrill/options.hpp"
#include "ringside/packetdrill/run.hpp"

namespace ringside::packetdrill {

// What is on the wire: of IPv4 or of IPv6.
struct Network {
  net::IpAddress local{}, gateway{}, remote{};
  int prefix_length = 0;
  int mtu = 0;
  net::Family sockets{};  // theirs

  IpFamily family() const { return local.is_ipv4() ? IpFamily::ipv4 : IpFamily::ipv6; }
};
// What published scripts assume, but for what the options say. Throws Failure.
Network network_of(const Options& options);

class Testbed {
 public:
  // `started`: what the clock shows at the time 0 of a script.
  static constexpr Time started = start_of_time + std::chrono::seconds{1000};

  Testbed(const net::StackConfig& config, const Network& network, WatchWire watch);

  Time now() const { return now_; }
  net::Stack& stack() { return stack_; }
  net::Sockets& sockets() { return sockets_; }
  const Network& network() const { return network_; }

  void reconfigure(const net::StackConfig& config);
  // `packet`: from its IP header on.
  void inject(std::span<const std::uint8_t> packet);
  // After a call has changed something: the stack sends what it may send now.
  void settle();
  // Until then, or until `stop` says so, which is asked whenever something has happened. True: it did.
  using Stop = std::function<bool()>;
  bool advance(Time to, const Stop& stop = {});

  // Whatever happens has a number, in its order.
  std::uint64_t next() { return next_++; }

  struct Sent {
    Time at{};
    std::uint64_t order = 0;
    std::vector<std::uint8_t> packet{};  // from its IP header on
  };
  std::deque<Sent> sent{};  // and not yet taken

 private:
  Network network_;
  WatchWire watch_;
  Time now_ = started;
  std::uint64_t next_ = 0;
  net::Stack stack_;
  net::Sockets sockets_{stack_};
  net::InterfaceId interface_{};
  bool drops_ = false;  // what is sent, before anybody sees it
  std::vector<std::uint8_t> frame_;
};

}  // namespace ringside::packetdrill
