// A recording says at any moment what folding all events up to there says; and what is left of a damaged one.
#include "ringside/trace/recording.hpp"

#include <unistd.h>

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

// Packets that come, wait, move on, and end or are dropped, on two hosts; cores that work.
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
    event.level = static_cast<std::uint8_t>(event.kind == Kind::busy ? below(3) : 0);
    all.push_back(event);
  }
  return all;
}

std::string recorded(const std::vector<Event>& events) {
  std::string bytes;
  Recorder recorder{[&](std::string_view more) { bytes += more; }, "{}", [] { return end_of_time; }};
  for (const Event& event : events) recorder.add(event);
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

TEST_CASE("events that come late are put in order while nothing later has been written") {
  auto events = a_run(100'000);
  std::string bytes;
  Time settled{};
  Recorder recorder{[&](std::string_view more) { bytes += more; }, "{}", [&] { return settled; }};
  for (std::size_t i = 0; i + 10 <= events.size(); i += 10) {
    for (std::size_t back = 10; back > 0; --back) recorder.add(events[i + back - 1]);
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

TEST_CASE("whatever octet is wrong, reading it ends with what is sound, or an error") {
  const auto events = a_run(1000);
  const std::string whole = recorded(events);
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
      CHECK(left == events);
    } catch (const RecordingError&) {
      ++refused;
    }
  }
  CHECK(refused > 250);
}
