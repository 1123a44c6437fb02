// A file over TCP through two whole hosts: it arrives byte for byte, on every path, over every kind of bad
// link.
#include "library.hpp"

using namespace ringside;

namespace {

std::string text(const scenarios::RunResult& result, const std::string& name) {
  for (const auto& [key, value] : result.metrics)
    if (key == name) return std::get<std::string>(value);
  return {};
}

const std::pair<std::string, std::string> file{"file", "scenarios/library/kernel-traffic.pcap"};

}  // namespace

TEST_CASE("the stream is intact on every path and machine") {
  std::string digest;
  for (const std::string path : {"bsd-42", "linux-net4", "napi-socket"})
    for (const std::string profile : {"alpha-1996", "xeon-2018", "ideal"}) {
      CAPTURE(path, profile);
      const auto result = run_library("tcp-file", {.path = path, .profile = profile, .set = {file}});
      CHECK(metric(result, "stream_intact") == 1);
      if (digest.empty()) digest = text(result, "stream_sha256");
      CHECK(text(result, "stream_sha256") == digest);
    }
}

TEST_CASE("loss, reordering, duplication and bit errors cost time and no bytes") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed)
    for (const std::string congestion : {"cubic", "reno"}) {
      CAPTURE(seed, congestion);
      const auto result = run_library("tcp-file", {.set = {file,
                                                           {"loss", "0.1"},
                                                           {"reorder", "0.1"},
                                                           {"duplicate", "0.05"},
                                                           {"corrupt", "0.01"},
                                                           {"congestion", congestion}},
                                                   .seed = seed});
      CHECK(metric(result, "stream_intact") == 1);
    }
}

TEST_CASE("a writer hears of it when nobody answers") {
  const auto result = run_library("tcp-file", {.set = {file, {"loss", "1"}}});
  CHECK(metric(result, "stream_intact") == 0);
  CHECK(metric(result, "stream_bytes") == 0);
}

TEST_CASE("a reader with a small buffer slows the writer down, and nothing is lost") {
  const auto result = run_library("tcp-file", {.set = {file, {"tcp_rcvbuf", "3000B"}, {"chunk", "1000B"}}});
  CHECK(metric(result, "stream_intact") == 1);
  CHECK(metric(result, "retransmits") == 0);
}

TEST_CASE("the same seed gives the same run, another seed another one") {
  const auto seconds = [](std::uint64_t seed) {
    return metric(run_library("tcp-file", {.set = {file, {"loss", "0.2"}}, .seed = seed}),
                  "transfer_seconds");
  };
  CHECK(seconds(5) == seconds(5));
  CHECK(seconds(5) != seconds(6));
}

TEST_CASE("what TCP sends while its program is in a long write does not overtake it") {
  // An acknowledgement interrupts the piece of work that copies and sends a chunk, and lets TCP send more.
  for (const auto* chunk : {"16KiB", "64KiB", "256KiB"}) {
    CAPTURE(chunk);
    const auto result = run_library(
        "copies",
        {.path = "file-read-write", .set = {{"chunk", chunk}, {"cached", "true"}, {"size", "8MiB"}}});
    CHECK(metric(result, "retransmits") == 0);  // nothing is lost, and nothing seems to be
  }
}

TEST_CASE("a sender that is faster than its link does not overrun its own queue") {
  for (const char* offload : {"tso", "gso"})
    for (const std::string most : {"0B", "64KiB"})
      for (const std::string qdisc : {"2", "10", "1000"}) {
        CAPTURE(offload, most, qdisc);
        const auto result = run_library(
            "copies", {.path = "napi-socket",
                       .set = {{"cached", "true"}, {"tso", "0B"}, {offload, most}, {"qdisc", qdisc}}});
        CHECK(metric(result, "stream_intact") == 1);
        CHECK(metric(result, "retransmits") == 0);
      }
}

TEST_CASE("what the stack had to keep goes when there is room: a window of data through a ring of one") {
  const auto result = run_library(
      "copies", {.path = "napi-socket",
                 .set = {{"cached", "true"}, {"tx_ring", "1"}, {"qdisc", "4"}, {"size", "1MiB"}}});
  CHECK(metric(result, "stream_intact") == 1);
}
