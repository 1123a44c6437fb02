// The rules of packets of several frames.
#include "broken.hpp"

using namespace ringside::path;
using namespace std::chrono_literals;

namespace {

// GRO on the way in, and somebody on the way out who cuts what it has put together.
Broken with_offloads() {
  Broken b;
  b.path.stage(
      samples::plain({.name = "gro", .domain = Domain::softirq, .work = Work::coalesce, .at_most = 65536}));
  b.path.stage(
      samples::plain({.name = "gso", .domain = Domain::caller, .work = Work::segment, .at_most = 65536}));
  b.hops<Call>("napi poll", "ip input").front()->to = b.id("gro");
  b.hop("gro", "ip input", Call{});
  b.hops<Queue>("ip output", "driver xmit").front()->from = b.id("gso");
  b.hop("ip output", "gso", Call{});
  return b;
}

}  // namespace

TEST_CASE("what is put together is cut before it leaves") {
  expect(with_offloads(), {});
  Broken b = with_offloads();
  b.stage("gso").work = Work::pass;
  b.stage("gso").at_most = 0;
  expect(b, {"a packet of several frames can come from 'gro' to 'wire out' in one piece"});
  b = with_offloads();  // a card that has it off does not cut
  b.stage("gso").work = Work::pass;
  b.stage("gso").at_most = 0;
  b.stage("nic tx dma").work = Work::segment;
  expect(b, {"a packet of several frames can come from 'gro' to 'wire out' in one piece"});
  b.stage("nic tx dma").at_most = 65536;
  expect(b, {});
}

TEST_CASE("many frames that were one packet need a place to wait") {
  Broken b = with_offloads();
  b.stage("gso").work = Work::pass;
  b.stage("gso").at_most = 0;
  b.stage("driver xmit").work = Work::segment;
  expect(b, {"'driver xmit' makes many frames of one packet, and 'tx ring' holds them back where they cannot "
             "wait"});
}

TEST_CASE("segments are put together by a softirq, and cut by who sends or by the card") {
  Broken b;
  b.stage("recv").work = Work::coalesce;
  b.stage("ip output").work = Work::coalesce;
  b.stage("ip input").work = Work::segment;
  const auto findings = all_of(check(b.path));
  for (const auto* misplaced :
       {"'recv' (kernel) has work: coalesce", "'ip output' (caller) has work: coalesce",
        "'ip input' (softirq) has work: segment"})
    CHECK(findings.find(misplaced) != std::string::npos);
}

TEST_CASE("a parameter sets the size of what coalesces, and of nothing else") {
  Broken b = with_offloads();
  const Text what{"w", "w"};
  b.path.parameters.push_back({.key = "gro", .target = "gro", .member = Member::at_most, .what = what});
  b.path.parameters.push_back({.key = "x", .target = "ip input", .member = Member::at_most, .what = what});
  expect(
      b,
      {"parameter 'x' sets ip input.at most: only a stage with work: fetch, coalesce or segment has that"});
  CHECK(set(b.path, "gro", 0));
  CHECK(b.stage("gro").at_most == 0);
}

TEST_CASE("a card that knows no checksums neither cuts nor puts together") {
  Broken b = with_offloads();
  b.stage("napi poll").ops = {"checksum"};
  CHECK(all_of(check(b.path)) == "");
  b.stage("nic rx dma").work = Work::coalesce;
  b.stage("nic rx dma").at_most = 65536;
  b.stage("nic rx dma").at_longest = 20us;
  expect(b, {"'napi poll' has a core add up the bytes, and the card does the work of 'nic rx dma'"});
}

TEST_CASE("a card that puts frames together lets none wait for ever") {
  Broken b = with_offloads();
  Stage& stage = b.stage("nic rx dma");
  stage.work = Work::coalesce;
  stage.at_most = 65536;
  expect(b, {"'nic rx dma' would let a frame wait for ever for the one behind it"});
  stage.at_longest = 20us;
  CHECK(all_of(check(b.path)) == "");
  b.stage("napi poll").at_longest = 20us;
  expect(b, {"'napi poll' says how long it waits: expected a stage of the card with work: coalesce"});
}
