// The ranges of the parameters. Each check throws std::invalid_argument that names the parameter and its
// range.
#pragma once

#include <cstddef>

#include "ringside/net/config.hpp"

namespace ringside::net {

void check(const StackConfig& config);
void check(const InterfaceConfig& config);
void check_claim(const InterfaceConfig& on, Ipv4Address address, int prefix_length);
void check_ipv6(const InterfaceConfig& on);  // that it may have addresses of it
void check_address(const InterfaceConfig& on, const IpAddress& address, int prefix_length);  // of IPv6
void check_prefix(const IpAddress& network, int length, const std::optional<IpAddress>& gateway);
void check_interface(InterfaceId id, std::size_t interfaces);

}  // namespace ringside::net
