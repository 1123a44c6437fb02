#include "ringside/net/train.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "ringside/net/wire/ethernet.hpp"
#include "ringside/net/wire/ipv4.hpp"
#include "ringside/net/wire/tcp.hpp"

namespace ringside::net {
namespace {

using wire::load16;
using wire::load32;

constexpr std::size_t ip_at = wire::EthernetHeader::size;
constexpr std::size_t tcp_at = ip_at + wire::Ipv4Header::size;
constexpr std::uint8_t psh_bit = 0x08, ack_bit = 0x10;

struct Segment {
  FrameView frame{};
  std::size_t header = 0;  // of TCP, with options
  std::size_t text = 0;

  std::uint32_t seq() const { return load32(frame, tcp_at + 4); }
  std::uint8_t flags() const { return frame[tcp_at + 13]; }
  FrameView part(std::size_t from, std::size_t bytes) const { return frame.subspan(from, bytes); }
};

std::optional<Segment> segment_of(FrameView frame) {
  if (frame.size() < tcp_at + wire::TcpHeader::size) return std::nullopt;
  const bool plain = wire::EtherType{load16(frame, 12)} == wire::EtherType::ipv4 && frame[ip_at] == 0x45 &&
                     wire::IpProtocol{frame[ip_at + 9]} == wire::IpProtocol::tcp &&
                     (load16(frame, ip_at + 6) & 0x3fff) == 0;
  const std::size_t header = std::size_t{frame[tcp_at + 12]} / 16 * 4;
  const std::size_t packet = load16(frame, ip_at + 2);
  if (!plain || header < wire::TcpHeader::size) return std::nullopt;
  if (packet < wire::Ipv4Header::size + header || packet > frame.size() - ip_at) return std::nullopt;
  return Segment{.frame = frame, .header = header, .text = packet - wire::Ipv4Header::size - header};
}

bool alike(const Segment& a, const Segment& b, std::size_t from, std::size_t bytes) {
  return std::ranges::equal(a.part(from, bytes), b.part(from, bytes));
}

bool same_flow(const Segment& a, const Segment& b) { return alike(a, b, ip_at + 12, 8 + 4); }

// Length, identification and checksums follow from the frame's place; the rest tells of the flow's state.
bool same_headers(const Segment& a, const Segment& b) {
  return a.header == b.header && alike(a, b, 0, ip_at + 2)               // Ethernet, IP's version and service
         && alike(a, b, ip_at + 6, 3)                                    // fragmentation, TTL
         && same_flow(a, b) && alike(a, b, tcp_at + 8, 4)                // acknowledgement
         && alike(a, b, tcp_at + 14, 2)                                  // window
         && alike(a, b, tcp_at + 20, a.header - wire::TcpHeader::size);  // options
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
