// What packets are: by hand-made frames, and by what the stacks of whole runs have counted.
#include "ringside/replay/packet_kinds.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "catch.hpp"
#include "recorded.hpp"
#include "ringside/trace/recorder.hpp"

using namespace ringside;
using replay::PacketKind;
using replay::PacketKinds;

namespace {

struct Segment {
  unsigned flags = 0x10;  // ACK
  std::uint32_t sequence = 1000;
  std::size_t payload = 0;
  std::size_t options = 12;  // octets: timestamps
  bool tagged = false;
  unsigned protocol = 6;
};

constexpr unsigned fin = 0x11, syn = 0x02, rst = 0x04, push = 0x18;

void put(std::vector<std::uint8_t>& octets, std::uint64_t number, int length) {
  for (int i = length - 1; i >= 0; --i) octets.push_back(static_cast<std::uint8_t>(number >> 8 * i));
}

std::vector<std::uint8_t> frame(const Segment& segment) {
  std::vector<std::uint8_t> octets(12, 2);
  if (segment.tagged) put(octets, 0x81000064, 4);
  put(octets, 0x0800, 2);
  put(octets, 0x4500, 2);
  put(octets, 40 + segment.options + segment.payload, 2);
  put(octets, 0x00014000, 4);
  put(octets, 0x4000 | segment.protocol, 2);
  put(octets, 0, 2);
  put(octets, 0x0a0000010a000002, 8);
  put(octets, 0x1f900050, 4);
  put(octets, segment.sequence, 4);
  put(octets, 77, 4);
  put(octets, (20 + segment.options) / 4 << 12 | segment.flags, 2);
  put(octets, 0x2000, 2);
  put(octets, 0, 4);
  octets.resize(octets.size() + segment.options + segment.payload, 1);
  octets.resize(std::max<std::size_t>(octets.size(), 60));  // Ethernet pads
  return octets;
}

PacketKind kind(const Segment& segment) { return replay::kind_of(frame(segment)); }

// Frames that a host sends, one after the other, each a packet of its own.
class Sent {
 public:
  void add(const Segment& segment, std::uint16_t stage = 1, std::uint64_t parent = 0,
           std::uint32_t length = 0) {
    const auto octets = frame(segment);
    ++packets_;
    const Time at = start_of_time + Duration{static_cast<std::int64_t>(packets_) * 1000};
    if (parent != 0)
      recorder_.add({.at = at, .packet = packets_, .other = parent, .kind = trace::Kind::birth});
    const auto whole = length == 0 ? static_cast<std::uint32_t>(octets.size()) : length;
    recorder_.add({.at = at, .packet = packets_, .other = whole, .index = stage, .kind = trace::Kind::stage});
    recorder_.frame(at, packets_, 0, stage, whole, octets);
  }

  // The last of them is.
  void drop() {
    const Time at = start_of_time + Duration{static_cast<std::int64_t>(packets_) * 1000 + 500};
    recorder_.add({.at = at, .packet = packets_, .other = 1, .kind = trace::Kind::drop});
  }

  // Which of them are sent again.
  std::vector<std::uint64_t> again() {
    recorder_.finish();
    out_.close();
    trace::Recording recording{file_.string()};
    const auto kinds = PacketKinds::of(recording, cast()).value();
    std::vector<std::uint64_t> found;
    for (std::uint64_t packet = 1; packet <= packets_; ++packet)
      if (kinds.of(packet).again) found.push_back(packet);
    return found;
  }

  ~Sent() {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
  }

 private:
  // Stage 0 is where frames come in.
  static replay::Cast cast() {
    replay::Cast cast;
    replay::HostCast& host = cast.hosts.emplace_back();
    host.path.stage({.name = "dma", .work = path::Work::arrive});
    host.path.stage({.name = "tcp output"});
    return cast;
  }

