// A recording says at any moment what folding all events up to there says; and what is left of a damaged one.
#include "ringside/trace/recording.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "catch.hpp"
#include "ringside/trace/recorder.hpp"

using namespace ringside;
using namespace ringside::trace;
using namespace std::chrono_literals;

namespace {

class File {
 public:
  File()
      : name_{(std::filesystem::temp_directory_path() / ("ringside-" + std::to_string(getpid()) + ".rstrace"))
                  .string()} {}
  ~File() { std::filesystem::remove(name_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  const std::string& name() const { return name_; }

  void write(const std::string& bytes) { std::ofstream{name_, std::ios::binary} << bytes; }
  std::string read() const {
    std::ifstream in{name_, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
  }

 private:
  std::string name_;
};

// Packets that come, wait, move on, and end or are dropped, on two hosts; cores that work, and what they
// count; interrupts that are masked.
std::vector<Event> a_run(std::size_t events) {
  std::mt19937_64 random{2026};
  const auto below = [&](std::uint64_t n) { return random() % n; };
  std::vector<Event> all;
  std::uint64_t newest = 0;
  Time now = start_of_time;
  while (all.size() < events) {
    now += Duration{static_cast<std::int64_t>(below(1000))};
    const bool fresh = newest == 0 || below(8) == 0;
    newest += fresh;
    Event event{.at = now,
                .packet = newest - below(std::min<std::uint64_t>(newest, 40)),
                .host = static_cast<std::uint16_t>(below(2)),
                .index = static_cast<std::uint16_t>(below(5)),
                .kind = static_cast<Kind>(below(kinds))};
    if (event.kind == Kind::busy) event.other = below(5000), event.packet = below(event.other + 1);
    if (event.kind == Kind::birth) event.other = newest;
    if (event.kind == Kind::busy) event.level = static_cast<std::uint8_t>(below(3));
    if (event.kind <= Kind::link)
      event.other = below(70'000), event.level = static_cast<std::uint8_t>(below(256));
    if (event.kind == Kind::drop) event.other = 1 + below(3);
    if (event.kind == Kind::drop && below(2) == 0)
      event.index = no_queue, event.level = static_cast<std::uint8_t>(1 + below(20));
    if (event.kind >= Kind::syscall) event.packet = 0;
    if (event.kind == Kind::mask) event.other = below(2), event.level = static_cast<std::uint8_t>(below(4));
    if (event.kind == Kind::window) event.other = random(), event.packet = newest;
    all.push_back(event);
  }
  return all;
}

// What is seen of some of the packets that come to a stage, which says more than is kept of it.
std::optional<Frame> seen_with(const Event& event) {
  if (event.kind != Kind::stage || event.packet == 0 || event.other % 3 != 0) return std::nullopt;
  std::vector<std::uint8_t> octets(event.other % 300);
  for (std::size_t i = 0; i < octets.size(); ++i) octets[i] = static_cast<std::uint8_t>(event.other + i);
  return Frame{.at = event.at,
               .packet = event.packet,
               .host = event.host,
               .stage = event.index,
               .length = static_cast<std::uint32_t>(event.other),
               .octets = std::move(octets)};
}

void tell(Recorder& recorder, const Event& event) {
  recorder.add(event);
  if (const auto seen = seen_with(event))
    recorder.frame(seen->at, seen->packet, seen->host, seen->stage, seen->length, seen->octets);
}

std::vector<Frame> frames_of(const std::vector<Event>& events, std::uint64_t packet, std::size_t from,
                             std::size_t to) {
  std::vector<Frame> all;
  for (std::size_t i = from; i < to; ++i)
    if (auto seen = events[i].packet == packet ? seen_with(events[i]) : std::nullopt) {
      seen->octets.resize(std::min(seen->octets.size(), most_octets));
      all.push_back(*std::move(seen));
    }
  return all;
}

std::string recorded(const std::vector<Event>& events) {
  std::string bytes;
  Recorder recorder{[&](std::string_view more) { bytes += more; }, "{}", [] { return end_of_time; }};
  for (const Event& event : events) tell(recorder, event);
  recorder.finish();
  CHECK(recorder.late() == 0);
  return bytes;
}

State folded(const std::vector<Event>& events, std::size_t count) {
  State state;
  for (std::size_t i = 0; i < count; ++i) state.apply(events[i]);
  return state;
}

}  // namespace

TEST_CASE("any moment is what folding all events up to it says") {
  const auto events = a_run(200'000);  // four blocks
  File file;
  file.write(recorded(events));
  Recording recording{file.name()};
  CHECK(recording.damage().empty());
  CHECK(recording.events() == events.size());
  CHECK(recording.first() == events.front().at);
  CHECK(recording.last() == events.back().at);
  std::mt19937_64 random{7};
  for (int i = 0; i < 30; ++i) {
    const std::size_t count = i == 0 ? 0 : i == 1 ? events.size() : random() % events.size();
    CAPTURE(count);
    CHECK(recording.after(count) == folded(events, count));
    const Time time = events[std::min(count, events.size() - 1)].at;
    std::size_t up_to = count;
    while (up_to < events.size() && events[up_to].at <= time) ++up_to;
    CHECK(recording.number_at(time) == up_to);
    CHECK(recording.at(time) == folded(events, up_to));
  }
  CHECK(recording.at(events.front().at - 1ns) == State{});
  const auto part = recording.slice(65'530, 20);  // across the border of two blocks
  CHECK(part == std::vector<Event>(events.begin() + 65'530, events.begin() + 65'550));
  CHECK(recording.slice(events.size() - 1, 20).size() == 1);
  CHECK(recording.slice(events.size(), 20).empty());
}

TEST_CASE("what was seen of a packet is with the events with which it was") {
  const auto events = a_run(150'000);  // three blocks
  File file;
  file.write(recorded(events));
  Recording recording{file.name()};
  std::mt19937_64 random{11};
  for (int i = 0; i < 300; ++i) {
    const std::size_t middle = i == 0 ? 65'536 : random() % events.size();
    const std::uint64_t packet = events[middle].packet;
    const std::size_t from = middle - std::min<std::size_t>(middle, random() % 1000);
    const std::size_t to = std::min<std::size_t>(events.size(), middle + random() % 1000);
    CAPTURE(packet, from, to);
    CHECK(recording.frames(packet, from, to) == frames_of(events, packet, from, to));
    const auto before = frames_of(events, packet, 0, to);
    const auto newest = recording.frame_before(packet, to);
    CHECK(newest == (before.empty() ? std::nullopt : std::optional{before.back()}));
  }
  CHECK(recording.frames(1, 0, events.size() + 1000) == frames_of(events, 1, 0, events.size()));
  CHECK(recording.frames(1, events.size(), events.size() + 1).empty());
  CHECK(recording.frames(1, 20, 10).empty());
  CHECK_FALSE(recording.frame_before(events.size(), events.size()));
}

TEST_CASE("events that come late are put in order while nothing later has been written") {
  auto events = a_run(100'000);
  std::string bytes;
  Time settled{};
  Recorder recorder{[&](std::string_view more) { bytes += more; }, "{}", [&] { return settled; }};
  for (std::size_t i = 0; i + 10 <= events.size(); i += 10) {
    for (std::size_t back = 10; back > 0; --back) tell(recorder, events[i + back - 1]);
    settled = events[i].at;
  }
  recorder.finish();
  CHECK(recorder.late() == 0);
  File file;
  file.write(bytes);
  Recording recording{file.name()};
  const auto all = recording.slice(0, events.size());
  CHECK(std::ranges::is_sorted(all, {}, &Event::at));
  CHECK(all.size() == events.size());
  CHECK(recording.late() == 0);
  for (std::uint64_t packet = 1; packet < 3000; packet += 97) {
    const auto seen = recording.frames(packet, 0, recording.events());
    CHECK(seen == frames_of(all, packet, 0, all.size()));
  }
}

TEST_CASE("what comes after later events have been written is counted, and the recording says so") {
  std::string bytes;
  Recorder recorder{[&](std::string_view more) { bytes += more; }, "{}", [] { return end_of_time; }};
  const auto events = a_run(70'000);  // the first 65 536 are written when one more comes
  for (const Event& event : events) recorder.add(event);
  for (std::size_t i = 0; i < 3; ++i) recorder.add(events[i]);
  recorder.finish();
  CHECK(recorder.late() == 3);
  File file;
  file.write(bytes);
  CHECK(Recording{file.name()}.late() == 3);
}

TEST_CASE("of a recording that was cut off what is whole is left, and it says so") {
  const auto events = a_run(200'000);
  const std::string whole = recorded(events);
  File file;
  file.write(whole.substr(0, whole.size() / 2));
  Recording recording{file.name()};
  CHECK(recording.damage() == "damaged or cut off after 65536 events: what is left is shown");
  CHECK(recording.after(60'000) == folded(events, 60'000));
  for (const std::size_t length : {std::size_t{0}, std::size_t{7}, std::size_t{30}, std::size_t{100}}) {
    file.write(whole.substr(0, length));
    CHECK_THROWS_AS(Recording{file.name()}, RecordingError);
  }
  CHECK_THROWS_AS(Recording{"no/such/file"}, RecordingError);
}

TEST_CASE("wherever it was cut off, what is left is whole blocks, with what was seen in them") {
  const auto events = a_run(140'000);
  const std::string whole = recorded(events);
  File file;
  std::mt19937_64 random{5};
  for (int i = 0; i < 60; ++i) {
    const std::size_t length =
        i < 10 ? whole.size() - 1 - static_cast<std::size_t>(i) : random() % whole.size();
    CAPTURE(length);
    file.write(whole.substr(0, length));
    try {
      Recording recording{file.name()};
      CHECK_FALSE(recording.damage().empty());
      const std::uint64_t left = recording.events();
      CHECK((left % 65'536 == 0 || left == events.size()));
      CHECK(recording.after(left) == folded(events, left));
      const std::uint64_t packet = events[left / 2].packet;
      CHECK(recording.frames(packet, 0, left) == frames_of(events, packet, 0, left));
    } catch (const RecordingError&) {
      CHECK(length < 4'000'000);  // not even the first block is whole
    }
  }
}

TEST_CASE("whatever octet is wrong, reading it ends with what is sound, or an error") {
  const auto events = a_run(1000);
  const std::string whole = recorded(events);
  const std::uint64_t packet =
      std::ranges::find_if(events, [](const Event& event) { return seen_with(event).has_value(); })->packet;
  const auto seen = frames_of(events, packet, 0, events.size());
  std::mt19937_64 random{3};
  File file;
  int refused = 0;
  for (int i = 0; i < 300; ++i) {
    std::string damaged = whole;
    damaged[random() % damaged.size()] ^= static_cast<char>(1 + random() % 255);
    file.write(damaged);
    try {
      Recording recording{file.name()};
      const auto left = recording.slice(0, events.size());
      const auto frames = recording.frames(packet, 0, events.size());
      const State end = recording.after(events.size());
      CHECK(left == events);
      CHECK(frames == seen);
      CHECK(end == folded(events, events.size()));
    } catch (const RecordingError&) {
      ++refused;
    }
  }
  CHECK(refused > 250);
}
