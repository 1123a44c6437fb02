// What the peer sees of a program that crashes depends on where its TCP lived.
#include "library.hpp"

using namespace ringside;

namespace {

scenarios::RunResult crashed(const char* path) {
  return run_library("where-should-tcp-live", {.path = path, .set = {{"crash", "1ms"}}});
}

}  // namespace

TEST_CASE("a kernel closes the socket of a program that crashed, and the sender is told at once") {
  const auto result = crashed("napi-socket");
  CHECK(metric(result, "sender_told_seconds") > 0.001);
  CHECK(metric(result, "sender_told_seconds") < 0.003);
  CHECK(metric(result, "stream_intact") == 0);
}

TEST_CASE("where the stack was in the program, the sender hears nothing, and gives up after its last retry") {
  for (const char* path : {"user-tcp-dpdk", "user-tcp-af-xdp"}) {
    CAPTURE(path);
    const auto result = crashed(path);
    CHECK(metric(result, "sender_told_seconds") > 900);  // Linux tcp_retries2: 924 s or more
    CHECK(metric(result, "retransmits") > 14);
  }
}

TEST_CASE("a program that crashes before it has accepted turns its peer away") {
  for (const char* at : {"1ns", "20us"}) {
    CAPTURE(at);
    const auto result = run_library("where-should-tcp-live", {.path = "linux-net4", .set = {{"crash", at}}});
    CHECK(metric(result, "sender_told_seconds") < 0.01);
    CHECK(metric(result, "stream_bytes") == 0);
  }
}
