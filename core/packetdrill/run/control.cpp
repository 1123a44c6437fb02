#include "run/control.hpp"

#include <algorithm>
#include <functional>
#include <vector>

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

// {scm_sec=0, scm_nsec=10000000}, {tv_sec=0, tv_usec=10000}: since the script's beginning.
void check_time(const Expression& expected, Time got, Duration tolerance) {
  const auto of = [&](std::string_view name, Duration unit) {
    const Expression* wanted = field(expected, name);
    return wanted ? number_of(*wanted) * unit : Duration{};
  };
  using namespace std::chrono_literals;
  const Duration wanted =
      of("scm_sec", 1s) + of("scm_nsec", 1ns) + of("tv_sec", 1s) + of("tv_usec", 1us) + of("tv_nsec", 1ns);
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

// {ipi_ifindex=1, ipi_spec_dst=inet_addr("..."), ipi_addr=inet_addr("...")}
void check_packet(const Expression& expected, const net::PacketInfo& got) {
  if (const Expression* wanted = field(expected, "ipi_ifindex"))
    check_number("ipi_ifindex", number_of(*wanted), got.interface);
  const auto check = [&](std::string_view name, const net::IpAddress& address) {
    const Expression* wanted = field(expected, name);
    if (wanted && net::IpAddress{address_of(*wanted)} != address)
      fail(fmt::format("expected {}={}, got {}", name, text_of(*wanted), net::to_string(address)));
  };
  check("ipi_spec_dst", got.local);
  check("ipi_addr", got.to);
}

// A control message that came: of which kinds the script may say it is, and what it must say then.
struct Came {
  std::vector<Kind> kinds{};
  std::function<void(const Expression&)> check{};
};

// In the kernel's order: sock_recv_cmsgs(), tcp_recvmsg(), ip_cmsg_recv_offset(), ip_recv_error().
std::vector<Came> controls_in(const net::ReceivedMessage& got, Duration tolerance) {
  constexpr int ip = option::ip_level, ipv6 = option::ipv6_level;
  constexpr int traffic_class = option::ipv6::traffic_class, hop_limit = 52, packet_info = 50;
  std::vector<Came> came;
  const auto time = [=](Time at) { return [=](const Expression& data) { check_time(data, at, tolerance); }; };
  const auto number = [](std::int64_t value) {
    return [=](const Expression& data) { check_number("cmsg_data", number_of(data), value); };
  };
  if (got.arrived)
    came.push_back({{{option::socket_level, option::socket::timestamp},
                     {option::socket_level, option::socket::timestamp_ns}},
                    time(*got.arrived)});
  if (got.timestamp) came.push_back({{stamping}, time(*got.timestamp)});
  if (got.in_queue) came.push_back({{in_queue}, number(*got.in_queue)});
  if (got.packet)
    came.push_back({{{ip, option::ip::packet_info}, {ipv6, packet_info}},
                    [=](const Expression& data) { check_packet(data, *got.packet); }});
  if (got.ttl) came.push_back({{{ip, option::ip::ttl}, {ipv6, hop_limit}}, number(*got.ttl)});
  if (got.type_of_service)
    came.push_back({{{ip, option::ip::tos}, {ipv6, traffic_class}}, number(*got.type_of_service)});
  if (got.error)
    came.push_back(
        {{error_of_ip, error_of_ipv6}, [=](const Expression& data) { check_error(data, *got.error); }});
  return came;
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
  const std::vector<Came> came = controls_in(got, tolerance);
  const std::vector<Expression>& wanted = controls_of(expected);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const bool there = i < came.size() && std::ranges::count(came[i].kinds, kind_of(wanted[i])) > 0;
    if (!there) fail("expected " + text_of(wanted[i]) + ", got another control message, or none");
    came[i].check(part(wanted[i], "cmsg_data"));
  }
  if (came.size() > wanted.size()) fail("expected no more control messages, got another one");
}

}  // namespace ringside::packetdrill
