// The options of IPv4: RFC 791 section 3.1, RFC 1122 section 3.2.1.8, RFC 1812 section 5.3.13.
#include "ringside/net/wire/ipv4_options.hpp"
#include "catch.hpp"
#include "ringside/net/checksum.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {
namespace {

// A datagram to `to` with options, which are padded to a multiple of four.
Frame with_options(Frame options, MacAddress mac, const IpAddress& to) {
  options.resize((options.size() + 3) / 4 * 4);
  const Frame datagram{0x30, 0x39, 0, 53, 0, 8, 0, 0};
  Frame payload = options;
  payload.insert(payload.end(), datagram.begin(), datagram.end());
  Frame frame = ip_frame(
      mac, mac_b,
      {.ttl = 64, .protocol = wire::IpProtocol::udp, .source = address_b, .destination = to.ipv4()}, payload);
  const wire::ByteSpan header = wire::ByteSpan{frame}.subspan(14, 20 + options.size());
  header[0] = static_cast<std::uint8_t>(0x40 | header.size() / 4);
  wire::store16(header, 10, 0);
  wire::store16(header, 10, internet_checksum(header));
  return frame;
}

constexpr std::uint8_t record_route = 7, timestamp = 68, loose = 131, strict = 137, router_alert = 148;

struct Host {
  Host() {
    on = stack.add_interface({.mac = mac_a, .address = address_a});
    stack.add_neighbor(on, address_b, mac_b);
    stack.bind(socket, {{}, 53});
  }
  Received hear(const Frame& options) {
    return stack.receive({}, on, with_options(options, mac_a, address_a));
  }

  Stack stack{};
  InterfaceId on{};
  SocketId socket = stack.udp_open();
};

}  // namespace

TEST_CASE("options that a host need not act on are passed over") {
  Host host;
  const auto options =
      GENERATE(Frame{1, 1, 1}, Frame{record_route, 7, 4, 0, 0, 0, 0}, Frame{router_alert, 4, 0, 0},
               Frame{timestamp, 8, 5, 0, 0, 0, 0, 0}, Frame{0x5e, 4, 1, 2}, Frame{0, 9, 9, 9});
  CHECK(host.hear(options).verdict == Verdict::delivered);
}

TEST_CASE("a source route is refused, in silence") {  // Linux accept_source_route 0
  Host host;
  const auto kind = GENERATE(loose, strict);
  CHECK(host.hear({kind, 7, 8, 10, 0, 0, 9}).reason == DropReason::source_routed);
  CHECK_FALSE(next_frame(host.stack, {}));
}

TEST_CASE("an option that cannot be right is told of, and where") {  // RFC 1122 section 3.2.2.5
  Host host;
  struct Case {
    Frame options;
    std::uint8_t where;
  };
  const auto wrong = GENERATE(Case{{record_route, 2, 4, 0}, 21},              // no room for a pointer
                              Case{{record_route, 7, 3, 0, 0, 0, 0}, 22},     // points at itself
                              Case{{record_route, 7, 6, 0, 0, 0, 0}, 22},     // between two
                              Case{{1, record_route, 40, 4}, 22},             // longer than the header
                              Case{{record_route, 1, 0, 0}, 21},              // shorter than itself
                              Case{{timestamp, 8, 5, 2, 0, 0, 0, 0}, 23},     // of no known kind
                              Case{{timestamp, 8, 9, 0xf0, 0, 0, 0, 0}, 23},  // has overflowed for good
                              Case{{timestamp, 8, 5, 1, 0, 0, 0, 0}, 22},     // no room for both
                              Case{{router_alert, 3, 0, 0}, 21});
  CHECK(host.hear(wrong.options).reason == DropReason::malformed);
  const auto error = next_frame(host.stack, {});
  REQUIRE(error);
  const auto message = wire::parse_icmp(ip_of(*error).payload);
  CHECK(message.header.type == wire::IcmpType::parameter_problem);
  CHECK(message.header.identifier >> 8 == wrong.where);
}

TEST_CASE("what is wrong with a packet for another is nobody's business") {  // RFC 1122 section 3.2.1.3
  Host host;
  const Ipv4Address another{10, 0, 0, 99};
  const Frame frame = with_options({record_route, 2, 4, 0}, mac_a, another);
  CHECK(host.stack.receive({}, host.on, frame).reason == DropReason::not_for_us);
  CHECK_FALSE(next_frame(host.stack, {}));
}

TEST_CASE("a router records its address and the time") {
  Stack router{{.forwarding = true}};
  const Ipv4Address own{10, 0, 1, 254}, far{10, 0, 1, 9};
  const InterfaceId in = router.add_interface({.mac = mac_a, .address = address_a});
  const InterfaceId out = router.add_interface({.mac = {{2, 0, 0, 0, 0, 0xf}}, .address = own});
  router.add_neighbor(out, far, mac_b);
  const auto passed = [&](const Frame& options) {
    Frame frame = with_options(options, mac_a, far);
    REQUIRE(router.receive(Time{1500ms}, in, frame).verdict == Verdict::forward);
    CHECK(router.forward(Time{1500ms}, in, frame).sent);
    CHECK(ip_of(frame));  // with a good checksum
    return Frame{frame.begin() + 34, frame.begin() + 34 + static_cast<std::ptrdiff_t>(options.size())};
  };
  CHECK(passed({record_route, 11, 4, 0, 0, 0, 0, 0, 0, 0, 0}) ==
        Frame{record_route, 11, 8, 10, 0, 1, 254, 0, 0, 0, 0});
  CHECK(passed({record_route, 7, 8, 1, 2, 3, 4}) == Frame{record_route, 7, 8, 1, 2, 3, 4});  // full
  CHECK(passed({timestamp, 8, 5, 0, 0, 0, 0, 0}) == Frame{timestamp, 8, 9, 0, 0, 0, 5, 0xdc});
  CHECK(passed({timestamp, 12, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0}) ==
        Frame{timestamp, 12, 13, 1, 10, 0, 1, 254, 0, 0, 5, 0xdc});
  CHECK(passed({timestamp, 12, 5, 3, 10, 0, 1, 7, 0, 0, 0, 0}) ==
        Frame{timestamp, 12, 5, 3, 10, 0, 1, 7, 0, 0, 0, 0});  // another is meant
  CHECK(passed({timestamp, 8, 9, 0x10, 0, 0, 0, 1}) == Frame{timestamp, 8, 9, 0x20, 0, 0, 0, 1});
}

}  // namespace ringside::net::test
