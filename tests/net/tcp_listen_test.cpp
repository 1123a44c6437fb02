// The two queues of a listener, SYN cookies, and what a flood of SYNs leaves behind.
#include "catch.hpp"
#include "ringside/net/wire/tcp.hpp"
#include "tcp/connection.hpp"
#include "tcp/fast_open_cookies.hpp"
#include "tcp/syn_cookies.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {
namespace {

// A host that listens on port 80, and as many clients as a test wants behind one router.
struct Server {
  explicit Server(const TcpConfig& tcp = {}) : stack{{.tcp = tcp}} {
    interface = stack.add_interface({.mac = mac_a, .address = address_a});
    stack.add_route({}, 0, interface, address_b);
    stack.add_neighbor(interface, address_b, mac_b);
  }
  void listen(int backlog) { listener = stack.tcp_listen({address_a, 80}, backlog).value.value(); }

  Received receive(Endpoint from, wire::TcpHeader header, std::size_t text = 0) {
    header.source_port = from.port;
    header.destination_port = 80;
    Frame segment(header.encoded_size() + text);
    wire::write(segment, header, from.address, address_a);
    return stack.receive(now, interface,
                         ip_frame(mac_a, mac_b,
                                  {.ttl = 64,
                                   .protocol = wire::IpProtocol::tcp,
                                   .source = from.address.ipv4(),
                                   .destination = address_a},
                                  segment));
  }
  Received syn(Endpoint from, const wire::TcpOptions& options = {.mss = 1460}) {
    return receive(from, {.seq = isn, .flags = {.syn = true}, .window = 10'000, .options = options});
  }
  Received ack(Endpoint from, SeqNum theirs, const wire::TcpOptions& options = {}) {
    return receive(
        from,
        {.seq = isn + 1, .ack = theirs + 1, .flags = {.ack = true}, .window = 10'000, .options = options});
  }
  std::optional<wire::TcpHeader> sent() {
    const auto transmitted = stack.transmit(now, frame);
    if (!transmitted) return std::nullopt;
    const auto ip = wire::parse_ipv4(wire::ByteView{frame}.first(transmitted->bytes).subspan(14));
    return wire::parse_tcp(ip.payload, ip.header.source, ip.header.destination).header;
  }
  // The whole handshake; false: no SYN-ACK.
  bool shakes_hands(Endpoint from) {
    syn(from);
    const auto answer = sent();
    return answer && answer->flags.syn && (ack(from, answer->seq), true);
  }

  static constexpr SeqNum isn{5000};
  Stack stack;
  InterfaceId interface {};
  SocketId listener{};
  Time now = start_of_time + 1000s;
  Frame frame = Frame(2000);
};

Endpoint client(std::uint32_t number) {
  return {Ipv4Address{0xc0000000 + number / 60000}, static_cast<std::uint16_t>(1024 + number % 60000)};
}

}  // namespace

TEST_CASE("a connection and a request are small") {
  CHECK(sizeof(Connection) <= 2048);
  CHECK(sizeof(Request) <= 256);
}

TEST_CASE("one connection more than the backlog waits for accept()") {  // Linux sk_acceptq_is_full()
  Server server;
  server.listen(2);
  for (std::uint32_t i = 0; i < 3; ++i) CHECK(server.shakes_hands(client(i)));
  CHECK(server.syn(client(3)).reason == DropReason::backlog_full);
  CHECK(server.stack.acceptable(server.listener) == 3);
  CHECK(server.stack.accept(server.listener));
  CHECK(server.shakes_hands(client(3)));
}

TEST_CASE("a third segment that finds the queue full") {
  Server server{{.timestamps = false, .abort_on_overflow = false}};
  const auto fill = [](Server& with) {
    with.listen(1);
    with.syn(client(0));
    const SeqNum waits = with.sent()->seq;
    with.stack.set_backlog(with.listener, 2);
    for (std::uint32_t i = 1; i < 3; ++i) CHECK(with.shakes_hands(client(i)));
    with.stack.set_backlog(with.listener, 1);
    return waits;
  };
  SECTION("is dropped, and the SYN-ACK repeated until there is room") {
    const SeqNum waits = fill(server);
    CHECK(server.ack(client(0), waits).reason == DropReason::backlog_full);
    CHECK_FALSE(server.sent());
    server.now += 1s;
    CHECK(server.sent()->flags.syn);
    server.stack.accept(server.listener);
    CHECK(server.ack(client(0), waits).acceptable);
  }
  SECTION("is answered by a reset with tcp_abort_on_overflow") {
    Server other{{.abort_on_overflow = true}};
    const SeqNum waits = fill(other);
    CHECK(other.ack(client(0), waits).reason == DropReason::backlog_full);
    CHECK(other.sent()->flags.rst);
    CHECK_FALSE(other.sent());
  }
}

TEST_CASE("beyond the backlog SYNs get cookies") {  // Linux tcp_conn_request()
  Server server{{.syn_cookies = SynCookieUse::on_overflow}};
  server.listen(1);
  server.syn(client(0));
  server.sent();
  SECTION("which open a connection") {
    server.syn(client(1), {.mss = 1440, .window_scale = 7, .sack_permitted = true});
    const auto answer = server.sent();
    REQUIRE(answer);
    CHECK_FALSE(answer->options.window_scale);  // there is no timestamp that could say so
    CHECK_FALSE(answer->options.sack_permitted);
    CHECK(server.ack(client(1), answer->seq).acceptable);
    CHECK(server.stack.tcp_info(server.stack.accept(server.listener).value()).mss == 1440);
  }
  SECTION("with timestamps all is agreed on") {
    server.syn(client(1), {.mss = 1460,
                           .window_scale = 7,
                           .sack_permitted = true,
                           .timestamps = wire::TcpTimestamps{.value = 900}});
    const auto answer = server.sent();
    REQUIRE(answer);
    const std::uint32_t stamp = answer->options.timestamps->value;
    CHECK(server.ack(client(1), answer->seq, {.timestamps = wire::TcpTimestamps{901, stamp}}).acceptable);
    const TcpInfo info = server.stack.tcp_info(server.stack.accept(server.listener).value());
    CHECK(info.sack);
    CHECK(info.send_scale == 7);
    CHECK(info.send_window == 1280000_B);
    CHECK(info.srtt > Duration{0});  // the stamp tells how long it took: tcp_rtt_tsopt_us()
  }
  SECTION("for two minutes") {
    server.syn(client(1));
    const SeqNum cookie = server.sent()->seq;
    server.now += 121s;
    CHECK(server.ack(client(1), cookie).reason == DropReason::no_socket);
  }
  SECTION("and only those that were made here") {
    server.syn(client(1));
    const SeqNum cookie = server.sent()->seq;
    CHECK(server.ack(client(1), cookie + 1000).reason == DropReason::no_socket);
    CHECK(server.sent()->flags.syn == false);
    CHECK(server.ack(client(2), cookie).reason == DropReason::no_socket);
  }
}

TEST_CASE("without cookies SYNs beyond the backlog are dropped") {
  SECTION("of the listener") {
    Server server{{.syn_cookies = SynCookieUse::never}};
    server.listen(1);
    server.syn(client(0));
    CHECK(server.syn(client(1)).reason == DropReason::backlog_full);
  }
  SECTION("or three quarters of the host's") {
    Server server{{.syn_cookies = SynCookieUse::never, .max_syn_backlog = 8}};
    server.listen(100);
    std::uint32_t taken = 0;
    while (taken < 100 && server.syn(client(taken)).verdict == Verdict::consumed) ++taken;
    CHECK(taken == 7);  // 8 - 7 < 8 / 4
  }
}

TEST_CASE("a cookie tells the next smaller segment size of four") {
  const SynCookies cookies{SipKey{1, 2}};
  const Time now = start_of_time + 500s;
  for (const auto& [offered, said] :
       {std::pair{100, 536}, {1299, 536}, {1300, 1300}, {1459, 1440}, {9000, 1460}}) {
    Request request{.flow = {.local = {address_a, 80}, .remote = client(1)},
                    .irs = SeqNum{77},
                    .mss = static_cast<std::uint16_t>(offered)};
    const SeqNum number = cookies.number(now, request, {});
    CHECK(request.mss == said);
    const wire::TcpHeader header{.seq = SeqNum{78}, .ack = number + 1, .flags = {.ack = true}};
    const auto found = cookies.request_of(now + 60s, request.flow, {header, {}}, 0, {});
    REQUIRE(found);
    CHECK(found->mss == said);
    CHECK_FALSE(cookies.request_of(now + 120s, request.flow, {header, {}}, 0, {}));
  }
}

TEST_CASE("a million SYNs leave as many requests as the backlog has, and an honest client gets in") {
  Server server;
  constexpr std::uint32_t backlog = 128;
  server.listen(backlog);
  for (std::uint32_t i = 0; i < 1'000'000; ++i) {
    server.syn(client(i));
    if (!server.sent()) FAIL("no answer to SYN " << i);
  }
  CHECK(server.shakes_hands(client(1'000'001)));
  CHECK(server.stack.accept(server.listener));
  server.now += 1s;
  std::uint32_t remembered = 0;
  while (server.sent()) ++remembered;
  CHECK(remembered == backlog);
}

TEST_CASE("old requests go earlier when they fill half of the queue") {  // Linux reqsk_timer_handler()
  Server server;
  server.listen(16);
  for (std::uint32_t i = 0; i < 16; ++i) server.syn(client(i));
  int repetitions = 0;
  while (server.sent()) continue;
  for (const Duration wait : {1s, 2s, 4s, 8s}) {
    server.now += wait;
    while (server.sent()) ++repetitions;
  }
  CHECK(repetitions == 2 * 16 + 2 * 8);  // half of them go at the third, and the others have all their five
}

TEST_CASE("a listener that is closed takes its requests along") {
  Server server;
  server.listen(8);
  server.syn(client(0));
  const SeqNum theirs = server.sent()->seq;
  server.stack.close(server.now, server.listener);
  SECTION("their ACK finds nobody") {
    CHECK(server.ack(client(0), theirs).reason == DropReason::no_socket);
    CHECK(server.sent()->flags.rst);
  }
  SECTION("no SYN-ACK is repeated") {
    server.now += 1s;
    CHECK_FALSE(server.sent());
  }
  SECTION("another listener knows nothing of them") {
    server.listen(8);
    CHECK(server.ack(client(0), theirs).reason == DropReason::no_socket);
    CHECK(server.sent()->flags.rst);
    CHECK(server.shakes_hands(client(0)));
  }
}

TEST_CASE("so many fast openings at once as the listener says") {  // Linux tcp_fastopen_queue_check()
  const FastOpenKey key{1, 2, 3};
  Server server{{.fast_open = {.server = true, .key = key}}};
  TcpSocketOptions options = server.stack.default_options();
  options.fast_open_queue = 1;
  server.listener = server.stack.tcp_listen({address_a, 80}, 10, &options).value.value();
  const auto syn_with_text = [&](Endpoint from) {
    const auto cookie = FastOpenCookies::cookie({.local = {address_a, 80}, .remote = from}, key);
    const Received received = server.receive(
        from,
        {.seq = Server::isn, .flags = {.syn = true}, .window = 10'000, .options = {.fast_open = cookie}}, 50);
    server.sent();
    return received;
  };
  CHECK(syn_with_text(client(0)).acceptable);
  CHECK_FALSE(syn_with_text(client(1)).acceptable);
  SECTION("one whose handshake is done makes room") {
    const SocketId first = server.stack.accept(server.listener).value();
    std::vector<std::uint8_t> text(100);
    CHECK(server.stack.recv(server.now, first, text) == 50);
    server.now += 1s;
    SeqNum theirs{};
    while (const auto again = server.sent()) {  // the first SYN-ACK, and that of the other client
      if (again->destination_port == client(0).port) theirs = again->seq;
    }
    server.receive(client(0),
                   {.seq = Server::isn + 51, .ack = theirs + 1, .flags = {.ack = true}, .window = 1000});
    CHECK(server.stack.state(first) == TcpState::established);
    CHECK(syn_with_text(client(2)).acceptable);
  }
  SECTION("one that was reset does so after a minute") {
    server.receive(client(0), {.seq = Server::isn + 51, .flags = {.rst = true}});
    CHECK_FALSE(syn_with_text(client(2)).acceptable);
    server.now += 61s;
    CHECK(syn_with_text(client(3)).acceptable);
  }
}

TEST_CASE("a client remembers so many cookies, and forgets the oldest") {
  const FastOpenConfig config{.cookies = 3};
  FastOpenCache cache{config};
  for (std::uint32_t i = 0; i < 5; ++i)
    cache.learn(Ipv4Address{i}, {.cookie = {.size = 8}, .mss = static_cast<std::uint16_t>(1000 + i)});
  CHECK(cache.known(Ipv4Address{0}).mss == 0);
  CHECK(cache.known(Ipv4Address{1}).cookie.size == 0);
  for (std::uint32_t i = 2; i < 5; ++i) CHECK(cache.known(Ipv4Address{i}).mss == 1000 + i);
}

TEST_CASE("SYNs with text that are swallowed are avoided twice as long each time") {
  const FastOpenConfig config{.blackhole_timeout = 10s};
  FastOpenCache cache{config};
  Time now = start_of_time + 100s;
  for (const Duration span : {10s, 20s, 40s}) {
    CHECK_FALSE(cache.avoided(now));
    cache.swallowed(now);
    CHECK(cache.avoided(now + span - 1s));
    CHECK_FALSE(cache.avoided(now + span));
    now += 1000s;
  }
}

}  // namespace ringside::net::test
