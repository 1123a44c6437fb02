// The command from outside: what it prints where, what it writes, and its exit codes. Its run() is the one of
// stand_in_run.cpp, which delivers what it is offered up to 5000 packets a second.
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "catch.hpp"
#include "child.hpp"
#include "sample_texts.hpp"

using namespace ringside::scenarios;
namespace fs = std::filesystem;

namespace {

class Bench {
 public:
  Bench() {
    scratch_.write("paths/other.yaml", "path: other\nbased on: tiny\ntitle: O\nstory: O\n");
    scratch_.write("library/ramp.yaml",
                   samples::with(samples::with(samples::scenario, "scenario: steady", "scenario: ramp"),
                                 "delivered_pps == 4000", "max(delivered_pps) == 5000") +
                       "vary: {load: 3000..7000/2000}\n");
    for (const char* name : {"violation", "limit", "interrupted", "bug", "bad-input", "journey"})
      scratch_.write("library/" + std::string{name} + ".yaml",
                     samples::with(samples::scenario, "scenario: steady", "scenario: " + std::string{name}));
  }

  Outcome ringside(const std::vector<std::string>& arguments) const {
    return run_child(RINGSIDE_STAND_IN, arguments,
                     {"RINGSIDE_LIBRARY=" + scratch_.folder().string(), "LC_ALL=C"});
  }
  std::string file(const std::string& name) const { return (scratch_.folder() / name).string(); }
  std::string write(const std::string& name, std::string_view text) const {
    return scratch_.write(name, text);
  }

