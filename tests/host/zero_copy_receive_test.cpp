// Payload that reaches the program without a copy: mapped where it fills pages, or written there by the card.
#include "library.hpp"

using namespace ringside;

namespace {

scenarios::RunResult received(const std::string& path, const std::string& mtu) {
  return run_library("tcp-mmap", {.path = path, .set = {{"mtu", mtu}, {"size", "4MiB"}}});
}

}  // namespace

TEST_CASE("segments of a page are mapped, shorter ones copied") {
  const auto pages = received("tcp-zerocopy-receive", "4148");
  CHECK(metric(pages, "stream_intact") == 1);
  // But for what a window ends in the midst of a segment, while it grows.
  CHECK(metric(pages, "cpu_copies_per_byte") < 0.01);
  const double frames = metric(pages, "offered_packets");
  CHECK(metric(pages, "mapped_bytes_per_packet") * frames > 0.99 * 4 * 1024 * 1024);

  const auto pieces = received("tcp-zerocopy-receive", "1500");
  CHECK(metric(pieces, "stream_intact") == 1);
  CHECK(metric(pieces, "cpu_copies_per_byte") == 1);
  CHECK(metric(pieces, "mapped_bytes_per_packet") == 0);
}

TEST_CASE("two pages to a segment are mapped as well") {
  CHECK(metric(received("tcp-zerocopy-receive", "8244"), "cpu_copies_per_byte") < 0.01);
}

TEST_CASE("a reader with a low water mark is woken once for all of it, and for the end") {  // SO_RCVLOWAT
  const auto calls = [](const char* low_water) {
    const auto result = run_library("tcp-mmap", {.set = {{"low_water", low_water}, {"size", "4MiB"}}});
    CHECK(metric(result, "stream_intact") == 1);
    return metric(result, "syscalls");
  };
  CHECK(calls("512KiB") <= 8 + 4);  // accept(), the end, and what was there when the window was small
  CHECK(calls("64KiB") > 3 * calls("512KiB"));
  CHECK(calls("64MiB") <= calls("512KiB"));  // it can have no more than half of the buffer
}

TEST_CASE("one call brings many completions, and no byte is copied, whatever the segments' length") {
  for (const std::string mtu : {"1500", "4148"}) {
    const auto result = received("io-uring-zcrx", mtu);
    CHECK(metric(result, "stream_intact") == 1);
    CHECK(metric(result, "cpu_copies_per_byte") == 0);
    CHECK(metric(result, "syscalls_per_packet") < 0.2);
  }
}

TEST_CASE("datagrams: a copy for each by recv(), none where the card writes for the program") {
  const auto on = [](const std::string& path) {
    return run_library("roads", {.path = path, .set = {{"offered_pps", "1M"}}});
  };
  const auto mapped = on("tcp-zerocopy-receive");
  CHECK(metric(mapped, "cpu_copies_per_packet") == Approx(1).epsilon(0.01));
  CHECK(metric(mapped, "syscalls_per_packet") == Approx(1).epsilon(0.01));
  const auto ring = on("io-uring-zcrx");
  CHECK(metric(ring, "cpu_copies_per_packet") == 0);
  CHECK(metric(ring, "syscalls_per_packet") < 0.2);
}
