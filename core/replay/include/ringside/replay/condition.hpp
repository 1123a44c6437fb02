// What is sought, as text: "run until ...".
#pragma once

#include <stdexcept>
#include <string_view>
#include <utility>

#include "ringside/replay/cast.hpp"
#include "ringside/replay/moments.hpp"

namespace ringside::replay {

struct ConditionError : std::invalid_argument {  // says what was expected, and what there is
  explicit ConditionError(path::Text said) : std::invalid_argument{said.en}, text{std::move(said)} {}
  path::Text text;
};

//   drop                        a packet is lost
//   delivered                   a packet's way ends
//   packet 17                   something happens to that packet
//   stage(ip input)             a packet comes to a stage
//   queue(rx ring) > 230        more packets wait than that;
//   queue(server.rx ring) > 90% of its capacity, if that is a number of packets; several of one name are
//                               counted together, and have it together
//   cwnd(1) < 10kB              the congestion window of a connection becomes smaller than that, or
//   cwnd(client.2) > 1MB        greater: B, kB or MB
//   time 12.4us                 ps, ns, us, ms or s
// Names are those of the route map, or those that the pictures have in Chinese; parentheses and signs may be
// as wide as Chinese characters. A place without a host is one of the host under study; a drop without one is
// anybody's: drop(server).
Sought condition_of(std::string_view text, const Cast&);

}  // namespace ringside::replay
