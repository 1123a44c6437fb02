// Memory: a program reads only bytes that it may read, and zero copy means that no core copies.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "check/rules.hpp"
#include "graph.hpp"

namespace ringside::path {

namespace {

constexpr StageId from_the_wire = 0xffff;

// Follows the packet from the wire to the program, and with it where its bytes lie and who put them there.
class ReceiveWay {
 public:
  ReceiveWay(const Path& path, Findings& found) : path_{path}, found_{found} {}

  void follow(StageId id, Region region, StageId placed_by) {
    if (!seen_.emplace(id, region, placed_by).second) return;
    const Stage& stage = path_.stages[id];
    if (stage.memory != Memory::none && stage.memory != Memory::reference) {
      region = stage.into;
      placed_by = id;
    }
    const bool looks = stage.domain == Domain::user && stage.work != Work::pass;
    if (looks && region != Region::user && region != Region::shared) return report(stage, region, placed_by);
    if (stage.work == Work::application) return;  // what it sends are other bytes
    for (const Hop& hop : path_.hops) {
      const bool answers = hop.when == Verdict::transmit || hop.when == Verdict::drop;
      const auto* queue = std::get_if<Queue>(&hop.hand);
      const bool completes = queue && !queue->returns.empty();  // a slot comes back, and no bytes with it
      if (hop.from == id && carries_packet(hop) && !answers && !completes) follow(hop.to, region, placed_by);
    }
  }

 private:
  void report(const Stage& reader, Region region, StageId placed_by) {
    if (!reported_.insert(reader.name).second) return;
    const std::string where = placed_by == from_the_wire
                                  ? "have never left the card"
                                  : fmt::format("still lie in {} memory, where '{}' put them",
                                                to_string(region), path_.stages[placed_by].name);
    found_.push_back(
        {reader.origin, fmt::format("the program would read {0} memory: when a packet reaches {1}, its "
                                    "bytes {2}; expected a copy or map into user or shared memory before",
                                    to_string(region), with_domain(reader), where)});
  }

  const Path& path_;
  Findings& found_;
  std::set<std::tuple<StageId, Region, StageId>> seen_{};
  std::set<std::string_view> reported_{};
};

}  // namespace

void check_memory(const Path& path, Findings& found) {
  ReceiveWay way{path, found};
  for (StageId id = 0; id < path.stages.size(); ++id) {
    const Stage& stage = path.stages[id];
    if (stage.work == Work::arrive) way.follow(id, Region::device, from_the_wire);
    if (path.zero_copy && stage.memory == Memory::copy)
      found.push_back({stage.origin, fmt::format("the path claims zero copy, but '{}' copies into {} memory",
                                                 stage.name, to_string(stage.into))});
  }
}

}  // namespace ringside::path
