#include "run/control.hpp"

#include <fmt/format.h>

#include "ringside/net/socket_options.hpp"
#include "ringside/packetdrill/text.hpp"
#include "run/arguments.hpp"
#include "run/failure.hpp"

namespace ringside::packetdrill {

namespace option = net::option;

namespace {

struct Kind {
  std::int64_t level = 0, type = 0;
  bool operator==(const Kind&) const = default;
};
constexpr Kind stamping{option::socket_level, option::socket::timestamping};
constexpr Kind in_queue{option::tcp_level, option::tcp::in_queue};
constexpr Kind error_of_ip{option::ip_level, option::ip::receive_error};
constexpr Kind error_of_ipv6{option::ipv6_level, option::ipv6::receive_error};

const Expression& part(const Expression& structure, std::string_view name) {
  const Expression* found = field(structure, name);
  if (!found) fail(fmt::format("expected {}=, found {}", name, text_of(structure)));
  return *found;
}

Kind kind_of(const Expression& control) {
  return {number_of(part(control, "cmsg_level")), number_of(part(control, "cmsg_type"))};
}

const std::vector<Expression>& controls_of(const Expression& message) {
  static const std::vector<Expression> none;
  const Expression* control = field(message, "msg_control");
  if (!control) return none;
  const auto* list = std::get_if<List>(&control->value);
  if (!list) fail("expected a list of control messages, found " + text_of(*control));
  return list->items;
}

void check_number(std::string_view name, std::int64_t expected, std::int64_t got) {
  if (expected != got) fail(fmt::format("expected {}={}, got {}", name, expected, got));
}

// {scm_sec=0, scm_nsec=10000000}, since the script's beginning.
void check_time(const Expression& expected, Time got, Duration tolerance) {
  const Duration wanted = std::chrono::seconds{number_of(part(expected, "scm_sec"))} +
                          std::chrono::nanoseconds{number_of(part(expected, "scm_nsec"))};
  const Duration since = got - Testbed::started;
  if (since < wanted - tolerance || since > wanted + tolerance)
    fail(fmt::format("expected a timestamp of {:.6f}, got {:.6f}", to_seconds(wanted), to_seconds(since)));
}

void check_error(const Expression& expected, const net::ExtendedError& got) {
  const auto check = [&](std::string_view name, std::int64_t value) {
    if (const Expression* wanted = field(expected, name)) check_number(name, number_of(*wanted), value);
  };
  check("ee_errno", static_cast<std::int64_t>(got.error));
  check("ee_origin", static_cast<std::int64_t>(got.origin));
  check("ee_type", got.type);
  check("ee_code", got.code);
  check("ee_info", got.info);
  check("ee_data", got.data);
}

struct Untold {  // of the control messages that came
  bool timestamp = false, in_queue = false, error = false;
  bool any() const { return timestamp || in_queue || error; }
};

// Of those in the kernel's order, the one that is next; it is not there any more then.
void check_control(const Expression& expected, const net::ReceivedMessage& got, Untold& untold,
                   Duration tolerance) {
  const Kind kind = kind_of(expected);
  const Expression& data = part(expected, "cmsg_data");
  if (untold.timestamp && kind == stamping) {
    check_time(data, got.timestamp.value(), tolerance);
    untold.timestamp = false;
  } else if (!untold.timestamp && untold.in_queue && kind == in_queue) {
    check_number("cmsg_data", number_of(data), got.in_queue.value());
    untold.in_queue = false;
  } else if (!untold.timestamp && untold.error && (kind == error_of_ip || kind == error_of_ipv6)) {
    check_error(data, got.error.value());
    untold.error = false;
  } else {
    fail("expected " + text_of(expected) + ", got another control message, or none");
  }
}

}  // namespace

net::SentControl control_to_send(const Expression& message) {
  net::SentControl sent;
  for (const Expression& control : controls_of(message)) {
    if (kind_of(control) != stamping) unsupported("the control message " + text_of(control));
    sent.timestamping = static_cast<std::uint32_t>(number_of(part(control, "cmsg_data")));
  }
  return sent;
}

void check_message(const Expression& expected, const net::ReceivedMessage& got, Duration tolerance) {
  if (const Expression* flags = field(expected, "msg_flags")) {
    const std::int64_t wanted = number_of(*flags);
    if (wanted != got.flags) fail(fmt::format("expected msg_flags=0x{:x}, got 0x{:x}", wanted, got.flags));
  }
  if (!field(expected, "msg_control")) return;
  Untold untold{got.timestamp.has_value(), got.in_queue.has_value(), got.error.has_value()};
  for (const Expression& control : controls_of(expected)) check_control(control, got, untold, tolerance);
  if (untold.any()) fail("expected no more control messages, got another one");
}

}  // namespace ringside::packetdrill
