// The disk of a host: it reads into the page cache what programs asked for, one request after another.
#include "walk.hpp"

namespace ringside::host {

void Host::ring_disk(path::StageId stage) {
  const Time now = simulation_.events.now();
  const path::Compiled::Cost& cost = path_.stages[stage].cost;
  for (DiskRequest& request : disk_.asked) {
    request.stage = stage;
    request.due = disk_.pipe.reserve(now, cost.of(request.bytes), cost.latency);
    disk_.reading.push_back(request);
  }
  disk_.asked.clear();
  if (!disk_.reading.empty() && !disk_.done.pending()) disk_.done.schedule(disk_.reading.front().due);
}

void Host::on_disk(Time now) {
  const DiskRequest request = disk_.reading.front();
  disk_.reading.pop_front();
  if (!disk_.reading.empty()) disk_.done.schedule(disk_.reading.front().due);
  request.from->application->disk_has_read();
  const auto queue = static_cast<std::uint16_t>(request.from->core % nic_queues_);
  Walk{*this, now, queue, now}.follow_read(request.stage, request.bytes);
  commit_card(now);
}

}  // namespace ringside::host
