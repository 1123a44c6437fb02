// Local end points that several sockets have: listeners and UDP sockets with SO_REUSEPORT, UDP sockets with
// SO_REUSEADDR. Of each such end Bindings names one; all of them stand here, who was bound last in front
// (__inet_hash(), udp_lib_get_port()).
#pragma once

#include <span>
#include <vector>

#include "containers/bindings.hpp"

namespace ringside::net {

class SharedEnds {
 public:
  std::span<const SocketId> of(const Bindings& bindings, const Endpoint& end) const {
    const Flow key{.local = end};
    if (const std::vector<SocketId>* all = shared_.find(key)) return *all;
    const SocketId* one = bindings.find(key);
    return one ? std::span{one, 1} : std::span<const SocketId>{};
  }

  void insert(Bindings& bindings, const LocalEnds& ends, SocketId id) {
    for (const Endpoint& end : ends) {
      std::vector<SocketId> all = copy(bindings, end);
      all.insert(all.begin(), id);
      put(bindings, end, std::move(all));
    }
  }
  void erase(Bindings& bindings, const LocalEnds& ends, SocketId id) {
    for (const Endpoint& end : ends) {
      std::vector<SocketId> all = copy(bindings, end);
      std::erase(all, id);
      put(bindings, end, std::move(all));
    }
  }

 private:
  std::vector<SocketId> copy(const Bindings& bindings, const Endpoint& end) const {
    const auto all = of(bindings, end);
    return {all.begin(), all.end()};
  }
  void put(Bindings& bindings, const Endpoint& end, std::vector<SocketId> all) {
    const Flow key{.local = end};
    bindings.erase(key);
    shared_.erase(key);
    if (!all.empty()) bindings.insert(key, all.front());
    if (all.size() > 1) shared_.insert(key, std::move(all));
  }

  FlatMap<Flow, std::vector<SocketId>> shared_;
};

}  // namespace ringside::net
