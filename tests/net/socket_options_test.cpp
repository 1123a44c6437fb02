// Options with an effect on the wire or on a buffer, their ranges, and that children inherit them.
#include "catch.hpp"
#include "socket_bench.hpp"

namespace ringside::net::test {
namespace {

using namespace option;

struct OptionBench : SocketBench {
  OptionBench() { REQUIRE((fd = open_stream(), bind()) == "0"); }

  // The handshake with a peer whose segments have 1000 octets.
  void opened(const Seg& expected_syn = syn()) {
    connect();
    expect(expected_syn);
    receive(syn_ack().win(65535).with_mss(1000).sack_ok());
    expect(ack(1, 1));
  }
  std::string set_congestion(std::string_view name) {
    const std::vector<std::uint8_t> value(name.begin(), name.end());
    return text(sockets.setsockopt(now, fd, tcp_level, tcp::congestion, value));
  }
  std::string congestion() {
    std::array<std::uint8_t, 16> value{};
    const Returned got = sockets.getsockopt(now, fd, tcp_level, tcp::congestion, value);
    REQUIRE(got == Returned{16});
    return reinterpret_cast<const char*>(value.data());
  }
};

wire::Ipv4Header next_ip(Stack& stack, Time now) { return ip_of(next_frame(stack, now).value()).header; }

}  // namespace

TEST_CASE("buffers are doubled, within bounds, and a packet that fits is filled") {  // sk_setsockopt()
  OptionBench b;
  CHECK(b.set(socket_level, socket::send_buffer, 3000) == "0");
  CHECK(b.set(socket_level, socket::receive_buffer, 4000) == "0");
  CHECK(b.get(socket_level, socket::send_buffer) == "6000");
  CHECK(b.get(socket_level, socket::receive_buffer) == "8000");
  b.opened(syn().win(2920));        // two segments: tcp_select_initial_window()
  CHECK(b.send(90000) == "32000");  // one packet, of half the window
  b.set(socket_level, socket::send_buffer, 1);
  b.set(socket_level, socket::receive_buffer, 1);
  CHECK(b.get(socket_level, socket::send_buffer) == "4608");
  CHECK(b.get(socket_level, socket::receive_buffer) == "2304");
  CHECK(b.send(1) == "EAGAIN");  // more is in the buffer than it has now
  b.set(socket_level, socket::send_buffer, -1);
  CHECK(b.get(socket_level, socket::send_buffer) == "425984");
  CHECK(b.send(1) == "1");
}

TEST_CASE("the window never exceeds its clamp") {
  OptionBench b;
  CHECK(b.set(tcp_level, tcp::window_clamp, 2000) == "0");
  b.opened(syn().win(1460));
  CHECK(b.set(tcp_level, tcp::window_clamp, 0) == "EINVAL");
  CHECK(b.set(tcp_level, tcp::window_clamp, 1) == "0");
  CHECK(b.get(tcp_level, tcp::window_clamp) == "1152");  // SOCK_MIN_RCVBUF / 2
}

TEST_CASE("the largest segment is told to the peer, and sent") {
  OptionBench b;
  CHECK(b.get(tcp_level, tcp::max_segment) == "536");
  CHECK(b.set(tcp_level, tcp::max_segment, 87) == "EINVAL");
  CHECK(b.set(tcp_level, tcp::max_segment, 500) == "0");
  CHECK(b.get(tcp_level, tcp::max_segment) == "500");
  b.opened(syn().with_mss(500));
  b.send(600);
  b.expect(data(1, 500, 1));
  CHECK(b.get(tcp_level, tcp::max_segment) == "500");
}

TEST_CASE("the peer's smaller segment is what TCP_MAXSEG tells then") {
  OptionBench b;
  b.opened();
  CHECK(b.get(tcp_level, tcp::max_segment) == "1000");
}

TEST_CASE("congestion control is chosen by name, even in the middle") {
  OptionBench b;
  CHECK(b.congestion() == "cubic");
  CHECK(b.set_congestion("vegas") == "ENOENT");
  CHECK(b.set_congestion("") == "EINVAL");
  const bool reno = GENERATE(true, false);
  b.opened();
  CHECK(b.set_congestion(reno ? "reno" : std::string_view{"cubic\0\0", 7}) == "0");
  CHECK(b.congestion() == (reno ? "reno" : "cubic"));
  b.send(10'000);
  b.drain();
  b.receive(ack(1, 1).sacking({{1001, 5001}}));
  CHECK(b.stack.tcp_info(b.sockets.socket_of(b.fd)).ssthresh == (reno ? 5000_B : 7000_B));
}

TEST_CASE("TOS and TTL are in what a stream sends, its ACKs and resets included") {
  OptionBench b;
  CHECK(b.set(ip_level, ip::tos, 0x23) == "0");
  CHECK(b.get(ip_level, ip::tos) == "32");  // the bits of ECN are TCP's
  CHECK(b.set(ip_level, ip::ttl, 0) == "EINVAL");
  CHECK(b.set(ip_level, ip::ttl, 256) == "EINVAL");
  CHECK(b.set(ip_level, ip::ttl, 7) == "0");
  CHECK(b.set(ip_level, ip::mtu_discover, 6) == "EINVAL");
  CHECK(b.set(ip_level, ip::mtu_discover, 0) == "0");
  CHECK(b.get(ip_level, ip::mtu) == "ENOTCONN");
  b.opened();
  CHECK(b.get(ip_level, ip::mtu) == "1500");
  const auto check = [&](bool dont_fragment) {
    const wire::Ipv4Header header = next_ip(b.stack, b.now);
    CHECK(header.type_of_service == 32);
    CHECK(header.ttl == 7);
    CHECK(header.dont_fragment == dont_fragment);
  };
  b.send(100);
  check(false);
  CHECK(b.set(ip_level, ip::mtu_discover, 2) == "0");
  b.receive(data(1, 100, 101));
  check(true);
  b.disconnect();
  check(true);
  CHECK(b.set(ip_level, ip::ttl, -1) == "0");
  CHECK(b.get(ip_level, ip::ttl) == "64");
}

TEST_CASE("children have the options of their listener, and their own from then on") {
  OptionBench b;
  b.set(tcp_level, tcp::no_delay, 1);
  b.set(tcp_level, tcp::user_timeout, 5000);
  b.set(socket_level, socket::receive_buffer, 4000);
  b.set_congestion("reno");
  REQUIRE(b.listen(1) == "0");
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack().win(2920));
  b.receive(ack(1, 1));
  b.accept();
  CHECK(b.get(tcp_level, tcp::no_delay) == "1");
  CHECK(b.get(tcp_level, tcp::user_timeout) == "5000");
  CHECK(b.congestion() == "reno");
  b.set(tcp_level, tcp::no_delay, 0);
  b.fd = b.listening;
  CHECK(b.get(tcp_level, tcp::no_delay) == "1");
}

TEST_CASE("numbers out of range are refused") {
  OptionBench b;
  for (const int name : {tcp::keep_idle, tcp::keep_interval}) {
    CHECK(b.set(tcp_level, name, 0) == "EINVAL");
    CHECK(b.set(tcp_level, name, 32768) == "EINVAL");
    CHECK(b.set(tcp_level, name, 32767) == "0");
    CHECK(b.get(tcp_level, name) == "32767");
  }
  CHECK(b.set(tcp_level, tcp::keep_count, 128) == "EINVAL");
  CHECK(b.set(tcp_level, tcp::user_timeout, -1) == "EINVAL");
  CHECK(b.set(tcp_level, 4711, 1) == "ENOPROTOOPT");
  CHECK(b.get(tcp_level, 4711) == "ENOPROTOOPT");
  CHECK(b.set(ip_level, 4711, 1) == "ENOPROTOOPT");
  CHECK(b.set(ip_level, ip::mtu_discover, 5) == "EOPNOTSUPP");  // IP_PMTUDISC_OMIT
}

TEST_CASE("a datagram that may not be broken is sent whole or not at all") {
  TwoHosts hosts;
  hosts.a.add_neighbor(hosts.on_a, address_b, mac_b);
  Sockets sockets{hosts.a};
  const Fd fd{static_cast<std::int32_t>(sockets.socket(SocketType::datagram).value)};
  const auto set = [&](int level, int name, std::uint8_t value) {
    return sockets.setsockopt(hosts.now, fd, level, name, std::array<std::uint8_t, 4>{value});
  };
  const auto send = [&](std::size_t octets) {
    return sockets.send_to(hosts.now, fd, Frame(octets), {address_b, 53});
  };
  CHECK(set(ip_level, ip::tos, 5) == Returned{});
  CHECK(set(ip_level, ip::ttl, 9) == Returned{});
  CHECK(send(1472) == Returned{1472});
  const wire::Ipv4Header header = next_ip(hosts.a, hosts.now);
  CHECK(header.type_of_service == 5);
  CHECK(header.ttl == 9);
  CHECK(header.dont_fragment);
  CHECK(send(1473) == Returned{1473});  // in two pieces
  CHECK(all_frames(hosts.a, hosts.now).size() == 2);
  CHECK(set(ip_level, ip::mtu_discover, 2) == Returned{});
  CHECK(send(1473) == Returned{-1, Errno::emsgsize});
  CHECK(set(socket_level, socket::send_buffer, 0) == Returned{});
  std::array<std::uint8_t, 4> size{};
  CHECK(sockets.getsockopt(hosts.now, fd, socket_level, socket::send_buffer, size) == Returned{4});
  CHECK((size[0] | size[1] << 8) == 4608);
}

}  // namespace ringside::net::test
