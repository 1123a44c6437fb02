// The language again, from its values: for messages ("expected > S. 0:0(0) ack 1, ..."). What is parsed from
// such a text is the same value.
#pragma once

#include <string>

#include "ringside/packetdrill/script.hpp"

namespace ringside::packetdrill {

std::string text_of(const Event& event);  // "+0.1 < S 0:0(0) win 1000 <mss 1000>"
std::string text_of(const Packet& packet);
std::string text_of(const SystemCall& call);
std::string text_of(const Expression& expression);
std::string text_of(const TcpOption& option);
std::string text_of(Flags flags);
std::string text_of(Duration seconds);  // "0.0125"

}  // namespace ringside::packetdrill
