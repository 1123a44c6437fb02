// Options and flags of sockets.
#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "ringside/net/socket_options.hpp"
#include "ringside/packetdrill/text.hpp"
#include "run/calls.hpp"
#include "run/constants.hpp"
#include "run/failure.hpp"
#include "run/freebsd.hpp"

namespace ringside::packetdrill {

using net::Errno;
using net::Returned;

namespace {

using OptionValue = std::vector<std::uint8_t>;

void append(OptionValue& to, std::int64_t number, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) to.push_back(static_cast<std::uint8_t>(number >> 8 * i));
}

std::int64_t number_in(std::span<const std::uint8_t> octets) {
  std::int64_t number = 0;
  for (std::size_t i = std::min<std::size_t>(octets.size(), 8); i-- > 0;) number = number << 8 | octets[i];
  return octets.size() == 4 ? static_cast<std::int32_t>(number) : number;
}

// {onoff=1, linger=0}, {tv_sec=1, tv_usec=0}
void append_structure(OptionValue& value, const Expression& name, const Expression& written) {
  struct Layout {
    std::string_view first, second;
    std::size_t size;  // of each
  };
  for (const Layout& known :
       {Layout{"onoff", "linger", 4}, Layout{"l_onoff", "l_linger", 4}, Layout{"tv_sec", "tv_usec", 8}}) {
    const Expression *first = field(written, known.first), *second = field(written, known.second);
    if (!first || !second) continue;
    append(value, number_of(*first), known.size);
    append(value, number_of(*second), known.size);
    return;
  }
  unsupported(text_of(name) + " with the value " + text_of(written));
}

bool is_null(const Expression& written) {
  const auto* word = std::get_if<Word>(&written.value);
  return word && word->name == "NULL";
}

// An option, or an algorithm, that Linux has and this stack has not: the script cannot go on, and nothing is
// wrong with it.
void refuse_unknown_option(const SystemCall& call, const Returned& returned) {
  const auto* name = std::get_if<Word>(&call.arguments[2].value);
  const bool any = std::holds_alternative<AnyResult>(call.result.value);
  if (!name || any || call.result.error == net::name_of(returned.error)) return;
  if (returned.error == Errno::enoprotoopt) unsupported("the option " + name->name);
  const bool algorithm = name->name == "TCP_CONGESTION" && returned.error == Errno::enoent;
  if (algorithm) unsupported("congestion control " + text_of(call.arguments[3]));
}

// ip_setsockopt(), ip_getsockopt(): a socket of IPv4 has no options of IPv6.
bool of_another_family(int level, const Options& options) {
  return level == net::option::ipv6_level && options.ip_version == IpVersion::ipv4;
}

constexpr Returned no_such_option{-1, Errno::enoprotoopt};

// [1], "reno", {onoff=1, linger=0}
OptionValue value_of(const Expression& name, const Expression& written, std::int64_t length) {
  OptionValue value;
  if (const auto* text = std::get_if<String>(&written.value)) {
    const std::string_view here = algorithm_here(text->text);
    value.assign(here.begin(), here.end());
  } else if (std::holds_alternative<Structure>(written.value)) {
    append_structure(value, name, written);
  } else if (std::holds_alternative<List>(written.value)) {
    append(value, number_of(only_item(written)),
           static_cast<std::size_t>(std::clamp<std::int64_t>(length, 0, 8)));
  } else {
    fail("expected the value of an option, found " + text_of(written));
  }
  value.resize(std::min(value.size(), static_cast<std::size_t>(std::max<std::int64_t>(length, 0))));
  return value;
}

// What the script expects of it.
void check_value(const Expression& name, const Expression& written, const OptionValue& got) {
  if (std::holds_alternative<Ellipsis>(written.value)) return;
  if (const auto* text = std::get_if<String>(&written.value)) {
    const std::string found(got.begin(), std::ranges::find(got, std::uint8_t{0}));
    if (found != algorithm_here(text->text))
      fail(fmt::format("expected \"{}\", got \"{}\"", text->text, found));
    return;
  }
  const OptionValue expected = value_of(name, written, static_cast<std::int64_t>(got.size()));
  if (expected == got) return;
  if (std::holds_alternative<List>(written.value))
    fail(fmt::format("expected [{}], got [{}]", number_of(only_item(written)), number_in(got)));
  fail("expected " + text_of(written) + ", got another value");
}

}  // namespace

