// What the stack has sent, as the script sees it: the packets of the connection under test, in order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ringside/packetdrill/options.hpp"
#include "run/under_test.hpp"

namespace ringside::packetdrill {

class Outbox {
 public:
  Outbox(Testbed& bed, UnderTest& under_test, const Options& options)
      : bed_{bed}, under_test_{under_test}, options_{options} {}

  // The time at which the packet came that was expected; it waits until `limit` for it. Throws Failure.
  Time expect(const Packet& expected, Time limit);
  // Whatever was sent and not expected yet, for the trace.
  std::vector<std::string> rest();
  std::vector<std::string> trace{};

 private:
  struct Taken {
    Time at{};
    std::vector<std::uint8_t> octets{};
    Seen seen{};  // of the octets
  };
  std::optional<Taken> take(const Packet& expected, Time limit);
  bool fits(const Packet& expected, const Seen& seen) const;
  Time expect_tcp(const Packet& expected, const Taken& first, Time limit);
  void note(Time at, const Seen& seen);
  bool tick(const TcpPacket& expected, const TcpPacket& got) const;  // the values of their timestamps agree

  Testbed& bed_;
  UnderTest& under_test_;
  const Options& options_;
};

std::string line_of(Time at, const Packet& packet);  // of a trace

}  // namespace ringside::packetdrill
