// Judging runs, and the forms in which they are written.
#include "ringside/scenarios/report.hpp"

#include <limits>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "findings.hpp"
#include "ringside/scenarios/write.hpp"

using namespace ringside;
using namespace ringside::scenarios;

namespace {

RunResult run_at(std::int64_t load, double delivered) {
  return {.path = "tiny",
          .profile = "toy",
          .parameters = {{"load", load}},
          .metrics = {{"delivered_pps", delivered}}};
}

Scenario sweep_expecting(std::vector<Expectation> expectations) {
  return {.name = "ramp",
          .vary = Vary{"load", {"1", "2"}},
          .expectations = std::move(expectations),
          .file = "ramp.yaml"};
}

Report judged(const Scenario& scenario, std::vector<RunResult> runs) {
  Report report{.version = "1", .scenario = scenario.name, .runs = std::move(runs)};
  if (scenario.vary) report.varied = scenario.vary->key;
  Findings findings;
  judge(scenario, report.runs, report, findings);
  CHECK(lines(findings) == Lines{});
  return report;
}

}  // namespace

TEST_CASE("an expectation holds for every run, one over the sweep for all of them together") {
  const Report report =
      judged(sweep_expecting({{.text = "delivered_pps <= load"}, {.text = "argmax(delivered_pps) == 1"}}),
             {run_at(1, 1), run_at(2, 0.5)});
  CHECK(report.runs[0].expectations.size() == 1);
  CHECK(report.runs[1].expectations[0].holds);
  CHECK(report.expectations.at(0).result.holds);
  CHECK(report.expectations.at(0).path == "tiny");
  CHECK(ok(report));
}

TEST_CASE("an expectation for another path is not judged, one that fails spoils the report") {
  const Report report =
      judged(sweep_expecting({{.text = "1 > 2", .only_path = "other"}, {.text = "load > 1"}}),
             {run_at(1, 1), run_at(2, 2)});
  CHECK(report.runs[0].expectations.size() == 1);
  CHECK_FALSE(expectations_hold(report));
  CHECK_FALSE(ok(report));
}

TEST_CASE("an expectation compares with another path, point by point, where both were run") {
  const Scenario scenario = sweep_expecting(
      {{.text = "delivered_pps == 2 * other.delivered_pps", .only_path = "tiny", .against = "old"},
       {.text = "max(delivered_pps) - max(other.delivered_pps) == 2", .against = "old"}});
  RunResult old[] = {run_at(1, 1), run_at(2, 2)};
  old[0].path = old[1].path = "old";
  Report report{.varied = "load", .runs = {run_at(1, 2), run_at(2, 4), old[0], old[1]}};
  Findings findings;
  const std::span all{report.runs};
  judge(scenario, all.first(2), report, findings);
  judge(scenario, all.last(2), report, findings);
  CHECK(lines(findings) == Lines{});
  CHECK(report.runs[0].expectations.at(0).holds);
  CHECK(report.runs[1].expectations.at(0).holds);
  CHECK(report.runs[2].expectations.empty());
  CHECK(report.expectations.size() == 1);
  CHECK(report.expectations.at(0).result.holds);
  CHECK(judged(scenario, {run_at(1, 2), run_at(2, 4)}).expectations.empty());
}

TEST_CASE("a sweep that was fixed or broken off is not judged as a sweep") {
  Scenario fixed = sweep_expecting({{.text = "max(delivered_pps) > 9"}});
  fixed.vary.reset();
  CHECK(judged(fixed, {run_at(1, 1)}).expectations.empty());
  RunResult half = run_at(2, 2);
  half.complete = false;
  const Report partial = judged(sweep_expecting({{.text = "max(delivered_pps) > 9"}}), {run_at(1, 1), half});
  CHECK(partial.expectations.empty());
  CHECK_FALSE(complete(partial));
  CHECK_FALSE(ok(partial));
}

TEST_CASE("a name that no run measured is an error of the text") {
  const Scenario scenario =
      sweep_expecting({{.text = "max(deliverd_pps) > 1", .origin = {.line = 7, .column = 5}}});
  Report report{.runs = {run_at(1, 1), run_at(2, 2)}};
  Findings findings;
  judge(scenario, report.runs, report, findings);
  CHECK(lines(findings) ==
        Lines{"ramp.yaml:7:9: error: no metric or parameter 'deliverd_pps'; did you mean 'delivered_pps'?"});
  const ExpectationResult& noted = report.expectations.at(0).result;
  CHECK_FALSE(noted.holds);
  CHECK(noted.note == "no metric or parameter 'deliverd_pps'; did you mean 'delivered_pps'?");
  CHECK_FALSE(ok(report));
}

