// The requests of all listeners, and when the SYN-ACK of each is due again.
#pragma once

#include "containers/slots.hpp"
#include "containers/timer_heap.hpp"
#include "tcp/request.hpp"

namespace ringside::net {

class Requests {
 public:
  bool full() const { return slots_.full(); }
  SocketId add(const Request& request, Time due) {
    const SocketId id = *slots_.emplace(request);
    repeat_at(id, due);
    return id;
  }
  Request* find(SocketId id) { return slots_.find(id); }
  void repeat_at(SocketId id, Time due) { timers_.set(slots_.place_of(id), due); }
  void erase(SocketId id) {
    timers_.cancel(slots_.place_of(id));
    slots_.erase(id);
  }

  Time deadline() const { return timers_.earliest(); }
  std::optional<SocketId> due(Time now) const {
    return timers_.earliest() <= now ? std::optional{slots_.id_at(timers_.earliest_key())} : std::nullopt;
  }

 private:
  Slots<Request, SocketKind::request> slots_;
  TimerHeap timers_;  // by place
};

}  // namespace ringside::net
