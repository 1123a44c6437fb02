// Route maps: what is read, what is inherited, and every kind of error with its message and place.
#include "catch.hpp"
#include "findings.hpp"
#include "ringside/scenarios/load.hpp"
#include "sample_texts.hpp"

using namespace ringside;
using namespace ringside::scenarios;
using namespace std::chrono_literals;

namespace {

struct Loaded {
  std::optional<path::Path> path{};
  Lines findings{};
};

Loaded load(const samples::ScratchLibrary& scratch, const std::string& name) {
  Findings findings;
  auto path = load_path(name, Library{scratch.folder()}, findings);
  CHECK(path.has_value() == findings.empty());
  return {std::move(path), lines(findings)};
}

Loaded load_text(const std::string& text) {
  const samples::ScratchLibrary scratch;
  return load(scratch, scratch.write("p.yaml", text));
}

Lines broken(std::string_view old, std::string_view replacement) {
  return load_text(samples::with(samples::path, old, replacement)).findings;
}

Loaded load_derived(const std::string& body) {
  return load_text("path: derived\nbased on: tiny\ntitle: {en: D, zh_CN: 派}\nstory: {en: D, zh_CN: 派}\n" +
                   body);
}

}  // namespace

TEST_CASE("a route map becomes a path, its facts in every hop that shares them") {
  const auto tiny = load_text(samples::path).path;
  REQUIRE(tiny);
  CHECK(tiny->name == "tiny");
  CHECK(tiny->title.zh_CN == "转发器");
  CHECK(tiny->since == 1990);
  CHECK(tiny->stages.size() == 4);
  CHECK(tiny->stages[2].ops == std::vector<std::string>{"poll", "route"});
  CHECK(tiny->stages[2].origin.line == 11);
  CHECK(tiny->hops.size() == 5);
  CHECK(std::get<path::Queue>(tiny->hops[0].hand) ==
        path::Queue{.name = "rx ring", .capacity = 8, .budget = 4, .full = path::Full::drop});
  CHECK(std::get<path::Notify>(tiny->hops[1].hand).moderation == Duration{10us});
  CHECK(tiny->parameters[1].target == "irq");
  CHECK(tiny->parameters[1].member == path::Member::moderation);
}

TEST_CASE("a hop may name what is described further down") {
  const auto path = load_text(samples::with(samples::path, "hops:\n",
                                            "hops:\n  - {from: wire out, to: interrupt, notify: irq}\n"))
                        .path;
  REQUIRE(path);
  CHECK(path->hops.size() == 6);
  CHECK(std::get<path::Notify>(path->hops[0].hand).moderation == Duration{10us});
}

TEST_CASE("a path is put on top of another one than it names") {
  const samples::ScratchLibrary scratch;
  scratch.write("paths/wide.yaml", samples::with(samples::with(samples::path, "path: tiny", "path: wide"),
                                                 "capacity: 8, budget", "capacity: 99, budget"));
  scratch.write("paths/mark.yaml", "path: mark\nbased on: tiny\ntitle: M\nstory: M\nsince: {year: 2000}\n");
  const auto own = load(scratch, "mark").path;
  const auto other = load(scratch, "wide+mark").path;
  REQUIRE((own && other));
  CHECK(std::get<path::Queue>(own->hops[0].hand).capacity == 8);
  CHECK(std::get<path::Queue>(other->hops[0].hand).capacity == 99);
  CHECK(other->name == "wide+mark");
  CHECK(other->since == 2000);
  CHECK(load(scratch, "wide+mark+mark").path);
  CHECK(load(scratch, "mark+wide").findings ==
        Lines{"mark+wide: error: 'wide' is not based on another text, and cannot be put on top of one"});
  CHECK(load(scratch, "wde+mark").findings.size() == 1);
}

TEST_CASE("a queue in bytes") {
  const auto path = load_text(samples::with(samples::path, "capacity: 8, budget: 4, full: drop",
                                            "capacity: 4KiB, overhead: 768B"))
                        .path;
  REQUIRE(path);
  CHECK(std::get<path::Queue>(path->hops[0].hand) ==
        path::Queue{.name = "rx ring", .capacity = 4096, .unit = path::Unit::bytes, .overhead = 768});
}

