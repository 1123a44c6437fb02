#include "sockets/epoll.hpp"

#include <algorithm>

namespace ringside::net {
namespace {

constexpr std::uint32_t always = ready::err | ready::hup;  // whoever asks for what: do_epoll_ctl()
constexpr std::uint32_t band_in = 0x80, band_out = 0x200;  // EPOLLRDBAND, EPOLLWRBAND
constexpr std::uint32_t inward = ready::in | ready::pri | ready::read_normal | band_in,
                        outward = ready::out | ready::write_normal | band_out;
constexpr std::uint32_t modes = epoll::exclusive | epoll::wake_up | epoll::one_shot | epoll::edge_triggered;
constexpr std::uint32_t with_exclusive = ready::in | ready::out | ready::err | ready::hup | epoll::wake_up |
                                         epoll::edge_triggered | epoll::exclusive;  // EPOLLEXCLUSIVE_OK_BITS

}  // namespace

std::uint32_t Epoll::Watched::events() const { return event.events & ~modes; }
bool Epoll::Watched::level() const { return (event.events & epoll::edge_triggered) == 0; }

Epoll::Watched* Epoll::find(Fd fd) {
  const auto found =
      std::find_if(watched_.begin(), watched_.end(), [&](const Watched& w) { return w.fd == fd; });
  return found == watched_.end() ? nullptr : &*found;
}

// ep_insert().
Returned Epoll::add(Fd fd, EpollEvent event, const Sight& now) {
  const bool exclusive = (event.events & epoll::exclusive) != 0;
  if (exclusive && (event.events & ~with_exclusive) != 0) return failed(Errno::einval);
  if (find(fd)) return failed(Errno::eexist);
  event.events |= always;
  watched_.push_back({.fd = fd, .event = event, .seen = now});
  return success;
}

// ep_modify(): what is ready now is told again.
Returned Epoll::modify(Fd fd, EpollEvent event, const Sight& now) {
  if ((event.events & epoll::exclusive) != 0) return failed(Errno::einval);
  Watched* watched = find(fd);
  if (!watched) return failed(Errno::enoent);
  if ((watched->event.events & epoll::exclusive) != 0) return failed(Errno::einval);
  event.events |= always;
  *watched = {.fd = fd, .event = event, .seen = now};
  return success;
}

Returned Epoll::remove(Fd fd) {
  const Watched* watched = find(fd);
  if (!watched) return failed(Errno::enoent);
  watched_.erase(watched_.begin() + (watched - watched_.data()));
  return success;
}

// ep_poll_callback(): data and room wake those who wait for them, everything else wakes all. Of room the
// kernel tells only after there was too little: SOCK_NOSPACE, which poll() sets, too.
void Epoll::note(Watched& watched, const Sight& now) {
  const Activity &before = watched.seen.activity, &after = now.activity;
  const bool had_room = (watched.seen.ready & ready::out) != 0 && before.shortages == after.shortages;
  const bool room = (now.ready & ready::out) != 0 && !had_room;
  const std::uint32_t events = watched.events();
  const bool woken = !after.same_condition(before) ||
                     (after.arrived != before.arrived && (events & inward) != 0) ||
                     (room && (events & outward) != 0);
  if (woken) ++woken_;
  watched.due = watched.due || woken || watched.level();
  watched.seen = now;
}

// ep_send_events(): once is enough for EPOLLONESHOT, until it is asked for again.
void Epoll::tell(Watched& watched) {
  watched.told = true;
  if ((watched.event.events & epoll::one_shot) != 0) watched.event.events &= modes;
}

void Epoll::rotate() {
  std::stable_partition(watched_.begin(), watched_.end(), [](const Watched& w) { return !w.told; });
}

}  // namespace ringside::net
