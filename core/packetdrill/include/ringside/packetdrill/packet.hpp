// The packets of a script: what it injects (`<`) and what it expects (`>`).
//
// Sequence and acknowledgment numbers are those of the script: where no SYN is set they count from the
// initial numbers of the two sides. A packet of the script states nothing that it does not say: members that
// were left out are empty, and of a packet that is expected they are not compared.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ringside::packetdrill {

enum class Direction : std::uint8_t { inbound, outbound };  // seen from the stack under test

enum class Flag : std::uint16_t {  // RFC 9293 section 3.1, and AE of RFC 9768
  fin = 1 << 0,
  syn = 1 << 1,
  rst = 1 << 2,
  psh = 1 << 3,
  ack = 1 << 4,
  urg = 1 << 5,
  ece = 1 << 6,
  cwr = 1 << 7,
  ae = 1 << 8,
};

class Flags {
 public:
  constexpr Flags() = default;
  constexpr Flags(Flag flag) : bits_{static_cast<std::uint16_t>(flag)} {}

  constexpr bool has(Flag flag) const { return (bits_ & static_cast<std::uint16_t>(flag)) != 0; }
  constexpr Flags& operator|=(Flags other) { return bits_ = bits_ | other.bits_, *this; }
  friend constexpr Flags operator|(Flags a, Flags b) { return a |= b; }
  constexpr bool operator==(const Flags&) const = default;

 private:
  std::uint16_t bits_ = 0;
};
constexpr Flags operator|(Flag a, Flag b) { return Flags{a} | Flags{b}; }

enum class Ecn : std::uint8_t { not_ect, ect1, ect0, ce, either_ect };  // RFC 3168; either: outbound only

// What stands in brackets before a packet.
struct IpInfo {
  std::optional<Ecn> ecn{};
  std::optional<std::uint8_t> tos{};
  std::optional<std::uint8_t> ttl{};
  std::optional<std::uint32_t> flow_label{};  // 20 bits
  bool operator==(const IpInfo&) const = default;
};

struct Ports {  // without them: those of the connection under test
  std::uint16_t source = 0, destination = 0;
  bool operator==(const Ports&) const = default;
};

struct Mss {
  std::uint16_t bytes = 0;
  bool operator==(const Mss&) const = default;
};
struct WindowScale {
  std::uint8_t shift = 0;
  bool operator==(const WindowScale&) const = default;
};
struct SackPermitted {
  bool operator==(const SackPermitted&) const = default;
};
struct SackBlock {
  std::uint32_t begin = 0, end = 0;
  bool operator==(const SackBlock&) const = default;
};
struct Sack {
  std::vector<SackBlock> blocks{};
  bool operator==(const Sack&) const = default;
};
struct Timestamps {
  std::uint32_t value = 0, echo_reply = 0;
  bool operator==(const Timestamps&) const = default;
};
struct NoOperation {
  bool operator==(const NoOperation&) const = default;
};
struct EndOfOptions {
  bool operator==(const EndOfOptions&) const = default;
};
struct Md5 {  // RFC 2385
  std::vector<std::uint8_t> digest{};
  bool operator==(const Md5&) const = default;
};
struct FastOpen {                      // RFC 7413; experimental: FOEXP, kind 254 with the magic number 0xF989
  std::vector<std::uint8_t> cookie{};  // empty: asks for one
  bool experimental = false;
  bool operator==(const FastOpen&) const = default;
};
// RFC 9768 section 3.2.3: up to three counters of 24 bits. The order of the script is that of the wire, and
// says which of the two kinds it is: `e0b` first is 172, `e1b` first 174.
struct AccurateEcn {
  enum class Order : std::uint8_t { ect0_first = 172, ect1_first = 174 };
  Order order = Order::ect0_first;
  std::vector<std::uint32_t> counters{};
  bool operator==(const AccurateEcn&) const = default;
};

using TcpOption = std::variant<Mss, WindowScale, SackPermitted, Sack, Timestamps, NoOperation, EndOfOptions,
                               Md5, FastOpen, AccurateEcn>;
std::size_t encoded_size(const TcpOption& option);  // octets on the wire

struct Octets {  // seq:end(length); SYN and FIN do not count
  std::uint32_t seq = 0;
  std::uint16_t length = 0;
  std::uint32_t end() const { return seq + length; }
  bool operator==(const Octets&) const = default;
};

struct TcpPacket {
  std::optional<Ports> ports{};
  Flags flags{};
  Octets text{};
  std::optional<std::uint32_t> ack{};
  std::optional<std::uint16_t> window{};  // as in the header, not scaled; inbound it is always there
  std::optional<std::uint16_t> urgent{};
  // In the order of the wire, nothing is padded. Empty: the packet has none. No list (`<...>`, outbound
  // only): they are not compared.
  std::optional<std::vector<TcpOption>> options = std::vector<TcpOption>{};
};

struct UdpPacket {
  std::optional<Ports> ports{};
  std::uint16_t length = 0;  // of the payload
};

// The original packet, of which an ICMP error quotes the beginning.
struct EchoedUdp {
  std::uint16_t length = 0;
  bool operator==(const EchoedUdp&) const = default;
};
struct EchoedRaw {
  std::uint16_t length = 0;
  bool operator==(const EchoedRaw&) const = default;
};
using Echoed = std::variant<Octets, EchoedUdp, EchoedRaw>;  // Octets: of TCP

struct IcmpPacket {
  std::string type{}, code{};  // the script's words, for icmp_numbers(); no code: empty
  std::optional<std::uint32_t> mtu{};
  std::optional<std::uint16_t> id{};
  std::optional<Echoed> echoed{};
};

struct Packet {
  Direction direction{};
  IpInfo ip{};
  std::variant<TcpPacket, UdpPacket, IcmpPacket> content{};
};

enum class IpFamily : std::uint8_t { ipv4, ipv6 };  // on the wire
struct IcmpNumbers {
  std::uint8_t type = 0, code = 0;
  bool operator==(const IcmpNumbers&) const = default;
};
// nullopt: that family knows no such message. Of a packet that was parsed at least one does.
std::optional<IcmpNumbers> icmp_numbers(std::string_view type, std::string_view code, IpFamily family);

}  // namespace ringside::packetdrill
