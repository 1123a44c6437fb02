#include "run/testbed.hpp"

#include <algorithm>

#include "ringside/net/wire/ethernet.hpp"

namespace ringside::packetdrill {

namespace wire = net::wire;
using wire::EthernetHeader;

namespace {
constexpr net::MacAddress own_mac{{0x02, 0, 0, 0, 0, 1}}, gateway_mac{{0x02, 0, 0, 0, 0, 2}};
}

Testbed::Testbed(const net::StackConfig& config, const Network& network, WatchWire watch)
    : network_{network},
      watch_{std::move(watch)},
      stack_{config},
      frame_(static_cast<std::size_t>(network.mtu) + EthernetHeader::size) {
  drops_ = config.tcp.queue_refuses;
  const bool ipv4 = network.local.is_ipv4();
  interface_ = stack_.add_interface({.mac = own_mac,
                                     .address = ipv4 ? network.local.ipv4() : net::Ipv4Address{},
                                     .prefix_length = ipv4 ? network.prefix_length : 0,
                                     .mtu = network.mtu,
                                     .name = "tun0"});
  if (!ipv4) stack_.add_address(interface_, network.local, network.prefix_length);
  stack_.add_route({}, 0, interface_, network.gateway);
  stack_.add_neighbor(interface_, network.gateway, gateway_mac);
}

void Testbed::reconfigure(const net::StackConfig& config) {
  stack_.reconfigure(config);
  drops_ = config.tcp.queue_refuses;
}

void Testbed::inject(std::span<const std::uint8_t> packet) {
  std::vector<std::uint8_t> frame(EthernetHeader::size + packet.size());
  wire::write(std::span{frame},
              {.destination = own_mac,
               .source = gateway_mac,
               .type = network_.local.is_ipv4() ? wire::EtherType::ipv4 : wire::EtherType::ipv6});
  std::ranges::copy(packet, frame.begin() + EthernetHeader::size);
  if (watch_) watch_(now_ - started, Direction::inbound, frame);
  stack_.receive(now_, interface_, frame);
  sockets_.note_progress(now_);
  settle();
}

void Testbed::settle() {
  while (const auto written = stack_.transmit(now_, frame_)) {
    const auto frame = std::span{frame_}.first(written->bytes);
    sockets_.note_progress(now_);
    if (drops_) continue;
    if (watch_) watch_(now_ - started, Direction::outbound, frame);
    const auto packet = frame.subspan(EthernetHeader::size);
    sent.push_back({.at = now_, .order = next(), .packet = {packet.begin(), packet.end()}});
  }
}

bool Testbed::advance(Time to, const Stop& stop) {
  while (true) {
    if (stop && stop()) return true;
    Time due = stack_.deadline().value_or(end_of_time);
    // A close() that lingers is over then; one that nobody waits for any more is of no account.
    if (const auto lingers = sockets_.deadline(); lingers && *lingers > now_) due = std::min(due, *lingers);
    if (due > to) break;
    now_ = std::max(now_, due);
    settle();
    sockets_.note_progress(now_);
  }
  now_ = std::max(now_, to);
  return false;
}

}  // namespace ringside::packetdrill
