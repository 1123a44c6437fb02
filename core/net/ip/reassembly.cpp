// Putting fragments together: RFC 791 section 3.2, RFC 815, RFC 8200 section 4.5.
#include "ip/reassembly.hpp"

#include <algorithm>

namespace ringside::net {

using wire::ByteView;
using wire::Ipv4Header;
using wire::Ipv6Header;

std::uint64_t Reassembly::Key::hash() const {
  std::uint64_t hash = std::uint64_t{identification} << 8 | protocol;
  for (const IpAddress& address : {source, destination})
    for (const std::uint32_t word : address.words()) hash = mixed(hash ^ word);
  return hash;
}

Reassembly::Result Reassembly::add(Time now, const Ipv4Header& header, ByteView payload) {
  const bool ragged = header.more_fragments && payload.size() % 8 != 0;
  const bool too_large = Ipv4Header::size + header.fragment_offset + payload.size() > 65535;
  if (ragged || too_large) return {.reason = DropReason::malformed};
  const auto protocol = static_cast<std::uint8_t>(header.protocol);
  return add(now, {header.source, header.destination, protocol, header.identification}, ip_header(header),
             protocol, {header.fragment_offset, header.more_fragments, payload});
}

// Lengths were looked at where the headers were read. Linux's key has the protocol in it no more than the
// RFC's.
Reassembly::Result Reassembly::add(Time now, const Ipv6Header& header, const wire::FragmentHeader& fragment,
                                   ByteView payload) {
  return add(now, {header.source, header.destination, 0, fragment.identification}, ip_header(header, {}),
             fragment.next_header, {fragment.offset, fragment.more, payload});
}

Reassembly::Result Reassembly::add(Time now, const Key& key, const IpHeader& header, std::uint8_t protocol,
                                   const Piece& piece) {
  if (piece.octets.empty()) return {.reason = DropReason::malformed};
  const auto index = find_or_create(now, key);
  if (!index) return {.reason = DropReason::fragment_memory};
  Assembly& assembly = assemblies_[*index];
  DropReason reason = DropReason::none;
  bool fresh = false;
  if (!insert(assembly, piece, reason, fresh)) {
    forget(*index);
    return {.reason = reason};
  }
  if (fresh && piece.begin == 0) assembly.header = header, assembly.protocol = protocol;
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
  assembly.packet.resize(key.header_size());
  assembly.arrived.clear();
  assembly.payload_bytes.reset();
  memory_ += Bytes{static_cast<std::int64_t>(key.header_size())};
  index_.insert(key, index);
  timers_.set(index, now + (key.source.is_ipv4() ? config_.timeout : config_.timeout_ipv6));
  return index;
}

// False: nothing good can come of this datagram any more. RFC 5722's rule for IPv6, which Linux has for IPv4
// as well: fragments that overlap are an attack or an error, except for one that came twice, of which the
// first is kept.
bool Reassembly::insert(Assembly& assembly, const Piece& piece, DropReason& reason, bool& is_fresh) {
  const std::uint32_t begin = piece.begin, end = piece.end();
  const std::size_t header = assembly.key.header_size(), needed = header + end;
  const auto growth = static_cast<std::int64_t>(needed - std::min(needed, assembly.packet.size()));
  reason = DropReason::fragment_memory;
  if (memory_ + Bytes{growth} > config_.memory) return false;

  reason = DropReason::malformed;
  if (!piece.more && assembly.payload_bytes.value_or(end) != end) return false;
  if (end > assembly.payload_bytes.value_or(65535)) return false;
  const std::uint32_t fresh = assembly.arrived.insert({SeqNum{begin}, SeqNum{end}});
  if (fresh != 0 && fresh != end - begin) return false;
  if (!piece.more) {
    if (assembly.arrived.back().end.after(SeqNum{end})) return false;
    assembly.payload_bytes = end;
  }
  is_fresh = fresh != 0;
  if (!is_fresh) return true;
  assembly.packet.resize(assembly.packet.size() + static_cast<std::size_t>(growth));
  memory_ += Bytes{growth};
  std::copy(piece.octets.begin(), piece.octets.end(),
            assembly.packet.begin() + static_cast<std::ptrdiff_t>(header + begin));
  return true;
}

ByteView Reassembly::finished(Assembly& assembly, std::size_t payload_bytes) {
  const wire::ByteSpan packet{assembly.packet};
  if (assembly.key.source.is_ipv4()) {
    wire::write(packet, ipv4_header(assembly.header), payload_bytes);
  } else {
    Ipv6Header header = ipv6_header(assembly.header, assembly.header.ttl);
    header.next_header = assembly.protocol;
    wire::write(packet, header, payload_bytes);
  }
  return packet.first(assembly.key.header_size() + payload_bytes);
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

// The octets stay where they are until the next call. Of the places that are free only the last, which is the
// next to be used, keeps its memory: the limit is on what is incomplete.
void Reassembly::forget(std::uint32_t index) {
  memory_ -= Bytes{static_cast<std::int64_t>(assemblies_[index].packet.size())};
  timers_.cancel(index);
  index_.erase(assemblies_[index].key);
  if (!free_.empty()) assemblies_[free_.back()] = {};
  free_.push_back(index);
}

}  // namespace ringside::net
