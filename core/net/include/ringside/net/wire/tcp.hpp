// RFC 9293 section 3.1: the TCP header, with the options of RFC 7323, RFC 2018, RFC 7413 and RFC 9768.
#pragma once

#include <algorithm>
#include <array>
#include <optional>

#include "ringside/net/seqnum.hpp"
#include "ringside/net/wire/ipv4.hpp"
#include "ringside/net/wire/options_order.hpp"

namespace ringside::net::wire {

struct TcpFlags {
  bool fin = false, syn = false, rst = false, psh = false, ack = false, urg = false;
  bool ece = false, cwr = false, ae = false;  // RFC 3168 section 6.1, RFC 9768 section 3.1
  bool operator==(const TcpFlags&) const = default;
};

struct TcpTimestamps {  // RFC 7323 section 3
  std::uint32_t value = 0, echo_reply = 0;
  bool operator==(const TcpTimestamps&) const = default;
};

struct SackBlock {  // RFC 2018 section 3: octets begin .. end - 1 have arrived
  SeqNum begin{}, end{};
  bool operator==(const SackBlock&) const = default;
};

struct SackBlocks {
  static constexpr std::size_t max = 4;
  std::array<SackBlock, max> block{};
  std::uint8_t count = 0;

  void add(SackBlock one) { block[count++] = one; }
  std::span<const SackBlock> all() const { return {block.data(), count}; }
};

// RFC 7413 section 4.1.1. Empty: asks for a cookie. In a SYN or SYN-ACK only.
struct FastOpenCookie {
  static constexpr std::size_t least = 4, most = 16;  // octets
  std::array<std::uint8_t, most> octets{};
  std::uint8_t size = 0;
  bool experimental = false;  // RFC 7413 appendix A: option 254
  bool same_octets(const FastOpenCookie& other) const {
    return size == other.size && std::equal(octets.begin(), octets.begin() + size, other.octets.begin());
  }
};

// RFC 9768 section 3.2.3: octets of text that came with each mark, as far as the option has them, modulo
// 2^24.
struct EcnOctets {
  std::optional<std::uint32_t> ect1{}, ce{}, ect0{};  // in the order of kind 174, which we write
  bool operator==(const EcnOctets&) const = default;
};

struct TcpOptions {
  std::optional<std::uint16_t> mss{};
  std::optional<std::uint8_t> window_scale{};
  bool sack_permitted = false;
  std::optional<TcpTimestamps> timestamps{};
  SackBlocks sack{};
  std::optional<FastOpenCookie> fast_open{};
  std::optional<EcnOctets> ecn_octets{};
  OptionsOrder order = OptionsOrder::aligned;  // of what is written
  bool signature = false;                      // RFC 2385 (MD5) or RFC 5925 (TCP-AO); read, not written

  std::size_t encoded_size() const;  // octets, a multiple of 4
};

struct TcpHeader {
  static constexpr std::size_t size = 20;  // without options
  std::uint16_t source_port = 0, destination_port = 0;
  SeqNum seq{}, ack{};
  TcpFlags flags{};
  std::uint16_t window = 0;  // as on the wire, not scaled
  std::uint16_t urgent = 0;  // pointer
  TcpOptions options{};

  std::size_t encoded_size() const { return size + options.encoded_size(); }
};

inline constexpr std::size_t max_options_size = 40;          // the data offset has four bits
inline constexpr std::uint32_t ecn_octets_option_size = 12;  // with three fields and a NOP
inline constexpr std::uint32_t timestamps_option_size = 12;  // with two NOPs: RFC 7323 appendix A

// How many SACK blocks fit beside the timestamps in the 40 octets that options may have.
constexpr std::size_t max_sack_blocks(bool with_timestamps) { return with_timestamps ? 3 : 4; }

// An option with an impossible length ends the list: what came before it counts (as Linux tcp_parse_options).
Parsed<TcpHeader> parse_tcp(ByteView bytes, const IpAddress& source, const IpAddress& destination);

// Writes the header in front of the text that is already at `segment` + header.encoded_size(), then the
// checksum.
void write(ByteSpan segment, const TcpHeader& header, const IpAddress& source, const IpAddress& destination);

}  // namespace ringside::net::wire
