// RFC 8200 section 4: from header to header. What none but a test or an attacker sends is bounded as in Linux
// ip6_parse_tlv(), which RFC 8504 section 5.3 allows.
#include "ringside/net/wire/ipv6.hpp"

namespace ringside::net::wire {
namespace {

using Problem = Ipv6Headers::Problem;

class Reader {
 public:
  explicit Reader(ByteView packet) : packet_{packet} {
    headers_ = {.protocol = packet[Ipv6Header::next_header_at],
                .protocol_at = Ipv6Header::next_header_at,
                .payload_at = Ipv6Header::size};
  }

  Ipv6Headers read() {
    while (headers_.reason == DropReason::none && step()) {
    }
    return headers_;
  }

 private:
  bool step() {  // false: the payload is reached, or the end
    switch (ExtensionHeader{headers_.protocol}) {
      case ExtensionHeader::hop_by_hop:  // section 4.1: nowhere but behind the IPv6 header
        if (headers_.protocol_at != Ipv6Header::next_header_at)
          return refuse(problem::next_header, headers_.protocol_at);
        return options();
      case ExtensionHeader::destination_options: return options();
      case ExtensionHeader::routing: return routing();
      case ExtensionHeader::fragment: return fragment();
      case ExtensionHeader::none: return false;
    }
    return false;
  }

  bool drop() { return headers_.reason = DropReason::malformed, false; }
  bool refuse(std::uint8_t code, std::size_t pointer, bool to_group = false) {
    headers_.problem = Problem{code, static_cast<std::uint32_t>(pointer), to_group};
    return drop();
  }

  // The header's octets if they are all there, else none.
  std::size_t length() const {
    const std::size_t left = packet_.size() - headers_.payload_at;
    if (left < 8) return 0;
    const std::size_t octets = (packet_[headers_.payload_at + 1] + std::size_t{1}) * 8;
    return octets <= left ? octets : 0;
  }
  bool pass(std::size_t octets) {
    headers_.protocol = packet_[headers_.payload_at];
    headers_.protocol_at = headers_.payload_at;
    headers_.payload_at += octets;
    return true;
  }

  bool options() {
    const std::size_t octets = length();
    if (octets == 0) return drop();
    const std::size_t end = headers_.payload_at + octets;
    constexpr int most_options = 8;  // Linux net.ipv6.max_dst_opts_number, max_hbh_opts_number
    int options = 0;
    std::size_t padding = 0;
    for (std::size_t at = headers_.payload_at + 2; at < end;) {
      const std::uint8_t type = packet_[at];
      if (type == pad1) {
        if (++padding > most_padding) return drop();
        ++at;
        continue;
      }
      if (at + 2 > end || at + 2 + packet_[at + 1] > end) return drop();
      const std::size_t size = packet_[at + 1] + std::size_t{2};
      if (type == padn) {
        padding += size;
        if (padding > most_padding || !zeros(packet_.subspan(at + 2, size - 2))) return drop();
      } else {
        padding = 0;
        if (++options > most_options || !passes_over(type, at)) return drop();
      }
      at += size;
    }
    return pass(octets);
  }

  // Section 4.2: what an option that nobody here knows asks for is in its two highest bits.
  bool passes_over(std::uint8_t type, std::size_t at) {
    switch (type >> 6) {
      case 0: return true;
      case 1: return drop();
      case 2: return refuse(problem::option, at, true);
      default: return refuse(problem::option, at);
    }
  }

  static bool zeros(ByteView octets) {
    return std::all_of(octets.begin(), octets.end(), [](std::uint8_t octet) { return octet == 0; });
  }

  // Section 4.4: of a type that nobody here follows (type 0 is gone, RFC 5095), it may pass if it has been
  // followed to its end.
  bool routing() {
    const std::size_t octets = length();
    if (octets == 0) return drop();
    const std::uint8_t segments_left = packet_[headers_.payload_at + 3];
    return segments_left == 0 ? pass(octets) : refuse(problem::header_field, headers_.payload_at + 2);
  }

  // Section 4.5.
  bool fragment() {
    const std::size_t at = headers_.payload_at;
    if (packet_.size() - at < FragmentHeader::size) return drop();
    const std::uint16_t word = load16(packet_, at + 2);
    const FragmentHeader header{.next_header = packet_[at],
                                .offset = static_cast<std::uint16_t>(word & 0xfff8),
                                .more = (word & 1) != 0,
                                .identification = load32(packet_, at + 4)};
    pass(FragmentHeader::size);
    if (header.atomic()) return true;
    const std::size_t octets = packet_.size() - headers_.payload_at;
    constexpr std::size_t payload_length_at = 4;
    if (header.more && octets % 8 != 0) return refuse(problem::header_field, payload_length_at);
    if (header.offset + octets > 65535) return refuse(problem::header_field, at + 2);
    headers_.fragment = header;
    return false;
  }

  static constexpr std::uint8_t pad1 = 0, padn = 1;
  static constexpr std::size_t most_padding = 7;  // more than alignment can need

  ByteView packet_;
  Ipv6Headers headers_;
};

}  // namespace

Ipv6Headers read_extension_headers(ByteView packet) { return Reader{packet}.read(); }

// As Linux ipv6_skip_exthdr().
std::optional<UpperLayer> find_upper_layer(ByteView packet) {
  if (packet.size() < Ipv6Header::size) return std::nullopt;
  UpperLayer found{packet[Ipv6Header::next_header_at], Ipv6Header::size};
  while (true) {
    const ExtensionHeader header{found.protocol};
    const bool fragment = header == ExtensionHeader::fragment;
    const bool extension = fragment || header == ExtensionHeader::hop_by_hop ||
                           header == ExtensionHeader::routing ||
                           header == ExtensionHeader::destination_options;
    if (!extension) break;
    if (packet.size() < found.at + 8) return std::nullopt;
    if (fragment && (load16(packet, found.at + 2) & 0xfff8) != 0) return std::nullopt;
    const std::size_t octets = fragment ? 8 : (packet[found.at + 1] + std::size_t{1}) * 8;
    found = {packet[found.at], found.at + octets};
  }
  return found.at <= packet.size() ? std::optional{found} : std::nullopt;
}

}  // namespace ringside::net::wire
