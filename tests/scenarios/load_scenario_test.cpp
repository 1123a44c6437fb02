// Scenarios: keys and their values, hosts, links, workloads, sweeps, and every kind of error.
#include "catch.hpp"
#include "findings.hpp"
#include "ringside/scenarios/load.hpp"
#include "sample_texts.hpp"

using namespace ringside;
using namespace ringside::scenarios;
using namespace std::chrono_literals;

namespace {

struct Loaded {
  std::optional<LoadedScenario> value{};
  Lines findings{};
};

Loaded load_text(const std::string& text, const Overrides& overrides = {},
                 const std::string& path = samples::path) {
  const samples::ScratchLibrary scratch;
  scratch.write("paths/tiny.yaml", path);
  Findings findings;
  auto loaded = load_scenario(scratch.write("s.yaml", text), overrides, Library{scratch.folder()}, findings);
  CHECK(loaded.has_value() == findings.empty());
  return {std::move(loaded), lines(findings)};
}

// The sample path, on which a program reads from a socket.
std::string path_with_sockets() {
  return samples::with(samples::path, "\nhops:\n", R"(
  recv: {domain: kernel, op: route, work: read, stands for: recv(), why: {en: "Read.", zh_CN: "读。"}}
  program: {domain: user, work: application, stands for: main(), why: {en: "See.", zh_CN: "看。"}}
  send: {domain: kernel, op: route, work: write, stands for: send(), why: {en: "Write.", zh_CN: "写。"}}
  xmit: {domain: caller, op: route, stands for: xmit(), why: {en: "Off.", zh_CN: "走。"}}
hops:
  - {from: program, to: recv, when: read, trap: {op: route}}
  - {from: recv, to: program, trap: {op: route}}
  - {from: program, to: send, when: write, trap: {op: route}}
  - {from: send, to: program, trap: {op: route}}
  - {from: send, to: xmit, when: transmit, queue: {name: send buffer, capacity: 8, drain: caller}}
  - {from: xmit, to: wire out, queue: tx ring}
  - {from: xmit, to: wire out, notify: doorbell}
)");
}

const std::string other_workloads = samples::with(
    samples::with(
        samples::with(samples::scenario,
                      "- {from: source, to: sink, udp: {rate: $load, bytes: 60, arrivals: even}}",
                      "- {from: router, to: server, file: {file: a.bin, chunk: 64KiB}}\n"
                      "  - {from: router, to: server, ping: {count: 3, interval: 10ms, payload: 56}}\n"
                      "  - {from: source, to: server, replay: {capture: a.pcap, filter: \"\", pace: 2.5}}"),
        "duration: 1s\nhosts:", "study: router\nhosts:\n  server: {}"),
    "links:", "links:\n  - {between: [router, server]}");

Lines broken(std::string_view old, std::string_view replacement) {
  return load_text(samples::with(samples::scenario, old, replacement)).findings;
}

const UdpLoad& udp(const LoadedScenario& loaded) {
  return std::get<UdpLoad>(loaded.scenario.workloads.at(0).what);
}

}  // namespace

TEST_CASE("a scenario becomes a value, its keys replaced") {
  const auto loaded = load_text(samples::scenario).value;
  REQUIRE(loaded);
  const Scenario& scenario = loaded->scenario;
  CHECK(scenario.name == "steady");
  CHECK(scenario.study == "router");  // the only machine
  CHECK(scenario.path == "tiny");
  CHECK(scenario.duration == Duration{1s});
  CHECK(scenario.hosts[0].wire);
  CHECK(scenario.hosts[1].forwarding);
  CHECK(scenario.links[0].rate == BitRate{10'000'000});
  CHECK(scenario.links[1].delay == Duration{5us});
  CHECK(scenario.links[1].reorder_delay == Duration{5us});
  CHECK(udp(*loaded).rate_pps == 4000);
  CHECK_FALSE(udp(*loaded).poisson);
  CHECK(scenario.expectations[0].origin.line == 19);
  CHECK(loaded->ingredients.paths.at("router").name == "tiny");
  CHECK(loaded->ingredients.profiles.at("router").name == "toy");
}

