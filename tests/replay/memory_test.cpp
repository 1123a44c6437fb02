// Where bytes lie follows from the path: by hand for paths of the library, and by the way of every packet.
#include "ringside/replay/memory.hpp"

#include <map>

#include "catch.hpp"
#include "recorded.hpp"
#include "ringside/replay/cast.hpp"
#include "ringside/replay/odometers.hpp"

using namespace ringside;
using namespace ringside::replay;
using trace::Kind;

namespace {

struct Seen {
  const Cast& cast;
  const Lodgings& lodgings;

  Lodging stage(const std::string& name) const {
    const auto& stages = cast.hosts[cast.study].path.stages;
    const auto found = std::ranges::find(stages, name, &path::Stage::name);
    REQUIRE(found != stages.end());
    return at(Kind::stage, found - stages.begin());
  }
  Lodging queue(const std::string& name) const {
    const auto& queues = cast.hosts[cast.study].queues;
    const auto found = std::ranges::find(queues, name);
    REQUIRE(found != queues.end());
    return at(Kind::queue, found - queues.begin());
  }
  Lodging at(Kind place, std::ptrdiff_t index) const {
    return lodgings.of({.place = place,
                        .host = static_cast<std::uint16_t>(cast.study),
                        .index = static_cast<std::uint16_t>(index)});
  }
};

Settings brief(const std::string& path) {
  return {.path = path, .warmup = Duration{0}, .duration = Duration{5'000'000'000}};
}

}  // namespace

TEST_CASE("sockets: from the card into the kernel, and by one copy into the program") {
  const Recorded run{"roads", brief("napi-socket")};
  const Cast cast = cast_of(run.recording->meta());
  const Lodgings lodgings{cast};
  const Seen seen{cast, lodgings};
  CHECK(seen.stage("wire in") == Lodging{.region = Region::device, .owner = Owner::nic});
  CHECK(seen.stage("nic rx dma") == Lodging{.region = Region::kernel, .owner = Owner::nic});
  CHECK(seen.queue("rx ring") == Lodging{.region = Region::kernel, .owner = Owner::kernel});
  CHECK(seen.stage("udp input") == Lodging{.region = Region::kernel, .owner = Owner::kernel});
  CHECK(seen.queue("socket buffer") == Lodging{.region = Region::kernel, .owner = Owner::kernel});
  CHECK(seen.stage("recv") == Lodging{false, Region::user, Owner::kernel, 1, 1});
  CHECK(seen.stage("application") == Lodging{false, Region::user, Owner::program, 1, 1});
  CHECK(seen.queue("tx ring").region == Region::kernel);
  CHECK(seen.queue("tx ring").owner == Owner::nic);
  CHECK(seen.queue("tx ring").least_copies == 0);  // an acknowledgement or what is forwarded
  CHECK(seen.queue("tx ring").most_copies == 1);   // what a program has written
  CHECK(seen.at(Kind::link, 0) == Lodging{.on_wire = true});
}

TEST_CASE("zero copy: the bytes stay where the card has put them, and the key moves") {
  for (const char* path : {"dpdk", "af-xdp-zerocopy"}) {
    CAPTURE(path);
    const Recorded run{"roads", brief(path)};
    const Cast cast = cast_of(run.recording->meta());
    const Lodgings lodgings{cast};
    const auto& host = cast.hosts[cast.study];
    std::size_t of_programs = 0;
    for (std::size_t stage = 0; stage < host.path.stages.size(); ++stage) {
      if (host.path.stages[stage].work != path::Work::consume) continue;
      const Lodging lodging = Seen{cast, lodgings}.at(Kind::stage, static_cast<std::ptrdiff_t>(stage));
      CHECK(lodging == Lodging{.region = Region::shared, .owner = Owner::program});
      ++of_programs;
    }
    CHECK(of_programs > 0);
  }
}

TEST_CASE("a file that is sent lies where the path leaves it") {
  const std::map<std::string, std::pair<Region, int>> expected{
      {"file-read-write", {Region::kernel, 2}}, {"file-mmap-write", {Region::kernel, 1}},
      {"file-sendfile", {Region::kernel, 1}},   {"file-sendfile-sg", {Region::page_cache, 0}},
      {"file-splice", {Region::page_cache, 0}}, {"file-msg-zerocopy", {Region::user, 1}}};
  for (const auto& [path, lies] : expected) {
    CAPTURE(path);
    const Recorded run{"copies", {.path = path}};
    const Cast cast = cast_of(run.recording->meta());
    const Lodgings lodgings{cast, run.recording->after(run.recording->events())};
    const auto host = std::ranges::find(cast.hosts, path, [](const HostCast& its) { return its.path.name; });
    REQUIRE(host != cast.hosts.end());
    const auto ring = std::ranges::find(host->queues, "tx ring") - host->queues.begin();
    const Lodging lodging = lodgings.of({.place = Kind::queue,
                                         .host = static_cast<std::uint16_t>(host - cast.hosts.begin()),
                                         .index = static_cast<std::uint16_t>(ring)});
    CHECK(lodging.region == lies.first);
    CHECK(lodging.owner == Owner::nic);
    CHECK(lodging.most_copies == lies.second);
  }
}

TEST_CASE("the way of every packet ends where its place says that its bytes lie") {
  for (const char* path : {"napi-socket", "af-xdp-copy", "packet-mmap-v1", "linux-net3", "xdp-generic"}) {
    CAPTURE(path);
    const Recorded run{"roads", brief(path)};
    const Cast cast = cast_of(run.recording->meta());
    const Lodgings lodgings{cast};
    std::map<std::uint64_t, std::vector<path::StageId>> ways;
    std::size_t compared = 0, known = 0;
    for (const trace::Event& event : run.recording->slice(0, 20'000)) {
      if (event.host != cast.study || event.kind != Kind::stage || event.packet == 0) continue;
      auto& way = ways[event.packet];
      way.push_back(event.index);
      const Lodging place = lodgings.of({.place = Kind::stage, .host = event.host, .index = event.index});
      const Lodging own = lodgings.along(event.host, way);
      CAPTURE(event.packet, cast.hosts[event.host].path.stages[event.index].name);
      CHECK(place.owner == own.owner);
      if (place.region) CHECK(place.region == own.region);
      known += own.region.has_value();
      CHECK(place.least_copies <= own.least_copies);
      CHECK(own.most_copies <= place.most_copies);
      ++compared;
    }
    CHECK(compared > 100);
    CHECK(known > compared * 99 / 100);
  }
}

// A copy counts when a core begins it, and is recorded when that piece of work is done: at the end of a run
// some are not. And a call that finds nothing to copy comes to its stage all the same.
TEST_CASE("odometers end where the metrics of the run do") {
  for (const char* path : {"napi-socket", "packet-mmap-v1", "af-xdp-zerocopy", "dpdk", "linux-net3",
                           "napi-recvmmsg", "io-uring-multishot"}) {
    CAPTURE(path);
    Settings settings = brief(path);
    settings.set = {{"offered_pps", "20k"}};
    settings.duration = Duration{100'000'000'000};
    const Recorded run{"roads", settings};
    const Cast cast = cast_of(run.recording->meta());
    const trace::State end = run.recording->after(run.recording->events());
    const Odometers all = odometers(cast.hosts[cast.study], end.hosts.at(cast.study));
    const double delivered = metric(run.result, "delivered_packets");
    CHECK(delivered > 1000);
    CHECK(static_cast<double>(all.delivered) == delivered);
    const auto close_to = [&](const char* name) {
      return Approx(metric(run.result, name) * delivered).margin(3);
    };
    CHECK(static_cast<double>(all.copies) == close_to("cpu_copies_per_packet"));
    CHECK(static_cast<double>(all.dmas) == close_to("dma_transfers_per_packet"));
    CHECK(static_cast<double>(all.system_calls) == close_to("syscalls_per_packet"));
    CHECK(static_cast<double>(all.context_switches) == close_to("context_switches_per_packet"));
    CHECK(static_cast<double>(all.wakeups) == close_to("wakeups_per_packet"));
    const double interrupts =
        metric(run.result, "interrupts_per_packet") * metric(run.result, "offered_packets");
    CHECK(static_cast<double>(all.interrupts) == Approx(interrupts).margin(3));
    CHECK(all.each(&Odometers::delivered, &Odometers::copies) * delivered ==
          Approx(static_cast<double>(all.copies)));
  }
}

TEST_CASE("the events that a count lists are as many as it has counted") {
  Recorded run{"roads", brief("napi-socket")};
  trace::Recording& recording = *run.recording;
  const Cast cast = cast_of(recording.meta());
  const auto host = static_cast<std::uint16_t>(cast.study);
  for (const std::uint64_t moment : {recording.events() / 3, recording.events()}) {
    const Odometers counts = odometers(cast.hosts[host], recording.after(moment).hosts.at(host));
    const auto events = recording.slice(0, moment);
    for (const Counter& counter : counters()) {
      CAPTURE(counter.key, moment);
      const Happening counted = counted_by(counter, cast.hosts[host], host);
      std::uint64_t found = 0;
      for (const trace::Event& event : events)
        if (fits(counted, event)) found += counter.kind == trace::Kind::drop ? event.other : 1;
      CHECK(found == counts.*counter.count);
    }
  }
}

TEST_CASE("odometers of a file that was sent are those of its copies") {
  for (const char* path : {"file-read-write", "file-sendfile", "file-sendfile-sg"}) {
    CAPTURE(path);
    const Recorded run{"copies", {.path = path, .warmup = Duration{0}}};
    const Cast cast = cast_of(run.recording->meta());
    const trace::State end = run.recording->after(run.recording->events());
    const Odometers all = odometers(cast.hosts[cast.study], end.hosts.at(cast.study));
    const double packets = static_cast<double>(all.dmas) / metric(run.result, "dma_transfers_per_packet");
    CHECK(static_cast<double>(all.copies) ==
          Approx(metric(run.result, "cpu_copies_per_packet") * packets).margin(3));
  }
}
