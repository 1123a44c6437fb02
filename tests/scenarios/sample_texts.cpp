// The texts. Tests count on their line numbers.
#include "sample_texts.hpp"

#include <stdlib.h>

#include <fstream>
#include <stdexcept>

namespace ringside::scenarios::samples {

const std::string path = R"(path: tiny
title: {en: "A forwarder", zh_CN: "转发器"}
since: {year: 1990, kernel: "none"}
story: {en: "Ring in, ring out.", zh_CN: "环进，环出。"}
parameters:
  ring: {sets: rx ring.capacity, what: {en: "descriptors", zh_CN: "描述符数"}}
  moderation: {sets: irq.moderation, what: {en: "pause", zh_CN: "间隔"}}
stages:
  wire in: {domain: hardware, work: arrive, stands for: MAC, why: {en: "In.", zh_CN: "进。"}}
  interrupt: {domain: hardirq, op: irq.handler, stands for: handler, why: {en: "Call.", zh_CN: "叫。"}}
  poll: {domain: softirq, op: [poll, route], work: route, stands for: poll(), why: {en: "Work.", zh_CN: "做。"}}
  wire out: {domain: hardware, work: depart, stands for: MAC, why: {en: "Out.", zh_CN: "出。"}}
hops:
  - {from: wire in, to: poll, queue: {name: rx ring, capacity: 8, budget: 4, full: drop}}
  - {from: wire in, to: interrupt, notify: {name: irq, raise: interrupt, moderation: 10us}}
  - {from: interrupt, to: poll, notify: {name: schedule, raise: softirq}}
  - {from: poll, to: wire out, queue: {name: tx ring, capacity: 8, full: drop}}
  - {from: poll, to: wire out, notify: {name: doorbell, raise: doorbell}}
)";

const std::string profile = R"(profile: toy
title: {en: "A toy", zh_CN: "玩具"}
year: 1990
clock: 100MHz
ops:
  irq.handler: {cycles per batch: 100, source: "a book"}
  poll: {cycles per packet: 200, cycles per byte: 0.5, estimate: "a guess"}
  route: {cycles per packet: 0, source: "a share", estimate: "of a book"}
  sched.switch: {cycles per packet: 0, estimate: "free"}
  idle.exit: {cycles per packet: 0, estimate: "free"}
)";

const std::string scenario = R"(scenario: steady
title: {en: "One stream", zh_CN: "一条流"}
path: tiny
profile: toy
keys:
  load: {default: 4k, what: {en: "packets a second", zh_CN: "每秒分组数"}}
  rate: {default: 10Mbps, what: {en: "of the links", zh_CN: "链路速率"}}
duration: 1s
hosts:
  source: {wire: true}
  router: {path: $path, profile: $profile, forwarding: true}
  sink: {wire: true}
links:
  - {between: [source, router], rate: $rate, delay: 5us}
  - {between: [router, sink], rate: $rate, delay: 5us}
workloads:
  - {from: source, to: sink, udp: {rate: $load, bytes: 60, arrivals: even}}
expect:
  - delivered_pps == 4000
)";

std::string with(std::string text, std::string_view old, std::string_view replacement) {
  const std::size_t at = text.find(old);
  if (at == std::string::npos || text.find(old, at + 1) != std::string::npos)
    throw std::invalid_argument{"occurs not once: " + std::string{old}};
  return text.replace(at, old.size(), replacement);
}

ScratchLibrary::ScratchLibrary() {
  std::string folder = (std::filesystem::temp_directory_path() / "ringside-test-XXXXXX").string();
  if (!mkdtemp(folder.data())) throw std::runtime_error{"mkdtemp"};
  folder_ = folder;
  write("paths/tiny.yaml", path);
  write("profiles/toy.yaml", profile);
  write("library/steady.yaml", scenario);
}

ScratchLibrary::~ScratchLibrary() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string ScratchLibrary::write(const std::string& name, std::string_view text) const {
  const std::filesystem::path file = folder_ / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream{file, std::ios::binary} << text;
  return file.string();
}

}  // namespace ringside::scenarios::samples
