// Ten million events: writing them, opening the file, seeking anywhere in it, asking what a packet looks
// like, and the overview of all of it.
//
//   bench_recording [--events N] [--packets N] [--octets N]
//
// `packets` are under way at any time; `octets` are seen of each when it comes, and in the middle of its way.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <string_view>

#include "ringside/replay/overview.hpp"
#include "ringside/trace/recorder.hpp"
#include "ringside/trace/recording.hpp"

using namespace ringside;
using namespace ringside::trace;

namespace {

double seconds_of(auto&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>{std::chrono::steady_clock::now() - start}.count();
}

// A packet passes seven stages and two queues, a core works on it, and it ends.
void write(const std::string& file, std::uint64_t events, std::uint64_t packets, std::uint64_t octets) {
  const std::vector<std::uint8_t> frame(octets, 0x5a);
  std::ofstream out{file, std::ios::binary};
  Time now = start_of_time;
  Recorder recorder{[&](std::string_view bytes) { out << bytes; }, "{}", [&] { return now; }};
  constexpr std::uint64_t steps = 11;
  for (std::uint64_t i = 0; i < events; ++i) {
    const std::uint64_t round = i / (packets * steps), in_round = i % (packets * steps);
    const auto step = static_cast<std::uint16_t>(in_round / packets);
    const Kind kind = step == 3 || step == 7 ? Kind::queue
                      : step == 10           ? Kind::end
                      : step == 9            ? Kind::busy
                                             : Kind::stage;
    now += Duration{9'000};
    if (kind == Kind::busy) {
      recorder.add({.at = now, .other = 8'000, .host = 1, .index = step, .kind = kind, .level = 1});
      continue;
    }
    const std::uint64_t packet = 1 + round * packets + in_round % packets;
    recorder.add({.at = now,
                  .packet = packet,
                  .other = kind == Kind::end ? 0U : 1500U,
                  .host = 1,
                  .index = step,
                  .kind = kind,
                  .level = static_cast<std::uint8_t>(kind != Kind::end)});
    if (octets > 0 && (step == 0 || step == 5)) recorder.frame(now, packet, 1, step, 1500, frame);
  }
  recorder.finish();
}

// Three hosts as large as those of the library.
replay::Cast cast() {
  replay::Cast all;
  for (int i = 0; i < 3; ++i)
    all.hosts.push_back({.cores = 12,
                         .lanes = std::vector<path::Lane>(40, path::Lane::protocol),
                         .queues = std::vector<std::string>(20)});
  return all;
}

std::uint64_t option(int argc, char** argv, std::string_view name, std::uint64_t otherwise) {
  for (int i = 1; i + 1 < argc; ++i)
    if (argv[i] == name) return std::strtoull(argv[i + 1], nullptr, 10);
  return otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t events = option(argc, argv, "--events", 10'000'000);
  const std::uint64_t packets = option(argc, argv, "--packets", 1000);
  const std::uint64_t octets = option(argc, argv, "--octets", 128);
  const std::string file = (std::filesystem::temp_directory_path() / "bench.rstrace").string();
  const double writing = seconds_of([&] { write(file, events, packets, octets); });
  double opening = 0, worst = 0, sum = 0, look_worst = 0, look_sum = 0;
  constexpr int seeks = 200;
  {
    std::unique_ptr<Recording> recording;
    opening = seconds_of([&] { recording = std::make_unique<Recording>(file); });
    std::mt19937_64 random{1};
    std::uint64_t seen = 0;
    for (int i = 0; i < seeks; ++i) {
      const double seek = seconds_of([&] { seen += recording->after(random() % events).packets.size(); });
      worst = std::max(worst, seek);
      sum += seek;
    }
    for (int i = 0; i < seeks; ++i) {
      const std::uint64_t event = random() % events;
      const std::uint64_t packet = recording->slice(event, 1).front().packet;
      if (packet == 0) continue;  // a core at work
      const double look = seconds_of([&] { seen += recording->frame_before(packet, event + 1).has_value(); });
      look_worst = std::max(look_worst, look);
      look_sum += look;
    }
    if (seen == 0) return EXIT_FAILURE;
  }
  double overview = 0, columns = 0;
  std::size_t overview_bytes = 0;
  {
    Recording recording{file};
    std::optional<replay::Overview> made;
    overview = seconds_of([&] { made = replay::Overview::of(recording, cast()); });
    overview_bytes = made->bytes();
    columns = seconds_of([&] {
      const auto all = made->columns(made->begin(), made->end(), 1920);
      for (std::size_t queue = 0; queue < 20; ++queue) (void)made->most_waiting(all, 1, queue);
      for (int lane = 0; lane < path::lane_count; ++lane)
        (void)made->came(all, 1, static_cast<path::Lane>(lane));
    });
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "{\"benchmark\":\"recording\",\"events\":%llu,\"file_bytes\":%llu,\"events_per_second_written\":%.0f,"
      "\"open_seconds\":%.4f,\"seek_seconds_mean\":%.4f,\"seek_seconds_max\":%.4f,\"look_seconds_mean\":%.4f,"
      "\"look_seconds_max\":%.4f,\"overview_seconds\":%.3f,\"overview_bytes\":%zu,\"columns_seconds\":%.6f,"
      "\"peak_rss_bytes\":%lld}\n",
      static_cast<unsigned long long>(events),
      static_cast<unsigned long long>(std::filesystem::file_size(file)),
      static_cast<double>(events) / writing, opening, sum / seeks, worst, look_sum / seeks, look_worst,
      overview, overview_bytes, columns, static_cast<long long>(usage.ru_maxrss) * 1024);
  std::filesystem::remove(file);
}
