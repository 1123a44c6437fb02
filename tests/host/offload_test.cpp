// Packets of several frames: TSO, GSO and GRO.
#include "library.hpp"

using namespace ringside;

namespace {

constexpr double frames = 16 * 1024 * 1024 / 1448;  // that the stream needs

double packets(const scenarios::RunResult& result, const std::string& stage) {
  for (const auto& figure : result.stages)
    if (figure.stage == stage) return static_cast<double>(figure.packets);
  FAIL("no stage '" << stage << "'");
  return 0;
}

scenarios::RunResult receive(std::vector<std::pair<std::string, std::string>> set) {
  set.emplace_back("size", "16MiB");
  auto result = run_library("offloads", {.set = std::move(set)});
  CHECK(metric(result, "stream_intact") == 1);
  return result;
}

}  // namespace

TEST_CASE("GRO: the frames of a poll pass IP and TCP as few packets, and are answered as few") {
  const auto alone = receive({{"tso", "0B"}, {"gro", "0B"}});
  CHECK(packets(alone, "tcp input") == packets(alone, "napi poll"));
  const auto gathered = receive({{"tso", "0B"}});
  CHECK(packets(gathered, "napi poll") >= frames);
  CHECK(packets(gathered, "tcp input") < frames / 8);
  CHECK(packets(gathered, "transport output") <= packets(gathered, "tcp input"));  // ACKs
  CHECK(packets(gathered, "transport output") < packets(alone, "transport output"));
  CHECK(metric(gathered, "cycles_per_byte") < metric(alone, "cycles_per_byte") / 2);
}

TEST_CASE("GRO gathers no more than it may, and the last of a poll goes on with the poll") {
  const auto small = receive({{"tso", "0B"}, {"gro", "3000B"}});  // two frames
  CHECK(packets(small, "tcp input") >= frames / 2);
  const auto unmoderated = receive({{"moderation", "0"}, {"rate", "1Gbps"}});  // each frame has its own poll
  CHECK(packets(unmoderated, "tcp input") == packets(unmoderated, "napi poll"));
}

TEST_CASE("LRO: the card puts frames together, so that a poll, an sk_buff and a descriptor serve many") {
  const auto by_core = receive({});
  const auto by_card = receive({{"gro", "0B"}, {"lro", "64KiB"}});
  CHECK(packets(by_card, "nic rx dma") >= frames);
  CHECK(packets(by_card, "napi poll") < frames / 8);
  CHECK(packets(by_card, "tcp input") == packets(by_card, "napi poll"));
  CHECK(metric(by_card, "cycles_per_byte") < metric(by_core, "cycles_per_byte") / 2);
  const auto by_both = receive({{"lro", "64KiB"}});
  CHECK(packets(by_both, "tcp input") <= packets(by_both, "napi poll"));
}

TEST_CASE("LRO: what ends a burst waits on the card for as long as it may, what is no stream not at all") {
  const auto datagrams = [](const char* lro) {
    return metric(run_library("roads", {.set = {{"lro", lro}, {"offered_pps", "10000"}}}), "latency_ns_max");
  };
  CHECK(datagrams("64KiB") == datagrams("0B"));
  const auto stream = [](const char* time) {  // slower than the card waits: each frame is alone
    return receive({{"lro", "64KiB"}, {"lro_time", time}, {"rate", "1Gbps"}, {"moderation", "0us"}});
  };
  CHECK(packets(stream("5us"), "napi poll") >= frames);
  CHECK(packets(stream("100us"), "napi poll") < frames / 4);
}

TEST_CASE("LRO in front of GRO: what the card let go alone is not overtaken by what it gathered behind it") {
  for (const char* time : {"130ns", "200ns", "2us"}) {
    CAPTURE(time);
    const auto result = receive({{"lro", "64KiB"}, {"lro_time", time}});
    CHECK(metric(result, "retransmits") == 0);
  }
}

TEST_CASE("checksums: whoever adds up the bytes, a core pays for it by the byte") {
  const auto by_card = receive({});
  const auto by_core = receive({{"rx_csum", "0"}});
  CHECK(packets(by_card, "rx checksum") == 0);
  CHECK(packets(by_core, "rx checksum") == packets(by_core, "napi poll"));
  CHECK(metric(by_core, "cycles_per_byte") > metric(by_card, "cycles_per_byte") + 0.1);
}

TEST_CASE("TSO and GSO: the stack is passed once for many frames, which leave one by one") {
  const auto send = [](const char* tso, const char* gso) {
    auto sender = load("offloads", {.set = {{"size", "16MiB"}, {"tso", tso}, {"gso", gso}}});
    sender.scenario.study = "client";
    return run(sender);
  };
  const auto alone = send("0B", "0B");
  CHECK(packets(alone, "transport output") >= frames);
  CHECK(packets(alone, "gso") == 0);
  const auto by_card = send("64KiB", "0B");
  CHECK(packets(by_card, "wire out") >= frames);
  CHECK(packets(by_card, "transport output") < frames / 8);
  CHECK(packets(by_card, "tx clean") == packets(by_card, "transport output"));  // one completion each
  CHECK(packets(by_card, "gso") == 0);
  const auto by_kernel = send("0B", "64KiB");
  CHECK(packets(by_kernel, "wire out") >= frames);
  CHECK(packets(by_kernel, "transport output") < frames / 8);
  CHECK(packets(by_kernel, "gso") > frames * 0.99);  // all but those that were alone
  CHECK(packets(by_kernel, "driver xmit") == packets(by_kernel, "wire out"));
  CHECK(metric(by_card, "cycles_per_byte") < metric(by_kernel, "cycles_per_byte"));
  CHECK(metric(by_kernel, "cycles_per_byte") < metric(alone, "cycles_per_byte"));
}

TEST_CASE(
    "a receiver that takes frame by frame is the bottleneck, and with a short ring drops what TSO sends") {
  const auto slow = receive({{"gro", "0B"}});
  CHECK(metric(slow, "dropped_pps") == 0);
  CHECK(metric(slow, "cpu_utilisation") > 0.95);
  CHECK(metric(slow, "goodput_bps") < 0.6 * metric(receive({}), "goodput_bps"));
  CHECK(metric(receive({{"gro", "0B"}, {"ring", "256"}}), "dropped_pps") > 0);
}

TEST_CASE("with large packets on both sides every byte arrives, whatever the link does") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const auto result = run_library("offloads", {.set = {{"size", "1MiB"},
                                                         {"loss", "0.02"},
                                                         {"reorder", "0.02"},
                                                         {"duplicate", "0.02"},
                                                         {"corrupt", "0.02"}},
                                                 .seed = seed});
    CHECK(metric(result, "stream_intact") == 1);
  }
}

TEST_CASE("frames are counted and taken as frames, in whatever packets they come") {
  const auto captured = [](const char* gro) {
    auto loaded = load("offloads", {.path = "packet-mmap-v2", .set = {{"size", "4MiB"}, {"gro", gro}}});
    return run(loaded);
  };
  const auto apart = captured("0B"), together = captured("64KiB");
  CHECK(packets(together, "capture") < packets(apart, "capture") / 4);
  CHECK(metric(together, "delivered_packets") > frames / 4 * 0.99);    // of 4 MiB
  CHECK(metric(together, "delivered_bytes") > 1.9 * 4 * 1024 * 1024);  // the program's, and the capture's
}
