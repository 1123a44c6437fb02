// Profiles: prices, each with its origin.
#include "catch.hpp"
#include "findings.hpp"
#include "ringside/scenarios/load.hpp"
#include "sample_texts.hpp"

using namespace ringside;
using namespace ringside::scenarios;

namespace {

Lines broken(std::string_view old, std::string_view replacement) {
  const samples::ScratchLibrary scratch;
  Findings findings;
  CHECK_FALSE(load_profile(scratch.write("m.yaml", samples::with(samples::profile, old, replacement)),
                           Library{scratch.folder()}, findings));
  return lines(findings);
}

}  // namespace

TEST_CASE("a profile prices operations") {
  const samples::ScratchLibrary scratch;
  Findings findings;
  const auto toy = load_profile("toy", Library{scratch.folder()}, findings);
  REQUIRE(toy);
  CHECK(toy->clock == 100_MHz);
  CHECK(toy->cores == 1);
  CHECK(toy->ops.at("poll").cycles_per_byte == 0.5);
  CHECK(toy->ops.at("poll").estimate);
  CHECK(toy->ops.at("irq.handler").source == "a book");
  CHECK_FALSE(toy->ops.at("irq.handler").estimate);
  CHECK(toy->ops.at("route").source == "a share; of a book");
  CHECK(toy->ops.at("route").estimate);
}

TEST_CASE("a derived profile prices some operations anew") {
  const samples::ScratchLibrary scratch;
  Findings findings;
  const auto file = scratch.write("fast.yaml",
                                  "profile: fast\nbased on: toy\ntitle: F\nyear: 2000\nclock: 1GHz\n"
                                  "ops: {poll: {cycles per packet: 1, source: s}}\n");
  const auto fast = load_profile(file, Library{scratch.folder()}, findings);
  REQUIRE(fast);
  CHECK(fast->based_on == "toy");
  CHECK(fast->clock == 1000_MHz);
  CHECK(fast->ops.size() == 5);
  CHECK(fast->ops.at("poll").cycles_per_packet == 1);
  CHECK(fast->ops.at("poll").cycles_per_byte == 0);
}

TEST_CASE("errors in a profile") {
  CHECK(broken(", source: \"a book\"", "") ==
        Lines{"m.yaml:6:3: error: the price of 'irq.handler' needs a source: or an estimate:"});
  CHECK(broken("cycles per batch: 100, ", "") ==
        Lines{"m.yaml:6:3: error: the price of 'irq.handler' names no cost, such as 'cycles per packet'"});
  CHECK(
      broken("cycles per batch", "cycles per bach") ==
      Lines{
          "m.yaml:6:17: error: unknown key 'cycles per bach' in a price; did you mean 'cycles per batch'?"});
  CHECK(broken("cycles per byte: 0.5", "cycles per byte: -0.5") ==
        Lines{"m.yaml:7:51: error: expected a number, 0 or more, found '-0.5'"});
  CHECK(broken("clock: 100MHz", "clock: 100Mhz") ==
        Lines{"m.yaml:4:8: error: expected a frequency such as 150MHz (Hz, kHz, MHz, GHz), found '100Mhz'"});
  CHECK(broken("clock: 100MHz", "clock: 0Hz") ==
        Lines{"m.yaml:4:8: error: expected a clock that ticks, found '0Hz'"});
  CHECK(broken("clock: 100MHz\n", "") == Lines{"m.yaml:1:1: error: missing key 'clock' in a profile"});
}
