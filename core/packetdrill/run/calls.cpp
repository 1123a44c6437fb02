#include "run/calls.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ringside/packetdrill/text.hpp"
#include "run/constants.hpp"
#include "run/failure.hpp"

namespace ringside::packetdrill {

using net::Errno;
using net::Returned;

namespace {

constexpr Returned bad_descriptor{-1, Errno::ebadf};

std::string text_of_result(const Returned& returned) {
  if (returned.error == Errno::none) return fmt::to_string(returned.value);
  return fmt::format("-1 {}", net::name_of(returned.error));
}

bool returns_descriptor(const SystemCall& call) {
  constexpr std::array names{"socket", "accept", "accept4", "epoll_create", "epoll_create1", "open"};
  return std::ranges::find(names, call.name) != names.end();
}

bool is_expected(const SystemCall& call, const Returned& got) {
  const Result& expected = call.result;
  const std::int64_t value = got.error == Errno::none ? got.value : -1;
  const bool named = expected.error.empty() || expected.error == net::name_of(got.error);
  if (std::holds_alternative<AnyResult>(expected.value)) return true;
  if (const auto* range = std::get_if<ResultRange>(&expected.value))
    return named && value >= range->from && value <= range->to;
  const std::int64_t wanted = std::get<Integer>(expected.value).value;
  return named && (returns_descriptor(call) && wanted >= 0 ? value >= 0 : value == wanted);
}

}  // namespace

bool CallUnderWay::try_again() {
  if (!returned_) returned_ = made_.attempt();
  return returned();
}

void CallUnderWay::check() const {
  if (!is_expected(*call_, *returned_))
    fail(fmt::format("expected {}, got {}", text_of(*call_), text_of_result(*returned_)));
  if (made_.check && returned_->error == Errno::none) made_.check(*returned_);
}

Calls::Maker Calls::maker_of(const std::string& name) {
  static const std::map<std::string_view, Maker> makers{{"socket", &Calls::socket},
                                                        {"bind", &Calls::bind},
                                                        {"listen", &Calls::listen},
                                                        {"accept", &Calls::accept},
                                                        {"accept4", &Calls::accept},
                                                        {"connect", &Calls::connect},
                                                        {"read", &Calls::read},
                                                        {"write", &Calls::write},
                                                        {"send", &Calls::send},
                                                        {"recv", &Calls::recv},
                                                        {"sendto", &Calls::send_to},
                                                        {"recvfrom", &Calls::recv_from},
                                                        {"readv", &Calls::vector_read},
                                                        {"writev", &Calls::vector_write},
                                                        {"sendmsg", &Calls::send_message},
                                                        {"recvmsg", &Calls::recv_message},
                                                        {"shutdown", &Calls::shutdown},
                                                        {"close", &Calls::close},
                                                        {"fcntl", &Calls::fcntl},
                                                        {"ioctl", &Calls::ioctl},
                                                        {"setsockopt", &Calls::setsockopt},
                                                        {"getsockopt", &Calls::getsockopt},
                                                        {"poll", &Calls::poll},
                                                        {"open", &Calls::open},
                                                        {"pipe", &Calls::pipe},
                                                        {"pipe2", &Calls::pipe},
                                                        {"sendfile", &Calls::send_file},
                                                        {"splice", &Calls::splice},
                                                        {"cap_set", &Calls::set_capability},
                                                        {"epoll_create", &Calls::epoll_create},
                                                        {"epoll_create1", &Calls::epoll_create},
                                                        {"epoll_ctl", &Calls::epoll_control},
                                                        {"epoll_wait", &Calls::epoll_wait},
                                                        {"epoll_pwait", &Calls::epoll_wait}};
  const auto found = makers.find(name);
  return found == makers.end() ? nullptr : found->second;
}

CallUnderWay Calls::make(const SystemCall& call) {
  const Maker maker = maker_of(call.name);
  if (!maker) unsupported(call.name + "()");
  return {call, with_time_out(call, (this->*maker)(call))};
}

Calls::Descriptor* Calls::known(std::int64_t number) {
  const auto found = descriptors_.find(number);
  return found == descriptors_.end() ? nullptr : &found->second;
}

Returned Calls::numbered(const SystemCall& call, const Returned& returned, bool blocks) {
  if (returned.error != Errno::none) return returned;
  const auto* expected = std::get_if<Integer>(&call.result.value);
  const std::int64_t number = expected && expected->value >= 0 ? expected->value : returned.value;
  descriptors_[number] = {static_cast<net::Fd>(returned.value), blocks};
  return {number};
}

Calls::Made Calls::socket(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  const std::int64_t asked = arguments.number(1), protocol = arguments.number(2);
  const std::int64_t nonblock = *constant("SOCK_NONBLOCK"), kind = asked & 0xf;
  const bool stream = kind == *constant("SOCK_STREAM");
  if (!stream && kind != *constant("SOCK_DGRAM")) unsupported("a socket of " + text_of(arguments.at(1)));
  const auto type = stream ? net::SocketType::stream : net::SocketType::datagram;
  const std::int64_t its = *constant(stream ? "IPPROTO_TCP" : "IPPROTO_UDP");
  const std::int64_t others = *constant(stream ? "IPPROTO_UDP" : "IPPROTO_TCP");
  if (protocol != 0 && protocol != its && protocol != others)
    unsupported("a socket of " + text_of(arguments.at(2)));
  if (protocol == others) return {[] { return Returned{-1, Errno::eprotonosupport}; }, {}};  // inet_create()
  return {[=, this, &call]() -> std::optional<Returned> {
            const Returned made = bed_.sockets().socket(type, bed_.network().sockets);
            if (made.error == Errno::none) under_test_.made(static_cast<net::Fd>(made.value));
            return numbered(call, made, (asked & nonblock) == 0);
          },
          {}};
}

Calls::Made Calls::bind(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  const net::Endpoint local = endpoint_of(arguments.at(1), {bed_.network().local, options_.bind_port});
  return {
      until_done(arguments.number(0), true,
                 [=, this](const Descriptor& its) {
                   const Errno refused = capabilities_.refuses_port(local.port);
                   return refused != Errno::none ? Returned{-1, refused} : bed_.sockets().bind(its.fd, local);
                 }),
      {}};
}

Calls::Made Calls::listen(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(2);
  const auto backlog = static_cast<int>(arguments.number(1));
  return {until_done(arguments.number(0), true,
                     [=, this](const Descriptor& its) {
                       const Returned done = bed_.sockets().listen(bed_.now(), its.fd, backlog);
                       if (done.error == Errno::none) under_test_.listens();
                       return done;
                     }),
          {}};
}

Calls::Made Calls::accept(const SystemCall& call) {
  const Arguments arguments{call};
  const std::int64_t flags = arguments.size() > 3 ? arguments.number(3) : 0;
  const std::int64_t nonblock = *constant("SOCK_NONBLOCK");
  return {until_done(arguments.number(0), false,
                     [=, this, &call](const Descriptor& its) {
                       const Returned came = bed_.sockets().accept(bed_.now(), its.fd);
                       if (came.error == Errno::none) under_test_.accepted(static_cast<net::Fd>(came.value));
                       const bool blocks = (its.blocks || !of_freebsd_) && (flags & nonblock) == 0;
                       return numbered(call, came, blocks);
                     }),
          {}};
}

// Inside the call a program waits for the handshake; connect() is then asked how that went.
Calls::Made Calls::connect(const SystemCall& call) {
  const Arguments arguments{call};
  const auto* word = arguments.size() > 1 ? std::get_if<Word>(&arguments.at(1).value) : nullptr;
  const bool disconnects = word && word->name == "AF_UNSPEC";
  const net::Endpoint remote = {bed_.network().remote, options_.connect_port};
  const net::Endpoint to = arguments.size() > 1 ? endpoint_of(arguments.at(1), remote) : remote;
  auto sleeping = std::make_shared<bool>(false);
  return {until_done(arguments.number(0), false,
                     [=, this](const Descriptor& its) {
                       if (disconnects) return bed_.sockets().disconnect(bed_.now(), its.fd);
                       const Returned done = bed_.sockets().connect(bed_.now(), its.fd, to);
                       const bool waits =
                           done.error == Errno::einprogress || (*sleeping && done.error == Errno::ealready);
                       if (!waits || !its.blocks) return done;
                       *sleeping = true;
                       return Returned{-1, Errno::eagain};
                     }),
          {}};
}

// cap_set(CAP_NET_ADMIN, CAP_CLEAR), which is the tool's own: capabilities(7) has no such call.
Calls::Made Calls::set_capability(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(2);
  const std::int64_t capability = arguments.number(0), flag = arguments.number(1);
  return {[=, this]() -> std::optional<Returned> {
            const bool known = flag == *constant("CAP_SET") || flag == *constant("CAP_CLEAR");
            const Errno error =
                known ? capabilities_.set(capability, flag == *constant("CAP_SET")) : Errno::einval;
            return error == Errno::none ? Returned{0} : Returned{-1, error};
          },
          {}};
}

Calls::Made Calls::shutdown(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(2);
  const std::int64_t how = arguments.number(1);
  return {until_done(arguments.number(0), true,
                     [=, this](const Descriptor& its) {
                       if (how < 0 || how > 2) return Returned{-1, Errno::einval};
                       return bed_.sockets().shutdown(bed_.now(), its.fd, static_cast<net::Shutdown>(how));
                     }),
          {}};
}

Calls::Made Calls::close(const SystemCall& call) {
  const Arguments arguments{call};
  const std::int64_t number = arguments.number(0);
  return {[=, this]() -> std::optional<Returned> {
            const Descriptor* its = known(number);
            if (!its) return bad_descriptor;
            if (its->file) return descriptors_.erase(number), Returned{0};
            const Returned closed = bed_.sockets().close(bed_.now(), its->fd);
            bed_.settle();
            // It lingers whatever the descriptor's flags say: tcp_close(). But not FreeBSD soclose().
            const bool lingers = closed.error == Errno::eagain;
            if (lingers && (its->blocks || !of_freebsd_)) return std::nullopt;
            descriptors_.erase(number);
            return lingers ? Returned{0} : closed;
          },
          {}};
}

}  // namespace ringside::packetdrill