TEST_CASE("errors in a route map: the message says what was expected, and where") {
  CHECK(broken("domain: hardirq", "domain: hardirk") ==
        Lines{"p.yaml:10:23: error: expected one of hardware, hardirq, softirq, caller, kernel, user, found "
              "'hardirk'; "
              "did you mean 'hardirq'?"});
  CHECK(broken("stages:\n", "stagse:\n") ==
        Lines{"p.yaml:1:1: error: missing key 'stages' in a path",
              "p.yaml:8:1: error: unknown key 'stagse' in a path; did you mean 'stages'?",
              "p.yaml:14:12: error: no stage 'wire in'", "p.yaml:14:25: error: no stage 'poll'",
              "p.yaml:15:12: error: no stage 'wire in'", "p.yaml:15:25: error: no stage 'interrupt'",
              "p.yaml:16:12: error: no stage 'interrupt'", "p.yaml:16:27: error: no stage 'poll'",
              "p.yaml:17:12: error: no stage 'poll'", "p.yaml:17:22: error: no stage 'wire out'",
              "p.yaml:18:12: error: no stage 'poll'", "p.yaml:18:22: error: no stage 'wire out'"});
  CHECK(broken("from: interrupt", "from: interupt") ==
        Lines{"p.yaml:16:12: error: no stage 'interupt'; did you mean 'interrupt'?"});
  CHECK(broken("moderation: 10us", "moderation: 10") ==
        Lines{"p.yaml:15:86: error: expected a time such as 10us (ps, ns, us, ms, s), found '10'"});
  CHECK(broken("budget: 4", "budget: [4]") ==
        Lines{"p.yaml:14:75: error: expected a whole number from 0 to 1000000, found a list"});
  CHECK(broken("capacity: 8, budget", "capacity: 0, budget") ==
        Lines{"p.yaml:14:64: error: expected a capacity: packets such as 256, or a size such as 212992B, "
              "found '0'"});
  CHECK(broken("{name: irq, raise: interrupt", "{name: irq") ==
        Lines{"p.yaml:15:44: error: missing key 'raise' in a notification"});
  CHECK(broken("sets: rx ring.capacity", "sets: rx ring.size") ==
        Lines{"p.yaml:6:24: error: expected one of capacity, budget, moderation, demote after, program, "
              "at most, block, retire after, requests, need wakeup, after frames, after time, adaptive, at "
              "longest, switched off, "
              "found 'size'"});
  CHECK(
      broken("sets: rx ring.capacity", "sets: capacity") ==
      Lines{
          "p.yaml:6:16: error: expected a queue or notification and its member, such as 'rx ring.capacity', "
          "found 'capacity'"});
  CHECK(broken("since: {year: 1990", "since: {year: 90") ==
        Lines{"p.yaml:3:15: error: expected a whole number from 1960 to 2100, found '90'"});
  CHECK(broken("{en: \"In.\", zh_CN: \"进。\"}", "{en: \"In.\"}") ==
        Lines{"p.yaml:9:67: error: missing key 'zh_CN' in a text in two languages"});
  CHECK(broken("notify: {name: schedule, raise: softirq}", "notify: shedule") ==
        Lines{"p.yaml:16:41: error: notify 'shedule' is described nowhere"});
  CHECK(broken("queue: {name: tx ring, capacity: 8, full: drop}", "queue: rx rnig") ==
        Lines{"p.yaml:17:39: error: queue 'rx rnig' is described nowhere; did you mean 'rx ring'?"});
  CHECK(broken("{name: tx ring, capacity: 8, full: drop}", "{name: rx ring, capacity: 9}") ==
        Lines{"p.yaml:17:39: error: queue 'rx ring' is already described in line 14; to share it write "
              "queue: rx ring"});
  CHECK(broken("notify: {name: schedule, raise: softirq}",
               "notify: {name: schedule, raise: softirq}, call: each batch") ==
        Lines{"p.yaml:16:5: error: a hop is one of call, trap, queue and notify; write one hop for each"});
  CHECK(broken("work: arrive", "work: arrive, memory: dma") ==
        Lines{"p.yaml:9:12: error: missing key 'into' in a stage"});
}

