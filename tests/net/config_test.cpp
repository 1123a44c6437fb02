// Configuration fails before the run, by the name of the parameter.
#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "ringside/net/stack.hpp"

namespace ringside::net::test {
namespace {

// The parameter that is refused, or nothing.
template <class Configure>
std::string refused(Configure configure) {
  try {
    configure();
  } catch (const std::invalid_argument& error) {
    const std::string what = error.what();
    return what.substr(0, what.find(':'));
  }
  return {};
}

std::string refused(const StackConfig& config) {
  return refused([&] { Stack{config}; });
}
std::string refused(const InterfaceConfig& config) {
  return refused([&] { Stack{}.add_interface(config); });
}

}  // namespace

TEST_CASE("a stack refuses parameters out of range") {
  CHECK(refused(StackConfig{}).empty());
  CHECK(refused(StackConfig{.tcp = {.send_buffer = 0_B}}) == "tcp.send_buffer");
  CHECK(refused(StackConfig{.tcp = {.receive_buffer = Bytes{(1ll << 30) + 1}}}) == "tcp.receive_buffer");
  CHECK(refused(StackConfig{.tcp = {.largest_send_buffer = Bytes{-1}}}) == "tcp.largest_send_buffer");
  CHECK(refused(StackConfig{.tcp = {.largest_receive_buffer = Bytes{-1}}}) == "tcp.largest_receive_buffer");
  CHECK(refused(StackConfig{.tcp = {.initial_window_segments = -1}}) == "tcp.initial_window_segments");
  CHECK(refused(StackConfig{.tcp = {.min_rto = 121s}}) == "tcp.max_rto");
  CHECK(refused(StackConfig{.tcp = {.first_ephemeral_port = 10, .last_ephemeral_port = 9}}) ==
        "tcp.first_ephemeral_port");
  CHECK(refused(StackConfig{.tcp = {.keep_count = 0}}) == "tcp.keep_idle, keep_interval, keep_count");
  CHECK(refused(StackConfig{.sockets = {.backlog = -1}}) == "sockets.backlog");
  CHECK(refused(StackConfig{.arp = {.entries = 0}}) == "arp.requests, entries");
  CHECK(refused(StackConfig{.ttl = 0}) == "ttl");
  CHECK(refused(StackConfig{.icmp_error_burst = 0}) == "icmp_error_burst");
  CHECK(refused(StackConfig{.transmit_queue = Bytes{-1}}) == "transmit_queue");
}

TEST_CASE("a stack is told other parameters while it runs, within the same ranges") {
  Stack stack{{.tcp = {.retries = 7}, .arp = {.requests = 2}}};
  CHECK(refused([&] { stack.reconfigure({.tcp = {.send_buffer = 0_B}}); }) == "tcp.send_buffer");
  CHECK(stack.config().tcp.retries == 7);
  stack.reconfigure({.tcp = {.send_buffer = 9_B, .retries = 8}, .arp = {.requests = 4}, .ttl = 12});
  CHECK(stack.config().tcp.retries == 8);
  CHECK(stack.default_options().send_buffer == 9_B);
  CHECK(stack.config().ttl == 12);
  CHECK(stack.config().arp.requests == 2);  // not TCP's, not UDP's
}

TEST_CASE("an interface refuses parameters out of range") {
  CHECK(refused(InterfaceConfig{.mtu = 68}).empty());
  CHECK(refused(InterfaceConfig{.mtu = 67}) == "mtu");
  CHECK(refused(InterfaceConfig{.mtu = 65536}) == "mtu");
  CHECK(refused(InterfaceConfig{.prefix_length = 33}) == "prefix_length");
  CHECK(refused(InterfaceConfig{.prefix_length = -1}) == "prefix_length");
  CHECK(refused(InterfaceConfig{.address = {224, 0, 0, 1}}) == "address");
  CHECK(refused(InterfaceConfig{.mac = broadcast_mac}) == "mac");
}

TEST_CASE("a route or a neighbor needs an interface that exists") {
  Stack stack;
  const InterfaceId out = stack.add_interface({.address = {10, 0, 0, 1}});
  CHECK(refused([&] { stack.add_route({}, 0, out); }).empty());
  CHECK(refused([&] { stack.add_route({}, 0, InterfaceId{1}); }) == "interface");
  CHECK(refused([&] { stack.add_route(Ipv4Address{}, 33, out); }) == "prefix_length");
  CHECK(refused([&] { stack.add_route({}, 129, out); }) == "prefix_length");
  CHECK(refused([&] { stack.add_route(IpAddress::ipv6({0xfd00}), 8, out, Ipv4Address{}); }) == "gateway");
  CHECK(refused([&] { stack.add_neighbor(InterfaceId{1}, {10, 0, 0, 2}, {}); }) == "interface");
}

}  // namespace ringside::net::test
