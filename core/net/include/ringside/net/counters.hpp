// Why a frame was dropped, and what the stack counts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ringside::net {

enum class DropReason : std::uint8_t {
  none,
  malformed,             // lengths that contradict each other, another version of IP, impossible flags
  bad_checksum,          // IPv4 header, ICMP, UDP or TCP; UDP over IPv6 without one
  other_vlan,            // IEEE 802.1Q: of a virtual LAN that is not the interface's
  not_for_us,            // another station's MAC or IP address, and this host does not forward
  unknown_protocol,      // an EtherType or IP protocol that nothing here speaks
  no_socket,             // no UDP socket or TCP connection; answered with an ICMP error or a reset
  socket_buffer_full,    // UDP receive buffer
  backlog_full,          // TCP listener
  out_of_window,         // TCP: no octet of the segment is acceptable
  old_timestamp,         // TCP: RFC 7323 section 5, PAWS
  bad_ack,               // TCP: acknowledges what was never sent
  unexpected_signature,  // TCP: RFC 2385 or RFC 5925, where no key was agreed on
  connection_closed,     // TCP: text for an application that has closed
  fragment_memory,       // reassembly limits
  fragment_timeout,      // an incomplete datagram grew too old (counted per datagram)
  ttl_exceeded,          // IPv6: the hop limit
  source_routed,         // IPv4: RFC 1122 section 3.3.5 lets a host refuse it
  no_route,
  fragmentation_needed,  // DF is set (IPv6: always) and the packet exceeds the MTU of the way out
  neighbor_unreachable,  // ARP or NDP was not answered
  neighbor_queue_full,   // too many packets wait for one answer
  transmit_queue_full,
};
inline constexpr std::size_t drop_reasons = 23;

std::string_view to_string(DropReason reason);  // the enumerator's name with blanks: "bad checksum"

struct Counters {
  std::uint64_t frames_in = 0, frames_out = 0;
  std::uint64_t forwarded = 0;
  std::uint64_t fragments_in = 0, fragments_out = 0, reassembled = 0;
  std::uint64_t icmp_errors_out = 0, icmp_errors_suppressed = 0;
  std::uint64_t duplicate_addresses = 0;  // that others had: RFC 4862 section 5.4.5, RFC 5227 section 2
  std::uint64_t datagrams_in = 0, datagrams_out = 0;  // UDP
  std::uint64_t segments_in = 0, segments_out = 0;    // TCP, good ones
  std::uint64_t retransmits = 0;                      // TCP segments sent again, whatever the reason
  std::uint64_t fast_retransmits = 0;                 // entries into loss recovery
  std::uint64_t timeouts = 0;                         // expiries of the retransmission timer
  std::uint64_t challenge_acks = 0;                   // RFC 5961
  std::uint64_t acks_compressed = 0;                  // duplicates that another one stood for
  std::uint64_t resets_in = 0, resets_out = 0;
  std::array<std::uint64_t, drop_reasons> drops{};  // by reason

  void drop(DropReason reason) { ++drops[static_cast<std::size_t>(reason)]; }
  std::uint64_t dropped(DropReason reason) const { return drops[static_cast<std::size_t>(reason)]; }
};

}  // namespace ringside::net
