// Neighbor discovery: RFC 4861 as a host, RFC 4862 for the addresses of an interface that configures itself,
// and of RFC 3810 the reports of the groups that these need.
//
// What is known of neighbors is in Neighbors, the addresses are the Interface's, the ways the Routes'.
#pragma once

#include <optional>
#include <vector>

#include "ip/output.hpp"
#include "ringside/net/stack.hpp"
#include "ringside/net/wire/ndp.hpp"

namespace ringside::net {

class Ndp {
 public:
  Ndp(const StackConfig& config, Output& output, Counters& counters)
      : config_{config.ndp}, forwards_{config.forwarding}, output_{&output}, counters_{&counters} {}

  // From now on: an address of the link, and those and the routers that advertisements tell of.
  void autoconfigure(Time now, InterfaceId on);

  // Who has that address? `known`: where it was, and whether it still is.
  void ask(Time now, const Neighbor& neighbor, std::optional<MacAddress> known);
  void on_failure(const Neighbor& neighbor);  // it has not answered: another router may take its place

  // A message of NDP or MLD, its checksum verified. Its reason: why it was dropped.
  DropReason receive(Time now, InterfaceId in, const IpHeader& ip, const wire::Icmpv6Header& header,
                     wire::ByteView payload);

  void run_due(Time now);
  Time deadline() const { return deadline_; }

 private:
  struct Router {
    InterfaceId on{};
    IpAddress address{};
    Time until{};
  };
  struct OnLink {
    InterfaceId on{};
    Prefix prefix{};
    Time until{};
  };
  struct Configured {  // an interface that configures itself
    InterfaceId on{};
    int solicitations = 0;  // of routers, sent
    Time next = end_of_time;
  };

  // ndp.cpp: messages.
  bool on_solicitation(Time now, InterfaceId in, const IpHeader& ip, const wire::NeighborMessage& message);
  bool on_advertisement(Time now, InterfaceId in, const IpHeader& ip, const wire::NeighborMessage& message);
  bool on_redirect(Time now, InterfaceId in, const IpAddress& from, const wire::RedirectMessage& message);
  void on_query(Time now, InterfaceId in);
  void learn(Time now, const Neighbor& neighbor, std::optional<MacAddress> link);
  void advertise(Time now, InterfaceId out, const IpAddress& target, const IpAddress& to);
  void report(Time now, InterfaceId out, wire::ListenerRecord record, const IpAddress& group);
  void solicit_routers(Time now, Configured& configured);
  template <class Write>
  void send(Time now, InterfaceId out, const IpHeader& ip, std::size_t bytes, Write write);

  // ndp_configuration.cpp: addresses, prefixes and routers.
  void on_router_advertisement(Time now, InterfaceId in, const IpAddress& from,
                               const wire::RouterAdvertisement& advertisement);
  void take_times(InterfaceId in, const wire::RouterAdvertisement& says);
  void take_router(InterfaceId in, const IpAddress& address, Time until);
  void take_on_link(InterfaceId in, const Prefix& prefix, Time until);
  void take_address(Time now, InterfaceId in, const wire::PrefixInformation& prefix);
  void begin(Time now, InterfaceId on, Ipv6Assignment address);
  void end_duplicate(Time now, InterfaceId on, const IpAddress& address);
  template <class Gone>
  void remove_addresses(Time now, InterfaceId on, Gone gone);
  void run_addresses(Time now, InterfaceId on);
  void run_address(Time now, InterfaceId on, Ipv6Assignment& address);
  void remove_router(std::size_t index);
  Configured* configured(InterfaceId on);
  void find_deadline();

  NdpConfig config_;
  bool forwards_;
  Output* output_;
  Counters* counters_;
  std::vector<Configured> configured_;
  std::vector<Router> routers_;
  std::vector<OnLink> on_link_;
  Time deadline_ = end_of_time;
};

}  // namespace ringside::net
