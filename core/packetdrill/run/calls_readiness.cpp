// poll() and epoll. The program's data of an event is the script's number of the descriptor, or whatever it
// says.
#include <algorithm>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "ringside/packetdrill/text.hpp"
#include "run/calls.hpp"
#include "run/constants.hpp"
#include "run/failure.hpp"

namespace ringside::packetdrill {

using net::Errno;
using net::Returned;

namespace {

constexpr std::int64_t most_events = 4096;  // of a wait

// {events=EPOLLIN|EPOLLET, fd=4}; the data is a union: fd, ptr, u32 or u64.
net::EpollEvent event_of(const Expression& written) {
  const Expression* events = field(written, "events");
  if (!events) fail("expected {events=, fd=}, found " + text_of(written));
  net::EpollEvent event{.events = static_cast<std::uint32_t>(number_of(*events))};
  for (const std::string_view name : {"fd", "ptr", "u32", "u64"})
    if (const Expression* data = field(written, name))
      event.data = static_cast<std::uint64_t>(number_of(*data));
  return event;
}

std::vector<net::EpollEvent> events_of(const Expression& written) {
  const auto* list = std::get_if<List>(&written.value);
  if (!list) return {event_of(written)};
  std::vector<net::EpollEvent> events;
  for (const Expression& item : list->items) events.push_back(event_of(item));
  return events;
}

// Of what the call has written, the script says all or the first.
void check_events(const std::vector<net::EpollEvent>& expected, std::span<const net::EpollEvent> got) {
  for (std::size_t i = 0; i < std::min(expected.size(), got.size()); ++i)
    if (expected[i].events != got[i].events || expected[i].data != got[i].data)
      fail(fmt::format("expected events=0x{:x} of {}, got 0x{:x} of {}", expected[i].events, expected[i].data,
                       got[i].events, got[i].data));
}

}  // namespace

Calls::Made Calls::epoll_create(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(1);
  const bool refused = call.name == "epoll_create" && arguments.number(0) <= 0;
  return {[=, this, &call]() -> std::optional<Returned> {
            if (refused) return Returned{-1, Errno::einval};
            return numbered(call, bed_.sockets().epoll_create(), true);
          },
          {}};
}

Calls::Made Calls::epoll_control(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(4);
  const std::int64_t control = arguments.number(1), of = arguments.number(2);
  const bool removes = control == *constant("EPOLL_CTL_DEL");
  const bool named = std::holds_alternative<Structure>(arguments.at(3).value);
  if (!removes && !named) return {[] { return Returned{-1, Errno::efault}; }, {}};
  const net::EpollEvent event = named ? event_of(arguments.at(3)) : net::EpollEvent{};
  return {until_done(arguments.number(0), true,
                     [=, this](const Descriptor& its) {
                       const Descriptor* watched = known(of);
                       if (!watched) return Returned{-1, Errno::ebadf};
                       if (control < 1 || control > 3) return Returned{-1, Errno::einval};
                       return bed_.sockets().epoll_ctl(its.fd, static_cast<net::EpollControl>(control),
                                                       watched->fd, event);
                     }),
          {}};
}

namespace {

// A time-out of these calls is an int, of milliseconds; a negative one never comes.
Time end_of_wait(Time now, std::int64_t timeout) {
  const Duration wait = std::chrono::milliseconds{static_cast<std::int32_t>(timeout)};
  return wait < Duration{} || wait > end_of_time - now ? end_of_time : now + wait;
}

}  // namespace

Calls::Made Calls::epoll_wait(const SystemCall& call) {
  const Arguments arguments{call};
  const std::int64_t most = arguments.number(2), timeout = arguments.number(3);
  if (most > most_events) unsupported(fmt::format("more than {} events of epoll_wait()", most_events));
  const Time until = end_of_wait(bed_.now(), timeout);
  const auto expected = events_of(arguments.at(1));
  auto got = std::make_shared<std::vector<net::EpollEvent>>(
      static_cast<std::size_t>(std::max<std::int64_t>(most, 0)));
  return {[=, this, number = arguments.number(0)]() -> std::optional<Returned> {
            const Descriptor* its = known(number);
            if (!its) return Returned{-1, Errno::ebadf};
            const Returned told = bed_.sockets().epoll_wait(its->fd, *got);
            const bool sleeps = told == Returned{} && bed_.now() < until;
            return sleeps ? std::nullopt : std::optional{told};
          },
          [=](const Returned& told) {
            check_events(expected, std::span{*got}.first(static_cast<std::size_t>(told.value)));
          },
          until};
}

// poll([{fd=4, events=POLLIN, revents=POLLIN}], 1, 0): who asks for nothing else still hears of errors and of
// the end (do_pollfd() in fs/select.c).
Calls::Made Calls::poll(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  const auto* items = std::get_if<List>(&arguments.at(0).value);
  if (!items) fail("expected a list of descriptors, found " + text_of(arguments.at(0)));
  struct Asked {
    std::int64_t number = 0;
    std::uint32_t events = 0, expected = 0, found = 0;
  };
  auto all = std::make_shared<std::vector<Asked>>();
  for (const Expression& item : items->items) {
    const Expression *fd = field(item, "fd"), *events = field(item, "events"),
                     *revents = field(item, "revents");
    if (!fd || !events || !revents) fail("expected {fd=, events=, revents=}, found " + text_of(item));
    all->push_back({number_of(*fd), static_cast<std::uint32_t>(number_of(*events)),
                    static_cast<std::uint32_t>(number_of(*revents))});
  }
  const std::int64_t timeout = arguments.number(2);
  const Time until = end_of_wait(bed_.now(), timeout);
  return {[=, this]() -> std::optional<Returned> {
            std::int64_t ready = 0;
            for (Asked& asked : *all) {
              const Descriptor* its = known(asked.number);
              asked.found =
                  its ? bed_.sockets().poll(its->fd) & (asked.events | net::ready::err | net::ready::hup)
                      : static_cast<std::uint32_t>(*constant("POLLNVAL"));
              ready += asked.found != 0;
            }
            if (ready == 0 && bed_.now() < until) return std::nullopt;
            return Returned{ready};
          },
          [=](const Returned&) {
            for (const Asked& asked : *all)
              if (asked.found != asked.expected)
                fail(fmt::format("expected revents=0x{:x} of {}, got 0x{:x}", asked.expected, asked.number,
                                 asked.found));
          },
          until};
}

}  // namespace ringside::packetdrill
