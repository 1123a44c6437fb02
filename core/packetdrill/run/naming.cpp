#include "run/naming.hpp"

namespace ringside::packetdrill {

namespace {

// SACK blocks are numbers of the same kind as the acknowledgment beside them.
template <class Shift>
void shift_blocks(TcpPacket& packet, Shift shift) {
  if (!packet.options) return;
  for (TcpOption& option : *packet.options)
    if (auto* sack = std::get_if<Sack>(&option))
      for (SackBlock& block : sack->blocks) block = {shift(block.begin), shift(block.end)};
}

}  // namespace

TcpPacket Naming::to_wire(TcpPacket packet) const {
  const bool syn = packet.flags.has(Flag::syn);
  const std::uint32_t own = own_ && syn ? own_->on_the_wire - own_->in_script : own_wire();
  if (!syn) packet.text.seq += peer_wire();
  if (packet.ack) *packet.ack += own;
  shift_blocks(packet, [own](std::uint32_t number) { return number + own; });
  return packet;
}

TcpPacket Naming::to_script(TcpPacket packet) const {
  const bool syn = packet.flags.has(Flag::syn);
  const std::uint32_t peer = syn ? 0 : peer_wire();
  packet.text.seq -= own_ && syn ? own_->on_the_wire - own_->in_script : own_wire();
  if (packet.flags.has(Flag::ack)) *packet.ack -= peer;
  shift_blocks(packet, [peer](std::uint32_t number) { return number - peer; });
  if (!first_ || !packet.options) return packet;
  for (TcpOption& option : *packet.options)
    if (auto* timestamps = std::get_if<Timestamps>(&option))
      timestamps->value += first_->in_script - first_->on_the_wire;
  return packet;
}

void Naming::saw_timestamp(std::uint32_t in_script, std::uint32_t on_the_wire) {
  if (!first_) first_ = {in_script, on_the_wire};
  timestamps_[in_script] = on_the_wire;
}

std::optional<std::uint32_t> Naming::echo_to_wire(std::uint32_t in_script, bool scaled) const {
  if (scaled && first_) return in_script - first_->in_script + first_->on_the_wire;
  const auto known = timestamps_.find(in_script);
  return known == timestamps_.end() ? std::nullopt : std::optional{known->second};
}

}  // namespace ringside::packetdrill
