// The control messages of sendmsg() and recvmsg(): msg_control=[{cmsg_level=, cmsg_type=, cmsg_data=}].
#pragma once

#include "ringside/net/sockets.hpp"
#include "ringside/packetdrill/expression.hpp"
#include "run/testbed.hpp"

namespace ringside::packetdrill {

// Of a message that is sent.
net::SentControl control_to_send(const Expression& message);

// Whether a message that came is as the script has it; fails if not. Times may be off by `tolerance`.
void check_message(const Expression& expected, const net::ReceivedMessage& got, Duration tolerance);

}  // namespace ringside::packetdrill
