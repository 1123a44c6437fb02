// Control messages of what comes: how a datagram came, and ICMP errors.
#pragma once

#include "sockets/shared_options.hpp"

namespace ringside::net {

// As far as the program asks for it.
void tell_delivery(const Datagram& datagram, const Stack& stack, Device by, Family family,
                   const SharedOptions& asked, ReceivedMessage& message);
// recvmsg(MSG_ERRQUEUE).
Returned give_error(const NetworkError& error, std::span<std::uint8_t> out, ReceivedMessage& message);

}  // namespace ringside::net
