// Which lane each stage of a path belongs to.
#include "ringside/path/lanes.hpp"

#include "graph.hpp"

namespace ringside::path {

namespace {

bool handles_headers(Work work) {
  return work == Work::demultiplex || work == Work::protocol || work == Work::route || work == Work::read ||
         work == Work::write;
}

bool polls_or_cleans(Work work) { return work == Work::timer || work == Work::reclaim; }

// Stages that a softirq runs once the headers are being read: the callees of its demultiplexer and protocols.
std::vector<bool> behind_headers(const Path& path) {
  std::vector<StageId> heads;
  for (StageId id = 0; id < path.stages.size(); ++id)
    if (path.stages[id].domain == Domain::softirq && handles_headers(path.stages[id].work))
      heads.push_back(id);
  return reachable(graph_of(path, is_call), heads);
}

Lane lane_of(const Stage& stage, bool behind_headers) {
  switch (stage.domain) {
    case Domain::user: return Lane::user;
    case Domain::kernel:
    case Domain::caller: return Lane::protocol;
    case Domain::softirq:
      return behind_headers && !polls_or_cleans(stage.work) ? Lane::protocol : Lane::softirq;
    case Domain::hardirq: return Lane::hardirq;
    case Domain::hardware:
      return stage.work == Work::arrive || stage.work == Work::depart ? Lane::wire : Lane::nic;
  }
  return Lane::wire;
}

}  // namespace

std::vector<Lane> lanes(const Path& path) {
  const auto behind = behind_headers(path);
  std::vector<Lane> lanes;
  for (StageId id = 0; id < path.stages.size(); ++id) lanes.push_back(lane_of(path.stages[id], behind[id]));
  return lanes;
}

}  // namespace ringside::path