  std::filesystem::path file_ =
      std::filesystem::temp_directory_path() / ("ringside-kinds-" + std::to_string(getpid()) + ".rstrace");
  std::ofstream out_{file_, std::ios::binary};
  trace::Recorder recorder_{[this](std::string_view more) { out_ << more; }, "{}",
                            [] { return end_of_time; }};
  std::uint64_t packets_ = 0;
};

using Numbers = std::vector<std::uint64_t>;

std::int64_t metric(const Recorded& run, std::string_view key) {
  const auto found =
      std::ranges::find(run.result.metrics, key, [](const auto& m) { return std::string_view{m.first}; });
  REQUIRE(found != run.result.metrics.end());
  return std::get<std::int64_t>(found->second);
}

}  // namespace

TEST_CASE("an acknowledgment that carries nothing is one, however it is framed") {
  CHECK(kind({}) == PacketKind::ack);
  CHECK(kind({.options = 0}) == PacketKind::ack);  // padded
  CHECK(kind({.options = 36, .tagged = true}) == PacketKind::ack);
  CHECK(kind({.payload = 1}) == PacketKind::data);
  CHECK(kind({.flags = push, .payload = 1400}) == PacketKind::data);
  CHECK(kind({.flags = 0}) == PacketKind::data);
}

TEST_CASE("what begins and ends a connection is told from the rest") {
  for (const unsigned flags : {syn, syn | 0x10, fin, rst, rst | 0x10})
    CHECK(kind({.flags = flags}) == PacketKind::handshake);
  CHECK(kind({.flags = fin, .payload = 100}) == PacketKind::handshake);
}

TEST_CASE("what is not TCP, or not all there, is data") {
  CHECK(kind({.protocol = 17}) == PacketKind::data);
  auto cut = frame({.flags = syn});
  for (cut.resize(53); !cut.empty(); cut.pop_back()) CHECK(replay::kind_of(cut) == PacketKind::data);
  auto first = frame({.payload = 1400});
  first.resize(256);
  CHECK(replay::kind_of(first) == PacketKind::data);
}

TEST_CASE("octets that were sent are known when they are sent again") {
  Sent sent;
  SECTION("in part, or as a whole, and no others") {
    for (const std::uint32_t sequence : {1000U, 1100U, 1200U, 1400U})
      sent.add({.sequence = sequence, .payload = 100});
    sent.add({.sequence = 1100, .payload = 100});
    sent.add({.sequence = 1300, .payload = 100});  // later than what follows it, but for the first time
    sent.add({.sequence = 1350, .payload = 300});
    sent.add({.sequence = 1000});
    CHECK(sent.again() == Numbers{5, 7});
  }
  SECTION("where the sequence begins anew") {
    sent.add({.sequence = 0xffffffc0, .payload = 100});
    sent.add({.sequence = 36, .payload = 100});
    sent.add({.sequence = 0xffffffc0, .payload = 100});
    sent.add({.sequence = 136, .payload = 100});
    CHECK(sent.again() == Numbers{3});
  }
  SECTION("a SYN, but not that of another connection with the same ports") {
    sent.add({.flags = syn, .sequence = 999});
    sent.add({.flags = syn, .sequence = 999});
    sent.add({.sequence = 1000, .payload = 100});
    sent.add({.flags = syn, .sequence = 400});
    sent.add({.sequence = 401, .payload = 1000});
    CHECK(sent.again() == Numbers{2});
  }
  const std::uint32_t headers = 14 + 40 + 12;
  SECTION("but not what a large packet is cut into, though its frames are packets of their own") {
    sent.add({.sequence = 1000, .payload = 100}, 1, 0, 3 * headers + 250);
    sent.add({.sequence = 1100, .payload = 100});
    sent.add({.sequence = 1200, .payload = 50});
    sent.add({.sequence = 1200, .payload = 50});
    sent.add({.sequence = 1250, .payload = 50});
    CHECK(sent.again() == Numbers{4});
  }
  SECTION("and then all that it is cut into is sent again") {
    sent.add({.sequence = 1000, .payload = 100});
    sent.add({.sequence = 1000, .payload = 100}, 1, 0, 2 * headers + 150);
    sent.add({.sequence = 1100, .payload = 50});
    CHECK(sent.again() == Numbers{2, 3});
  }
  SECTION("a large packet that is dropped is not cut") {
    sent.add({.sequence = 1000, .payload = 100}, 1, 0, 3 * headers + 250);
    sent.drop();
    sent.add({.sequence = 1100, .payload = 100});
    CHECK(sent.again() == Numbers{2});
  }
  SECTION("but not what it is cloned to") {
    sent.add({.sequence = 1000, .payload = 100});
    sent.add({.sequence = 1000, .payload = 100}, 1, 1);
    CHECK(sent.again() == Numbers{});
  }
  SECTION("but not what a link has doubled") {
    sent.add({.sequence = 1000, .payload = 100});
    sent.add({.sequence = 1000, .payload = 100}, 0);
    sent.add({.sequence = 1100, .payload = 100});
    CHECK(sent.again() == Numbers{});
  }
  SECTION("a parent with other octets is none") {
    sent.add({.sequence = 1000, .payload = 100});
    sent.add({.sequence = 1100, .payload = 100});
    sent.add({.sequence = 1000, .payload = 100}, 1, 2);
    CHECK(sent.again() == Numbers{3});
  }
}

