// A host with its programs, behind a link that may do harm: frames and a clock in, frames and a deadline out.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "program.hpp"
#include "ringside/hw/link.hpp"
#include "ringside/net/sockets.hpp"
#include "ringside/net/stack.hpp"
#include "ringside/sim/event_queue.hpp"
#include "ringside/tap/run.hpp"

namespace ringside::tap {

struct StationConfig {
  net::StackConfig stack{};
  net::InterfaceConfig interface {};
  net::Ipv4Address gateway{};      // 0.0.0.0: none
  std::optional<Ipv6Ends> ipv6{};  // the peer is the gateway
  hw::LinkConfig link{};           // of each direction
  std::uint64_t seed = 1;          // of the link's chances
};

class Station {
 public:
  using Send = std::function<void(Time now, std::span<const std::uint8_t> frame)>;
  Station(const StationConfig& config, Send send);

  net::Stack& stack() { return stack_; }
  net::Sockets& sockets() { return sockets_; }
  void add(std::unique_ptr<Program> program) { programs_.push_back(std::move(program)); }

  void receive(Time now, std::span<const std::uint8_t> frame);  // from the device
  void run(Time now);                                           // everything that is due, and the programs
  std::optional<Time> deadline() const;                         // when run() should be called at the latest

 private:
  void put(hw::Link& link, std::span<const std::uint8_t> frame, Time now);
  void arrived(hw::Packet* packet, Time now);
  void departed(hw::Packet* packet, Time now);

  sim::EventQueue events_;
  hw::PacketPool pool_;
  hw::Link in_, out_;
  net::Stack stack_;
  net::Sockets sockets_{stack_};
  net::InterfaceId interface_;
  Send send_;
  std::vector<std::uint8_t> frame_;  // that the stack is writing
  std::vector<std::unique_ptr<Program>> programs_;
};

}  // namespace ringside::tap
