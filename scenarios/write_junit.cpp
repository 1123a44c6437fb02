// JUnit XML, as continuous integration reads it: an expectation is a test case.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "ringside/scenarios/write.hpp"

namespace ringside::scenarios {
namespace {

std::string escaped(const std::string& text) {
  std::string result;
  for (char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      default: result += c;
    }
  }
  return result;
}

struct Suite {
  std::string name{};
  std::string cases{};
  int tests = 0, failures = 0, errors = 0, skipped = 0;

  void add(const ExpectationResult& expectation) {
    ++tests;
    cases +=
        fmt::format("    <testcase classname=\"{}\" name=\"{}\"", escaped(name), escaped(expectation.text));
    if (expectation.holds) {
      cases += "/>\n";
      return;
    }
    if (!expectation.failed()) {
      ++skipped;
      cases += fmt::format(">\n      <skipped message=\"known to miss: {}\"/>\n    </testcase>\n",
                           escaped(expectation.published->misses));
      return;
    }
    ++failures;
    const std::string why = expectation.note.empty()
                                ? fmt::format("the left-hand side is {}", expectation.actual)
                                : expectation.note;
    cases += fmt::format(">\n      <failure message=\"{}\"/>\n    </testcase>\n", escaped(why));
  }

  void add_error(const std::string& test, const std::string& message) {
    ++tests, ++errors;
    cases += fmt::format(
        "    <testcase classname=\"{}\" name=\"{}\">\n      <error message=\"{}\"/>\n    </testcase>\n",
        escaped(name), escaped(test), escaped(message));
  }

  std::string text() const {
    return fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n{}  "
        "</testsuite>\n",
        escaped(name), tests, failures, errors, skipped, cases);
  }
};

std::string value_of(const RunResult& run, const std::string& key) {
  const Value* value = find(run.parameters, key);
  return value ? std::visit([](const auto& v) { return fmt::format("{}", v); }, *value) : std::string{};
}

Suite suite_of(const Report& report, const RunResult& run) {
  Suite suite{.name = fmt::format("{} {} {}", report.scenario, run.path, run.profile)};
  if (!report.varied.empty())
    suite.name += fmt::format(" {}={}", report.varied, value_of(run, report.varied));
  for (const ExpectationResult& expectation : run.expectations) suite.add(expectation);
  for (const std::string& violation : run.violations)
    suite.add_error("no invariant of the model is broken", violation);
  if (!run.complete) suite.add_error("the run is complete", "interrupted, or a limit was reached");
  return suite;
}

}  // namespace

std::string to_junit(const Report& report) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (const RunResult& run : report.runs) text += suite_of(report, run).text();
  for (const SweepExpectation& expectation : report.expectations) {
    Suite suite{.name =
                    fmt::format("{} {} {} sweep", report.scenario, expectation.path, expectation.profile)};
    suite.add(expectation.result);
    text += suite.text();
  }
  return text + "</testsuites>\n";
}

}  // namespace ringside::scenarios
