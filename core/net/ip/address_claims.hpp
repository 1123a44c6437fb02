// IPv4 addresses that a host makes sure of before it uses them, announces, and defends: RFC 5227.
#pragma once

#include <vector>

#include "ip/output.hpp"

namespace ringside::net {

class AddressClaims {
 public:
  AddressClaims(const ClaimConfig& config, Output& output, Counters& counters)
      : config_{config}, output_{&output}, counters_{&counters} {}

  void claim(Time now, InterfaceId on, Ipv4Address address, int prefix_length);
  void announce(InterfaceId on);  // section 2.3: a request for what its sender has
  // True: another station uses an address of the interface, and nothing it says of that is to be believed.
  bool conflicts(Time now, InterfaceId in, const wire::ArpPacket& packet);

  void run_due(Time now);
  Time deadline() const { return deadline_; }

 private:
  struct Claim {
    InterfaceId on{};
    Ipv4Address address{};
    int prefix_length = 0;
    int probes = 0, announcements = 0;  // sent
    Time next{};
  };
  struct Defense {
    InterfaceId on{};
    Time until{};  // another one must wait
  };

  void run(Time now, Claim& claim);
  void take(const Claim& claim);
  void defend(Time now, InterfaceId on);
  void find_deadline();

  ClaimConfig config_;
  Output* output_;
  Counters* counters_;
  std::vector<Claim> claims_;      // under way
  std::vector<Defense> defenses_;  // one of an interface
  Time deadline_ = end_of_time;
};

}  // namespace ringside::net
