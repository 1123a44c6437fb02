#include "judges.hpp"

#include <algorithm>

#include "ringside/net/wire/ethernet.hpp"

namespace ringside::host {

using path::Program;
using path::Verdict;

namespace {

// As swap_src_dst_mac() of the kernel's samples/bpf: six loads and six stores of two octets.
void swap_addresses(std::span<std::uint8_t> frame) {
  constexpr std::ptrdiff_t address = 6;
  std::swap_ranges(frame.begin(), frame.begin() + address, frame.begin() + address);
}

// r0 = verdict; exit
constexpr std::int64_t decide = 2;
// data, data_end, the bound, the comparison
constexpr std::int64_t bound_check = 5;
constexpr std::int64_t swap = 12;
// map, key and flags into registers, the call of bpf_redirect_map()
constexpr std::int64_t redirect = 4;

}  // namespace

Judgement judge(Program program, std::span<std::uint8_t> frame) {
  const bool whole = frame.size() >= net::wire::EthernetHeader::size;
  switch (program) {
    case Program::pass: return {Verdict::pass, decide};
    case Program::drop: return {Verdict::drop, decide};
    case Program::tx:
      if (!whole) return {Verdict::drop, bound_check + decide};
      swap_addresses(frame);
      return {Verdict::tx, bound_check + swap + decide};
    case Program::redirect:
      if (!whole) return {Verdict::drop, bound_check + decide};
      swap_addresses(frame);
      return {Verdict::redirect, bound_check + swap + redirect + decide};
  }
  return {};
}

}  // namespace ringside::host
