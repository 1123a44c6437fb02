#include "ringside/net/train.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "ringside/net/wire/ethernet.hpp"
#include "ringside/net/wire/ipv4.hpp"
#include "ringside/net/wire/ipv6.hpp"
#include "ringside/net/wire/tcp.hpp"

namespace ringside::net {
namespace {

using wire::load16;
using wire::load32;

constexpr std::size_t ip_at = wire::EthernetHeader::size;
constexpr std::uint8_t psh_bit = 0x08, ack_bit = 0x10;

// Of TCP, whole, behind a header of IP without options or extensions.
struct Segment {
  FrameView frame{};
  std::size_t tcp_at = 0;
  std::size_t header = 0;  // of TCP, with options
  std::size_t text = 0;

  bool ipv4() const { return tcp_at == ip_at + wire::Ipv4Header::size; }
  std::uint32_t seq() const { return load32(frame, tcp_at + 4); }
  std::uint8_t flags() const { return frame[tcp_at + 13]; }
  FrameView part(std::size_t from, std::size_t bytes) const { return frame.subspan(from, bytes); }
};

struct Within {  // an IP packet
  std::size_t tcp_at = 0, end = 0;
};

std::optional<Within> within_ipv4(FrameView frame) {
  constexpr std::size_t tcp_at = ip_at + wire::Ipv4Header::size;
  if (frame.size() < tcp_at || frame[ip_at] != 0x45) return std::nullopt;
  const bool plain =
      wire::IpProtocol{frame[ip_at + 9]} == wire::IpProtocol::tcp && (load16(frame, ip_at + 6) & 0x3fff) == 0;
  return plain ? std::optional{Within{tcp_at, ip_at + load16(frame, ip_at + 2)}} : std::nullopt;
}

std::optional<Within> within_ipv6(FrameView frame) {
  constexpr std::size_t tcp_at = ip_at + wire::Ipv6Header::size;
  if (frame.size() < tcp_at || frame[ip_at] >> 4 != 6) return std::nullopt;
  const bool plain = wire::IpProtocol{frame[ip_at + 6]} == wire::IpProtocol::tcp;
  return plain ? std::optional{Within{tcp_at, tcp_at + load16(frame, ip_at + 4)}} : std::nullopt;
}

std::optional<Segment> segment_of(FrameView frame) {
  if (frame.size() < ip_at) return std::nullopt;
  const wire::EtherType type{load16(frame, 12)};
  const auto packet = type == wire::EtherType::ipv4   ? within_ipv4(frame)
                      : type == wire::EtherType::ipv6 ? within_ipv6(frame)
                                                      : std::nullopt;
  if (!packet || frame.size() < packet->tcp_at + wire::TcpHeader::size) return std::nullopt;
  const std::size_t header = std::size_t{frame[packet->tcp_at + 12]} / 16 * 4;
  if (header < wire::TcpHeader::size) return std::nullopt;
  if (packet->end < packet->tcp_at + header || packet->end > frame.size()) return std::nullopt;
  return Segment{.frame = frame,
                 .tcp_at = packet->tcp_at,
                 .header = header,
                 .text = packet->end - packet->tcp_at - header};
}

bool alike(const Segment& a, const Segment& b, std::size_t from, std::size_t bytes) {
  return std::ranges::equal(a.part(from, bytes), b.part(from, bytes));
}

// Addresses and ports.
bool same_flow(const Segment& a, const Segment& b) {
  const std::size_t addresses_at = ip_at + (a.ipv4() ? 12 : 8);
  return a.tcp_at == b.tcp_at && alike(a, b, addresses_at, a.tcp_at + 4 - addresses_at);
}

// Length, identification and checksums follow from the frame's place; the rest tells of the flow's state.
bool same_ip_headers(const Segment& a, const Segment& b) {
  if (!alike(a, b, 0, ip_at + 2)) return false;                       // Ethernet, version and service
  return a.ipv4() ? alike(a, b, ip_at + 6, 3)                         // fragmentation, TTL
                  : alike(a, b, ip_at + 2, 2)                         // flow label
                        && a.frame[ip_at + 7] == b.frame[ip_at + 7];  // hop limit
}

bool same_headers(const Segment& a, const Segment& b) {
  const std::size_t tcp_at = a.tcp_at;
  return a.header == b.header && same_flow(a, b) && same_ip_headers(a, b)  //
         && alike(a, b, tcp_at + 8, 4)                                     // acknowledgement
         && alike(a, b, tcp_at + 14, 2)                                    // window
         && alike(a, b, tcp_at + 20, a.header - wire::TcpHeader::size);    // options
}

}  // namespace

bool may_lead_train(FrameView frame) {
  const auto segment = segment_of(frame);
  return segment && segment->text > 0 && segment->flags() == ack_bit;
}

bool continues_train(FrameView first, FrameView before, FrameView frame) {
  const auto a = segment_of(first), b = segment_of(before), c = segment_of(frame);
  if (!a || !b || !c || c->text == 0 || c->text > a->text || b->text < a->text) return false;
  if (b->flags() != ack_bit || (c->flags() | psh_bit) != (ack_bit | psh_bit)) return false;
  return c->seq() == b->seq() + static_cast<std::uint32_t>(b->text) && same_headers(*b, *c);
}

bool ends_train(FrameView first, FrameView last) {
  const auto a = segment_of(first), z = segment_of(last);
  return !a || !z || z->text < a->text || z->flags() != ack_bit;
}

bool same_tcp_flow(FrameView one, FrameView other) {
  const auto a = segment_of(one), b = segment_of(other);
  return a && b && same_flow(*a, *b);
}

}  // namespace ringside::net