TEST_CASE("nothing is seen to be sent again where nothing is lost, whoever cuts large packets") {
  for (const auto& [tso, gso] : {std::pair{"64KiB", "0B"}, {"0B", "64KiB"}, {"0B", "0B"}}) {
    const Recorded run{"offloads", {.set = {{"size", "1MiB"}, {"tso", tso}, {"gso", gso}}}};
    REQUIRE(metric(run, "retransmits") == 0);
    const auto kinds = PacketKinds::of(*run.recording, replay::cast_of(run.recording->meta())).value();
    std::size_t again = 0;
    for (const trace::Event& event : run.recording->slice(0, run.recording->events()))
      again += event.kind == trace::Kind::stage && kinds.of(event.packet).again;
    CHECK(again == 0);
  }
}

TEST_CASE("as many packets are seen to be sent again as the stack has sent again") {
  const Recorded run{
      "offloads",
      {.set = {
           {"size", "1MiB"}, {"tso", "0B"}, {"loss", "0.01"}, {"reorder", "0.01"}, {"duplicate", "0.01"}}}};
  const auto cast = replay::cast_of(run.recording->meta());
  const auto kinds = PacketKinds::of(*run.recording, cast).value();
  std::set<std::uint64_t> again;
  for (const trace::Event& event : run.recording->slice(0, run.recording->events()))
    if (event.packet != 0 && event.kind <= trace::Kind::gone && kinds.of(event.packet).again)
      again.insert(event.packet);
  CHECK(again.size() > 0);
  CHECK(static_cast<std::int64_t>(again.size()) == metric(run, "retransmits"));
}

TEST_CASE("a packet whose checksum is found wrong is known to be damaged there") {
  const Recorded run{"offloads", {.set = {{"size", "1MiB"}, {"corrupt", "0.02"}}}};
  const auto cast = replay::cast_of(run.recording->meta());
  const auto kinds = PacketKinds::of(*run.recording, cast).value();
  std::size_t damaged = 0;
  for (const trace::Event& event : run.recording->slice(0, run.recording->events())) {
    if (event.kind != trace::Kind::drop || cast.losses.at(event.level) != "bad checksum") continue;
    ++damaged;
    CHECK(kinds.of(event.packet).found_corrupt == event.host);
  }
  CHECK(damaged > 0);
}

TEST_CASE("what a packet tap has is another reference to the packet") {
  const Recorded run{"roads", {.path = "packet-recv", .set = {{"offered_pps", "20000"}}}};
  const auto cast = replay::cast_of(run.recording->meta());
  const auto kinds = PacketKinds::of(*run.recording, cast).value();
  std::size_t clones = 0;
  for (const trace::Event& event : run.recording->slice(0, run.recording->events())) {
    if (event.kind != trace::Kind::birth) continue;
    clones += kinds.of(event.packet).clone_of == event.other;
    CHECK(kinds.of(event.other).clone_of == 0);
  }
  CHECK(clones > 0);
}

TEST_CASE("kinds that are no longer wanted are not found out") {
  const Recorded run{"ping", {}};
  const auto cast = replay::cast_of(run.recording->meta());
  CHECK_FALSE(PacketKinds::of(*run.recording, cast, [](double) { return false; }).has_value());
}
