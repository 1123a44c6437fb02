// Scripts for FreeBSD: which they are, and what they say that has no equal here.
#pragma once

#include "ringside/packetdrill/script.hpp"

namespace ringside::packetdrill {

// It sets net.inet.* or loads modules, and does not expect a SYN whose options are in Linux's order: so it
// was not adapted to that.
bool is_for_freebsd(const Script& script);

// Its device has 1500 octets whatever the version, if the script itself chose IPv6: its segments are smaller
// there. Who runs a script of IPv4 over IPv6 gives it the segments of IPv4.
void give_its_mtu(Options& options);

// "newreno" is called "reno" here.
std::string_view algorithm_here(std::string_view name);

// {function_set_name="freebsd", pcbcnt=0}: of several TCPs the one that this is like.
bool chooses_usual_stack(const Expression& option, const Expression& value);

// An option of setsockopt() that changes nothing that a script could see: what is logged, signals, and that
// the implementation of TCP be the usual one ("rack" and others are not here).
bool means_nothing_here(const Expression& option, const Expression& value);

}  // namespace ringside::packetdrill
