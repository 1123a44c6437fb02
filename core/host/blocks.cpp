// Queues whose packets come to their consumer a block at a time (PACKET_RX_RING, version 3).
#include <utility>

#include "ringside/host/host.hpp"

namespace ringside::host {

void Host::build_blocks() {
  for (path::QueueId id = 0; id < path_.queues.size(); ++id) {
    if (path_.queues[id].block == 0) continue;
    for (std::uint16_t i = 0; i < queues_[id].size(); ++i) {
      Block& block = blocks_.emplace_back();
      block.host = this;
      block.queue = id;
      block.instance = i;
      queues_[id][i].block = &block;
      block.retire.emplace(
          simulation_.events,
          [](void* self, Time) {
            auto& b = *static_cast<Block*>(self);
            b.host->retire(b);
          },
          &block);
    }
  }
}

bool Host::fills_block(path::QueueId id, std::uint16_t instance, std::int64_t bytes) const {
  const auto& row = path_.queues[id];
  return queues_[id][instance].block->used + charge(row, bytes) >= row.block;
}

// The first packet of a block sets its timer (prb_open_block()).
void Host::add_to_block(Block& block, const hw::Packet& packet) {
  const auto& row = path_.queues[block.queue];
  const bool full = fills_block(block.queue, block.instance, packet.total());
  block.used += charge(row, &packet);
  if (block.packets++ == 0) block.retire->schedule(simulation_.events.now() + row.retire_after);
  if (full) retire(block);
}

// What is in the block is its consumer's now, who is told whoever closed it; what telling costs has been paid
// by who saw it coming. The work of the timer (prb_retire_rx_blk_timer_expired()), once a block at most,
// costs nothing.
void Host::retire(Block& block) {
  block.retire->cancel();
  block.used = 0;
  queues_[block.queue][block.instance].waiting += std::exchange(block.packets, 0);
  raise(*contexts_[path_.queues[block.queue].context][block.instance]);
  tell_who_spins(block.queue, block.instance);
}

}  // namespace ringside::host
