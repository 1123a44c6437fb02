// Which parameters make sense together. A stack that is given others refuses to exist.
#include "check_config.hpp"

#include <stdexcept>
#include <string>

namespace ringside::net {
namespace {

void require(bool holds, const char* parameter, const char* range) {
  if (!holds) throw std::invalid_argument{std::string{parameter} + ": " + range};
}

void check(const MtuProbingConfig& probing) {
  require(
      probing.base_mss >= 48 && probing.base_mss <= 65535 && probing.floor >= 48 && probing.floor <= 65535,
      "tcp.mtu_probing.base_mss, floor", "48 to 65535");
  require(probing.retries_before >= 0 && probing.retries_before <= 255, "tcp.mtu_probing.retries_before",
          "0 to 255");
  require(probing.interval >= Duration{0} && probing.threshold >= 0, "tcp.mtu_probing.interval, threshold",
          "not negative");
}

void check(const TcpConfig& tcp) {
  constexpr std::int64_t half_of_sequence_space = std::int64_t{1} << 30;  // RFC 7323 section 2.3
  const auto buffer = [](Bytes size) { return size.count > 0 && size.count <= half_of_sequence_space; };
  require(buffer(tcp.send_buffer), "tcp.send_buffer", "1 octet to 1 GiB");
  require(buffer(tcp.receive_buffer), "tcp.receive_buffer", "1 octet to 1 GiB");
  require(tcp.largest_send_buffer.count == 0 || buffer(tcp.largest_send_buffer), "tcp.largest_send_buffer",
          "0, or 1 octet to 1 GiB");
  require(tcp.compressed_acks.longest >= Duration{} && tcp.compressed_acks.slack >= Duration{} &&
              tcp.compressed_acks.percent >= 0 && tcp.compressed_acks.most >= 0,
          "tcp.compressed_acks", "not negative");
  require(tcp.largest_receive_buffer.count == 0 || buffer(tcp.largest_receive_buffer),
          "tcp.largest_receive_buffer", "0, or 1 octet to 1 GiB");
  require(tcp.initial_window_segments >= 0 && tcp.initial_window_segments <= 1000,
          "tcp.initial_window_segments", "0 to 1000");
  require(tcp.least_packet >= 1 && tcp.window_divisor >= 0, "tcp.least_packet, window_divisor",
          "at least 1, at least 0");
  require(tcp.least_mss >= 48 && tcp.least_mss <= 65535, "tcp.least_mss", "48 to 65535");
  check(tcp.mtu_probing);
  require(tcp.reordering >= 1, "tcp.reordering", "at least 1");
  require(tcp.growth_for_ack >= 1, "tcp.growth_for_ack", "at least 1");
  require(tcp.repair == LossRepair::modern || !tcp.sack, "tcp.sack", "off, but for the modern repair");
  require(tcp.slow_start_pace >= 1 && tcp.pace >= 1 && tcp.slow_start_pace <= 1000 && tcp.pace <= 1000,
          "tcp.slow_start_pace, pace", "1 to 1000");
  require(tcp.initial_rto > Duration{0} && tcp.min_rto > Duration{0}, "tcp.initial_rto, min_rto",
          "more than 0");
  require(tcp.max_rto >= tcp.min_rto && tcp.max_rto >= tcp.initial_rto, "tcp.max_rto",
          "at least min_rto and initial_rto");
  require(tcp.delayed_ack_timeout >= Duration{0} && tcp.time_wait >= Duration{0} &&
              tcp.fin_wait_2_timeout >= Duration{0},
          "tcp.delayed_ack_timeout, time_wait, fin_wait_2_timeout", "not negative");
  require(tcp.syn_retries >= 0 && tcp.steady_syns >= 0 && tcp.syn_ack_retries >= 0 && tcp.retries >= 0,
          "tcp.syn_retries, steady_syns, syn_ack_retries, retries", "not negative");
  require(tcp.fast_open.blackhole_timeout >= Duration{0} && tcp.fast_open.cookies >= 0,
          "tcp.fast_open.blackhole_timeout, cookies", "not negative");
  require(tcp.challenge_acks.value_or(1) >= 1, "tcp.challenge_acks", "at least 1");
  require(tcp.challenge_limit.most >= 0 && tcp.challenge_limit.interval >= Duration{0}, "tcp.challenge_limit",
          "not negative");
  require(tcp.least_persist >= Duration{0} && tcp.most_persist >= tcp.least_persist,
          "tcp.least_persist, most_persist", "not negative, in order");
  require(tcp.rto_slop >= Duration{0} && tcp.connect_timeout >= Duration{0}, "tcp.rto_slop, connect_timeout",
          "not negative");
  require(tcp.max_syn_backlog >= 1, "tcp.max_syn_backlog", "at least 1");
  require(tcp.keep_idle > Duration{0} && tcp.keep_interval > Duration{0} && tcp.keep_count > 0,
          "tcp.keep_idle, keep_interval, keep_count", "more than 0");
  require(tcp.first_ephemeral_port > 0 && tcp.first_ephemeral_port <= tcp.last_ephemeral_port,
          "tcp.first_ephemeral_port", "1 to last_ephemeral_port");
}

}  // namespace

void check(const StackConfig& config) {
  check(config.tcp);
  require(config.udp.receive_buffer.count >= 0 && config.udp.send_buffer.count >= 0 &&
              config.udp.datagram_overhead.count >= 0,
          "udp.receive_buffer, send_buffer, datagram_overhead", "not negative");
  require(config.sockets.largest_send_buffer.count > 0 && config.sockets.largest_receive_buffer.count > 0,
          "sockets.largest_send_buffer, largest_receive_buffer", "more than 0");
  require(config.sockets.backlog >= 0, "sockets.backlog", "not negative");
  require(config.arp.retry_interval > Duration{0} && config.arp.reachable_for > Duration{0},
          "arp.retry_interval, reachable_for", "more than 0");
  require(config.arp.delay_first_probe >= Duration{0} && config.arp.lock >= Duration{0},
          "arp.delay_first_probe, lock", "not negative");
  require(config.claims.probes >= 0 && config.claims.announcements >= 0 &&
              config.claims.probe_interval >= Duration{0} && config.claims.announce_wait >= Duration{0} &&
              config.claims.announce_interval >= Duration{0} && config.claims.defend_interval >= Duration{0},
          "claims", "not negative");
  require(config.arp.requests >= 1 && config.arp.entries >= 1, "arp.requests, entries", "at least 1");
  require(config.arp.pending.count >= 0, "arp.pending", "not negative");
  require(config.ndp.retransmit > Duration{0} && config.ndp.reachable_for > Duration{0} &&
              config.ndp.delay_first_probe >= Duration{0},
          "ndp.retransmit, reachable_for, delay_first_probe", "more than 0");
  require(config.ndp.solicitations >= 1 && config.ndp.duplicate_detections >= 0,
          "ndp.solicitations, duplicate_detections", "at least 1, not negative");
  require(config.reassembly.timeout > Duration{0} && config.reassembly.timeout_ipv6 > Duration{0},
          "reassembly.timeout, timeout_ipv6", "more than 0");
  require(config.reassembly.memory.count >= 0 && config.reassembly.datagrams >= 0,
          "reassembly.memory, datagrams", "not negative");
  require(config.ttl >= 1, "ttl", "1 to 255");
  require(config.icmp_error_interval >= Duration{0}, "icmp_error_interval", "not negative");
  require(config.icmp_error_burst >= 1, "icmp_error_burst", "at least 1");
  require(config.transmit_queue.count >= 0, "transmit_queue", "not negative");
}

void check(const InterfaceConfig& config) {
  require(config.mtu >= 68 && config.mtu <= 65535, "mtu", "68 to 65535");  // RFC 791 section 3.2
  require(!config.address.multicast() && !config.address.limited_broadcast(), "address", "of one host");
  require((config.mac.octets[0] & 1) == 0, "mac", "of one station");
  check_prefix(config.address, config.prefix_length, std::nullopt);
  for (const VlanTag& tag : config.vlan.tag)
    require(tag.id <= 4094 && tag.priority <= 7, "vlan", "ids up to 4094, priorities up to 7");
  require(config.vlan.count <= VlanTags::most, "vlan", "two tags at most");
}

void check_claim(const InterfaceConfig& on, Ipv4Address address, int prefix_length) {
  require(on.address.any(), "interface", "one without an address of IPv4");
  require(!address.any() && !address.multicast() && !address.limited_broadcast(), "address", "of one host");
  check_prefix(address, prefix_length, std::nullopt);
}

void check_ipv6(const InterfaceConfig& on) {
  constexpr int least_mtu = 1280;  // RFC 8200 section 5
  require(on.mtu >= least_mtu, "mtu", "1280 to 65535, for IPv6");
}

void check_address(const InterfaceConfig& on, const IpAddress& address, int prefix_length) {
  check_ipv6(on);
  require(!address.is_ipv4() && !address.multicast() && !address.any(), "address", "of IPv6, of one host");
  check_prefix(address, prefix_length, std::nullopt);
}

void check_prefix(const IpAddress& network, int length, const std::optional<IpAddress>& gateway) {
  const bool ipv4 = network.is_ipv4();
  require(length >= 0 && length <= (ipv4 ? 32 : 128), "prefix_length", "0 to 32, of IPv6 to 128");
  require(!gateway || gateway->is_ipv4() == ipv4, "gateway", "of the network's version");
}

void check_interface(InterfaceId id, std::size_t interfaces) {
  require(static_cast<std::size_t>(id) < interfaces, "interface", "one that add_interface() returned");
}

}  // namespace ringside::net
