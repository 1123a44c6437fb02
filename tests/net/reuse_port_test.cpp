// SO_REUSEPORT: flows are spread over the sockets of one end point, each flow always to the same one.
#include <cstring>
#include "catch.hpp"

#include "ringside/net/socket_options.hpp"
#include "ringside/net/sockets.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {
namespace {

constexpr Endpoint service{address_a, 80};

struct SharedPort : TwoHosts {
  Sockets sockets{a};
  std::vector<Fd> shared{};

  explicit SharedPort(SocketType type, int count, StackConfig config = {}) : TwoHosts{config} {
    for (int i = 0; i < count; ++i) join(type);
  }
  void join(SocketType type, Endpoint to = service, Family family = Family::ipv4) {
    const Fd fd{static_cast<std::int32_t>(sockets.socket(type, family).value)};
    const std::int32_t on = 1;
    std::array<std::uint8_t, sizeof on> octets;
    std::memcpy(octets.data(), &on, sizeof on);
    REQUIRE(sockets.setsockopt(now, fd, option::socket_level, option::socket::reuse_port, octets) ==
            Returned{});
    REQUIRE(sockets.bind(fd, to) == Returned{});
    if (type == SocketType::stream) REQUIRE(sockets.listen(now, fd, 1000) == Returned{});
    shared.push_back(fd);
  }
  std::vector<int> accepted() {
    std::vector<int> counts;
    for (const Fd fd : shared) {
      int count = 0;
      while (sockets.accept(now, fd).error == Errno::none) ++count;
      counts.push_back(count);
    }
    return counts;
  }
  void connect(int times) {
    for (int i = 0; i < times; ++i) REQUIRE(b.tcp_connect(now, service));
    exchange();
  }
  // A SYN comes to the only listener, which closes while what answers it is on its way; another one is there.
  SocketId opened_while_the_listener_changes() {
    connect(1);  // neighbors know each other
    accepted();
    const auto connection = b.tcp_connect(now, service);
    REQUIRE(connection);
    for (const Frame& frame : all_frames(b, now)) a.receive(now, on_a, frame);
    const std::vector<Frame> answers = all_frames(a, now);
    REQUIRE(answers.size() == 1);
    join(SocketType::stream);
    REQUIRE(sockets.close(now, shared.front()) == Returned{});
    shared.erase(shared.begin());
    for (const Frame& frame : answers) b.receive(now, on_b, frame);
    exchange();
    return *connection;
  }
  void send(SocketId from, std::size_t octets = 1) {
    REQUIRE(b.send_to(now, from, std::vector<std::uint8_t>(octets), service) == Error::none);
    exchange();
  }
  // Which of them has something to read; it is read.
  std::vector<int> heard() {
    std::vector<int> those;
    std::array<std::uint8_t, 100> out;
    for (std::size_t i = 0; i < shared.size(); ++i)
      while (sockets.recv(now, shared[i], out).error == Errno::none) those.push_back(static_cast<int>(i));
    return those;
  }
};

TEST_CASE("connections are spread over the listeners of one port") {
  SharedPort port{SocketType::stream, 4};
  port.connect(400);
  const auto counts = port.accepted();
  CHECK(counts[0] + counts[1] + counts[2] + counts[3] == 400);
  for (const int count : counts) CHECK((count > 60 && count < 140));  // 100, and more than four deviations
}

TEST_CASE("a listener that closes leaves its share to the others") {
  SharedPort port{SocketType::stream, 3};
  REQUIRE(port.sockets.close(port.now, port.shared.front()) == Returned{});
  port.shared.erase(port.shared.begin());
  port.connect(200);
  const auto counts = port.accepted();
  CHECK(counts[0] + counts[1] == 200);
  for (const int count : counts) CHECK((count > 60 && count < 140));
}

// The hash of a flow is what it was, and the lowest third of all hashes is in the lower half: whoever takes
// the place has all of it (reuseport_migrate_sock()).
TEST_CASE("what waits for a listener that closes goes to another, if it may migrate") {
  StackConfig config;
  config.tcp.migrate_requests = true;
  SharedPort port{SocketType::stream, 3, config};
  port.connect(300);
  REQUIRE(port.sockets.close(port.now, port.shared.front()) == Returned{});
  port.shared.erase(port.shared.begin());
  const auto counts = port.accepted();
  CHECK(counts[0] + counts[1] == 300);
  CHECK((counts[0] > 60 && counts[0] < 140));
}

TEST_CASE("a handshake goes on with another listener, if it may migrate") {
  StackConfig config;
  config.tcp.migrate_requests = true;
  SharedPort port{SocketType::stream, 1, config};
  const SocketId client = port.opened_while_the_listener_changes();
  CHECK(port.b.state(client) == TcpState::established);
  CHECK(port.accepted() == std::vector{1});
}

TEST_CASE("else it ends with its listener") {
  SharedPort port{SocketType::stream, 1};
  const SocketId client = port.opened_while_the_listener_changes();
  CHECK(port.b.state(client) == TcpState::closed);
  CHECK(port.b.error(client) == Error::connection_reset);
  CHECK(port.accepted() == std::vector{0});
}

TEST_CASE("a request whose listener is gone is repeated by another") {  // reqsk_timer_handler()
  StackConfig config;
  config.tcp.migrate_requests = true;
  SharedPort port{SocketType::stream, 1, config};
  port.connect(1);
  port.accepted();
  const auto client = port.b.tcp_connect(port.now, service);
  for (const Frame& frame : all_frames(port.b, port.now)) port.a.receive(port.now, port.on_a, frame);
  REQUIRE(all_frames(port.a, port.now).size() == 1);  // which is lost
  port.join(SocketType::stream);
  REQUIRE(port.sockets.close(port.now, port.shared.front()) == Returned{});
  port.shared.erase(port.shared.begin());
  port.now += 1s;
  port.a.run_due(port.now);
  for (const Frame& frame : all_frames(port.a, port.now)) port.b.receive(port.now, port.on_b, frame);
  CHECK(port.b.state(*client) == TcpState::established);
  port.exchange();
  CHECK(port.accepted() == std::vector{1});
}

TEST_CASE("who hears IPv4 alone goes before who hears both versions") {  // compute_score()
  SharedPort port{SocketType::stream, 0};
  port.join(SocketType::stream, {IpAddress{}, 80}, Family::ipv6);
  port.join(SocketType::stream, {Ipv4Address{}, 80});
  port.join(SocketType::stream, {IpAddress{}, 80}, Family::ipv6);
  port.connect(20);
  CHECK(port.accepted() == std::vector{0, 20, 0});
  REQUIRE(port.sockets.close(port.now, port.shared[1]) == Returned{});
  port.shared.erase(port.shared.begin() + 1);
  port.connect(100);
  const auto counts = port.accepted();
  CHECK(counts[0] + counts[1] == 100);
  for (const int count : counts) CHECK((count > 20 && count < 80));
}

TEST_CASE("the datagrams of a flow come to one of the sockets of a port, those of many to all") {
  SharedPort port{SocketType::datagram, 4};
  std::vector<int> counts(4);
  for (int flow = 0; flow < 400; ++flow) {
    const SocketId from = port.b.udp_open();
    for (int i = 0; i < 3; ++i) port.send(from);
    const auto those = port.heard();
    REQUIRE(those.size() == 3);
    CHECK(those == std::vector(3, those[0]));
    ++counts[static_cast<std::size_t>(those[0])];
    port.b.close(port.now, from);
  }
  for (const int count : counts) CHECK((count > 60 && count < 140));
}

TEST_CASE("one that names its peer hears it alone, and takes no part in what is spread") {
  SharedPort port{SocketType::datagram, 2};
  const SocketId peer = port.b.udp_open();
  REQUIRE(port.b.bind(peer, {address_b, 5000}) == Error::none);
  REQUIRE(port.sockets.connect(port.now, port.shared[0], {address_b, 5000}) == Returned{});
  port.send(peer);
  CHECK(port.heard() == std::vector{0});
  for (int flow = 0; flow < 20; ++flow) {
    port.send(port.b.udp_open());
    CHECK(port.heard() == std::vector{1});
  }
}

}  // namespace
}  // namespace ringside::net::test
