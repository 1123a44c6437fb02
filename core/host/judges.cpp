#include "judges.hpp"

#include <algorithm>

#include "ringside/net/wire/ethernet.hpp"

namespace ringside::host {

using path::Program;
using path::Verdict;

namespace {

// Instructions of the eBPF virtual machine.
constexpr std::int64_t decide = 2;       // r0 = verdict; exit
constexpr std::int64_t bound_check = 5;  // data, data_end, the bound, the comparison
constexpr std::int64_t swap = 12;        // six loads and six stores of two octets
constexpr std::int64_t look_up = 4;      // map, key and flags, the call of bpf_redirect_map()

// As swap_src_dst_mac() of the kernel's samples/bpf.
void swap_addresses(std::span<std::uint8_t> frame) {
  constexpr auto address = static_cast<std::ptrdiff_t>(net::MacAddress{}.octets.size());
  std::swap_ranges(frame.begin(), frame.begin() + address, frame.begin() + address);
}

}  // namespace

Judgement judge(Program program, std::span<std::uint8_t> frame) {
  if (program == Program::socket) return {Verdict::socket, look_up + decide};
  const bool sends = program == Program::tx || program == Program::redirect;
  if (!sends) return {path::verdict_of(program), decide};
  if (frame.size() < net::wire::EthernetHeader::size) return {Verdict::drop, bound_check + decide};
  swap_addresses(frame);
  return {path::verdict_of(program),
          bound_check + swap + (program == Program::redirect ? look_up : 0) + decide};
}

}  // namespace ringside::host