Calls::Made Calls::setsockopt(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(5);
  if (means_nothing_here(arguments.at(2), arguments.at(3)))
    return {until_done(arguments.number(0), true, [](const Descriptor&) { return Returned{0}; }), {}};
  const auto level = static_cast<int>(arguments.number(1)), name = static_cast<int>(arguments.number(2));
  const bool nowhere = is_null(arguments.at(3)) && arguments.number(4) > 0;
  const OptionValue value = is_null(arguments.at(3))
                                ? OptionValue{}
                                : value_of(arguments.at(2), arguments.at(3), arguments.number(4));
  return {until_done(arguments.number(0), true,
                     [=, this, &call](const Descriptor& its) {
                       if (of_another_family(level, options_)) return no_such_option;
                       if (nowhere) return bad_address;
                       const Errno refused = capabilities_.refuses_option(level, name, value);
                       if (refused != Errno::none) return Returned{-1, refused};
                       const Returned done =
                           bed_.sockets().setsockopt(bed_.now(), its.fd, level, name, value);
                       refuse_unknown_option(call, done);
                       return done;
                     }),
          {}};
}

// The call returns 0; the length that the stack has written is what the fifth argument says.
Calls::Made Calls::getsockopt(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(5);
  if (chooses_usual_stack(arguments.at(2), arguments.at(3)))
    return {until_done(arguments.number(0), true, [](const Descriptor&) { return Returned{0}; }), {}};
  const auto level = static_cast<int>(arguments.number(1)), name = static_cast<int>(arguments.number(2));
  const std::int64_t length = arguments.in_list(4);
  if (length < 0) return {[] { return Returned{-1, Errno::einval}; }, {}};
  if (length > 4096) fail(fmt::format("expected a length, found {}", length));
  const bool nowhere = is_null(arguments.at(3)) && length > 0;
  auto got = std::make_shared<OptionValue>(static_cast<std::size_t>(length));
  return {until_done(arguments.number(0), true,
                     [=, this, &call](const Descriptor& its) {
                       if (of_another_family(level, options_)) return no_such_option;
                       const Returned done = bed_.sockets().getsockopt(bed_.now(), its.fd, level, name, *got);
                       refuse_unknown_option(call, done);
                       if (nowhere && done.error == Errno::none) return bad_address;
                       if (done.error != Errno::none) return done;
                       got->resize(static_cast<std::size_t>(done.value));
                       return Returned{0};
                     }),
          [=, &call](const Returned&) {
            if (static_cast<std::int64_t>(got->size()) != length)
              fail(fmt::format("expected a value of {} octets, got {}", length, got->size()));
            check_value(call.arguments[2], call.arguments[3], *got);
          }};
}

Calls::Made Calls::fcntl(const SystemCall& call) {
  const Arguments arguments{call};
  const std::int64_t number = arguments.number(0), command = arguments.number(1);
  constexpr std::int64_t nonblock_of_freebsd = 0x4;
  const std::int64_t nonblock = of_freebsd_ ? nonblock_of_freebsd : *constant("O_NONBLOCK");
  if (command == *constant("F_GETFL"))
    return {[=, this]() -> std::optional<Returned> {
              const Descriptor* its = known(number);
              if (!its) return Returned{-1, Errno::ebadf};
              return Returned{*constant("O_RDWR") | (its->blocks ? 0 : nonblock)};
            },
            {}};
  if (command != *constant("F_SETFL")) unsupported("a command of fcntl()");
  arguments.count(3);
  const bool blocks = (arguments.number(2) & (nonblock | *constant("O_NONBLOCK"))) == 0;
  return {[=, this]() -> std::optional<Returned> {
            Descriptor* its = known(number);
            if (!its) return Returned{-1, Errno::ebadf};
            its->blocks = blocks;
            return Returned{0};
          },
          {}};
}

Calls::Made Calls::ioctl(const SystemCall& call) {
  const Arguments arguments{call};
  arguments.count(3);
  using Amount = net::Sockets::Amount;
  const std::int64_t request = arguments.number(1);
  const auto amount = request == *constant("SIOCINQ")       ? std::optional{Amount::unread}
                      : request == *constant("SIOCOUTQ")    ? std::optional{Amount::unacknowledged}
                      : request == *constant("SIOCOUTQNSD") ? std::optional{Amount::unsent}
                                                            : std::nullopt;
  const bool mark = request == *constant("SIOCATMARK");
  if (!amount && !mark) unsupported("a request of ioctl()");
  auto got = std::make_shared<std::int64_t>(0);
  return {until_done(arguments.number(0), true,
                     [=, this](const Descriptor& its) {
                       const Returned done =
                           mark ? bed_.sockets().at_mark(its.fd) : bed_.sockets().amount(its.fd, *amount);
                       if (done.error != Errno::none) return done;
                       *got = done.value;
                       return Returned{0};
                     }),
          [=, &call](const Returned&) {
            if (std::holds_alternative<Ellipsis>(call.arguments[2].value)) return;
            const std::int64_t expected = number_of(only_item(call.arguments[2]));
            if (expected != *got) fail(fmt::format("expected [{}], got [{}]", expected, *got));
          }};
}

}  // namespace ringside::packetdrill