 private:
  samples::ScratchLibrary scratch_;
};

std::string content(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream{file, std::ios::binary}.rdbuf();
  return text.str();
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("0: a run whose expectations hold, as a table") {
  const Outcome run = Bench{}.ringside({"run", "steady"});
  CHECK(run.exit == 0);
  CHECK(run.err.empty());
  CHECK(contains(run.out, "path tiny, profile toy, seed 1\n"));
  CHECK(contains(run.out, "  delivered_pps          4000\n"));
  CHECK(contains(run.out, "     0   12.5 %   25.0 %  12.5 %  25.0 %  25.0 %\n"));
  CHECK(contains(run.out, "  application  user            7            300       3000\n"));  // at 100 MHz
  CHECK(contains(run.out, "  ok      delivered_pps == 4000\n"));
  CHECK_FALSE(contains(run.out, "\x1b"));
}

TEST_CASE("1: an expectation that fails") {
  const Outcome run = Bench{}.ringside({"run", "steady", "--set", "load=3000"});
  CHECK(run.exit == 1);
  CHECK(run.err.empty());
  CHECK(contains(run.out, "  FAILED  delivered_pps == 4000; the left-hand side is 3000\n"));
}

TEST_CASE("2: bad input, with all findings, and bad usage") {
  const Bench bench;
  const Outcome unknown = bench.ringside({"run", "staedy"});
  CHECK(unknown.exit == 2);
  CHECK(unknown.out.empty());
  CHECK(unknown.err == "staedy: error: no scenario 'staedy' in the library; did you mean 'steady'?\n");
  CHECK(bench.ringside({"run", "steady", "--set", "load"}).err == "--set load: error: expected key=value\n");
  CHECK(bench.ringside({"run", "steady", "--duration", "5"}).exit == 2);
  CHECK(bench.ringside({"run", "steady", "--path", "tiyn"}).err ==
        "--path tiyn: error: no path 'tiyn' in the library; did you mean 'tiny'?\n");
  CHECK(bench.ringside({"run", "steady", "--seed", "18446744073709551616"}).exit == 2);
  CHECK(bench.ringside({"run", "bad-input"}).err == "ringside: error: payload.bin: no such file\n");
  CHECK(bench.ringside({"run", "bad-input"}).exit == 2);
  CHECK(bench.ringside({"run"}).exit == 2);
  CHECK(bench.ringside({}).exit == 2);
  CHECK(bench.ringside({"rnu", "steady"}).exit == 2);
  CHECK(bench.ringside({"run", "steady", "--jsno", "x"}).exit == 2);
  CHECK(bench.ringside({"run", "steady", "--json", "-", "--csv", "-"}).exit == 2);
  CHECK(bench.ringside({"run", "ramp", "--pcap", bench.file("x.pcap")}).exit == 2);
  CHECK(bench.ringside({"show", "toy", "--format", "svg"}).exit == 2);
}

TEST_CASE("all paths, oldest first; what does not fit is left out, and the reason said") {
  const Bench bench;
  bench.write("paths/dearer.yaml",
              "path: dearer\nbased on: tiny\ntitle: D\nstory: D\nsince: {year: 1970}\nstages:\n"
              "  poll: {domain: softirq, op: gold, work: route, stands for: poll(), why: D}\n");
  bench.write("paths/older.yaml", "path: older\nbased on: tiny\ntitle: O\nstory: O\nsince: {year: 1980}\n");
  const Outcome all = bench.ringside({"compare", "steady", "--paths", "all"});
  CHECK(all.exit == 0);
  CHECK(all.err ==
        "ringside: left out: dearer: profile 'toy' does not price what path 'dearer' needs: gold\n");
  CHECK(all.out.find("older") < all.out.find("other"));
  CHECK(all.out.find("other") < all.out.find("tiny"));
  const Outcome none = bench.ringside({"compare", "steady", "--paths", "all", "--set", "lad=1"});
  CHECK(none.exit == 2);
  CHECK(contains(none.err, "--set lad=1: error: scenario 'steady' has no key 'lad'"));
  CHECK_FALSE(contains(none.err, "left out"));
}

TEST_CASE("more columns than a screen has become lines") {
  const Bench bench;
  for (const std::string name : {"a", "b", "c", "d", "e", "f"})
    bench.write("paths/" + name + ".yaml", "path: " + name + "\nbased on: tiny\ntitle: O\nstory: O\n");
  const Outcome one = bench.ringside({"compare", "steady", "--paths", "all"});
  CHECK(one.exit == 0);
  INFO(one.out);
  CHECK(contains(one.out, "  delivered_pps  cpu_utilisation  latency_ns_p50\n"));
  CHECK(contains(one.out, "\n  a               4000"));
  const Outcome sweep = bench.ringside({"compare", "ramp", "--paths", "all"});
  INFO(sweep.out);
  CHECK(contains(sweep.out, "delivered_pps at load  3000  5000  7000\n"));
  CHECK(contains(sweep.out, "  tiny                   3000  5000  3000\n"));
}

TEST_CASE("2: a metric that does not exist shows after the run, at its place in the text") {
  const Bench bench;
  const auto file =
      bench.write("s.yaml", samples::with(samples::scenario, "delivered_pps == 4000", "deliverd_pps > 1"));
  const Outcome run = bench.ringside({"run", file});
  CHECK(run.exit == 2);
  CHECK(run.err ==
        file + ":19:5: error: no metric or parameter 'deliverd_pps'; did you mean 'delivered_pps'?\n");
  const Outcome report = bench.ringside({"run", file, "--json", "-"});
  CHECK(report.exit == 2);
  CHECK(nlohmann::json::parse(report.out)["ok"] == false);
}

TEST_CASE("a broken invariant and an interruption say more than a wrong name") {
  const Bench bench;
  for (const auto& [name, exit] : {std::pair{"violation", 4}, std::pair{"interrupted", 130}}) {
    const auto text =
        samples::with(samples::with(samples::scenario, "delivered_pps == 4000", "deliverd_pps > 1"),
                      "scenario: steady", "scenario: " + std::string{name});
    CHECK(bench.ringside({"run", bench.write("s.yaml", text)}).exit == exit);
  }
}

TEST_CASE("3: no library") {
  const Outcome list = run_child(RINGSIDE_STAND_IN, {"list"}, {"RINGSIDE_LIBRARY=/nowhere"});
  CHECK(list.exit == 3);
  CHECK(list.err ==
        "ringside: error: the library of paths, profiles and scenarios is not installed; set "
        "RINGSIDE_LIBRARY to its "
        "folder\n");
}

TEST_CASE("4: a broken invariant of the model") {
  const Bench bench;
  const Outcome violation = bench.ringside({"run", "violation"});
  CHECK(violation.exit == 4);
  CHECK(violation.err ==
        "ringside: error: broken invariant of the model: application read 64 bytes of the kernel's\n");
  const Outcome bug = bench.ringside({"run", "bug"});
  CHECK(bug.exit == 4);
  CHECK(bug.err == "ringside: error: broken invariant of the model: a queue with -1 packets\n");
}

TEST_CASE("5: an output that cannot be written") {
  const Bench bench;
  CHECK(bench.ringside({"run", "steady", "--json", "/nowhere/x.json"}).exit == 5);
  CHECK(bench.ringside({"run", "steady", "--json", bench.file("paths")}).exit == 5);
}

TEST_CASE("6 and 130: partial results are marked") {
  const Bench bench;
  const std::string json = bench.file("r.json");
  CHECK(bench.ringside({"run", "limit", "--json", json}).exit == 6);
  CHECK(nlohmann::json::parse(content(json))["complete"] == false);
  const Outcome stopped = bench.ringside({"run", "interrupted", "--json", json});
  CHECK(stopped.exit == 130);
  CHECK(contains(stopped.out, "incomplete: these are the results until the run was stopped\n"));
  const auto report = nlohmann::json::parse(content(json));
  CHECK(report["ok"] == false);
  CHECK(report["runs"][0]["complete"] == false);
  CHECK(report["runs"][0]["expectations"].empty());
}

TEST_CASE("a sweep runs all its points and is judged as a whole") {
  const Bench bench;
  const Outcome run = bench.ringside({"run", "ramp", "--json", "-"});
  CHECK(run.exit == 0);
  const auto report = nlohmann::json::parse(run.out);  // nothing else is on stdout
  CHECK(report["runs"].size() == 3);
  CHECK(report["runs"][2]["metrics"]["delivered_pps"] == 3000.0);
  CHECK(report["runs"][2]["parameters"]["load"] == 7000);
  CHECK(report["expectations"][0]["text"] == "max(delivered_pps) == 5000");
  CHECK(report["expectations"][0]["actual"] == 5000.0);
  const Outcome fixed = bench.ringside({"run", "ramp", "--set", "load=1", "--json", "-"});
  CHECK(fixed.exit == 0);  // no sweep, nothing to judge
  CHECK(nlohmann::json::parse(fixed.out)["expectations"].empty());
}

TEST_CASE("--vary makes another sweep, of which the scenario expects nothing") {
  const Bench bench;
  const Outcome run = bench.ringside({"run", "ramp", "--vary", "ring=4..16/4", "--json", "-"});
  INFO(run.err);
  CHECK(run.exit == 0);
  const auto report = nlohmann::json::parse(run.out);
  CHECK(report["runs"].size() == 4);
  CHECK(report["runs"][3]["parameters"]["ring"] == 16);
  CHECK(report["runs"][3]["parameters"]["load"] == 4000);
  CHECK(report["expectations"].empty());
  const Outcome steady = bench.ringside({"run", "steady", "--vary", "load=1000,2000"});
  CHECK(steady.exit == 1);  // what is expected of each run still is
  CHECK(contains(steady.out, "load  offered_pps"));
  const Outcome unknown = bench.ringside({"run", "steady", "--vary", "laod=1,2"});
  CHECK(unknown.exit == 2);
  CHECK(contains(unknown.err, "--vary laod: error: 'laod' is no key of the scenario"));
  for (const char* wrong : {"load", "=1", "load=", "load=1..2"}) {
    const Outcome broken = bench.ringside({"run", "steady", "--vary", wrong});
    CHECK(broken.exit == 2);
    CHECK(contains(broken.err, "expected key=from..to/step, or key=value,value"));
  }
}

TEST_CASE("the options reach the run") {
  const Outcome run = Bench{}.ringside({"run", "steady", "--seed", "010", "--duration", "2us", "--set",
                                        "load=9", "--set", "ring=3", "--path", "other", "--json", "-"});
  const auto report = nlohmann::json::parse(run.out);
  CHECK(report["seed"] == 10);  // not octal
  CHECK(report["runs"][0]["path"] == "other");
  CHECK(report["runs"][0]["metrics"]["seed_seen"] == 10);
  CHECK(report["runs"][0]["metrics"]["duration_ns"] == 2000.0);
  CHECK(report["runs"][0]["parameters"]["ring"] == 3);
}

TEST_CASE("all outputs at once, complete and without temporary names") {
  const Bench bench;
  const Outcome run =
      bench.ringside({"run", "steady", "--json", bench.file("o/r.json"), "--csv", bench.file("r.csv")});
  CHECK(run.exit == 5);  // the folder o is not there
  CHECK_FALSE(fs::exists(bench.file("r.csv")));
  CHECK(bench
            .ringside({"run", "steady", "--csv", bench.file("r.csv"), "--junit", bench.file("r.xml"),
                       "--pcap", bench.file("r.pcap")})
            .exit == 0);
  CHECK(content(bench.file("r.csv")).starts_with("path,profile,complete,parameter.load"));
  CHECK(content(bench.file("r.xml")).starts_with("<?xml"));
  CHECK(content(bench.file("r.pcap")) == "packets");
}

TEST_CASE("a journey ends with its sum, to the picosecond") {
  CHECK(contains(Bench{}.ringside({"run", "journey"}).out,
                 "journey\n"
                 "  a     send   1500.000 ns\n"
                 "  link  wire  67250.125 ns\n"
                 "  sum         68750.125 ns\n"));
}

TEST_CASE("compare puts paths side by side") {
  const Bench bench;
  const Outcome sweep = bench.ringside({"compare", "ramp", "--paths", "tiny,other"});
  CHECK(sweep.exit == 0);
  CHECK(contains(sweep.out,
                 "  delivered_pps at load  tiny  other\n"
                 "  3000                   3000   3000\n"
                 "  5000                   5000   5000\n"
                 "  7000                   3000   3000\n"));
  const Outcome one = bench.ringside({"compare", "steady", "--paths", "tiny,other", "--json", "-"});
  CHECK(nlohmann::json::parse(one.out)["runs"].size() == 2);
  CHECK(bench.ringside({"compare", "steady"}).exit == 2);
}

TEST_CASE("check tells the kinds of texts apart and reports all findings of all files") {
  const Bench bench;
  const auto good = bench.file("library/steady.yaml");
  CHECK(
      bench
          .ringside({"check", good, bench.file("paths/tiny.yaml"), bench.file("profiles/toy.yaml"), "steady"})
          .exit == 0);
  const auto path = bench.write("p.yaml", samples::with(samples::path, "budget: 4", "budget: x"));
  const auto profile = bench.write("m.yaml", samples::with(samples::profile, "year: 1990", "year: x"));
  const auto neither = bench.write("n.yaml", "pat: x\n");
  const Outcome check = bench.ringside({"check", path, profile, neither});
  CHECK(check.exit == 2);
  CHECK(check.err == path + ":14:75: error: expected a whole number from 0 to 1000000, found 'x'\n" +
                         profile + ":3:7: error: expected a whole number from 1960 to 2100, found 'x'\n" +
                         neither + ":1:1: error: expected a map with the key path, profile or scenario\n");
  const auto twice = bench.write("t.yaml", samples::profile + "year: 1991\n");
  const auto elsewhere = fs::path{twice}.parent_path() / "." / "t.yaml";
  CHECK(bench.ringside({"check", elsewhere.string()}).err == twice + ":11:1: error: duplicate key 'year'\n");
  const auto sweep = bench.write(
      "v.yaml", samples::with(samples::scenario, "bytes: 60", "bytes: $load") + "vary: {load: [60, 10]}\n");
  CHECK(bench.ringside({"check", sweep}).err.find("found '10' (from --set load)") != std::string::npos);
}

TEST_CASE("list, show, version, help") {
  const Bench bench;
  CHECK(bench.ringside({"list", "paths"}).out == "paths:\n  other  O\n  tiny   A forwarder\n");
  const auto list = nlohmann::json::parse(bench.ringside({"list", "--json"}).out);
  CHECK(list["profiles"][0] == nlohmann::json{{"name", "toy"}, {"title", "A toy"}});
  CHECK(list["scenarios"].size() == 8);
  CHECK(contains(bench.ringside({"show", "toy", "--lang", "zh_CN"}).out,
                 "toy: 玩具\n1990 年，100 MHz，核数：1\n"));
  CHECK(nlohmann::json::parse(bench.ringside({"show", "toy", "--format", "json"}).out)["clock_hz"] ==
        100'000'000);
  CHECK(nlohmann::json::parse(bench.ringside({"show", "steady", "--format", "json"}).out)["study"] ==
        "router");
  for (const char* format : {"text", "json", "dot", "graphml", "svg"})
    CHECK(contains(bench.ringside({"show", "tiny", "--format", format}).out, "wire in"));
  CHECK(bench.ringside({"show", "tinny"}).err ==
        "tinny: error: nothing in the library has this name; did you mean 'tiny'?\n");
  CHECK(bench.ringside({"--version"}).out.starts_with("ringside "));
  for (const char* command : {"list", "show", "check", "run", "compare"})
    CHECK(bench.ringside({command, "--version"}).out.starts_with("ringside "));
  CHECK(bench.ringside({"run", "--help"}).exit == 0);
}
