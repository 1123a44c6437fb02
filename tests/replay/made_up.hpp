// Recordings of runs that nobody has run: any events, and names for them.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "ringside/replay/cast.hpp"
#include "ringside/trace/recorder.hpp"
#include "ringside/trace/recording.hpp"

namespace ringside {

struct MadeUp {
  std::filesystem::path file{};
  std::unique_ptr<trace::Recording> recording{};

  explicit MadeUp(const std::vector<trace::Event>& events) {
    static int number = 0;
    file = std::filesystem::temp_directory_path() /
           ("ringside-made-up-" + std::to_string(getpid()) + "-" + std::to_string(++number) + ".rstrace");
    {
      std::ofstream out{file, std::ios::binary};
      trace::Recorder recorder{[&](std::string_view more) { out << more; }, "{}", [] { return end_of_time; }};
      for (const trace::Event& event : events) recorder.add(event);
      recorder.finish();
    }
    recording = std::make_unique<trace::Recording>(file.string());
  }
  MadeUp(const MadeUp&) = delete;
  MadeUp& operator=(const MadeUp&) = delete;
  ~MadeUp() {
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
  }
};

// Two hosts with a stage in each lane (the boundary has none), three queues and two cores.
inline replay::Cast made_up_cast() {
  replay::Cast cast;
  for (const char* name : {"client", "server"}) {
    replay::HostCast& host = cast.hosts.emplace_back();
    host.name = name;
    host.cores = 2;
    for (const path::Lane lane : {path::Lane::wire, path::Lane::nic, path::Lane::hardirq, path::Lane::softirq,
                                  path::Lane::protocol, path::Lane::user}) {
      host.path.stage({.name = std::string{path::style(lane).en}});
      host.lanes.push_back(lane);
    }
    host.path.hop(1, 3, path::Queue{.name = "rx ring", .capacity = 20});
    host.path.hop(4, 5, path::Queue{.name = "socket buffer", .capacity = 4096, .unit = path::Unit::bytes});
    host.path.hop(4, 1, path::Queue{.name = "tx ring", .capacity = 20});
    host.queues = {"rx ring", "socket buffer", "tx ring"};
  }
  cast.study = 1;
  return cast;
}

// Packets that come, wait, move on, and end or are dropped; cores that work.
inline std::vector<trace::Event> made_up_events(std::size_t count, std::uint64_t seed = 2026) {
  std::mt19937_64 random{seed};
  const auto below = [&](std::uint64_t n) { return random() % n; };
  std::vector<trace::Event> all;
  std::uint64_t newest = 0;
  Time now = start_of_time + Duration{1'000'000};
  while (all.size() < count) {
    now += Duration{static_cast<std::int64_t>(below(1000))};
    newest += newest == 0 || below(8) == 0;
    trace::Event event{.at = now,
                       .packet = newest - below(std::min<std::uint64_t>(newest, 40)),
                       .host = static_cast<std::uint16_t>(below(2)),
                       .kind = static_cast<trace::Kind>(below(trace::kinds))};
    if (event.kind == trace::Kind::stage) event.index = static_cast<std::uint16_t>(below(6));
    if (event.kind == trace::Kind::queue || event.kind == trace::Kind::drop)
      event.index = static_cast<std::uint16_t>(below(3));
    if (event.kind == trace::Kind::drop) event.other = 1 + below(3);
    if (event.kind == trace::Kind::drop && below(4) == 0)
      event.index = trace::no_queue, event.level = static_cast<std::uint8_t>(1 + below(3));
    if (event.kind == trace::Kind::birth) event.other = newest;
    if (event.kind == trace::Kind::busy) {
      event.index = static_cast<std::uint16_t>(below(2));
      event.level = static_cast<std::uint8_t>(below(3));
      event.other = below(10) == 0 ? below(300'000) : below(5000);
      event.packet = event.level == 0 ? below(event.other + 1) : 0;
    }
    if (event.kind == trace::Kind::window) {  // now and then a connection ends
      event.index = static_cast<std::uint16_t>(1 + below(3));
      const auto cwnd = static_cast<std::uint32_t>(below(6) == 0 ? 0 : 1448 * (1 + below(100)));
      event.other = trace::as_other({.cwnd = cwnd, .ssthresh = cwnd / 2 + 1448});
      event.level = static_cast<std::uint8_t>(cwnd == 0 ? 6 : below(6));
    }
    all.push_back(event);
  }
  return all;
}

}  // namespace ringside
