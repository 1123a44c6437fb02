// Compiling: contexts are what is connected by calls and traps, and prices are rounded once.
#include "ringside/path/compile.hpp"

#include <algorithm>

#include "catch.hpp"
#include "ringside/path/check.hpp"
#include "sample_paths.hpp"

using namespace ringside;
using namespace ringside::path;
using namespace std::chrono_literals;

namespace {

// Every operation that the path names, at one price.
Profile priced(const Path& path, const Price& price) {
  Profile profile{.name = "toy", .clock = 1000_MHz};
  for (const auto& op : missing_operations(path, profile)) profile.ops[op] = price;
  return profile;
}

StageId stage(const Path& path, const std::string& name) {
  const auto at =
      std::find_if(path.stages.begin(), path.stages.end(), [&](const Stage& s) { return s.name == name; });
  REQUIRE(at != path.stages.end());
  return static_cast<StageId>(at - path.stages.begin());
}

}  // namespace

TEST_CASE("stages connected by calls and traps are one context; a caller's code is nobody's") {
  const Path path = samples::napi_socket();
  const Compiled c = compile(path, priced(path, {}));
  const auto context = [&](const char* name) { return c.stages[stage(path, name)].context; };
  CHECK(context("napi poll") == context("udp input"));
  CHECK(context("napi poll") == context("tx clean"));  // called once a batch
  CHECK(context("recv") == context("application"));
  CHECK(context("recv") == context("send"));
  CHECK(context("wire in") == context("nic rx dma"));
  CHECK(context("napi poll") != context("rx interrupt"));
  CHECK(context("napi poll") != context("recv"));
  CHECK(context("ip output") == nowhere);
  CHECK(context("driver xmit") == nowhere);
}

TEST_CASE("a poll serves what it cleans before what it takes, and unmasks the line that started it") {
  const Path path = samples::napi_socket();
  const Compiled c = compile(path, priced(path, {}));
  const auto& poll = c.contexts[c.stages[stage(path, "napi poll")].context];
  REQUIRE(poll.inputs.size() == 2);
  CHECK(c.queues[poll.inputs[0]].name == "tx completions");
  CHECK(c.queues[poll.inputs[1]].name == "rx ring");
  CHECK(poll.scope == Scope::nic_queue);
  CHECK(poll.demote_after == 2ms);
  REQUIRE(poll.unmasks.size() == 1);
  CHECK(poll.unmasks[0] == c.stages[stage(path, "rx interrupt")].context);
}

TEST_CASE("a completion still holds a slot of the transmit ring") {
  const Path path = samples::napi_socket();
  const Compiled c = compile(path, priced(path, {}));
  const auto named = [&](const char* name) {
    return *std::find_if(c.queues.begin(), c.queues.end(), [&](const auto& q) { return q.name == name; });
  };
  CHECK(c.queues[named("tx completions").returns].name == "tx ring");
  CHECK(named("tx ring").returned_later);
  CHECK(named("qdisc").context == nowhere);  // its caller drains it
}

TEST_CASE("a thread takes nothing that it could not put aside") {
  const Path path = samples::put_aside();
  const Compiled c = compile(path, priced(path, {}));
  const auto named = [&](const char* name) {
    return *std::find_if(c.queues.begin(), c.queues.end(), [&](const auto& q) { return q.name == name; });
  };
  REQUIRE(named("socket buffer").behind.size() == 1);
  CHECK(c.queues[named("socket buffer").behind[0]].name == "vector");
  CHECK(named("vector").held.empty());  // the same thread empties it
  const auto& thread = c.contexts[c.stages[stage(path, "recv")].context];
  CHECK_FALSE(thread.program);
  CHECK(thread.in_user);
  REQUIRE(thread.inputs.size() == 2);
  CHECK(c.queues[thread.inputs[0]].name == "socket buffer");  // called once a batch
  CHECK(c.hops[thread.wait].to == stage(path, "call"));
  CHECK(c.hops[thread.resume].to == stage(path, "application"));
}

TEST_CASE(
    "who is held by a full queue hears of room in it, unless it is a program, which never looks ahead") {
  Path path = samples::put_aside();
  std::erase_if(path.hops, [&](const Hop& hop) {
    return std::holds_alternative<Trap>(hop.hand) || std::holds_alternative<Call>(hop.hand)
               ? hop.to == stage(path, "recv")
               : false;
  });
  const Compiled c = compile(path, priced(path, {}));
  const auto vector = std::ranges::find(c.queues, "vector", &Compiled::QueueRow::name);
  REQUIRE(vector->held.size() == 1);  // now another thread fills it
  CHECK(vector->held[0] == c.stages[stage(path, "recv")].context);
  const Path sockets = samples::napi_socket();
  for (const auto& queue : compile(sockets, priced(sockets, {})).queues) CHECK(queue.held.empty());
}

TEST_CASE("prices become picoseconds once, and the operations of a stage add up") {
  Path path = samples::napi_socket();
  path.stages[stage(path, "ip input")].ops = {"a", "b"};
  Profile profile = priced(path, {});
  profile.clock = 3600_MHz;
  profile.ops["a"] = {.cycles_per_packet = 1, .cycles_per_byte = 0.12, .cycles_per_batch = 360};
  profile.ops["b"] = {.cycles_per_packet = 2, .ns_per_packet = 0.5};
  const auto cost = compile(path, profile).stages[stage(path, "ip input")].cost;
  CHECK(cost.per_packet == Duration{278} + Duration{1056});  // 277.8 ps; 555.6 + 500 ps
  CHECK(cost.femtoseconds_per_byte == 33333);
  CHECK(cost.per_batch == 100ns);
  CHECK(cost.of(1500) == cost.per_packet + Duration{50000});  // 49 999.5 ps
}
