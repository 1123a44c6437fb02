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
  static void note(Watched& watched, const Sight& now);
  static void tell(Watched& watched);
  void rotate();

  std::vector<Watched> watched_{};
};

}  // namespace ringside::net