TEST_CASE("two results of one name are a fault of ours") {
  RunResult run = run_at(1, 1);
  run.metrics.emplace_back("delivered_pps", 2.0);
  CHECK_THROWS_AS(to_json({.runs = {run}}), std::logic_error);
}

TEST_CASE("the result file") {
  RunResult run = run_at(1, 0.1);
  run.metrics.emplace_back("events", std::int64_t{9'007'199'254'740'993});
  run.metrics.emplace_back("latency_ns_mean", std::numeric_limits<double>::quiet_NaN());
  run.metrics.emplace_back("stream_sha256", "e3b0");
  run.cores = {{.core = 0, .hardirq = 0.25, .idle = 0.75}};
  run.stages = {{.stage = "poll", .domain = "softirq", .packets = 3, .cycles_per_packet = 200}};
  run.drops = {{"rx ring", 12}};
  run.journey = {{"router", "poll", Duration{1'500}}};
  const Report report =
      judged(sweep_expecting({{.text = "delivered_pps > 0"}, {.text = "max(load) / 0 > 0"}}), {run});
  const auto json = nlohmann::json::parse(to_json(report));
  CHECK(json["ok"] == false);
  CHECK(json["varied"] == "load");
  const auto& written = json["runs"][0];
  CHECK(written["path"] == "tiny");
  CHECK(written["parameters"]["load"] == 1);
  CHECK(written["metrics"]["delivered_pps"] == 0.1);
  CHECK(written["metrics"]["events"].dump() == "9007199254740993");
  CHECK(written["metrics"]["latency_ns_mean"].is_null());
  CHECK(written["cores"][0]["hardirq"] == 0.25);
  CHECK(written["stages"][0]["cycles_per_packet"] == 200);
  CHECK(written["drops"]["rx ring"] == 12);
  CHECK(written["journey"][0]["time_ns"] == 1.5);
  CHECK(written["expectations"][0] ==
        nlohmann::json{{"text", "delivered_pps > 0"}, {"holds", true}, {"actual", 0.1}});
  CHECK(json["expectations"][0]["note"] == "divides by zero");
  CHECK(to_json(report).find("\"delivered_pps\": 0.1,") != std::string::npos);  // the fewest digits
}

TEST_CASE("comma-separated values, quoted where they must be") {
  RunResult other = run_at(2, 2.5);
  other.metrics.emplace_back("note", "say \"hi\", twice");
  CHECK(to_csv({.runs = {run_at(1, 1), other}}) ==
        "path,profile,complete,parameter.load,delivered_pps,note\r\n"
        "tiny,toy,true,1,1,\r\n"
        "tiny,toy,true,2,2.5,\"say \"\"hi\"\", twice\"\r\n");
}

TEST_CASE("a published figure that the model is known to miss fails nothing, and says so everywhere") {
  const PublishedFigure known{.id = "A-01", .value = 2, .within = 0.1, .misses = "the moon was not full"};
  const PublishedFigure unexplained{.id = "A-02", .value = 2, .within = 0.1};
  const Report missed =
      judged(sweep_expecting({{.text = "delivered_pps", .published = known}}), {run_at(1, 1)});
  CHECK(expectations_hold(missed));
  const auto json = nlohmann::json::parse(to_json(missed))["runs"][0]["expectations"][0];
  CHECK(json["holds"] == false);
  CHECK(json["actual"] == 1);
  CHECK(json["figure"] == "A-01");
  CHECK(json["published"] == 2);
  CHECK(json["misses"] == "the moon was not full");
  CHECK(to_junit(missed).find("<skipped message=\"known to miss: the moon was not full\"/>") !=
        std::string::npos);
  CHECK_FALSE(expectations_hold(
      judged(sweep_expecting({{.text = "delivered_pps", .published = unexplained}}), {run_at(1, 1)})));
  CHECK(expectations_hold(
      judged(sweep_expecting({{.text = "2 * delivered_pps", .published = unexplained}}), {run_at(1, 1)})));
}

TEST_CASE("expectations as test cases") {
  const Report report = judged(sweep_expecting({{.text = "delivered_pps < 1"}}), {run_at(1, 1)});
  CHECK(to_junit(report) ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites>\n"
        "  <testsuite name=\"ramp tiny toy load=1\" tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\">\n"
        "    <testcase classname=\"ramp tiny toy load=1\" name=\"delivered_pps &lt; 1\">\n"
        "      <failure message=\"the left-hand side is 1\"/>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n");
}
