// net-connections: opened, used for a question and an answer, and closed by both; and many that are open and
// idle.
//   bench_net_connections [--connections N]
#include <cstdio>
#include <cstring>

#include "measure.hpp"
#include "two_stacks.hpp"

namespace {

using namespace ringside;
using bench::TwoStacks;

net::StackConfig config() {
  return {.tcp = {.send_buffer = 16_KiB,
                  .receive_buffer = 16_KiB,
                  .time_wait = std::chrono::milliseconds{1},
                  .first_ephemeral_port = 1024,
                  .last_ephemeral_port = 65535}};
}

// One after the other, a millisecond later each hundred.
void open_use_close(std::uint64_t connections) {
  TwoStacks two{config(), 1500};
  const auto listener = two.b.tcp_listen({TwoStacks::at_b, 80}, 128);
  std::vector<std::uint8_t> question(100), answer(1000), read(2000);
  const double before = bench::cpu_seconds();
  for (std::uint64_t i = 0; i < connections; ++i) {
    const auto client = two.a.tcp_connect(two.now, {TwoStacks::at_b, 80});
    two.run();
    const auto server = two.b.accept(*listener);
    if (!client || !server) std::abort();
    two.a.send(two.now, *client, question);
    two.run();
    if (two.b.recv(two.now, *server, read) != question.size()) std::abort();
    two.b.send(two.now, *server, answer);
    two.b.close(two.now, *server);
    two.run();
    if (two.a.recv(two.now, *client, read) != answer.size()) std::abort();
    two.a.close(two.now, *client);
    two.run();
    if (i % 100 == 0) two.now += std::chrono::milliseconds{1};
  }
  const double seconds = bench::cpu_seconds() - before;
  std::printf(
      "{\"benchmark\":\"net-connections\",\"connections\":%llu,\"per_cpu_second\":%.0f,\"peak_rss_bytes\":%"
      "lld}\n",
      static_cast<unsigned long long>(connections), static_cast<double>(connections) / seconds,
      static_cast<long long>(bench::peak_rss_bytes()));
}

// What they cost while nothing happens: memory, and the time in which a stack is asked a million times what
// is due.
void idle(int connections) {
  net::StackConfig with = config();
  TwoStacks two{with, 1500};
  const auto listener = two.b.tcp_listen({TwoStacks::at_b, 80}, 128);
  const std::int64_t empty = bench::peak_rss_bytes();
  for (int i = 0; i < connections; ++i) {
    const net::Endpoint local{TwoStacks::at_a, static_cast<std::uint16_t>(1024 + i % 60000)};
    if (i > 0 && i % 60000 == 0)
      two.b.tcp_listen({TwoStacks::at_b, static_cast<std::uint16_t>(80 + i / 60000)}, 128);
    const auto port = static_cast<std::uint16_t>(80 + i / 60000);
    if (!two.a.tcp_connect(two.now, {TwoStacks::at_b, port}, local)) std::abort();
    two.run();
    two.b.accept(*listener);
  }
  const auto octets = static_cast<double>(bench::peak_rss_bytes() - empty) / connections / 2;
  const double before = bench::cpu_seconds();
  for (int i = 0; i < 1'000'000; ++i) {
    two.now += std::chrono::microseconds{1};
    two.step();
  }
  std::printf(
      "{\"benchmark\":\"net-idle\",\"connections\":%d,\"octets_per_connection\":%.0f,\"ns_per_step\":%.1f}\n",
      connections, octets, (bench::cpu_seconds() - before) * 1e3);
}

}  // namespace

int main(int argc, char** argv) {
  const bool told = argc == 3 && std::strcmp(argv[1], "--connections") == 0;
  idle(100'000);
  open_use_close(told ? std::strtoull(argv[2], nullptr, 10) : 1'000'000);
}
