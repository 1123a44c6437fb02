// The kernel's end of the device: its address, its MTU, and that it is up. All concern the network namespace
// that the process is in.
#pragma once

#include <string>

#include "ringside/net/types.hpp"

namespace ringside::tap {

bool interface_exists(const std::string& name);
int mtu_of(const std::string& name);
void set_mtu(const std::string& name, int mtu);
void set_address(const std::string& name, net::Ipv4Address address, int prefix_length);
// In use at once, as nobody else on the device could have it: of a device that is up, the kernel takes what
// is sent there from the moment this returns.
void set_address(const std::string& name, const net::IpAddress& ipv6, int prefix_length);
void bring_up(const std::string& name);

}  // namespace ringside::tap
