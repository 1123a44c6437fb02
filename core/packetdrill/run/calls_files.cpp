// open(), pipe(), sendfile() and splice(): octets between files, pipes and sockets, without a program's
// hands.
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

constexpr Returned invalid{-1, Errno::einval};
constexpr auto dont_wait = static_cast<net::MessageFlags>(net::MessageFlag::dont_wait);

// NULL or [offset].
std::optional<std::int64_t> offset_of(const Expression& written) {
  if (std::holds_alternative<List>(written.value)) return number_of(only_item(written));
  return std::nullopt;
}

std::int64_t count_of(const Arguments& arguments, std::size_t place) {
  return std::clamp<std::int64_t>(arguments.number(place), 0, most_octets);
}

}  // namespace

Calls::Made Calls::open(const SystemCall& call) {
  const Arguments arguments{call};
  const auto* path = std::get_if<String>(&arguments.at(0).value);
  if (!path) fail("expected the name of a file, found " + text_of(arguments.at(0)));
  const std::int64_t flags = arguments.number(1);
  return {[=, this, &call]() -> std::optional<Returned> {
            Errno error = Errno::none;
            auto file = files_.open(path->text, flags, error);
            if (!file) return Returned{-1, error};
            const auto* expected = std::get_if<Integer>(&call.result.value);
            const std::int64_t number = expected ? expected->value : 0;
            descriptors_[number] = {.blocks = (flags & *constant("O_NONBLOCK")) == 0,
                                    .file = std::move(file)};
            return Returned{number};
          },
          {}};
}

// pipe([5, 6]), pipe2([5, 6], O_NONBLOCK): the numbers are the script's own.
Calls::Made Calls::pipe(const SystemCall& call) {
  const Arguments arguments{call};
  const auto* ends = std::get_if<List>(&arguments.at(0).value);
  if (!ends || ends->items.size() != 2)
    fail("expected [read end, write end], found " + text_of(arguments.at(0)));
  const std::int64_t flags = arguments.size() > 1 ? arguments.number(1) : 0;
  const bool blocks = (flags & *constant("O_NONBLOCK")) == 0;
  return {[=, this, from = number_of(ends->items[0]),
           to = number_of(ends->items[1])]() -> std::optional<Returned> {
            const auto pipe = std::make_shared<OpenFile::Pipe>();
            using Access = OpenFile::Access;
            descriptors_[from] = {.blocks = blocks,
                                  .file = std::make_shared<OpenFile>(pipe, Access{.read = true})};
            descriptors_[to] = {.blocks = blocks,
                                .file = std::make_shared<OpenFile>(pipe, Access{.write = true})};
            return Returned{0};
          },
          {}};
}

// do_sendfile(): what is known to follow is announced, so that no small segment leaves in between.
Calls::Made Calls::send_file(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(4);
  const std::int64_t from = arguments.number(1), count = count_of(arguments, 3);
  auto offset = std::make_shared<std::optional<std::int64_t>>(offset_of(arguments.at(2)));
  auto moved = std::make_shared<std::int64_t>(0);
  return {until_done(arguments.number(0), false,
                     [=, this](const Descriptor& out) {
                       const Descriptor* in = known(from);
                       if (!in) return Returned{-1, Errno::ebadf};
                       if (!in->file || in->file->is_pipe()) return invalid;
                       const Returned there = in->file->available(*offset, count - *moved);
                       if (there.error != Errno::none || there.value == 0)
                         return there.value == 0 ? Returned{*moved} : there;
                       const std::vector<std::uint8_t> zeros(static_cast<std::size_t>(there.value));
                       const Returned sent = put(out, zeros, 0);
                       if (sent.error != Errno::none)
                         return *moved > 0 && !out.blocks ? Returned{*moved} : sent;
                       *moved += sent.value;
                       if (*offset)
                         **offset += sent.value;
                       else
                         in->file->read(sent.value);
                       const bool all = sent.value == there.value || !out.blocks;
                       return all ? Returned{*moved} : Returned{-1, Errno::eagain};
                     }),
          {}};
}

// do_splice(): one of both is a pipe. It moves what there is, once.
Calls::Made Calls::splice(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(6);
  const std::int64_t to = arguments.number(2), count = count_of(arguments, 4), flags = arguments.number(5);
  const bool at_once = (flags & *constant("SPLICE_F_NONBLOCK")) != 0;
  const auto more = (flags & *constant("SPLICE_F_MORE")) != 0
                        ? static_cast<net::MessageFlags>(net::MessageFlag::more)
                        : net::MessageFlags{};
  return {until_done(arguments.number(0), at_once,
                     [=, this](const Descriptor& in) {
                       const Descriptor* out = known(to);
                       if (!out) return Returned{-1, Errno::ebadf};
                       const bool into_pipe = out->file && out->file->is_pipe();
                       const bool from_pipe = in.file && in.file->is_pipe();
                       if (!into_pipe && !from_pipe) return invalid;
                       if (into_pipe) return fill(in, *out, count);
                       const Returned there = in.file->available(std::nullopt, count);
                       if (there.error != Errno::none || there.value == 0) return there;
                       const std::vector<std::uint8_t> zeros(static_cast<std::size_t>(there.value));
                       const Returned sent = put(*out, zeros, more);
                       if (sent.error == Errno::none) in.file->read(sent.value);
                       return sent;
                     }),
          {}};
}

// Into a pipe, as much as it has room for: from a socket, tcp_splice_read(), which does not wait at the mark
// of urgent data.
Returned Calls::fill(const Descriptor& in, const Descriptor& pipe, std::int64_t count) {
  const std::int64_t most = std::min(count, pipe.file->room());
  if (most == 0 && count > 0) return {-1, Errno::eagain};
  if (!in.file && in.blocks && bed_.sockets().at_mark(in.fd).value == 1) return Returned{0};
  std::vector<std::uint8_t> octets(static_cast<std::size_t>(most));
  const Returned came = in.file ? in.file->read(most)
                                : bed_.sockets().recv(bed_.now(), in.fd, octets, in.blocks ? 0 : dont_wait);
  return came.error == Errno::none ? pipe.file->write(came.value) : came;
}

Returned Calls::put(const Descriptor& out, std::span<const std::uint8_t> octets, net::MessageFlags flags) {
  if (out.file) return out.file->write(static_cast<std::int64_t>(octets.size()));
  return bed_.sockets().send(bed_.now(), out.fd, octets, flags);
}

}  // namespace ringside::packetdrill
