#include "station.hpp"

#include <algorithm>

#include "ringside/net/wire/ethernet.hpp"

namespace ringside::tap {
namespace {

std::size_t longest_frame(const net::InterfaceConfig& interface) {
  return static_cast<std::size_t>(interface.mtu) + net::wire::EthernetHeader::size;
}

}  // namespace

Station::Station(const StationConfig& config, Send send)
    : pool_{longest_frame(config.interface)},
      in_{events_, pool_, config.link, config.seed, "to the stack"},
      out_{events_, pool_, config.link, config.seed, "from the stack"},
      stack_{config.stack},
      interface_{stack_.add_interface(config.interface)},
      send_{std::move(send)},
      frame_(longest_frame(config.interface)) {
  if (!config.gateway.any()) stack_.add_route({}, 0, interface_, config.gateway);
  if (const auto& ipv6 = config.ipv6) {
    stack_.add_address(interface_, ipv6->address, ipv6->prefix_length);
    stack_.add_route({}, 0, interface_, ipv6->peer);
  }
  in_.connect([](void* self, hw::Packet* p, Time now) { static_cast<Station*>(self)->arrived(p, now); },
              this);
  out_.connect([](void* self, hw::Packet* p, Time now) { static_cast<Station*>(self)->departed(p, now); },
               this);
}

// A link whose queue is full drops, as a switch does.
void Station::put(hw::Link& link, std::span<const std::uint8_t> frame, Time now) {
  if (frame.size() > pool_.capacity()) return;  // longer than the MTU allows
  hw::Packet* packet = pool_.take();
  std::ranges::copy(frame, packet->bytes);
  packet->size = static_cast<std::uint32_t>(frame.size());
  if (link.at_once()) return link.hand_over(packet, now);
  if (!link.offer(packet, now)) pool_.give_back(packet);
}

void Station::arrived(hw::Packet* packet, Time now) {
  stack_.receive(now, interface_, packet->frame());
  pool_.give_back(packet);
}

void Station::departed(hw::Packet* packet, Time now) {
  send_(now, packet->frame());
  pool_.give_back(packet);
}

void Station::receive(Time now, std::span<const std::uint8_t> frame) { put(in_, frame, now); }

void Station::run(Time now) {
  events_.run_until(now);
  stack_.run_due(now);
  for (const auto& program : programs_) program->run(now);
  while (const auto sent = stack_.transmit(now, frame_)) put(out_, std::span{frame_}.first(sent->bytes), now);
  events_.run_until(now);  // a link without delay is through already
}

std::optional<Time> Station::deadline() const {
  const auto link = events_.next(), stack = stack_.deadline();
  if (!link || !stack) return link ? link : stack;
  return std::min(*link, *stack);
}

}  // namespace ringside::tap
