// net-bulk: one stream between two stacks, checksums made and checked, every octet copied in and out: with
// segments of 1448 octets, and with such as a card that divides them would be given.
//   bench_net_bulk [--gigabytes N]
#include <cstdio>
#include <cstring>

#include "measure.hpp"
#include "two_stacks.hpp"

namespace {

using namespace ringside;

void run(int mtu, std::uint64_t octets) {
  bench::TwoStacks two{{.tcp = {.send_buffer = 256_KiB, .receive_buffer = 256_KiB}}, mtu};
  const auto listener = two.b.tcp_listen({bench::TwoStacks::at_b, 80}, 1);
  const auto sender = two.a.tcp_connect(two.now, {bench::TwoStacks::at_b, 80});
  two.run();
  const auto receiver = two.b.accept(*listener);
  if (!receiver) std::abort();
  std::vector<std::uint8_t> text(128 << 10), read(128 << 10);
  const double before = bench::cpu_seconds();
  for (std::uint64_t received = 0; received < octets;) {
    two.a.send(two.now, *sender, text);
    for (int i = 0; i < 16; ++i) two.step();
    received += two.b.recv(two.now, *receiver, read);
    two.now += std::chrono::microseconds{1};
  }
  const double seconds = bench::cpu_seconds() - before;
  std::printf(
      "{\"benchmark\":\"net-bulk\",\"mss\":%d,\"gbit_per_cpu_second\":%.2f,\"frames_per_cpu_second\":%.0f,"
      "\"retransmits\":%llu,\"peak_rss_bytes\":%lld}\n",
      two.a.tcp_info(*sender).mss, static_cast<double>(octets) * 8e-9 / seconds,
      static_cast<double>(two.frames) / seconds,
      static_cast<unsigned long long>(two.a.tcp_info(*sender).retransmits),
      static_cast<long long>(bench::peak_rss_bytes()));
}

}  // namespace

int main(int argc, char** argv) {
  const bool told = argc == 3 && std::strcmp(argv[1], "--gigabytes") == 0;
  const std::uint64_t octets = (told ? std::strtoull(argv[2], nullptr, 10) : 4) * 1'000'000'000;
  for (const int mtu : {1500, 65535}) run(mtu, octets);
}