TEST_CASE("--set gives a key another value; other names are parameters of the path") {
  const auto loaded =
      load_text(samples::scenario, {.set = {{"load", "7"}, {"ring", "99"}, {"moderation", "2us"}}}).value;
  REQUIRE(loaded);
  CHECK(udp(*loaded).rate_pps == 7);
  const path::Path& path = loaded->ingredients.paths.at("router");
  CHECK(std::get<path::Queue>(path.hops[0].hand).capacity == 99);
  CHECK(std::get<path::Notify>(path.hops[1].hand).moderation == Duration{2us});
  const std::vector<std::pair<std::string, Value>> expected{
      {"load", std::int64_t{7}}, {"rate", "10Mbps"}, {"ring", std::int64_t{99}}, {"moderation", 2000.0}};
  CHECK(parameters(*loaded) == expected);
}

TEST_CASE("wrong values of --set are reported where they are used, unknown names at the option") {
  CHECK(load_text(samples::scenario, {.set = {{"rate", "10"}}}).findings ==
        Lines{"s.yaml:14:39: error: expected a rate such as 10Mbps (bps, kbps, Mbps, Gbps), found '10' (from "
              "--set rate)",
              "s.yaml:15:37: error: expected a rate such as 10Mbps (bps, kbps, Mbps, Gbps), found '10' (from "
              "--set rate)"});
  CHECK(load_text(samples::scenario, {.set = {{"rign", "10"}}}).findings ==
        Lines{"--set rign=10: error: scenario 'steady' has no key 'rign', and path 'tiny' no such parameter; "
              "did you mean 'ring'?"});
  CHECK(load_text(samples::scenario, {.set = {{"ring", "10us"}}}).findings ==
        Lines{"--set ring=10us: error: expected a whole number from 1 to 1000000000, found '10us'"});
}

TEST_CASE("--path, --profile and --duration stand before the text") {
  const samples::ScratchLibrary scratch;
  scratch.write("paths/other.yaml", "path: other\nbased on: tiny\ntitle: O\nstory: O\n");
  scratch.write("library/steady.yaml", samples::scenario);
  Findings findings;
  const auto loaded = load_scenario("steady", {.path = "other", .duration = Duration{2ms}},
                                    Library{scratch.folder()}, findings);
  REQUIRE(loaded);
  CHECK(loaded->scenario.path == "other");
  CHECK(loaded->ingredients.paths.at("router").name == "other");
  CHECK(loaded->scenario.duration == Duration{2ms});
}

TEST_CASE("a file at either end, and who pings, need a program with a socket") {
  const std::string expected = "has path 'tiny', on which no program has a socket";
  int found = 0;
  for (const std::string& line : load_text(other_workloads).findings)
    found += line.find(expected) != std::string::npos;
  CHECK(found == 3);  // the file's source and sink, and the ping's source
}

TEST_CASE("the other workloads") {
  const auto loaded = load_text(other_workloads, {}, path_with_sockets());
  REQUIRE(loaded.value);
  const auto& workloads = loaded.value->scenario.workloads;
  CHECK(std::get<FileTransfer>(workloads[0].what).chunk == 65536);
  CHECK(std::get<Ping>(workloads[1].what).interval == Duration{10ms});
  CHECK(std::get<Replay>(workloads[2].what).pace == 2.5);
  CHECK(std::get<FileTransfer>(workloads[0].what).file.ends_with("/a.bin"));  // beside the text
  CHECK(loaded.value->scenario.duration == Duration{0});
}

TEST_CASE("a file is one of the user's, or made up") {
  const auto workload = [](std::string_view keys) {
    return load_text(samples::with(other_workloads, "file: a.bin, chunk: 64KiB", keys), {},
                     path_with_sockets());
  };
  const auto made_up = workload("size: 3MiB, buffers: 4");
  REQUIRE(made_up.value);
  const auto& file = std::get<FileTransfer>(made_up.value->scenario.workloads[0].what);
  CHECK(file.file.empty());
  CHECK(file.size == 3 << 20);
  CHECK(file.buffers == 4);
  const Lines expected{
      "s.yaml:19:38: error: a file workload has either a file, or the size of one that is made up"};
  CHECK(workload("size: 3MiB, file: a.bin").findings == expected);
  CHECK(workload("chunk: 64KiB").findings == expected);
}

