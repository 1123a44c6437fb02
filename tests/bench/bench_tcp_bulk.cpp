// tcp-bulk: one flow between two hosts over 1 Gbit/s and 1 ms with a queue of 1000 packets, MSS 1448,
// timestamps, SACK, CUBIC, initial window 10, buffers of 4 MiB, real bytes and checksums. The hosts run
// napi-socket on a machine that costs nothing, so what is measured is the engine and the protocol; their
// cards put 100 us between two interrupts, which makes a batch of eight frames. With --moderation-us 0 every
// frame and every completion is an interrupt, a poll and a wake-up of its own.
//   bench_tcp_bulk [--megabytes N] [--moderation-us N]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "measure.hpp"
#include "ringside/host/host.hpp"
#include "ringside/host/programs.hpp"
#include "ringside/scenarios/load.hpp"

namespace {

using namespace ringside;
using namespace std::chrono_literals;

constexpr std::uint16_t port = 5001;
constexpr std::size_t chunk = 65536;

struct Options {
  std::int64_t megabytes = 400;
  std::int64_t moderation_us = 100;
};

path::Compiled napi_socket_for_free(std::int64_t moderation_us) {
  scenarios::Findings findings;
  const auto library = scenarios::locate_library();
  auto path = scenarios::load_path("napi-socket", *library, findings);
  const auto profile = scenarios::load_profile("ideal", *library, findings);
  path::set(*path, "tx_ring", 1000);
  path::set(*path, "moderation", Duration{std::chrono::microseconds{moderation_us}}.count());
  return path::compile(*path, *profile);
}

host::HostConfig config(std::uint16_t number, hw::Link& out) {
  const auto last = static_cast<std::uint8_t>(number + 1);
  host::HostConfig host{.number = number};
  host.stack.tcp.send_buffer = host.stack.tcp.receive_buffer = 4096_KiB;
  host.ports.push_back(
      {.interface = {.mac = {{2, 0, 0, 0, 0, last}}, .address = net::Ipv4Address{10, 0, 0, last}},
       .out = &out});
  return host;
}

void run(const Options& options) {
  host::Simulation simulation{1, 2048};
  const hw::LinkConfig line{.rate = 1_Gbps, .delay = 1ms, .queue = 1000};
  hw::Link to_server{simulation.events, simulation.pool, line, 1, "a->b"};
  hw::Link to_client{simulation.events, simulation.pool, line, 1, "b->a"};
  host::Host client{simulation, config(0, to_server), napi_socket_for_free(options.moderation_us)};
  host::Host server{simulation, config(1, to_client), napi_socket_for_free(options.moderation_us)};
  to_server.connect(&host::Host::on_frame, server.arrival_port(0));
  to_client.connect(&host::Host::on_frame, client.arrival_port(0));

  std::int64_t left = options.megabytes * 1'000'000;
  std::int64_t received = 0;
  host::StreamSink sink{
      {.port = port}, [&](auto bytes) { received += static_cast<std::int64_t>(bytes.size()); }, chunk};
  host::FilePages pages{[&](std::span<std::uint8_t> into) {
                          const auto n = std::min<std::int64_t>(left, static_cast<std::int64_t>(into.size()));
                          left -= n;
                          return static_cast<std::size_t>(n);
                        },
                        {.chunk = chunk}};
  host::StreamSource source{{.to = {net::Ipv4Address{10, 0, 0, 2}, port}}, std::move(pages)};
  server.start(sink);
  client.start(source);

  const double before = bench::cpu_seconds();
  while (!sink.finished() && simulation.events.step()) {
  }
  const double seconds = bench::cpu_seconds() - before;
  const auto data = static_cast<double>(server.counts().offered);
  const auto all = data + static_cast<double>(client.counts().offered);
  const auto events = static_cast<double>(simulation.events.executed());
  std::printf(
      "{\"benchmark\":\"tcp-bulk\",\"megabytes\":%lld,\"data_packets\":%.0f,\"data_packets_per_cpu_second\":%"
      ".0f,"
      "\"events_per_cpu_second\":%.0f,\"events_per_packet\":%.2f,\"simulated_seconds\":%.4f,\"retransmits\":%"
      "llu,"
      "\"peak_rss_bytes\":%lld}\n",
      static_cast<long long>(received / 1'000'000), data, data / seconds, events / seconds, events / all,
      to_seconds(simulation.events.now() - start_of_time),
      static_cast<unsigned long long>(client.stack().counters().retransmits),
      static_cast<long long>(bench::peak_rss_bytes()));
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; i += 2) {
    const bool has_value = i + 1 < argc;
    if (has_value && std::strcmp(argv[i], "--megabytes") == 0) {
      options.megabytes = std::atoll(argv[i + 1]);
    } else if (has_value && std::strcmp(argv[i], "--moderation-us") == 0) {
      options.moderation_us = std::atoll(argv[i + 1]);
    } else {
      std::fprintf(stderr, "usage: bench_tcp_bulk [--megabytes N] [--moderation-us N]\n");
      return 2;
    }
  }
  run(options);
}
