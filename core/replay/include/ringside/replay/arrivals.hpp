// Which packet of one recording is which of another: the k-th that arrived at the host under study.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "ringside/replay/cast.hpp"
#include "ringside/replay/overview.hpp"
#include "ringside/trace/recording.hpp"

namespace ringside::replay {

struct Arrival {
  Time at{};
  std::uint64_t packet = 0;
  std::uint64_t bytes = 0;  // 0: it was lost before it came to a stage
};

class Arrivals {
 public:
  explicit Arrivals(std::vector<Arrival> in_order);

  // Reads the whole recording. nullopt: it was no longer wanted.
  static std::optional<Arrivals> of(trace::Recording&, const Cast&, const Progress& = {});

  const std::vector<Arrival>& in_order() const { return in_order_; }
  std::optional<std::size_t> rank(std::uint64_t packet) const;

  // The packet of the other recording that arrived as the so-manieth, too.
  std::optional<std::uint64_t> counterpart(std::uint64_t packet, const Arrivals& other) const;
  // As many packets, each at the same time and, where both have one, of the same length: they can be compared
  // packet by packet.
  bool same(const Arrivals& other) const;

 private:
  std::vector<Arrival> in_order_{};
  std::vector<std::uint32_t> by_packet_{};  // ranks, in the order of the packets' numbers
};

}  // namespace ringside::replay
