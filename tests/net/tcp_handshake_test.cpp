// Opening: RFC 9293 section 3.5, RFC 6298, RFC 7323, RFC 5961.
#include "catch.hpp"
#include "tcp/sender.hpp"
#include "tcp_bench.hpp"

namespace ringside::net::test {

TEST_CASE("an active open: SYN, SYN-ACK, ACK") {
  TcpBench b;
  b.open();
  b.expect(syn().win(65535).with_mss(1460).sack_ok());
  CHECK(b.state() == TcpState::syn_sent);
  const Received received = b.receive(syn_ack().with_mss(1000).sack_ok());
  CHECK(received.writable);
  b.expect(ack(1, 1).win(65535));
  b.expect_silence();
  CHECK(b.state() == TcpState::established);
  CHECK(b.info().mss == 1000);
  CHECK(b.info().cwnd == 10000_B);
}

TEST_CASE("a passive open: the connection is acceptable with the third segment") {
  TcpBench b;
  b.listen();
  CHECK_FALSE(b.receive(syn().with_mss(1000)).acceptable);
  b.expect(syn_ack().with_mss(1460).sack_ok(false));  // only what was offered
  CHECK_FALSE(b.accept());
  const Received received = b.receive(ack(1, 1));
  CHECK(received.acceptable);
  CHECK(received.socket == b.listener);
  REQUIRE(b.accept());
  CHECK(b.state() == TcpState::established);
  b.expect_silence();
}

TEST_CASE("text that comes with the third segment is readable at once") {
  TcpBench b;
  b.listen();
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack());
  CHECK(b.receive(data(1, 100, 1)).acceptable);
  REQUIRE(b.accept());
  CHECK(b.read() == 100);
}

TEST_CASE(
    "a SYN is repeated every second, then after 2, 4 ... seconds, and given up after 131") {  // RFC 6298,
                                                                                              // Linux
  TcpBench b;
  b.open();
  b.expect(syn());
  for (const Duration wait : {1s, 1s, 1s, 1s, 1s, 2s, 4s, 8s, 16s, 32s}) {
    b.advance(wait - 1ms);
    b.expect_silence();
    b.advance(1ms);
    b.expect(syn());
  }
  b.advance(64s);
  b.expect_silence();
  CHECK(b.now == start_of_time + 131s);
  CHECK(b.stack.error(b.socket) == Error::timed_out);
  CHECK(b.stack.take_timed_out() == b.socket);
  CHECK_FALSE(b.stack.take_timed_out());
}

TEST_CASE("after a second lost SYN the window starts at one segment") {  // Linux tcp_init_transfer(), RFC
                                                                         // 6298 (5.7)
  TcpBench b;
  b.open();
  b.expect(syn());
  b.advance(1s);
  b.expect(syn());
  const bool once_more = GENERATE(false, true);
  if (once_more) {
    b.advance(2s);
    b.expect(syn());
  }
  b.receive(syn_ack().with_mss(1000).sack_ok());
  b.expect(ack(1, 1));
  CHECK(b.info().cwnd == (once_more ? 1000_B : 10'000_B));
  CHECK(b.info().rto == 3s);
}

TEST_CASE("a reset refuses the connection, if it acknowledges the SYN") {
  TcpBench b;
  b.open();
  b.expect(syn());
  CHECK(b.receive(rst(0)).verdict == Verdict::dropped);
  CHECK(b.state() == TcpState::syn_sent);
  CHECK(b.receive(rst_ack(0, 1)).failed);
  CHECK(b.state() == TcpState::closed);
  CHECK(b.stack.error(b.socket) == Error::connection_refused);
  b.expect_silence();
}

TEST_CASE("an ACK of something never sent is answered by a reset") {  // RFC 9293 section 3.10.7.3
  TcpBench b;
  b.open();
  b.expect(syn());
  b.receive(ack(500, 77));
  b.expect(rst(77));
  CHECK(b.state() == TcpState::syn_sent);
}

TEST_CASE("a simultaneous open ends in one connection") {  // RFC 9293 figure 7
  TcpBench b;
  b.open();
  b.expect(syn());
  b.receive(syn().with_mss(1000).sack_ok());
  b.expect(syn_ack().with_mss(1460));
  CHECK(b.state() == TcpState::syn_received);
  b.receive(ack(1, 1));
  CHECK(b.state() == TcpState::established);
  b.write(10);
  b.expect(data(1, 10, 1));
}

TEST_CASE("a repeated SYN brings a repeated SYN-ACK") {
  TcpBench b;
  b.listen();
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack());
  b.advance(100ms);
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack());
  b.receive(ack(1, 1));
  REQUIRE(b.accept());
  CHECK(b.info().cwnd == 10000_B);  // nothing of ours was lost
}

