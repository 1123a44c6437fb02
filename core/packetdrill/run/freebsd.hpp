// Scripts for FreeBSD: which they are, and what they say that has no equal here.
#pragma once

#include "ringside/packetdrill/script.hpp"

namespace ringside::packetdrill {

// It sets net.inet.* or loads modules, and does not expect a SYN whose options are in Linux's order: so it
// was not adapted to that.
bool is_for_freebsd(const Script& script);

// An option of setsockopt() that changes nothing that a script could see: what is logged, signals, and that
// the implementation of TCP be the usual one ("rack" and others are not here).
bool means_nothing_here(const Expression& option, const Expression& value);

}  // namespace ringside::packetdrill
