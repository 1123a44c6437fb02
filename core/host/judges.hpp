// The programs that judge packets: what a packet filter or an XDP program does to a frame, and how many
// instructions it takes. They stand behind the interface that eBPF programs will use: bytes in, a verdict and
// the instructions out.
#pragma once

#include <cstdint>
#include <span>

#include "ringside/path/path.hpp"

namespace ringside::host {

struct Judgement {
  path::Verdict verdict = path::Verdict::pass;
  std::int64_t instructions = 0;  // of the eBPF virtual machine
};

// May change the frame in place. `for_others`: the host would forward it.
Judgement judge(path::Program program, std::span<std::uint8_t> frame, bool for_others);

}  // namespace ringside::host
