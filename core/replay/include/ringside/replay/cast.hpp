// Who plays in a recording: the numbers of its events, given their names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ringside/path/lanes.hpp"
#include "ringside/path/path.hpp"

namespace ringside::replay {

struct HostCast {
  std::string name{};
  bool wire = false;      // a wire end: it has no path
  std::string machine{};  // the host whose cores it shares, or empty
  int cores = 0;
  std::string profile{};
  path::Path path{};
  std::vector<path::Lane> lanes{};  // by stage
  std::vector<std::string> queues{};
  std::vector<int> instances{};  // by queue: how many have that name, one for each queue of the card, or core
  std::vector<std::string> notifications{};

  int instances_of(std::size_t queue) const { return queue < instances.size() ? instances[queue] : 1; }
  // Whether another reference to a frame comes there, while the packet itself goes on (a packet tap).
  bool takes_clones(std::size_t stage) const;
  // What the path says of a queue; nullptr: nothing.
  const path::Queue* queue(std::size_t number) const;
  // How many packets all of that name hold together; 0: they are not measured in packets.
  std::int64_t packets_in(std::size_t queue) const;
};

struct LinkCast {
  std::size_t a = 0;  // hosts
  std::size_t b = 0;
  std::uint64_t bits_per_second = 0;  // 0: infinitely fast
};

struct Cast {
  std::string version{};  // of the program that made the recording
  std::string scenario{};
  path::Text title{};
  std::uint64_t seed = 0;
  std::size_t study = 0;  // the host that the scenario is about
  std::vector<HostCast> hosts{};
  std::vector<LinkCast> links{};      // each a port of either host, in this order
  std::vector<std::string> losses{};  // why a packet is dropped where no queue was full; by number

  // The host at the other end of a port; nullopt: the recording does not say.
  std::optional<std::size_t> beyond(std::size_t host, std::size_t port) const;
};

// `meta`: of a recording. Throws trace::RecordingError when it is not what docs/recording.md says.
Cast cast_of(const std::string& meta);

}  // namespace ringside::replay
