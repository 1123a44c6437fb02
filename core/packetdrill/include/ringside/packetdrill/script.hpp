// A packetdrill script as a value: what is to happen to one stack, and what it should do.
//
//     --ip_version=ipv4                                          options
//     `./defaults.sh`                                            init
//     0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3             events: a time and an action
//     +.1  < S 0:0(0) win 65535 <mss 1460>
//     +0   > S. 0:0(0) ack 1 <...>
//     +.2...+.3 read(4, ..., 1000) = 500
//     +0   %{ assert tcpi_snd_cwnd == 10 }%
//     `rm file`                                                  cleanup
//
// parse_script() checks whatever needs no stack; who runs the script has only to ask whether it can do what
// the script wants, and whether the stack does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ringside/packetdrill/error.hpp"
#include "ringside/packetdrill/expression.hpp"
#include "ringside/packetdrill/options.hpp"
#include "ringside/packetdrill/packet.hpp"
#include "ringside/units/time.hpp"

namespace ringside::packetdrill {

// When an event happens. `After` counts from the event before.
struct At {  // 1.5
  Time time{};
};
struct After {  // +.02
  Duration delay{};
};
struct AnyTime {};  // *, outbound packets only

// A range is, of an outbound packet, when it may come: 1.2~1.4 and +.2~+.25; of a system call, when it is
// made and when it returns: 1.2...1.4 and +.2...+.25. It is never that of another action. Both ends of
// RangeAfter count from the event before.
struct Range {
  Time from{}, to{};
};
struct RangeAfter {
  Duration from{}, to{};
};
using When = std::variant<At, After, AnyTime, Range, RangeAfter>;

// What a system call returns: one value, one of several, or whatever (`= ...`).
struct AnyResult {};
struct ResultRange {
  std::int64_t from = 0, to = 0;
};
struct Result {
  std::variant<Integer, ResultRange, AnyResult> value{};
  std::string error{};  // EAGAIN; empty: not compared
};

struct SystemCall {
  std::string name{};
  std::vector<Expression> arguments{};
  Result result{};
};

// Shell text, which no shell ever sees: see command.hpp.
struct Command {
  std::string text{};
  Position at{};  // of its first character
};

// Python: see code.hpp.
struct Code {
  std::string text{};
  Position at{};
};

struct Event {
  Position at{};
  When when{};
  std::variant<Packet, SystemCall, Command, Code> action{};
};

struct Script {
  std::string file{};
  Options options{};
  std::optional<Command> init{}, cleanup{};
  std::vector<Event> events{};  // one or more
};

// `defines`: NAME=value each; they win over those of the script. Throws ScriptError.
Script parse_script(std::string_view text, std::string_view file,
                    const std::vector<std::string>& defines = {});

}  // namespace ringside::packetdrill
