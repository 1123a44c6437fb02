// read(), write() and their relatives. What is written are zeros; what is read is not compared.
#include <algorithm>
#include <memory>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "ringside/packetdrill/text.hpp"
#include "run/calls.hpp"
#include "run/failure.hpp"

namespace ringside::packetdrill {

using net::Errno;
using net::Returned;

namespace {

constexpr std::int64_t most = 16 << 20;  // octets of a call: no script needs more, and they are really there

constexpr auto dont_wait = static_cast<net::MessageFlags>(net::MessageFlag::dont_wait);

std::int64_t amount(const Arguments& arguments, std::size_t place) {
  const std::int64_t octets = arguments.number(place);
  if (octets < 0 || octets > most) fail(fmt::format("expected a count of octets, found {}", octets));
  return octets;
}

// [{..., 100}, {..., 20}]
std::int64_t amount_of_vector(const Expression& vector) {
  const auto* pieces = std::get_if<List>(&vector.value);
  if (!pieces) fail("expected a list of buffers, found " + text_of(vector));
  std::int64_t octets = 0;
  for (const Expression& piece : pieces->items) {
    const auto* buffer = std::get_if<Structure>(&piece.value);
    if (!buffer || buffer->fields.size() != 2) fail("expected {..., length}, found " + text_of(piece));
    octets += number_of(buffer->fields[1].value);
  }
  if (octets < 0 || octets > most) fail(fmt::format("expected a count of octets, found {}", octets));
  return octets;
}

std::int64_t amount_of_message(const Arguments& arguments) {
  const Expression* vector = field(arguments.at(1), "msg_iov");
  if (field(arguments.at(1), "msg_control")) unsupported("msg_control");
  if (!vector) fail("expected msg_iov, found " + text_of(arguments.at(1)));
  return amount_of_vector(*vector);
}

}  // namespace

// A blocking call has taken all when it returns; if something comes between, it says how much it has taken.
Calls::Attempt Calls::sends(std::int64_t number, std::int64_t octets, net::MessageFlags flags) {
  if ((flags & static_cast<net::MessageFlags>(net::MessageFlag::fast_open)) != 0)
    return fast_opens(number, octets, flags);
  auto taken = std::make_shared<std::int64_t>(0);
  auto zeros = std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(octets));
  return until_done(number, (flags & dont_wait) != 0, [=, this](const Descriptor& its) {
    while (true) {
      const auto rest = std::span{*zeros}.subspan(static_cast<std::size_t>(*taken));
      const Returned done = bed_.sockets().send(bed_.now(), its.fd, rest, flags);
      if (done.error != Errno::none) {
        const bool sleeps = done.error == Errno::eagain && its.blocks && (flags & dont_wait) == 0;
        return *taken > 0 && !sleeps ? Returned{*taken} : done;
      }
      *taken += done.value;
      bed_.settle();  // what leaves makes no room, but the end of a call may let a segment go
      if (*taken == octets || !its.blocks || (flags & dont_wait) != 0 || done.value == 0)
        return Returned{*taken};
    }
  });
}

Calls::Attempt Calls::receives(std::int64_t number, std::int64_t octets, net::MessageFlags flags) {
  auto buffer = std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(octets));
  return until_done(number, (flags & dont_wait) != 0, [=, this](const Descriptor& its) {
    return bed_.sockets().recv(bed_.now(), its.fd, *buffer, its.blocks ? flags : flags | dont_wait);
  });
}

Calls::Made Calls::read(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  return {receives(arguments.number(0), amount(arguments, 2), 0), {}};
}

Calls::Made Calls::write(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  return {sends(arguments.number(0), amount(arguments, 2), 0), {}};
}

Calls::Made Calls::send(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(4);
  return {
      sends(arguments.number(0), amount(arguments, 2), static_cast<net::MessageFlags>(arguments.number(3))),
      {}};
}

Calls::Made Calls::recv(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(4);
  return {receives(arguments.number(0), amount(arguments, 2),
                   static_cast<net::MessageFlags>(arguments.number(3))),
          {}};
}

Calls::Made Calls::send_to(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(6);
  const std::int64_t number = arguments.number(0), octets = amount(arguments, 2);
  const auto flags = static_cast<net::MessageFlags>(arguments.number(3));
  if ((flags & static_cast<net::MessageFlags>(net::MessageFlag::fast_open)) != 0)
    return {fast_opens(number, octets, flags), {}};
  auto zeros = std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(octets));
  return {until_done(number, (flags & dont_wait) != 0,
                     [=, this](const Descriptor& its) {
                       return bed_.sockets().send_to(bed_.now(), its.fd, *zeros,
                                                     {bed_.network().remote, options_.connect_port}, flags);
                     }),
          {}};
}

Calls::Made Calls::recv_from(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(6);
  const auto flags = static_cast<net::MessageFlags>(arguments.number(3));
  auto buffer = std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(amount(arguments, 2)));
  return {until_done(arguments.number(0), (flags & dont_wait) != 0,
                     [=, this](const Descriptor& its) {
                       net::Endpoint from;
                       return bed_.sockets().recv_from(bed_.now(), its.fd, *buffer, from, flags);
                     }),
          {}};
}

Calls::Made Calls::vector_read(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  return {receives(arguments.number(0), amount_of_vector(arguments.at(1)), 0), {}};
}

Calls::Made Calls::vector_write(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  return {sends(arguments.number(0), amount_of_vector(arguments.at(1)), 0), {}};
}

Calls::Made Calls::send_message(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  return {sends(arguments.number(0), amount_of_message(arguments),
                static_cast<net::MessageFlags>(arguments.number(2))),
          {}};
}

Calls::Made Calls::recv_message(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  return {receives(arguments.number(0), amount_of_message(arguments),
                   static_cast<net::MessageFlags>(arguments.number(2))),
          {}};
}

}  // namespace ringside::packetdrill
