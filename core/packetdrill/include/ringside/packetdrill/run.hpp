// Running a script against the stack, in virtual time: no device, no clock, no privileges, and always the
// same answer.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ringside/packetdrill/script.hpp"

namespace ringside::packetdrill {

enum class Verdict : std::uint8_t { passed, failed, unsupported };

struct Report {
  Verdict verdict = Verdict::passed;
  std::string message{};  // "file:line:column: expected ..., got ..."; empty: passed
  std::string note{};     // "file:line:column: note: ..." of settings without effect; or empty
  std::vector<std::string>
      trace{};  // the packets up to there in their order, in the script's language; verbose: and calls
  std::vector<std::string> printed{};  // by print() of code blocks
  Duration lasted{};                   // virtual time
};

// Every frame on the wire, Ethernet header included; the time counts from the script's 0.
using WatchWire = std::function<void(Duration since_start, Direction, std::span<const std::uint8_t> frame)>;

Report run(const Script& script, const WatchWire& watch = {});

}  // namespace ringside::packetdrill
