// Collecting and printing findings.
#include "ringside/scenarios/finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace ringside::scenarios {

bool Finding::operator==(const Finding& other) const {
  return std::tie(origin.line, origin.column, file, message) ==
         std::tie(other.origin.line, other.origin.column, other.file, other.message);
}

std::string to_string(const Finding& finding) {
  if (finding.origin.line == 0) return fmt::format("{}: error: {}", finding.file, finding.message);
  return fmt::format("{}:{}:{}: error: {}", finding.file, finding.origin.line, finding.origin.column,
                     finding.message);
}

void Findings::add(std::string_view file, path::Origin origin, std::string message, Fault fault) {
  Finding finding{.file = std::string{file}, .origin = origin, .message = std::move(message), .fault = fault};
  if (std::find(all_.begin(), all_.end(), finding) == all_.end()) all_.push_back(std::move(finding));
}

void Findings::add(const Findings& others) {
  for (const Finding& finding : others.all_)
    add(finding.file, finding.origin, finding.message, finding.fault);
}

std::vector<Finding> Findings::in_reading_order() const {
  std::vector<std::string_view> files;
  for (const Finding& finding : all_)
    if (std::find(files.begin(), files.end(), finding.file) == files.end()) files.push_back(finding.file);
  const auto place = [&](const Finding& finding) {
    const auto file = std::find(files.begin(), files.end(), finding.file) - files.begin();
    return std::tuple{file, finding.origin.line, finding.origin.column};
  };
  std::vector<Finding> sorted = all_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Finding& a, const Finding& b) { return place(a) < place(b); });
  return sorted;
}

}  // namespace ringside::scenarios
