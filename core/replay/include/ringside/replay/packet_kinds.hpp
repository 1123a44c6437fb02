// What packets are, by what their octets say and what the recording knows of them: a picture gives each kind
// a shape of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>

#include "ringside/replay/cast.hpp"
#include "ringside/replay/overview.hpp"
#include "ringside/trace/recording.hpp"

namespace ringside::replay {

enum class PacketKind : std::uint8_t {
  data,      // whatever is neither of the others, ARP and ICMP too
  ack,       // TCP: an acknowledgment that carries nothing else
  handshake  // TCP: with SYN, FIN or RST
};

// By the first octets of a frame, from the Ethernet header on.
PacketKind kind_of(std::span<const std::uint8_t> frame);

struct PacketTraits {
  PacketKind kind = PacketKind::data;
  bool again = false;  // it carries octets, a SYN or a FIN, that were sent before
  // The host that found its checksum wrong: a link had damaged it on the way there.
  std::optional<std::uint16_t> found_corrupt{};
  std::uint64_t clone_of = 0;  // the packet to whose octets it is another reference; 0: they are its own
  bool operator==(const PacketTraits&) const = default;
};

class PacketKinds {
 public:
  // Reads the whole recording. nullopt: it was no longer wanted.
  static std::optional<PacketKinds> of(trace::Recording&, const Cast&, const Progress& = {});

  PacketTraits of(std::uint64_t packet) const;

 private:
  friend class PacketSurvey;
  std::unordered_map<std::uint64_t, PacketTraits> unusual_{};  // those that are not plain data, seen once
};

}  // namespace ringside::replay
