// Where the bytes of a packet lie and who owns them, as its path says.
//
// A recording says where a packet is, not where its bytes are. They are where the last stage on its way has
// put them that moves bytes (dma, copy, map); so the regions of all places follow from the path alone, unless
// packets with bytes in different regions pass the same place.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "ringside/replay/cast.hpp"
#include "ringside/trace/state.hpp"

namespace ringside::replay {

enum class Owner : std::uint8_t { nic, kernel, program };

struct Lodging {
  bool on_wire = false;            // and then nowhere else
  std::optional<Region> region{};  // nullopt: it depends on the way by which the packet came
  std::optional<Owner> owner{};    // who works on it, or is to take it from its queue
  int least_copies = 0;            // that cores of this host have made so far of what it carries
  int most_copies = 0;
  bool operator==(const Lodging&) const = default;
};

class Lodgings {
 public:
  // `end`: of the recording. Stages of a host to which nothing has come by then lead nowhere: a host that
  // forwards nothing has no forwarded packets among those that it sends. Without hosts: all may be passed.
  explicit Lodgings(const Cast&, const trace::State& end = {});

  // By the place alone.
  Lodging of(const trace::Whereabouts&) const;
  // By the stages of a host that the packet has come to, in order: what depends on the way is known, too.
  Lodging along(std::size_t host, std::span<const path::StageId> way) const;

 private:
  // Where bytes may lie, and how often they have been copied.
  using Finds = std::set<std::pair<Region, int>>;
  struct Places {
    std::vector<path::Stage> stages{};
    std::vector<Finds> behind{};  // each stage, by its number
    std::vector<Finds> in_queue{};
    std::vector<Owner> takes{};  // from each queue
  };
  friend class WayOfBytes;
  std::vector<Places> hosts_{};
};

}  // namespace ringside::replay
