// What leaves as IPv6.
#include <algorithm>

#include "ip/output.hpp"

namespace ringside::net {

using wire::ByteSpan;
using wire::ByteView;
using wire::FragmentHeader;
using wire::Ipv6Header;

// A destination that names no interface, a group or a link-local address, is on the first link with one.
std::optional<Path> Output::path_to_ipv6(const IpAddress& destination, Device by) const {
  auto hop = routes.lookup(destination, by);
  if (destination.multicast() && by) {
    hop = NextHop{*by, destination};
  } else if (destination.multicast()) {
    const auto with_ipv6 = std::find_if(interfaces.begin(), interfaces.end(), [](const Interface& one) {
      return !one.ipv6.empty() && !one.loopback;
    });
    if (with_ipv6 == interfaces.end()) return std::nullopt;
    hop = NextHop{static_cast<InterfaceId>(with_ipv6 - interfaces.begin()), destination};
  }
  if (!hop) return std::nullopt;
  const Interface& out = interface(hop->out);
  const auto source =
      out.loopback && owns(destination) ? std::optional{destination} : out.source_for(destination);
  if (!source) return std::nullopt;
  return Path{.hop = *hop,
              .source = *source,
              .mtu = path_mtus.of(destination, out.ipv6_mtu),
              .hop_limit = out.hop_limit,
              .link_mtu = out.ipv6_mtu};
}

void Output::confirm_neighbor(Time now, const IpAddress& destination) {
  if (const auto hop = routes.lookup(destination)) neighbors.confirm(now, {hop->out, hop->address});
}

// RFC 8200 section 4.5.
Output::Queued Output::fragment(Time now, const Path& path, const Ipv6Header& header, ByteView segment,
                                std::optional<SocketId> socket) {
  const std::size_t headers = Ipv6Header::size + FragmentHeader::size;
  const std::size_t most = (path.mtu - headers) / 8 * 8;
  const std::size_t whole_pieces = (segment.size() - 1) / most;
  const std::size_t needed =
      whole_pieces * FrameQueue::footprint(packet_at + headers + most) +
      FrameQueue::footprint(packet_at + headers + segment.size() - whole_pieces * most);
  if (!queue.has_room_for(needed)) return {.complete = false};  // all or nothing
  FragmentHeader piece_of{.next_header = header.next_header, .identification = next_identification(header)};
  Ipv6Header outer = header;
  outer.next_header = static_cast<std::uint8_t>(wire::ExtensionHeader::fragment);
  Queued queued{.complete = true};
  for (std::size_t at = 0; at < segment.size(); at += most) {
    const ByteView piece = segment.subspan(at, std::min(most, segment.size() - at));
    const ByteSpan frame = queue.reserve(packet_at + headers + piece.size());
    piece_of.offset = static_cast<std::uint16_t>(at);
    piece_of.more = at + piece.size() < segment.size();
    wire::write(frame.subspan(packet_at), outer, FragmentHeader::size + piece.size());
    wire::write(frame.subspan(packet_at + Ipv6Header::size), piece_of);
    std::copy(piece.begin(), piece.end(), frame.subspan(packet_at + headers).begin());
    ++counters_->fragments_out;
    if (!hand_over(now, path, frame)) continue;
    queue.commit(path.hop.out, socket);
    queued.octets += frame.size();
  }
  return queued;
}

namespace {

std::uint64_t half(const IpAddress& address, std::size_t which) {
  const IpAddress::Words& words = address.words();
  return std::uint64_t{words[2 * which]} << 32 | words[2 * which + 1];
}

}  // namespace

// RFC 7739 section 5.3: a counter behind a keyed hash of the addresses.
std::uint32_t Output::next_identification(const Ipv6Header& header) {
  const std::uint64_t start = siphash(key_, {half(header.source, 0), half(header.source, 1),
                                             half(header.destination, 0), half(header.destination, 1)});
  return static_cast<std::uint32_t>(start) + fragmented_++;
}

}  // namespace ringside::net
