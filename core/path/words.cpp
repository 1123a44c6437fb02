// The words of the route map language: one table for each enumeration, used in both directions.
#include <algorithm>
#include <array>

#include "ringside/path/path.hpp"

namespace ringside::path {

namespace {

using namespace std::string_view_literals;

// In the order of the enumerators.
template <class Word>
constexpr int table = 0;
template <>
constexpr std::array table<Domain>{"hardware"sv, "hardirq"sv, "softirq"sv, "caller"sv, "kernel"sv, "user"sv};
template <>
constexpr std::array table<Memory>{"none"sv, "dma"sv, "copy"sv, "map"sv, "reference"sv};
template <>
constexpr std::array table<Region>{"device"sv, "kernel"sv, "page cache"sv, "shared"sv, "user"sv};
template <>
constexpr std::array table<Work>{"pass"sv,    "arrive"sv,   "depart"sv,  "demultiplex"sv, "protocol"sv,
                                 "route"sv,   "timer"sv,    "read"sv,    "write"sv,       "application"sv,
                                 "prepare"sv, "fetch"sv,    "load"sv,    "reap"sv,        "judge"sv,
                                 "consume"sv, "coalesce"sv, "segment"sv, "reclaim"sv};
template <>
constexpr std::array table<Verdict>{"always"sv,   "udp"sv,      "tcp"sv,    "icmp"sv,  "forward"sv,
                                    "transmit"sv, "read"sv,     "write"sv,  "pass"sv,  "drop"sv,
                                    "tx"sv,       "redirect"sv, "socket"sv, "empty"sv, "miss"sv,
                                    "reap"sv,     "submit"sv,   "whole"sv,  "rest"sv,  "core"sv};
template <>
constexpr std::array table<Program>{"pass"sv,   "drop"sv,  "tx"sv,  "redirect"sv,
                                    "socket"sv, "route"sv, "core"sv};
template <>
constexpr std::array table<Unit>{"packets"sv, "bytes"sv};
template <>
constexpr std::array table<Full>{"drop"sv, "hold"sv};
template <>
constexpr std::array table<Drain>{"consumer"sv, "caller"sv};
template <>
constexpr std::array table<Slots>{"until taken"sv, "until freed"sv};
template <>
constexpr std::array table<Consumers>{"one"sv, "each core"sv};
template <>
constexpr std::array table<Raise>{"interrupt"sv, "softirq"sv, "wakeup"sv, "doorbell"sv, "restart"sv};
template <>
constexpr std::array table<Mask>{"never"sv, "until polled empty"sv};
template <>
constexpr std::array table<Member>{"capacity"sv, "budget"sv,      "moderation"sv,   "demote after"sv,
                                   "program"sv,  "at most"sv,     "block"sv,        "retire after"sv,
                                   "requests"sv, "need wakeup"sv, "after frames"sv, "after time"sv,
                                   "adaptive"sv, "at longest"sv,  "switched off"sv};

template <class Word>
constexpr bool complete(Word last) {
  return table<Word>.size() == static_cast<std::size_t>(last) + 1;
}
static_assert(complete(Domain::user) && complete(Memory::reference) && complete(Region::user));
static_assert(complete(Work::reclaim) && complete(Verdict::core) && complete(Program::core) &&
              complete(Unit::bytes) && complete(Full::hold));
static_assert(complete(Drain::caller) && complete(Slots::until_freed) && complete(Consumers::each_core) &&
              complete(Raise::restart) && complete(Mask::until_polled_empty));
static_assert(complete(Member::switched_off));

template <class Word>
constexpr std::string_view word_of(Word value) {
  return table<Word>[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view to_string(Domain value) { return word_of(value); }
std::string_view to_string(Memory value) { return word_of(value); }
std::string_view to_string(Region value) { return word_of(value); }
std::string_view to_string(Work value) { return word_of(value); }
std::string_view to_string(Verdict value) { return word_of(value); }
std::string_view to_string(Program value) { return word_of(value); }
std::string_view to_string(Unit value) { return word_of(value); }
std::string_view to_string(Full value) { return word_of(value); }
std::string_view to_string(Drain value) { return word_of(value); }
std::string_view to_string(Slots value) { return word_of(value); }
std::string_view to_string(Consumers value) { return word_of(value); }
std::string_view to_string(Raise value) { return word_of(value); }
std::string_view to_string(Mask value) { return word_of(value); }
std::string_view to_string(Member value) { return word_of(value); }

Verdict verdict_of(Program program) {
  switch (program) {
    case Program::pass: return Verdict::pass;
    case Program::drop: return Verdict::drop;
    case Program::tx: return Verdict::tx;
    case Program::redirect: return Verdict::redirect;
    case Program::socket: return Verdict::socket;
    case Program::route: return Verdict::redirect;
    case Program::core: return Verdict::core;
  }
  return Verdict::drop;
}

template <class Word>
std::optional<Word> parse(std::string_view word) {
  const auto found = std::ranges::find(table<Word>, word);
  if (found == table<Word>.end()) return std::nullopt;
  return static_cast<Word>(found - table<Word>.begin());
}

template <class Word>
std::vector<std::string_view> words() {
  return {table<Word>.begin(), table<Word>.end()};
}

template std::optional<Domain> parse(std::string_view);
template std::optional<Memory> parse(std::string_view);
template std::optional<Region> parse(std::string_view);
template std::optional<Work> parse(std::string_view);
template std::optional<Verdict> parse(std::string_view);
template std::optional<Program> parse(std::string_view);
template std::optional<Unit> parse(std::string_view);
template std::optional<Full> parse(std::string_view);
template std::optional<Drain> parse(std::string_view);
template std::optional<Slots> parse(std::string_view);
template std::optional<Consumers> parse(std::string_view);
template std::optional<Raise> parse(std::string_view);
template std::optional<Mask> parse(std::string_view);
template std::optional<Member> parse(std::string_view);

template std::vector<std::string_view> words<Domain>();
template std::vector<std::string_view> words<Memory>();
template std::vector<std::string_view> words<Region>();
template std::vector<std::string_view> words<Work>();
template std::vector<std::string_view> words<Verdict>();
template std::vector<std::string_view> words<Program>();
template std::vector<std::string_view> words<Unit>();
template std::vector<std::string_view> words<Full>();
template std::vector<std::string_view> words<Drain>();
template std::vector<std::string_view> words<Slots>();
template std::vector<std::string_view> words<Consumers>();
template std::vector<std::string_view> words<Raise>();
template std::vector<std::string_view> words<Mask>();
template std::vector<std::string_view> words<Member>();

}  // namespace ringside::path
