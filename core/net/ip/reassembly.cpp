// Putting fragments together.
#include "ip/reassembly.hpp"

#include <algorithm>

namespace ringside::net {

using wire::ByteView;
using wire::Ipv4Header;

std::uint64_t Reassembly::Key::hash() const {
  const std::uint64_t addresses = std::uint64_t{source.value()} << 32 | destination.value();
  return mixed(addresses ^ mixed(std::uint64_t{identification} << 8 | static_cast<std::uint8_t>(protocol)));
}

Reassembly::Result Reassembly::add(Time now, const Ipv4Header& header, ByteView payload) {
  const bool ragged = header.more_fragments && payload.size() % 8 != 0;
  const bool too_large = Ipv4Header::size + header.fragment_offset + payload.size() > 65535;
  if (ragged || too_large || payload.empty()) return {.reason = DropReason::malformed};

  const auto index =
      find_or_create(now, {header.source, header.destination, header.protocol, header.identification});
  if (!index) return {.reason = DropReason::fragment_memory};
  Assembly& assembly = assemblies_[*index];
  DropReason reason = DropReason::none;
  if (!insert(assembly, header, payload, reason)) {
    forget(*index);
    return {.reason = reason};
  }
  const bool complete = assembly.payload_bytes && assembly.arrived.octets() == *assembly.payload_bytes;
  if (!complete) return {};
  const ByteView packet = finished(assembly, *assembly.payload_bytes);
  forget(*index);
  return {.packet = packet};
}

std::optional<std::uint32_t> Reassembly::find_or_create(Time now, const Key& key) {
  if (const std::uint32_t* known = index_.find(key)) return *known;
  if (index_.size() >= static_cast<std::size_t>(config_.datagrams)) return std::nullopt;
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(assemblies_.size()));
    assemblies_.emplace_back();
  }
  const std::uint32_t index = free_.back();
  free_.pop_back();
  Assembly& assembly = assemblies_[index];
  assembly.key = key;
  assembly.packet.resize(Ipv4Header::size);
  assembly.arrived.clear();
  assembly.payload_bytes.reset();
  memory_ += Bytes{Ipv4Header::size};
  index_.insert(key, index);
  timers_.set(index, now + config_.timeout);
  return index;
}

// False: nothing good can come of this datagram any more. RFC 5722's rule for IPv6, which Linux has for IPv4
// as well: fragments that overlap are an attack or an error, except for one that came twice, of which the
// first is kept.
bool Reassembly::insert(Assembly& assembly, const Ipv4Header& header, ByteView payload, DropReason& reason) {
  const std::uint32_t begin = header.fragment_offset;
  const auto end = static_cast<std::uint32_t>(begin + payload.size());
  const std::size_t needed = Ipv4Header::size + end;
  const auto growth = static_cast<std::int64_t>(needed - std::min(needed, assembly.packet.size()));
  reason = DropReason::fragment_memory;
  if (memory_ + Bytes{growth} > config_.memory) return false;

  reason = DropReason::malformed;
  if (!header.more_fragments && assembly.payload_bytes.value_or(end) != end) return false;
  if (end > assembly.payload_bytes.value_or(65535)) return false;
  const std::uint32_t fresh = assembly.arrived.insert({SeqNum{begin}, SeqNum{end}});
  if (fresh != 0 && fresh != end - begin) return false;
  if (!header.more_fragments) {
    if (assembly.arrived.back().end.after(SeqNum{end})) return false;
    assembly.payload_bytes = end;
  }
  if (fresh == 0) return true;
  if (begin == 0) assembly.header = header;
  assembly.packet.resize(assembly.packet.size() + static_cast<std::size_t>(growth));
  memory_ += Bytes{growth};
  std::copy(payload.begin(), payload.end(),
            assembly.packet.begin() + static_cast<std::ptrdiff_t>(Ipv4Header::size + begin));
  return true;
}

ByteView Reassembly::finished(Assembly& assembly, std::size_t payload_bytes) {
  Ipv4Header header = assembly.header;
  header.more_fragments = false;
  header.fragment_offset = 0;
  wire::write(assembly.packet, header, payload_bytes);
  return ByteView{assembly.packet}.first(Ipv4Header::size + payload_bytes);
}

std::optional<ByteView> Reassembly::next_expired(Time now) {
  if (timers_.earliest() > now) return std::nullopt;
  const std::uint32_t index = timers_.earliest_key();
  Assembly& assembly = assemblies_[index];
  const auto first = assembly.arrived.containing(SeqNum{0});
  const ByteView packet = first ? finished(assembly, first->size()) : ByteView{};
  forget(index);
  return packet;
}

// The octets stay where they are until the place is used again.
void Reassembly::forget(std::uint32_t index) {
  memory_ -= Bytes{static_cast<std::int64_t>(assemblies_[index].packet.size())};
  timers_.cancel(index);
  index_.erase(assemblies_[index].key);
  free_.push_back(index);
}

}  // namespace ringside::net
