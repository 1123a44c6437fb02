// Frames that a program has written into a ring, and calls that only say how far it has got.
#include "library.hpp"

using namespace ringside;

namespace {

scenarios::RunResult sent(const char* path, const char* requests) {
  return run_library("netmap-batch", {.path = path, .set = {{"requests", requests}}});
}

}  // namespace

TEST_CASE("a call for each batch, and no copy") {
  for (const char* path : {"packet-tx-ring", "netmap"}) {
    CAPTURE(path);
    const auto one = sent(path, "1");
    CHECK(metric(one, "syscalls_per_packet") == Approx(1).epsilon(0.01));
    CHECK(metric(one, "cpu_copies_per_packet") == 0);
    CHECK(metric(one, "dma_from_user_bytes") > 0);
    CHECK(metric(sent(path, "8"), "syscalls_per_packet") == Approx(1.0 / 8).epsilon(0.01));
  }
}

TEST_CASE("a frame costs the call's share and its own") {
  constexpr double clock_hz = 2.93e9, call = 161 + 120 + 854, frame = 25 + 36;
  for (const int batch : {1, 2, 4}) {
    const auto result = sent("netmap", std::to_string(batch).c_str());
    const double interrupts = result.cores[0].hardirq + result.cores[0].softirq;
    CHECK((1 - interrupts) * clock_hz / metric(result, "sent_pps") ==
          Approx(call / batch + frame).epsilon(0.01));
  }
}
