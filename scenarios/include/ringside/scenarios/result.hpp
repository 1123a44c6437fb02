// What one run of a scenario found out; the JSON, CSV, JUnit and table writers read it, and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ringside/units/time.hpp"

namespace ringside::scenarios {

using Value = std::variant<double, std::int64_t, std::string>;
using Values = std::vector<std::pair<std::string, Value>>;  // each name once

inline const Value* find(const Values& values, std::string_view name) {  // nullptr: there is none
  for (const auto& [key, value] : values)
    if (key == name) return &value;
  return nullptr;
}

struct CoreShare {  // parts of the measured time; they add up to 1
  int core = 0;
  double hardirq = 0, softirq = 0, kernel = 0, user = 0, idle = 0;
};

struct StageFigure {
  std::string stage{};
  std::string domain{};
  std::uint64_t packets = 0;
  double cycles_per_packet = 0;
};

struct JourneyStep {  // one packet's way: the steps follow each other without a gap
  std::string host{};
  std::string place{};  // a stage, a queue or a link
  Duration time{};
};

// A figure that somebody has measured (docs/sources.md), and how near to it the model is expected to come.
struct PublishedFigure {
  std::string id{};
  double value = 0;
  double within = 0;        // of the value
  bool calibrated = false;  // the profile's prices rest on it: that the model meets it is no check
  std::string misses{};     // why the model is known to miss it; empty: it is expected to meet it
};

struct ExpectationResult {
  std::string text{};
  bool holds = false;
  double actual = 0;   // the left-hand side; NaN when it cannot be computed
  std::string note{};  // why it could not be judged; empty: it could
  std::optional<PublishedFigure> published{};

  // It does not hold, and nothing has been said to explain that.
  bool failed() const { return !holds && !(published && !published->misses.empty() && note.empty()); }
};

// A program that was not let onto its road.
struct Refusal {
  std::string host{};
  std::string error{};  // EPERM
  std::string lacks{};  // CAP_NET_RAW
  std::string for_what{};
};

struct RunResult {
  std::string path{};           // the names that the route map and the profile of the host under study
  std::string profile{};        // give themselves
  std::string path_asked{};     // and the names or files by which they were asked for: two files may give
  std::string profile_asked{};  // themselves the same name
  Values parameters{};
  Values metrics{};  // in the order they are written
  std::vector<CoreShare> cores{};
  std::vector<StageFigure> stages{};
  std::vector<std::pair<std::string, std::uint64_t>> drops{};  // where packets were lost, by queue or reason
  std::vector<JourneyStep> journey{};     // ping: the round trip, summed over all requests
  std::vector<Refusal> refused{};         // then nothing was simulated
  std::vector<std::string> violations{};  // bytes that were read without the right to
  std::vector<ExpectationResult> expectations{};
  std::uint64_t recorded_late = 0;  // events of its recording whose times are wrong
  bool complete = true;             // false: interrupted or a limit was reached
};

}  // namespace ringside::scenarios
