// epoll: which descriptors a program waits for, and what it was told of them. fs/eventpoll.c.
//
// Nothing wakes anybody here. Each look compares what has become of a socket with what was seen before, which
// finds the wake-ups that edge-triggered waiting lives on; several since the last look are one, as they would
// be in the kernel for who had not waited.
#pragma once

#include <vector>

#include "sockets/activity.hpp"
#include "sockets/returned.hpp"

namespace ringside::net {

class Epoll {
 public:
  // What a descriptor is like now.
  struct Sight {
    std::uint32_t ready = 0;  // poll()
    Activity activity{};
  };

  // `now`: of the descriptor.
  Returned add(Fd fd, EpollEvent event, const Sight& now);
  Returned modify(Fd fd, EpollEvent event, const Sight& now);
  Returned remove(Fd fd);

  // Those of which there is something to tell: at most as many as `out` has room for, those that were told
  // longest ago first. `look`: Fd to Sight.
  template <class Look>
  Returned wait(std::span<EpollEvent> out, Look look) {
    std::size_t told = 0;
    for (Watched& watched : watched_) {
      watched.told = false;
      const Sight now = look(watched.fd);
      note(watched, now);
      if (told == out.size() || !watched.due) continue;
      const std::uint32_t events = now.ready & watched.events();
      watched.due = false;
      if (events == 0) continue;
      out[told++] = {events, watched.event.data};
      tell(watched);
    }
    rotate();
    return returned(told);
  }
  bool empty() const { return watched_.empty(); }
  // What it is like itself, for another one that watches it: ep_poll(), ep_poll_safewake().
  template <class Look>
  Sight sight(Look look) {
    bool any = false;
    for (Watched& watched : watched_) {
      const Sight now = look(watched.fd);
      note(watched, now);
      any = any || (watched.due && (now.ready & watched.events()) != 0);
    }
    return {any ? ready::in | ready::read_normal : 0, {.arrived = woken_}};
  }
  template <class See>
  void each(See see) const {
    for (const Watched& watched : watched_) see(watched.fd);
  }

 private:
  struct Watched {
    Fd fd{};
    EpollEvent event{};
    Sight seen{};
    bool due = true;  // EP_ITEM of the ready list
    bool told = false;
    std::uint32_t events() const;
    bool level() const;
  };

  Watched* find(Fd fd);
  void note(Watched& watched, const Sight& now);
  static void tell(Watched& watched);
  void rotate();

  std::vector<Watched> watched_{};
  std::uint64_t woken_ = 0;  // so often has one of these woken who waits
};

}  // namespace ringside::net
