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

// What a wake-up costs besides its own operation if the thread's core is another one, and idle: who wakes
// sends it an interrupt.
inline constexpr std::string_view op_remote_wakeup = "sched.ipi";
// From one core's cache to another's; of machines whose paths have stages that share a line.
inline constexpr std::string_view op_line_transfer = "line.transfer";

}  // namespace ringside::path
