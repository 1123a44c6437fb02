// A profile: what each operation costs on a machine of its era.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ringside/path/path.hpp"

namespace ringside::path {

// What one operation costs. Work of a core is given in cycles, work of a device in time; both may be
// fractions, and are rounded once, by compile. For a device, `latency` is pipelined (the next packet need not
// wait for it) and the rest occupies the device.
struct Price {
  double cycles_per_packet = 0;
  double cycles_per_byte = 0;
  double cycles_per_instruction = 0;  // of the program that a judge runs
  double cycles_per_batch = 0;        // once for each interrupt, poll or wake-up, whatever it finds
  double ns_per_packet = 0;
  double ns_per_byte = 0;
  double ns_latency = 0;
  double ns_after = 0;    // of idle.deep: how long a core has been idle that sleeps so deep
  double frames = 0;      // of cache.refill: so many does the cache keep for the cards
  std::string source{};   // a row of the literature, or how it was estimated
  bool estimate = false;  // no source prices it: a reasoned guess
  Origin origin{};
};

struct Profile {
  std::string name{};  // xeon-2018
  Text title{};
  int year = 0;
  std::string based_on{};  // the profile it inherits from; already merged when loaded
  Frequency clock{};
  int cores = 1;  // how many the machine has
  std::vector<std::string> sources{};
  std::map<std::string, Price, std::less<>> ops{};  // "napi.poll" -> price
  std::string file{};
};

// Operations that every profile must price since the machine itself uses them, whatever the path.
inline constexpr std::string_view op_context_switch = "sched.switch";  // from one thread to another
inline constexpr std::string_view op_idle_exit = "idle.exit";  // from an idle core to its first instruction

// The same, from where a core goes that has nothing to do for long. Machines that do not price it never sleep
// so deep.
inline constexpr std::string_view op_deep_idle_exit = "idle.deep";
// What a wake-up costs besides its own operation if the thread's core is another one, and idle: who wakes
// sends it an interrupt.
inline constexpr std::string_view op_remote_wakeup = "sched.ipi";
// What a frame that is fetched to be sent takes of the way by which frames come in: the requests to read it.
inline constexpr std::string_view op_read_request = "nic.request";
// What a stage costs more if nothing of a frame is in the cache that was there when the card wrote it; of
// paths whose stages come back to frames after a ring has gone round.
inline constexpr std::string_view op_checksum = "checksum";  // a core adds up the bytes
inline constexpr std::string_view op_cache_refill = "cache.refill";
// From one core's cache to another's; of machines whose paths have stages that share a line.
inline constexpr std::string_view op_line_transfer = "line.transfer";

}  // namespace ringside::path