TEST_CASE("a repetition of the SYN-ACK that became needless repeats no text") {
  TcpBench b;
  b.open();
  b.expect(syn());
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack());
  b.receive(syn().with_mss(1000));
  b.receive(ack(1, 1));  // before the SYN-ACK could leave again
  b.write(10);
  b.expect(data(1, 10, 1));
  b.expect_silence();
  CHECK(b.info().retransmits == 1);  // of the SYN, with an ACK
}

TEST_CASE("a SYN-ACK that is never answered is given up after five retries") {
  TcpBench b;
  b.listen();
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack());
  for (const Duration wait : {1s, 2s, 4s, 8s, 16s}) {
    b.advance(wait);
    b.expect(syn_ack());
  }
  b.advance(32s);
  b.expect_silence();
  CHECK(b.until_due() == Duration::max());
  CHECK(b.receive(syn().with_mss(1000)).verdict == Verdict::consumed);  // there is room in the backlog again
}

TEST_CASE("where nobody accepts, SYNs are dropped") {
  TcpBench b;
  b.listen(0);
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack());
  b.receive(ack(1, 1));
  b.receive(rst(1));  // it waits to be accepted all the same
  CHECK(b.receive(syn()).reason == DropReason::backlog_full);
  CHECK(b.accept());
  CHECK(b.stack.error(b.socket) == Error::connection_reset);
  CHECK(b.receive(syn()).verdict == Verdict::consumed);
}

TEST_CASE("window scale and timestamps are used if both sides offer them") {  // RFC 7323 sections 2.2, 3.2
  TcpBench b{{.tcp = {.send_buffer = 1024_KiB, .receive_buffer = 1024_KiB}}};
  b.open();
  b.expect(syn().win(65535).scaling(5).stamped(0, 0));
  SECTION("both do") {
    b.receive(syn_ack().with_mss(1000).sack_ok().scaling(7).stamped(900, 0).win(4000));
    b.expect(ack(1, 1).win(32768).stamped(0, 900));  // 1 MiB >> 5
    CHECK(b.info().mss == 988);
    CHECK(b.info().send_window == 4000_B);  // a SYN's window is never scaled
    b.receive(ack(1, 1).win(1000).stamped(901, 0));
    CHECK(b.info().send_window == 128000_B);
  }
  SECTION("the peer does not") {
    b.receive(syn_ack().with_mss(1000).win(4000));
    b.expect(ack(1, 1).win(65535));
    CHECK(b.info().mss == 1000);
    b.receive(ack(1, 1).win(4000));
    CHECK(b.info().send_window == 4000_B);
  }
}

TEST_CASE("without an MSS option segments have 536 octets") {  // RFC 9293 section 3.7.1
  TcpBench b;
  b.open();
  b.expect(syn());
  b.receive(syn_ack());
  b.expect(ack(1, 1));
  b.write(1000);
  b.expect(data(1, 536, 1));
}

