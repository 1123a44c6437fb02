// What headers carry beyond their fixed part: TCP's options, IPv6's extension headers, the options of
// neighbor discovery. Whatever the octets are, they are read within their bounds; of TCP's options what was
// read is written so that it is read again.
#include <algorithm>
#include <vector>

#include "actions.hpp"
#include "invariants.hpp"
#include "link.hpp"
#include "ringside/net/checksum.hpp"
#include "ringside/net/wire/ndp.hpp"
#include "ringside/net/wire/tcp.hpp"

namespace {

using namespace ringside::net;
using ringside::fuzz::Actions;
using ringside::fuzz::demand;
using ringside::fuzz::Octets;

constexpr IpAddress peer = ringside::fuzz::peer_ipv6, us = ringside::fuzz::our_ipv6;

// A SYN or not, for some options count in the one and not in the other.
Octets segment_with(std::span<const std::uint8_t> options, bool syn) {
  Octets segment(wire::TcpHeader::size + (options.size() + 3) / 4 * 4);
  std::copy(options.begin(), options.end(), segment.begin() + wire::TcpHeader::size);
  segment[12] = static_cast<std::uint8_t>(segment.size() / 4 << 4);
  segment[13] = syn ? 2 : 16;
  const auto sum = wire::pseudo_header_sum(peer, us, wire::IpProtocol::tcp, segment.size());
  wire::store16(segment, 16, internet_checksum(segment, sum));
  return segment;
}

Octets written(const wire::TcpHeader& header) {
  Octets segment(header.encoded_size());
  write(segment, header, peer, us);
  return segment;
}

void tcp(Actions& actions) {
  const bool syn = actions.yes();
  const auto read = wire::parse_tcp(segment_with(actions.octets(wire::max_options_size), syn), peer, us);
  demand(static_cast<bool>(read), "whatever the options are, the segment is one");
  if (read.header.options.encoded_size() > wire::max_options_size) return;  // packed more tightly than we do
  const Octets once = written(read.header);
  const auto again = wire::parse_tcp(once, peer, us);
  demand(static_cast<bool>(again), "what is written can be read");
  demand(written(again.header) == once, "and says the same");
}

void extension_headers(Actions& actions) {
  const std::uint8_t first = actions.octet();
  const auto payload = actions.octets(1500);
  Octets packet(wire::Ipv6Header::size + payload.size());
  const wire::Ipv6Header header{.next_header = first, .hop_limit = 64, .source = peer, .destination = us};
  write(packet, header, payload.size());
  std::copy(payload.begin(), payload.end(), packet.begin() + wire::Ipv6Header::size);
  const wire::Ipv6Headers headers = wire::read_extension_headers(packet);
  if (headers.reason == DropReason::none)
    demand(headers.payload_at <= packet.size() && headers.protocol_at < packet.size(), "it is in the packet");
  if (headers.problem) demand(headers.problem->pointer < packet.size() + 8, "the pointer is near the packet");
  const auto upper = wire::find_upper_layer(packet);
  demand(!upper || upper->at <= packet.size(), "what is above is in the packet");
}

void neighbor_discovery(Actions& actions) {
  const auto options = wire::parse_ndp_options(actions.octets(1500));
  demand(!options || options->prefixes <= wire::NdpOptions::most_prefixes, "no more prefixes than are kept");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Actions actions{{data, size}};
  switch (actions.below(3)) {
    case 0: tcp(actions); break;
    case 1: extension_headers(actions); break;
    case 2: neighbor_discovery(actions); break;
  }
  return 0;
}
