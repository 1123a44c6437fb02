// What the stack has sent, as the script sees it: the packets of the connection under test, in order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ringside/packetdrill/options.hpp"
#include "run/trace.hpp"
#include "run/under_test.hpp"

namespace ringside::packetdrill {

class Outbox {
 public:
  Outbox(Testbed& bed, UnderTest& under_test, const Options& options)
      : bed_{bed}, under_test_{under_test}, options_{options} {}

  // The time at which the packet came that was expected; it waits until `limit` for it. Throws Failure.
  Time expect(const Packet& expected, Time limit);
  // It came when it should, too.
  void as_expected() { doubtful_.reset(); }

  // Something else that happens now: what is injected, and calls.
  void note(std::string line) { trace_.note(bed_.next(), std::move(line)); }
  // Of all that happened, what was sent and not expected among it; behind a packet that was not as expected
  // there is nothing.
  std::vector<std::string> trace();

 private:
  struct Taken {
    Testbed::Sent sent{};
    Seen seen{};  // of its octets
  };
  std::optional<Taken> take(const Packet& expected, Time limit);
  bool fits(const Packet& expected, const Seen& seen) const;
  Time expect_tcp(const Packet& expected, const Taken& first, Time limit);
  void note(const Testbed::Sent& sent, const Seen& seen);
  bool tick(const TcpPacket& expected, const TcpPacket& got) const;  // the values of their timestamps agree

  Testbed& bed_;
  UnderTest& under_test_;
  const Options& options_;
  Trace trace_{};
  std::optional<std::uint64_t> doubtful_{};  // the last packet that was taken, until it is as expected
};

std::string line_of(Time at, const Packet& packet);  // of a trace

}  // namespace ringside::packetdrill
