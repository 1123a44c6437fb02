// read(), write() and their relatives. What is written are zeros; what is read is not compared.
#include <memory>
#include <vector>

#include "run/calls.hpp"
#include "run/constants.hpp"
#include "run/control.hpp"

namespace ringside::packetdrill {

using net::Errno;
using net::Returned;

namespace {

constexpr auto dont_wait = static_cast<net::MessageFlags>(net::MessageFlag::dont_wait);

constexpr auto error_queue = static_cast<net::MessageFlags>(net::MessageFlag::error_queue);

constexpr Returned still_asleep{-1, Errno::eagain};

std::vector<std::uint8_t> octets_for(const Buffers& buffers) {
  return std::vector<std::uint8_t>(static_cast<std::size_t>(buffers.sound));
}

net::MessageFlags flags_in(const Arguments& arguments, std::size_t place) {
  return static_cast<net::MessageFlags>(arguments.number(place));
}

}  // namespace

// A blocking call has taken all when it returns; if something comes between, it says how much it has taken.
// That there is nothing at the address is found after whether anything may be sent.
Calls::Attempt Calls::sends(std::int64_t number, const Buffers& buffers, net::MessageFlags flags,
                            const net::SentControl& control) {
  const auto end_of_all = static_cast<net::MessageFlags>(*constant("MSG_EOF"));
  const bool ends = (flags & end_of_all) != 0;
  flags &= ~end_of_all;
  if ((flags & static_cast<net::MessageFlags>(net::MessageFlag::fast_open)) != 0)
    return fast_opens(number, buffers, flags);
  auto taken = std::make_shared<std::int64_t>(0);
  auto zeros = std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(buffers.sendable()));
  auto slept = std::make_shared<bool>(false);
  return until_done(number, (flags & dont_wait) != 0, [=, this](const Descriptor& its) {
    // Who waits for room is woken when there is enough of it, or never will be: sk_stream_write_space().
    constexpr std::uint32_t wakes = net::ready::out | net::ready::err | net::ready::hup;
    if (*slept && !its.file && (bed_.sockets().poll(its.fd) & wakes) == 0) return still_asleep;
    while (true) {
      const auto rest = std::span{*zeros}.subspan(static_cast<std::size_t>(*taken));
      net::SentControl with = control;
      if (*taken == 0 && buffers.sound == buffers.octets) with.buffers = buffers.each;
      const Returned done = its.file ? put(its, rest, flags)
                                     : bed_.sockets().send_message(bed_.now(), its.fd, rest, with,
                                                                   its.blocks ? flags : flags | dont_wait);
      if (done.error != Errno::none) {
        const bool sleeps = done.error == Errno::eagain && its.blocks && (flags & dont_wait) == 0;
        *slept = sleeps;
        return *taken > 0 && !sleeps ? Returned{*taken} : done;
      }
      if (buffers.sendable() == 0 && buffers.octets > 0) return bad_address;
      *taken += done.value;
      // FreeBSD tcp_usr_send(): the FIN goes with the text.
      if (ends && !its.file && *taken == buffers.sendable())
        bed_.sockets().shutdown(bed_.now(), its.fd, net::Shutdown::write);
      bed_.settle();  // what leaves makes room for what may not wait in the queue: TCP_NOTSENT_LOWAT
      if (*taken == buffers.sendable() || done.value == 0) return Returned{*taken};
    }
  });
}

// What would be read stays where it is if there is no place for it.
Calls::Attempt Calls::receives(std::int64_t number, const Buffers& buffers, net::MessageFlags flags,
                               const std::shared_ptr<net::ReceivedMessage>& message) {
  auto octets = std::make_shared<std::vector<std::uint8_t>>(octets_for(buffers));
  auto told = message ? message : std::make_shared<net::ReceivedMessage>();
  const bool never_blocks = (flags & (dont_wait | error_queue)) != 0;
  return until_done(number, never_blocks, [=, this](const Descriptor& its) {
    if (its.file) return buffers.null() ? bad_address : its.file->read(buffers.sound);
    const net::MessageFlags with = its.blocks ? flags : flags | dont_wait;
    if (!buffers.null()) return bed_.sockets().recv_message(bed_.now(), its.fd, *octets, *told, with);
    std::uint8_t one = 0;
    const auto peek = static_cast<net::MessageFlags>(net::MessageFlag::peek);
    const Returned first = bed_.sockets().recv(bed_.now(), its.fd, {&one, 1}, with | peek);
    return first.value > 0 ? bad_address : first;
  });
}

Calls::Made Calls::read(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  return {receives(arguments.number(0), buffer_of(arguments), 0), {}};
}

Calls::Made Calls::write(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  return {sends(arguments.number(0), buffer_of(arguments), 0), {}};
}

Calls::Made Calls::send(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(4);
  return {sends(arguments.number(0), buffer_of(arguments), flags_in(arguments, 3)), {}};
}

Calls::Made Calls::recv(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(4);
  return {receives(arguments.number(0), buffer_of(arguments), flags_in(arguments, 3)), {}};
}

Calls::Made Calls::send_to(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(6);
  const Buffers buffers = buffer_of(arguments);
  const net::MessageFlags flags = flags_in(arguments, 3);
  if ((flags & static_cast<net::MessageFlags>(net::MessageFlag::fast_open)) != 0)
    return {fast_opens(arguments.number(0), buffers, flags), {}};
  const net::Endpoint to = endpoint_of(arguments.at(4), {bed_.network().remote, options_.connect_port});
  auto zeros = std::make_shared<std::vector<std::uint8_t>>(octets_for(buffers));
  return {until_done(arguments.number(0), (flags & dont_wait) != 0,
                     [=, this](const Descriptor& its) {
                       if (buffers.null()) return bad_address;
                       return bed_.sockets().send_to(bed_.now(), its.fd, *zeros, to, flags);
                     }),
          {}};
}

Calls::Made Calls::recv_from(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(6);
  return {receives(arguments.number(0), buffer_of(arguments), flags_in(arguments, 3)), {}};
}

Calls::Made Calls::vector_read(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  return {receives(arguments.number(0), buffers_of(arguments.at(1)), 0), {}};
}

Calls::Made Calls::vector_write(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  return {sends(arguments.number(0), buffers_of(arguments.at(1)), 0), {}};
}

Calls::Made Calls::send_message(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  return {sends(arguments.number(0), buffers_of_message(arguments.at(1)), flags_in(arguments, 2),
                control_to_send(arguments.at(1))),
          {}};
}

Calls::Made Calls::recv_message(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  auto message = std::make_shared<net::ReceivedMessage>();
  return {
      receives(arguments.number(0), buffers_of_message(arguments.at(1)), flags_in(arguments, 2), message),
      [=, this, &call](const Returned&) { check_message(call.arguments[1], *message, options_.tolerance); }};
}

}  // namespace ringside::packetdrill