TEST_CASE("what is not in the page cache comes from a disk, if the path has one") {
  const auto loaded =
      load_text(samples::with(other_workloads, "chunk: 64KiB", "cached: false"), {}, path_with_sockets());
  CHECK(
      loaded.findings ==
      Lines{
          "s.yaml:19:5: error: host 'router' has path 'tiny', on which nothing is read from a disk: expected "
          "cached: true, or a path with a stage of work: fetch"});
}

TEST_CASE("a sweep is one load for each value, unless its key is fixed") {
  const std::string text = samples::scenario + "vary: {load: 1k..3k/1k}\n";
  const auto sweep = load_text(text);
  REQUIRE(sweep.value);
  CHECK(sweep.value->scenario.vary->values == std::vector<std::string>{"1k", "2k", "3k"});
  CHECK(points(sweep.value->scenario, {}).size() == 3);
  CHECK(points(sweep.value->scenario, {}).at(2).set.back() ==
        std::pair<std::string, std::string>{"load", "3k"});
  const auto fixed = load_text(text, {.set = {{"load", "5"}}});
  REQUIRE(fixed.value);
  CHECK_FALSE(fixed.value->scenario.vary);
  CHECK(points(fixed.value->scenario, {}).size() == 1);
  CHECK(load_text(samples::scenario + "vary: {ring: [1, 2]}\n").value);  // a parameter of the path
}

TEST_CASE("values to vary are counted in decimals") {
  using Values = std::vector<std::string>;
  CHECK(varied_values("1,2,x") == Values{"1", "2", "x"});
  CHECK(varied_values("0.1..0.3/0.1") == Values{"0.1", "0.2", "0.3"});
  CHECK(varied_values("1000..12000/5000") == Values{"1000", "6000", "11000"});
  CHECK(varied_values("1us..2us/0.5us") == Values{"1us", "1.5us", "2us"});
  CHECK(varied_values("1e3..2e3/500") == Values{"1000", "1500", "2000"});
  for (const char* wrong : {"", "1,,2", "1..2/0", "2..1/1", "1us..2ms/1us", "0..1M/1", "0..1000000/1",
                            "1..x/1", "1..999999999999999999/0.000000000000000001"})
    CHECK(varied_values(wrong) == std::nullopt);
}

