#include "judges.hpp"

#include <algorithm>

#include "ringside/net/wire/ethernet.hpp"
#include "ringside/net/wire/ipv4.hpp"

namespace ringside::host {

using path::Program;
using path::Verdict;

namespace {

// Instructions of the eBPF virtual machine.
constexpr std::int64_t decide = 2;       // r0 = verdict; exit
constexpr std::int64_t bound_check = 5;  // data, data_end, the bound, the comparison
constexpr std::int64_t swap = 12;        // six loads and six stores of two octets
constexpr std::int64_t look_up = 4;      // map, key and flags, the call of bpf_redirect_map()
constexpr std::int64_t flow_hash = 30;   // addresses, ports and protocol loaded, and mixed
constexpr std::int64_t rewrite = 45;  // type, TTL, ten fields for bpf_fib_lookup(); TTL, checksum, addresses
constexpr std::int64_t fib_lookup = 400;  // an estimate: the helper takes as long, 200 cycles

// As swap_src_dst_mac() of the kernel's samples/bpf.
void swap_addresses(std::span<std::uint8_t> frame) {
  constexpr auto address = static_cast<std::ptrdiff_t>(net::MacAddress{}.octets.size());
  std::swap_ranges(frame.begin(), frame.begin() + address, frame.begin() + address);
}

// As samples/bpf/xdp_fwd_kern.c: a hop less and other addresses. What is for this host, or cannot go on, the
// kernel looks at.
Judgement route_packet(std::span<std::uint8_t> frame, bool for_others) {
  const auto ethernet = net::wire::parse_ethernet(frame);
  const auto ip = ethernet ? net::wire::parse_ipv4(ethernet.payload)
                           : net::wire::Parsed<net::wire::Ipv4Header>{.reason = ethernet.reason};
  if (!ip || ip.header.ttl <= 1) return {Verdict::pass, bound_check + decide};
  if (!for_others) return {Verdict::pass, bound_check + fib_lookup + decide};
  net::wire::decrement_ttl(frame.subspan(net::wire::EthernetHeader::size));
  swap_addresses(frame);
  return {Verdict::redirect, bound_check + fib_lookup + rewrite + decide};
}

}  // namespace

Judgement judge(Program program, std::span<std::uint8_t> frame, bool for_others) {
  if (program == Program::socket) return {Verdict::socket, look_up + decide};
  if (program == Program::core) return {Verdict::core, bound_check + flow_hash + look_up + decide};
  if (program == Program::route) return route_packet(frame, for_others);
  const bool sends = program == Program::tx || program == Program::redirect;
  if (!sends) return {path::verdict_of(program), decide};
  if (frame.size() < net::wire::EthernetHeader::size) return {Verdict::drop, bound_check + decide};
  swap_addresses(frame);
  return {path::verdict_of(program),
          bound_check + swap + (program == Program::redirect ? look_up : 0) + decide};
}

}  // namespace ringside::host