TEST_CASE(
    "the scale allows for the largest buffer, the window is this one's") {  // Linux tcp_select_initial_window
  TcpBench b{
      {.tcp = {.timestamps = false, .receive_buffer = 270'000_B, .largest_receive_buffer = 15'728'640_B}}};
  b.open();
  b.expect(syn().win(65535).scaling(8));
  b.receive(syn_ack().with_mss(1000).scaling(8));
  b.expect(ack(1, 1).win(270'000 >> 8));
}

TEST_CASE("4 GiB later the sequence is at its start again, and no SYN is sent") {
  constexpr std::uint32_t piece = 65535, pieces = 65537;  // together 2^32 - 1 octets, and the SYN is one more
  const SeqNum iss{12345};
  TcpConfig config;
  Counters total;
  const OptionCopy options = std::make_shared<const TcpSocketOptions>(socket_options({}));
  Sender sender{config, CurrentOptions{options}, total, iss};
  REQUIRE(sender.next({})->syn);
  sender.on_ack({.ack = iss + 1, .wnd = 10 * piece});
  sender.establish(start_of_time, piece, false);
  const std::vector<std::uint8_t> text(piece);
  for (std::uint32_t i = 0; i < pieces; ++i) {
    sender.write(text);
    if (!sender.next({})) FAIL("piece " << i << " is held back");
    sender.on_ack({.ack = sender.snd().nxt, .wnd = 10 * piece});
  }
  REQUIRE(sender.snd().una == iss);
  CHECK_FALSE(sender.anything_to_do());
  sender.write(std::span{text}.first(10));
  const auto chunk = sender.next({});
  REQUIRE(chunk);
  CHECK_FALSE(chunk->syn);
  CHECK(chunk->text == 10);
}

// Linux TCP_MIN_SND_MSS; tcp_parse_options(), for which 0 says nothing
TEST_CASE("an absurdly small MSS option still leaves room for text") {
  const bool timestamps = GENERATE(false, true);
  const std::uint16_t mss =
      GENERATE(std::uint16_t{0}, std::uint16_t{1}, std::uint16_t{11}, std::uint16_t{12}, std::uint16_t{59});
  TcpBench b{{.tcp = {.timestamps = timestamps, .window_scale = false}}};
  b.open();
  b.expect(syn());
  Seg answer = syn_ack().with_mss(mss);
  if (timestamps) answer = answer.stamped(900, 0);
  b.receive(answer);
  b.expect(ack(1, 1));
  CHECK(b.info().mss == (mss == 0 ? 536 : std::max<int>(mss, 48)) - (timestamps ? 12 : 0));
  b.write(1000);
  b.expect(data(1, static_cast<std::uint32_t>(b.info().mss), 1));
}

TEST_CASE("nobody listens: a reset that fits the segment") {  // RFC 9293 section 3.10.7.1
  TcpBench b;
  SECTION("a SYN") {
    CHECK(b.receive(syn()).reason == DropReason::no_socket);
    b.expect(rst_ack(0, 1));
  }
  SECTION("a SYN with text") {
    Seg segment = syn();
    segment.length = 10;
    b.receive(segment);
    b.expect(rst_ack(0, 11));
  }
  SECTION("a segment with an ACK") {
    b.receive(data(5, 10, 77));
    b.expect(rst(77));
  }
  SECTION("a reset") {
    b.receive(rst(5));
    CHECK(b.stack.counters().resets_out == 0);
  }
  b.expect_silence();
}

TEST_CASE("initial sequence numbers grow with the clock and depend on the ports") {  // RFC 6528
  const auto isn = [](Time now, std::uint16_t port) {
    Stack stack;
    const InterfaceId interface = stack.add_interface({.address = {10, 0, 0, 1}});
    stack.add_neighbor(interface, {10, 0, 0, 2}, {});
    stack.tcp_connect(now, {{10, 0, 0, 2}, 80}, {{}, port});
    std::array<std::uint8_t, 1514> frame{};
    stack.transmit(now, frame);
    return wire::load32(frame, 14 + 20 + 4);
  };
  CHECK(isn(start_of_time + 4ms, 1000) - isn(start_of_time, 1000) == 1000);
  CHECK(isn(start_of_time, 1000) != isn(start_of_time, 1001));
}

TEST_CASE("ephemeral ports are all used, and then there are none") {
  StackConfig config{.tcp = {.first_ephemeral_port = 50'000, .last_ephemeral_port = 50'003}};
  Stack stack{config};
  stack.add_interface({.address = {10, 0, 0, 1}});
  const Endpoint server{{10, 0, 0, 2}, 80};
  for (int i = 0; i < 4; ++i) {
    CHECK(stack.tcp_connect({}, server));
    CHECK(stack.bind(stack.udp_open(), {}) == Error::none);
  }
  CHECK(stack.tcp_connect({}, server).error == Error::no_ephemeral_port);
  CHECK(stack.bind(stack.udp_open(), {}) == Error::no_ephemeral_port);
  CHECK(stack.tcp_connect({}, {{10, 0, 0, 3}, 80}));  // another peer: the ports are free again
}

TEST_CASE("ephemeral ports differ, and a used pair of end points is refused") {
  Stack stack;
  stack.add_interface({.address = {10, 0, 0, 1}});
  const Endpoint server{{10, 0, 0, 2}, 80};
  const auto first = stack.tcp_connect({}, server), second = stack.tcp_connect({}, server);
  REQUIRE((first && second));
  CHECK(stack.local(*first).port != stack.local(*second).port);
  CHECK(stack.local(*first).port >= 32768);
  CHECK(stack.tcp_connect({}, server, stack.local(*first)).error == Error::address_in_use);
  CHECK(stack.tcp_connect({}, {{192, 168, 7, 7}, 80}).error == Error::no_route);
  CHECK(stack.tcp_connect({}, server, {{10, 0, 0, 9}, 0}).error == Error::invalid_argument);
}

}  // namespace ringside::net::test
