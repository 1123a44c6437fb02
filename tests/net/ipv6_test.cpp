// IPv6 and ICMPv6 in a host: what it takes, what it answers, and what it says is wrong.
#include "catch.hpp"
#include "ipv6_packets.hpp"
#include "ringside/net/wire/udp.hpp"

namespace ringside::net::test {
namespace {

using Errors = std::vector<std::string>;
using wire::Icmpv6Type;

constexpr std::uint8_t options = 60, fragment = 44, icmpv6 = 58, udp = 17;
constexpr IpAddress group = IpAddress::ipv6({0xff02, 0, 0, 0, 0, 0, 0, 1});

Frame echo_request(IpAddress to = ipv6_a) {
  return icmpv6_message({Icmpv6Type::echo_request, 0, 0x00070001}, {1, 2, 3, 4, 5}, ipv6_b, to);
}

Frame datagram(std::size_t octets) {
  Frame frame(octets + 8);
  for (std::size_t i = 0; i < octets; ++i) frame[8 + i] = static_cast<std::uint8_t>(i * 7);
  wire::write(frame, wire::UdpHeader{1000, 9}, ipv6_b, ipv6_a);
  return frame;
}

// A piece of a packet, as the payload of a frame.
Frame piece(const Frame& whole, std::size_t begin, std::size_t end, bool more,
            std::uint32_t identification = 1) {
  Frame payload(8);
  wire::write(payload, wire::FragmentHeader{udp, static_cast<std::uint16_t>(begin), more, identification});
  payload.insert(payload.end(), whole.begin() + static_cast<std::ptrdiff_t>(begin),
                 whole.begin() + static_cast<std::ptrdiff_t>(end));
  return payload;
}

std::string text_of_hops(const Frame& frame) {
  const auto hops = static_cast<int>(wire::parse_ipv6(packet_of(frame)).header.hop_limit);
  return "to " + to_string(wire::parse_ethernet(frame).header.destination) + " with " + std::to_string(hops) +
         " hops left";
}

}  // namespace

TEST_CASE("an echo request over IPv6 is answered from the address that was asked") {  // RFC 4443 section 4.2
  Ipv6Host a;
  a.receive({.next_header = icmpv6, .payload = echo_request()});
  const auto sent = a.sent();
  REQUIRE(sent.size() == 1);
  const auto reply = icmpv6_in(sent[0]);
  REQUIRE(reply);
  CHECK(reply->header.type == Icmpv6Type::echo_reply);
  CHECK(reply->header.rest == 0x00070001);
  CHECK(Frame(reply->payload.begin(), reply->payload.end()) == Frame{1, 2, 3, 4, 5});
  CHECK(wire::parse_ipv6(packet_of(sent[0])).header.source == ipv6_a);
}

TEST_CASE("one to a group is answered by the host's own address") {
  Ipv6Host a;
  a.receive({.next_header = icmpv6,
             .payload = echo_request(group),
             .destination = group,
             .to = {{0x33, 0x33, 0, 0, 0, 1}}});
  const auto sent = a.sent();
  REQUIRE(sent.size() == 1);
  CHECK(wire::parse_ipv6(packet_of(sent[0])).header.source == ipv6_a);
}

TEST_CASE("a message with a wrong checksum is dropped") {
  Ipv6Host a;
  Frame message = echo_request();
  message[2] ^= 1;
  CHECK(a.receive({.next_header = icmpv6, .payload = message}).reason == DropReason::bad_checksum);
  CHECK(a.sent().empty());
}

TEST_CASE("what is wrong with a packet is told its source, with the place") {  // RFC 4443 section 3.4
  Ipv6Host a;
  CHECK(a.receive({.next_header = options, .payload = {59, 0, 0xbf, 4, 0, 0, 0, 0}}).reason ==
        DropReason::malformed);
  CHECK(a.errors() == Errors{"problem 2, 42"});
  CHECK(a.receive({.next_header = 200}).reason == DropReason::unknown_protocol);
  CHECK(a.errors() == Errors{"problem 1, 6"});
  CHECK(a.receive({.next_header = udp, .payload = datagram(10)}).reason == DropReason::no_socket);
  CHECK(a.errors() == Errors{"unreachable 4, 0"});
  a.receive({.next_header = fragment, .payload = {udp, 0, 0, 1, 0, 0, 0, 1, 1, 2, 3}});
  CHECK(a.errors() == Errors{"problem 0, 4"});
}

TEST_CASE("no error about an error, about what went to many, or to who is not one host") {  // RFC 4443 2.4(e)
  Ipv6Host a;
  const Frame unknown_option{icmpv6, 0, 0xff, 4, 0, 0, 0, 0};
  Frame about_error = unknown_option;
  const Frame error = icmpv6_message({Icmpv6Type::destination_unreachable, 0, 0}, Frame(48));
  about_error.insert(about_error.end(), error.begin(), error.end());
  a.receive({.next_header = options, .payload = about_error});
  CHECK(a.errors().empty());
  a.receive({.next_header = options, .payload = {59, 0, 0xff, 4, 0, 0, 0, 0}, .destination = group});
  CHECK(a.errors().empty());
  a.receive({.next_header = options, .payload = {59, 0, 0xff, 4, 0, 0, 0, 0}, .source = {}});
  CHECK(a.errors().empty());
  a.receive({.next_header = options, .payload = {59, 0, 0xbf, 4, 0, 0, 0, 0}, .destination = group});
  CHECK(a.errors() == Errors{"problem 2, 42"});
}

TEST_CASE("errors over IPv6 are as many as those over IPv4") {
  Ipv6Host a{{.icmp_error_interval = 1s, .icmp_error_burst = 2}};
  for (int i = 0; i < 5; ++i) a.receive({.next_header = 200});
  CHECK(a.errors().size() == 2);
  CHECK(a.stack.counters().icmp_errors_suppressed == 3);
  a.now += 1s;
  a.receive({.next_header = 200});
  CHECK(a.errors().size() == 1);
}

TEST_CASE("an error quotes what fits into 1280 octets") {  // RFC 4443 section 2.4(c)
  Ipv6Host a;
  a.receive({.next_header = 200, .payload = Frame(1400)});
  const auto sent = a.sent();
  REQUIRE(sent.size() == 1);
  CHECK(packet_of(sent[0]).size() == 1280);
}

TEST_CASE("an IPv4 address inside IPv6, and other impossible sources") {
  Ipv6Host a;
  for (const IpAddress source :
       {IpAddress{Ipv4Address{10, 0, 0, 1}}, group, IpAddress::ipv6({0, 0, 0, 0, 0, 0, 0, 1})})
    CHECK(a.receive({.next_header = icmpv6, .payload = echo_request(), .source = source}).reason ==
          DropReason::malformed);
  CHECK(a.receive({.destination = Ipv4Address{10, 0, 0, 1}}).reason == DropReason::malformed);
  CHECK(a.receive({.destination = ipv6_b}).reason == DropReason::not_for_us);
}

TEST_CASE("pieces become a datagram, in any order") {  // RFC 8200 section 4.5
  Ipv6Host a;
  const SocketId socket = a.stack.udp_open();
  a.stack.bind(socket, {{}, 9});
  const Frame whole = datagram(3000);
  a.receive({.next_header = fragment, .payload = piece(whole, 2000, 3008, false)});
  a.receive({.next_header = fragment, .payload = piece(whole, 0, 1000, true)});
  CHECK(a.stack.readable(socket) == 0);
  CHECK(a.receive({.next_header = fragment, .payload = piece(whole, 1000, 2000, true)}).readable);
  Frame got(4000);
  const auto read = a.stack.recv_from(socket, got);
  REQUIRE(read);
  CHECK(read->size == 3000);
  CHECK(read->from == Endpoint{ipv6_b, 1000});
  CHECK(std::equal(whole.begin() + 8, whole.end(), got.begin()));
}

TEST_CASE("a whole packet with a fragment header waits for nothing") {  // RFC 6946
  Ipv6Host a;
  const SocketId socket = a.stack.udp_open();
  a.stack.bind(socket, {{}, 9});
  const Frame whole = datagram(100);
  a.receive({.next_header = fragment, .payload = piece(whole, 0, 64, true)});
  CHECK(a.receive({.next_header = fragment, .payload = piece(whole, 0, 108, false)}).readable);
  CHECK(a.receive({.next_header = fragment, .payload = piece(whole, 64, 108, false)}).readable);
}

TEST_CASE("pieces that overlap end their datagram, one that came twice does not") {  // RFC 5722
  Ipv6Host a;
  const SocketId socket = a.stack.udp_open();
  a.stack.bind(socket, {{}, 9});
  const Frame whole = datagram(300);
  a.receive({.next_header = fragment, .payload = piece(whole, 0, 104, true)});
  a.receive({.next_header = fragment, .payload = piece(whole, 0, 104, true)});
  CHECK(a.receive({.next_header = fragment, .payload = piece(whole, 104, 308, false)}).readable);
  a.receive({.next_header = fragment, .payload = piece(whole, 0, 104, true, 2)});
  CHECK(a.receive({.next_header = fragment, .payload = piece(whole, 96, 308, false, 2)}).reason ==
        DropReason::malformed);
  CHECK_FALSE(a.receive({.next_header = fragment, .payload = piece(whole, 104, 308, false, 2)}).readable);
}

TEST_CASE("pieces of a piece are refused") {  // Linux ipv6_frag_rcv()
  Ipv6Host a;
  const Frame inner = piece(datagram(100), 0, 64, true, 7);  // 72 octets
  const auto outer = [&](std::size_t begin, std::size_t end, bool more) {
    Frame payload(8);
    wire::write(payload, wire::FragmentHeader{fragment, static_cast<std::uint16_t>(begin), more, 8});
    payload.insert(payload.end(), inner.begin() + static_cast<std::ptrdiff_t>(begin),
                   inner.begin() + static_cast<std::ptrdiff_t>(end));
    return payload;
  };
  a.receive({.next_header = fragment, .payload = outer(0, 40, true)});
  CHECK(a.receive({.next_header = fragment, .payload = outer(40, 72, false)}).reason ==
        DropReason::malformed);
  CHECK(a.errors() == Errors{"problem 0, 40"});
}

TEST_CASE("who waits in vain for the rest is told, if the first piece came") {  // RFC 4443 section 3.3
  Ipv6Host a;
  const Frame whole = datagram(300);
  a.receive({.next_header = fragment, .payload = piece(whole, 0, 104, true, 1)});
  a.receive({.next_header = fragment, .payload = piece(whole, 104, 208, true, 2)});
  a.now += 59s;
  CHECK(a.errors().empty());
  a.now += 1s;  // RFC 8200 section 4.5
  CHECK(a.errors() == Errors{"exceeded 1, 0"});
  CHECK(a.stack.counters().dropped(DropReason::fragment_timeout) == 2);
}

TEST_CASE("a datagram larger than the MTU leaves in pieces, which are put together again") {
  Ipv6Host a;
  const SocketId socket = a.stack.udp_open();
  const Frame text(4000, 0x55);
  REQUIRE(a.stack.send_to(a.now, socket, text, {ipv6_b, 9}) == Error::none);
  const auto pieces = a.sent();
  CHECK(pieces.size() == 3);
  Stack b;
  const InterfaceId on_b = b.add_interface({.mac = mac_b});
  b.add_address(on_b, ipv6_b, 64);
  const SocketId there = b.udp_open();
  b.bind(there, {{}, 9});
  for (const Frame& one : pieces) {
    CHECK(packet_of(one).size() <= 1500);
    b.receive(a.now, on_b, one);
  }
  CHECK(b.readable(there) == 4000);
}

TEST_CASE("packets of a flow have its label, and others another one") {  // RFC 6437 section 3
  Ipv6Host a;
  const SocketId one = a.stack.udp_open(), other = a.stack.udp_open();
  std::vector<std::uint32_t> labels;
  for (const SocketId socket : {one, one, other}) {
    REQUIRE(a.stack.send_to(a.now, socket, Frame(10), {ipv6_b, 9}) == Error::none);
    labels.push_back(wire::parse_ipv6(packet_of(a.sent().at(0))).header.flow_label);
  }
  CHECK(labels[0] != 0);
  CHECK(labels[0] == labels[1]);
  CHECK(labels[0] != labels[2]);
}

TEST_CASE("packets come from the address that is nearest to where they go") {  // RFC 6724 section 5
  Ipv6Host a;
  const IpAddress link_local = IpAddress::ipv6({0xfe80, 0, 0, 0, 0, 0, 0, 0xa}),
                  global = IpAddress::ipv6({0x2001, 0xdb8, 0, 0, 0, 0, 0, 0xa});
  a.stack.add_address(a.on, link_local, 64);
  a.stack.add_address(a.on, global, 64);
  a.stack.add_route({}, 0, a.on, ipv6_b);
  const auto source = [&](const IpAddress& to) { return a.stack.way_to(to)->source; };
  CHECK(source(global) == global);                                              // rule 1
  CHECK(source(IpAddress::ipv6({0xfe80, 0, 0, 0, 0, 0, 0, 1})) == link_local);  // rule 2
  CHECK(source(IpAddress::ipv6({0xfd00, 0, 0, 0, 0, 0, 0, 1})) == ipv6_a);      // rule 8
  CHECK(source(IpAddress::ipv6({0x2001, 0xdb8, 5})) == global);
  CHECK_FALSE(Ipv6Host{}.stack.way_to(IpAddress::ipv6({0x2001, 0xdb8, 5})));
}

TEST_CASE("what was too big for a path leaves in pieces, for ten minutes") {  // RFC 8201
  Ipv6Host a;
  const IpAddress far = IpAddress::ipv6({0x2001, 0xdb8});
  a.stack.add_route({}, 0, a.on, ipv6_b);
  const SocketId socket = a.stack.udp_open();
  const auto send = [&] {
    REQUIRE(a.stack.send_to(a.now, socket, Frame(1400), {far, 9}) == Error::none);
    return a.sent();
  };
  const auto tell = [&](const Frame& quoted, std::uint32_t mtu) {
    const wire::ByteView packet = packet_of(quoted);
    const Frame message =
        icmpv6_message({Icmpv6Type::packet_too_big, 0, mtu}, {packet.begin(), packet.begin() + 200});
    a.receive({.next_header = icmpv6, .payload = message});
  };
  const auto whole = send();
  REQUIRE(whole.size() == 1);
  tell(whole[0], 1300);
  const auto pieces = send();
  REQUIRE(pieces.size() == 2);
  CHECK(packet_of(pieces[0]).size() == 1296);
  CHECK(a.stack.way_to(far)->mtu == 1300);
  tell(pieces[0], 600);  // whatever it says, 1280 octets pass
  CHECK(a.stack.way_to(far)->mtu == 1280);
  tell(pieces[0], 1400);  // late, or forged
  CHECK(a.stack.way_to(far)->mtu == 1280);
  CHECK(a.stack.way_to(ipv6_b)->mtu == 1500);
  a.now += std::chrono::minutes{10};
  a.stack.run_due(a.now);
  CHECK(send().size() == 1);
}

TEST_CASE("a message about what this host has not sent changes no path") {  // RFC 5927 section 4
  Ipv6Host a;
  Frame quoted(48);
  wire::write(quoted, wire::Ipv6Header{.next_header = udp, .source = ipv6_a, .destination = ipv6_b}, 8);
  wire::store16(quoted, 40, 777);
  a.receive(
      {.next_header = icmpv6, .payload = icmpv6_message({Icmpv6Type::packet_too_big, 0, 1280}, quoted)});
  CHECK(a.stack.way_to(ipv6_b)->mtu == 1500);
}

TEST_CASE("a first piece must hold the header of what is inside") {  // RFC 7112 section 5
  Ipv6Host a;
  Frame payload(8);
  wire::write(payload, wire::FragmentHeader{6, 0, true, 1});  // TCP
  payload.resize(8 + 16);
  CHECK(a.receive({.next_header = fragment, .payload = payload}).reason == DropReason::malformed);
  CHECK(a.errors() == Errors{"problem 3, 0"});
}

TEST_CASE("a router passes packets on, one hop less, and never in pieces") {  // RFC 8200 sections 3 and 5
  Stack router{{.forwarding = true}};
  const IpAddress inner = IpAddress::ipv6({0xfd01, 0, 0, 0, 0, 0, 0, 0xa}),
                  to = IpAddress::ipv6({0xfd01, 0, 0, 0, 0, 0, 0, 0xc});
  const MacAddress mac_c{{2, 0, 0, 0, 0, 0xc}};
  const InterfaceId in = router.add_interface({.mac = mac_a}),
                    out = router.add_interface({.mac = mac_a, .mtu = 1300});
  router.add_address(in, ipv6_a, 64);
  router.add_address(out, inner, 64);
  router.add_neighbor(in, ipv6_b, mac_b);
  router.add_neighbor(out, to, mac_c);
  const auto pass = [&](const Ipv6Frame& frame) {
    Frame octets = frame.octets();
    REQUIRE(router.receive({}, in, octets).verdict == Verdict::forward);
    const Forwarded forwarded = router.forward({}, in, octets);
    return forwarded.sent ? text_of_hops(octets) : std::string{to_string(forwarded.reason)};
  };
  const auto told = [&] {
    const auto frames = all_frames(router, {});
    REQUIRE(frames.size() == 1);
    const auto message = icmpv6_in(frames[0]);
    return std::pair{message->header.type, message->header.rest};
  };
  CHECK(pass({.destination = to, .hop_limit = 9}) == "to 02:00:00:00:00:0c with 8 hops left");
  CHECK(pass({.destination = to, .hop_limit = 1}) == "ttl exceeded");
  CHECK(told() == std::pair{Icmpv6Type::time_exceeded, 0u});
  CHECK(pass({.payload = Frame(1261), .destination = to}) == "fragmentation needed");
  CHECK(told() == std::pair{Icmpv6Type::packet_too_big, 1300u});
  CHECK(pass({.destination = IpAddress::ipv6({0xfd02})}) == "no route");
  CHECK(told() == std::pair{Icmpv6Type::destination_unreachable, 0u});
  // What is of the link stays there: RFC 4291 section 2.5.6.
  CHECK(
      router
          .receive(
              {}, in,
              Ipv6Frame{.source = IpAddress::ipv6({0xfe80, 0, 0, 0, 0, 0, 0, 1}), .destination = to}.octets())
          .reason == DropReason::not_for_us);
}

}  // namespace ringside::net::test
