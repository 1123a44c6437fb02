// What a script reads of the stack's counters, by the names that the kernel has for them.
#pragma once

#include "ringside/net/counters.hpp"
#include "ringside/packetdrill/command.hpp"

namespace ringside::packetdrill {

class Counts {
 public:
  // nstat: what was counted since the one before. Throws Failure if there is no such line.
  void apply(const CountOperation& operation, const net::Counters& now);

 private:
  net::Counters before_{};
};

}  // namespace ringside::packetdrill
