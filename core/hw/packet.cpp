#include "ringside/hw/packet.hpp"

#include <algorithm>
#include <cstring>

namespace ringside::hw {

namespace {
constexpr std::size_t packets_per_slab = 64;
}

void PacketPool::grow() {
  auto packets = std::make_unique<Packet[]>(packets_per_slab);
  auto slab = std::make_unique_for_overwrite<std::uint8_t[]>(packets_per_slab * capacity_);
  for (std::size_t i = 0; i < packets_per_slab; ++i) {
    packets[i].bytes = slab.get() + i * capacity_;
    give_back(&packets[i]);
  }
  packets_.push_back(std::move(packets));
  slabs_.push_back(std::move(slab));
}

Packet* PacketPool::take() {
  if (!free_) grow();
  Packet* packet = free_;
  free_ = packet->next;
  *packet = Packet{.bytes = packet->bytes, .id = ++last_id_};
  return packet;
}

Packet* PacketPool::clone(const Packet& original) {
  Packet* copy = take();
  const auto fresh = *copy;
  *copy = original;
  copy->next = copy->train = nullptr;
  copy->behind = 0;
  copy->holds = 0xffff;  // the slot is the original's
  copy->bytes = fresh.bytes;
  copy->id = fresh.id;
  copy->shown = 0;
  std::memcpy(copy->bytes, original.bytes, original.size);
  return copy;
}

void Fifo::insert_by_due(Packet* packet) {
  if (!head_ || tail_->due <= packet->due) return push(packet);
  Packet** link = &head_;
  while ((*link)->due <= packet->due) link = &(*link)->next;
  packet->next = *link;
  *link = packet;
}

}  // namespace ringside::hw