TEST_CASE("errors in a scenario") {
  CHECK(broken("rate: $load", "rate: $laod") ==
        Lines{"s.yaml:17:42: error: no key 'laod' for $laod; did you mean 'load'?",
              "s.yaml:17:42: error: expected packets per second such as 4000, "
              "20k or 1.5M, or line, found '$laod'"});
  CHECK(broken("path: tiny", "path: tinny") ==
        Lines{"s.yaml:11:3: error: no path 'tinny' in the library; did you mean 'tiny'?"});
  CHECK(broken("  - {from: source, to: sink", "  - {from: source, to: snik") ==
        Lines{"s.yaml:17:24: error: no host 'snik'; did you mean 'sink'?"});
  CHECK(broken(", forwarding: true", "") == Lines{"s.yaml:17:5: error: no way leads from 'source' to 'sink': "
                                                  "expected links, and forwarding: true on the "
                                                  "hosts between"});
  CHECK(broken("duration: 1s\n", "") ==
        Lines{"s.yaml:16:5: error: a udp workload never ends: the scenario needs a duration"});
  CHECK(broken("arrivals: even", "arrivals: evn") ==
        Lines{"s.yaml:17:70: error: expected one of poisson, even, found 'evn'; did you mean 'even'?"});
  CHECK(broken("bytes: 60", "bytes: 59") ==
        Lines{"s.yaml:17:56: error: expected a whole number from 60 to 65549, found '59'"});
  CHECK(broken("between: [source, router]", "between: [source]") ==
        Lines{"s.yaml:14:15: error: expected two hosts, [a, b], found a list",
              "s.yaml:17:5: error: no way leads from 'source' to 'sink': expected links, and forwarding: "
              "true on the "
              "hosts between"});
  CHECK(broken("udp: {rate: $load, bytes: 60, arrivals: even}", "upd: {}") ==
        Lines{"s.yaml:17:5: error: a workload is one of udp, file, ping and replay",
              "s.yaml:17:30: error: unknown key 'upd' in a workload; did you mean 'udp'?"});
  CHECK(broken("sink: {wire: true}", "sink: {wire: true, cores: 2}") ==
        Lines{"s.yaml:12:22: error: unknown key 'cores' in a host; expected one of wire"});
  CHECK(broken("sink: {wire: true}", "sink: {}") ==
        Lines{"s.yaml:1:1: error: missing key 'study' in a scenario: which of the hosts have the metrics "
              "with plain "
              "names?"});
  CHECK(broken("forwarding: true", "forwarding: true, set: {rnig: 5}") ==
        Lines{"s.yaml:11:68: error: path 'tiny' has no parameter 'rnig'; did you mean 'ring'?"});
  CHECK(broken("forwarding: true", "forwarding: true, application core: 1") ==
        Lines{"s.yaml:11:80: error: expected a whole number from 0 to 0, found '1'"});
  CHECK(broken("delivered_pps == 4000", "max(delivered_pps) == 4000") ==
        Lines{"s.yaml:19:5: error: a function over the sweep, but nothing varies: expected a key 'vary'"});
  CHECK(broken("delivered_pps == 4000", "{that: \"delivered_pps = 4000\", path: tiny}") ==
        Lines{"s.yaml:19:27: error: expected a comparison: <, <=, >, >=, == or !=, found '='"});
  CHECK(broken("duration: 1s", "duration: 1s\nvary: {laod: [1]}") ==
        Lines{"s.yaml:9:8: error: 'laod' is no key of the scenario and no parameter of path 'tiny'; "
              "did you mean 'load'?"});
  CHECK(
      broken("duration: 1s", "duration: 1s\nvary: {load: 1..2}") ==
      Lines{"s.yaml:9:14: error: expected values to vary: a list such as [1, 2, 5], or from..to/step such as "
            "1000..12000/1000, found '1..2'"});
}

TEST_CASE("all operations that a profile lacks are named at once") {
  const samples::ScratchLibrary scratch;
  scratch.write(
      "profiles/poor.yaml",
      "profile: poor\ntitle: P\nyear: 1980\nclock: 1MHz\nops: {poll: {ns latency: 1, source: s}}\n");
  Findings findings;
  CHECK_FALSE(load_scenario("steady", {.profile = "poor"}, Library{scratch.folder()}, findings));
  CHECK(lines(findings) ==
        Lines{"steady.yaml:11:3: error: profile 'poor' does not price what path 'tiny' needs: "
              "irq.handler, route, sched.switch, idle.exit"});
}

TEST_CASE("a fault in a path that two hosts run is reported once") {
  const samples::ScratchLibrary scratch;
  scratch.write("paths/tiny.yaml", samples::with(samples::path, "budget: 4", "budget: x"));
  const auto file = scratch.write(
      "s.yaml", samples::with(samples::with(samples::scenario, "sink: {wire: true}", "sink: {}"),
                              "hosts:", "study: router\nhosts:"));
  Findings findings;
  CHECK_FALSE(load_scenario(file, {}, Library{scratch.folder()}, findings));
  CHECK(lines(findings) ==
        Lines{"tiny.yaml:14:75: error: expected a whole number from 0 to 1000000, found 'x'"});
}

TEST_CASE("an expectation compares with a path that there is, and another one") {
  const std::string old = "- delivered_pps == 4000";
  CHECK(broken(old, "- {that: delivered_pps > other.delivered_pps, against: tinny}") ==
        Lines{"s.yaml:19:12: error: no path 'tinny' in the library; did you mean 'tiny'?"});
  CHECK(broken(old, "- {that: delivered_pps > other.delivered_pps, path: tiny, against: tiny}") ==
        Lines{"s.yaml:19:12: error: 'tiny' would be compared with itself"});
  CHECK(broken(old, "- delivered_pps > other.delivered_pps") ==
        Lines{"s.yaml:19:5: error: figures called other.NAME are those of another path: expected a key "
              "'against'"});
}