TEST_CASE("what path::check finds is reported with the rest, at the line of the hop") {
  CHECK(broken(", notify: {name: schedule, raise: softirq}}", "}")
            .at(0)
            .starts_with("p.yaml:16:5: error: call from 'interrupt' (hardirq) to 'poll' (softirq): "));
}

TEST_CASE("all findings come at once, in the order of the text") {
  const std::string text =
      samples::with(samples::with(samples::path, "budget: 4", "budget: x"), "year: 1990", "year: x");
  CHECK(load_text(text).findings.size() == 2);
}

TEST_CASE("a derived path replaces, adds and leaves out") {
  const auto derived =
      load_derived(
          "without: {hops: [{from: poll, to: wire out}]}\n"
          "stages:\n"
          "  poll: {domain: softirq, op: poll, work: route, stands for: p, why: {en: P, zh_CN: 询}}\n"
          "  nic tx: {domain: hardware, memory: dma, into: device, stands for: n, why: {en: N, zh_CN: 卡}}\n"
          "hops:\n"
          "  - {from: poll, to: nic tx, queue: {name: tx ring, capacity: 16, full: drop}}\n"
          "  - {from: poll, to: nic tx, notify: doorbell}\n"
          "  - {from: nic tx, to: wire out}\n")
          .path;
  REQUIRE(derived);
  CHECK(derived->name == "derived");
  CHECK(derived->since == 1990);
  CHECK(derived->stages.size() == 5);
  CHECK(derived->stages[2].ops == std::vector<std::string>{"poll"});  // in its old place
  CHECK(derived->stages[0].origin.line == 2);                         // inherited: reported at `based on`
  CHECK(derived->hops.size() == 6);
  CHECK(std::get<path::Queue>(derived->hops[3].hand).capacity == 16);
  CHECK(std::get<path::Notify>(derived->hops[4].hand).raise == path::Raise::doorbell);
}

TEST_CASE("with a stage go its hops, and the parameters of what nobody uses any more") {
  const auto polling = load_derived(
                           "without: {stages: [interrupt]}\n"
                           "hops:\n"
                           "  - {from: wire in, to: poll, notify: {name: timer, raise: softirq}}\n")
                           .path;
  REQUIRE(polling);
  CHECK(polling->stages.size() == 3);
  CHECK(polling->hops.size() == 4);
  CHECK(polling->stages[polling->hops.back().to].name == "poll");
  CHECK(polling->parameters.size() == 1);  // `moderation` went with the interrupt
}

TEST_CASE("a queue described anew is new for the hops that were inherited") {
  const auto larger =
      load_derived("hops: [{from: wire in, to: poll, when: accept, queue: {name: rx ring, capacity: 99}}]");
  REQUIRE(larger.findings.size() == 1);  // wire in has no verdict, but both hops agree about the queue
  CHECK(larger.findings[0].find("described twice") == std::string::npos);
}

TEST_CASE("errors in what is inherited") {
  CHECK(load_derived("without: {stages: [pol], hops: [{from: poll, to: wire in}]}").findings ==
        Lines{"p.yaml:5:20: error: no stage 'pol'; did you mean 'poll'?",
              "p.yaml:5:33: error: no hop from 'poll' to 'wire in' to leave out"});
  CHECK(load_text("path: p\nbased on: tiyn\ntitle: P").findings ==
        Lines{"p.yaml:2:11: error: no path 'tiyn' in the library; did you mean 'tiny'?"});
  const samples::ScratchLibrary scratch;
  scratch.write("paths/circle.yaml", "path: circle\nbased on: circle\ntitle: C\n");
  CHECK(load(scratch, "circle").findings ==
        Lines{"circle.yaml:2:11: error: inherits more than 8 deep: from itself?"});
}

TEST_CASE("names are looked up in the library, names with a slash are files") {
  const samples::ScratchLibrary scratch;
  CHECK(load(scratch, "tiny").path);
  CHECK(load(scratch, "tny").findings ==
        Lines{"tny: error: no path 'tny' in the library; did you mean 'tiny'?"});
  CHECK(load(scratch, "quite-different").findings ==
        Lines{"quite-different: error: no path 'quite-different' in the library; expected one of tiny"});
  CHECK(load(scratch, scratch.folder().string() + "/none.yaml").findings ==
        Lines{"none.yaml: error: No such file or directory"});
}
