// What a host counts while it runs. Plain sums: the figures of a measured interval are the difference of two.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "ringside/hw/core.hpp"
#include "ringside/hw/ledger.hpp"
#include "ringside/trace/histogram.hpp"

namespace ringside::host {

struct StageCount {
  std::uint64_t packets = 0;
  Duration time{};
};

struct Counts {
  std::uint64_t offered = 0;          // frames that reached a card
  std::uint64_t delivered = 0;        // what a program has seen, and frames forwarded onto the wire
  std::uint64_t judged_drops = 0;     // frames that a program dropped on purpose
  std::uint64_t judged_away = 0;      // frames that a program sent back or on
  std::uint64_t delivered_bytes = 0;  // payload that programs have read
  std::uint64_t written_bytes = 0;    // payload that programs have written
  std::uint64_t chunks = 0;           // that programs took from a file
  std::uint64_t sent = 0;             // frames put on the wire
  Duration threads{};                 // of programs and their calls, and of kernel threads that a path has
  std::uint64_t line_drops = 0;       // frames that a link had no room for
  std::uint64_t system_calls = 0;
  std::uint64_t mode_switches = 0;
  std::uint64_t wakeups = 0;  // of threads that slept
  std::uint64_t interrupts = 0;
  std::uint64_t polls = 0;  // batches of contexts that an interrupt's handler raises
  std::uint64_t polled_packets = 0;
  std::uint64_t context_switches = 0;
  std::uint64_t retransmits = 0;  // segments
  hw::Ledger ledger{};
  std::vector<StageCount> stages{};             // by stage
  std::vector<std::uint64_t> queue_drops{};     // by queue of the path
  std::vector<std::uint64_t> protocol_drops{};  // by net::DropReason
  std::array<std::uint64_t, 4> verdicts{};      // by net::Verdict: what became of each frame
  std::vector<hw::Core::Usage> cores{};
};

}  // namespace ringside::host
