// The back-quoted commands of a script. No shell ever runs: what scripts want of one is that kernel settings
// change, and that is read from the text.
//
//     `./defaults.sh
//      ./set_sysctls.py /proc/sys/net/ipv4/tcp_ecn=1`
//
// Understood are these two helpers and the file that restores what the second one has changed (whatever
// folder they are in), sysctl, echo into a settings file, ip tcp_metrics flush, tc that puts a plain
// queue, fq, or a queue without room in front of the device, and a few commands that mean nothing here
// (ethtool that turns offloads off, modprobe). dd that fills a file with zeros, touch and rm, are of files
// that only a run knows: see files_of(); and nstat, with grep behind it, of what only a run counts: see
// counts_of(). Whatever else is there is an error of Fault::unsupported.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ringside/packetdrill/script.hpp"

namespace ringside::packetdrill {

struct Setting {
  std::string_view name{}, value{};
};

// What tc does is kept as if it were a setting: the queueing discipline of the device, pfifo or fq,
// or a pfifo without room.
inline constexpr std::string_view queue_setting = "queue";
inline constexpr std::string_view full_queue = "pfifo limit 0";  // takes nothing

// Names are written with dots (net.ipv4.tcp_ecn), however the script writes them; a value of several numbers
// has one blank between them.
struct SetSetting {
  std::string name{}, value{};
};
// Remembers the value that it has now, if none is remembered yet.
struct SaveSetting {
  std::string name{};
};
// Back to what was remembered, of all.
struct RestoreSettings {};
// What the stack has learned of other hosts: ip tcp_metrics flush.
struct ForgetMetrics {};
using SettingOperation = std::variant<SetSetting, SaveSetting, RestoreSettings, ForgetMetrics>;

// A file of so many zeros; none: it is removed.
struct FileOperation {
  std::string path{};
  std::optional<std::int64_t> zeros{};
  bool unless_there = false;
};

// nstat: the counters are read, and count from zero then, unless it has -s. Those of `grep` behind it: one
// line must have all.
struct CountOperation {
  std::vector<std::string> patterns{};
  bool count_on = false;
};

// What a command does, in its order. Throws ScriptError, with the place in the script.
std::vector<SettingOperation> settings_of(const Command& command, std::string_view file);
std::vector<FileOperation> files_of(const Command& command, std::string_view file);
std::vector<CountOperation> counts_of(const Command& command, std::string_view file);

// What defaults.sh sets.
std::span<const Setting> default_settings();

}  // namespace ringside::packetdrill
