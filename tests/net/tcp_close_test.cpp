// Closing, aborting and what an attacker may not do: RFC 9293 sections 3.6 and 3.10, RFC 5961.
#include "catch.hpp"
#include "tcp_bench.hpp"
#include "two_hosts.hpp"

namespace ringside::net::test {

TEST_CASE("an active close passes through FIN-WAIT and TIME-WAIT") {
  TcpBench b;
  b.connect();
  b.close();
  b.expect(fin(1, 1));
  CHECK(b.state() == TcpState::fin_wait_1);
  b.receive(ack(1, 2));
  CHECK(b.state() == TcpState::fin_wait_2);
  b.receive(fin(1, 2));
  b.expect(ack(2, 2));
  CHECK(b.state() == TcpState::time_wait);
  b.advance(30s);
  b.receive(fin(1, 2));  // our ACK was lost: again, and the wait begins anew
  b.expect(ack(2, 2));
  b.advance(59s);
  b.expect_silence();
  CHECK(b.state() == TcpState::time_wait);
  b.advance(1s);
  b.expect_silence();
  CHECK(b.state() == TcpState::closed);
  CHECK(b.stack.error(b.socket) == Error::bad_socket);  // the id names nothing any more
  CHECK(b.until_due() == Duration::max());
}

TEST_CASE("a passive close passes through CLOSE-WAIT and LAST-ACK") {
  TcpBench b;
  b.connect();
  const Received received = b.receive(fin(1, 1));
  CHECK(received.readable);
  b.expect(ack(1, 2));
  CHECK(b.state() == TcpState::close_wait);
  CHECK(b.stack.end_of_stream(b.socket));
  b.write(100);  // the other direction is open
  b.expect(data(1, 100, 2));
  b.close();
  b.expect(fin(101, 2));
  CHECK(b.state() == TcpState::last_ack);
  b.receive(ack(2, 102));
  CHECK(b.state() == TcpState::closed);
  b.expect_silence();
}

TEST_CASE("a simultaneous close passes through CLOSING") {  // RFC 9293 figure 13
  TcpBench b;
  b.connect();
  b.shutdown();
  b.expect(fin(1, 1));
  b.receive(fin(1, 1));
  b.expect(ack(2, 2));
  CHECK(b.state() == TcpState::closing);
  b.receive(ack(2, 2));
  CHECK(b.state() == TcpState::time_wait);
}

TEST_CASE("FIN and its acknowledgement in one segment skip FIN-WAIT-2") {
  TcpBench b;
  b.connect();
  b.shutdown();
  b.expect(fin(1, 1));
  b.receive(fin(1, 2));
  b.expect(ack(2, 2));
  CHECK(b.state() == TcpState::time_wait);
}

TEST_CASE("a half-closed connection still receives") {
  TcpBench b;
  b.connect();
  b.write(500);
  b.shutdown();
  Seg last = data(1, 500, 1);
  last.flags.fin = true;
  b.expect(last);
  CHECK(b.write(1) == 0);
  b.receive(ack(1, 502));
  b.receive(data(1, 300, 502));
  CHECK(b.read() == 300);
  CHECK_FALSE(b.stack.end_of_stream(b.socket));
  b.receive(fin(301, 502));
  CHECK(b.stack.end_of_stream(b.socket));
}

TEST_CASE("a lost FIN is repeated, and one that overtook text waits for it") {
  TcpBench b;
  b.connect();
  SECTION("ours") {
    b.shutdown();
    b.expect(fin(1, 1));
    b.wait();
    b.expect(fin(1, 1));
  }
  SECTION("the peer's") {
    b.receive(fin(101, 1));
    b.expect(ack(1, 1));
    CHECK(b.state() == TcpState::established);
    b.receive(data(1, 100, 1));
    b.expect(ack(1, 102));
    CHECK(b.state() == TcpState::close_wait);
    CHECK_FALSE(b.stack.end_of_stream(b.socket));
    CHECK(b.read() == 100);
    CHECK(b.stack.end_of_stream(b.socket));
  }
}

TEST_CASE("abort sends a reset, and the id is gone") {  // RFC 9293 section 3.10.5
  TcpBench b;
  b.connect();
  b.write(100);
  b.expect(data(1, 100, 1));
  b.abort();
  b.expect(rst_ack(101, 1));
  CHECK(b.stack.error(b.socket) == Error::bad_socket);
  b.expect_silence();
}

TEST_CASE("abort in CLOSING and LAST-ACK is silent") {  // RFC 9293 section 3.10.5
  TcpBench b;
  b.connect();
  SECTION("CLOSING") {
    b.shutdown();
    b.expect(fin(1, 1));
    b.receive(fin(1, 1));
    b.expect(ack(2, 2));
    CHECK(b.state() == TcpState::closing);
  }
  SECTION("LAST-ACK") {
    b.receive(fin(1, 1));
    b.expect(ack(1, 2));
    b.shutdown();
    b.expect(fin(1, 2));
    CHECK(b.state() == TcpState::last_ack);
  }
  b.abort();
  b.expect_silence();
  CHECK(b.stack.error(b.socket) == Error::bad_socket);
}

TEST_CASE("reading what a reset connection left brings no window update") {
  TcpBench b{{.tcp = {.timestamps = false, .window_scale = false, .receive_buffer = 4000_B}}};
  b.connect();
  for (std::uint32_t i = 0; i < 4; ++i) b.receive(data(1 + i * 1000, 1000, 1));
  b.drain();
  CHECK(b.receive(rst(4001)).failed);
  CHECK(b.read() == 4000);
  b.expect_silence();
}

TEST_CASE("closing with unread text, or text after closing, resets") {  // RFC 1122 section 4.2.2.13
  TcpBench b;
  b.connect();
  SECTION("unread") {
    b.receive(data(1, 100, 1));
    b.close();
    b.expect(rst_ack(1, 101));
  }
  SECTION("after closing") {
    b.close();
    b.expect(fin(1, 1));
    b.receive(ack(1, 2));
    CHECK(b.receive(data(1, 100, 2)).reason == DropReason::connection_closed);
    b.expect(rst(2));
  }
  CHECK(b.state() == TcpState::closed);
}

TEST_CASE("text that was read and comes again with the FIN does not reset") {  // RFC 1122 section 4.2.2.13
  TcpBench b;
  b.connect();
  b.receive(data(1, 100, 1));
  CHECK(b.read() == 100);
  b.close();
  b.expect(fin(1, 101));
  b.receive(ack(101, 2));
  Seg again = data(1, 100, 2);  // the ACK was lost
  again.flags.fin = true;
  CHECK(b.receive(again).verdict == Verdict::consumed);
  b.expect(ack(2, 102).sacking({{1, 101}}));
  CHECK(b.state() == TcpState::time_wait);
}

TEST_CASE("an orphaned FIN-WAIT-2 ends after a minute") {
  TcpBench b;
  b.connect();
  b.close();
  b.expect(fin(1, 1));
  b.receive(ack(1, 2));
  b.advance(59s);
  b.expect_silence();
  CHECK(b.state() == TcpState::fin_wait_2);
  b.advance(1s);
  b.expect_silence();
  CHECK(b.state() == TcpState::closed);
}

TEST_CASE("only the exact sequence number resets") {  // RFC 5961 section 3
  TcpBench b;
  b.connect();
  CHECK(b.receive(rst(100'000)).reason == DropReason::out_of_window);
  b.expect_silence();
  b.receive(rst(2));
  b.expect(ack(1, 1));  // the challenge
  b.receive(rst(3));
  b.expect_silence();  // limited: one in half a second
  CHECK(b.state() == TcpState::established);
  const Received received = b.receive(rst(1));
  CHECK(received.failed);
  CHECK(b.stack.error(b.socket) == Error::connection_reset);
  CHECK(b.stack.end_of_stream(b.socket));
}

TEST_CASE("closing a dead socket leaves its successor between the same end points alone") {
  TcpBench b;
  b.listen(2);
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack());
  b.receive(ack(1, 1));
  REQUIRE(b.accept());
  const SocketId dead = b.socket;
  CHECK(b.receive(rst(1)).failed);
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack());
  b.receive(ack(1, 1));
  REQUIRE(b.accept());
  b.stack.close(b.now, dead);
  CHECK(b.stack.error(dead) == Error::bad_socket);
  CHECK(b.receive(data(1, 100, 1)).socket == b.socket);
  CHECK(b.read() == 100);
}

TEST_CASE("a SYN in a connection is challenged") {  // RFC 5961 section 4
  TcpBench b;
  b.connect();
  Seg late = syn();
  late.seq = 1;
  CHECK(b.receive(late).verdict == Verdict::dropped);
  b.expect(ack(1, 1));
  CHECK(b.state() == TcpState::established);
}

TEST_CASE("an ACK of text never sent, or far too old, is challenged") {  // RFC 5961 section 5
  TcpBench b;
  b.connect();
  SECTION("never sent") { CHECK(b.receive(data(1, 10, 500)).reason == DropReason::bad_ack); }
  SECTION("too old") { CHECK(b.receive(data(1, 10, 1u - 100'000)).reason == DropReason::bad_ack); }
  b.expect(ack(1, 1));
  CHECK(b.stack.readable(b.socket) == 0);
}

namespace {

// Accepted, finished by us, in TIME-WAIT with 100 octets to read; snd.nxt is 2 and rcv.nxt 102.
TcpBench in_time_wait(bool timestamps = false) {
  TcpBench b{{.tcp = {.timestamps = timestamps, .window_scale = false}}};
  const auto stamped = [&](Seg segment, std::uint32_t value) {
    return timestamps ? segment.stamped(value, 0) : segment;
  };
  b.listen(1);
  b.receive(stamped(syn().with_mss(1000), 500));
  b.expect(syn_ack());
  b.receive(stamped(ack(1, 1), 500));
  REQUIRE(b.accept());
  b.receive(stamped(data(1, 100, 1), 500));
  b.shutdown();
  b.drain();
  b.receive(stamped(fin(101, 2), 500));
  b.expect(ack(2, 102));
  CHECK(b.state() == TcpState::time_wait);
  return b;
}

Seg late_syn(std::uint32_t seq) {
  Seg again = syn().with_mss(1000);
  again.seq = seq;
  return again;
}

}  // namespace

TEST_CASE("a new connection may take the place of one in TIME-WAIT") {  // RFC 1122 section 4.2.2.13
  TcpBench b = in_time_wait();
  const SocketId old = b.socket;
  const Seg beyond{.flags = {.syn = true, .ack = true}, .seq = 2 + 65537, .ack = 201};
  SECTION("its application has closed: the id is gone") {
    CHECK(b.read() == 100);
    b.close();
    CHECK(b.receive(late_syn(200)).verdict == Verdict::consumed);
    CHECK(b.stack.error(old) == Error::bad_socket);
  }
  SECTION("its application has only shut down: it may still read, and its close disturbs nobody") {
    CHECK(b.receive(late_syn(200)).verdict == Verdict::consumed);
    CHECK(b.stack.error(old) == Error::none);
    CHECK(b.read() == 100);
    CHECK(b.stack.end_of_stream(old));
    b.close();
    CHECK(b.stack.error(old) == Error::bad_socket);
  }
  b.expect_from(beyond);
  CHECK(b.receive(Seg{.flags = {.ack = true}, .seq = 201, .ack = 1}).acceptable);
  CHECK(b.accept());
}

TEST_CASE("where there are timestamps, they decide about TIME-WAIT") {  // RFC 6191 section 2
  TcpBench b = in_time_wait(true);
  SECTION("newer, whatever the sequence") {
    CHECK(b.receive(late_syn(50).stamped(501, 0)).verdict == Verdict::consumed);
  }
  SECTION("the same, and beyond the sequence") {
    CHECK(b.receive(late_syn(200).stamped(500, 0)).verdict == Verdict::consumed);
  }
  SECTION("none, and beyond the sequence") { CHECK(b.receive(late_syn(200)).verdict == Verdict::consumed); }
  SECTION("older, although beyond the sequence") {
    CHECK(b.receive(late_syn(200).stamped(499, 0)).reason == DropReason::old_timestamp);
    CHECK(b.state() == TcpState::time_wait);
    return;
  }
  b.drain();
  CHECK(b.state() == TcpState::closed);
}

TEST_CASE(
    "connect() takes the place of a connection in TIME-WAIT, if it is told to") {  // Linux tcp_twsk_unique()
  TcpBench b = in_time_wait(true);
  const auto connects = [&] { return b.stack.tcp_connect(b.now, {address_b, 80}, {address_a, 40000}); };
  b.now += 2s;
  CHECK(connects().error == Error::address_in_use);
  b.stack.reconfigure({.tcp = {.window_scale = false, .time_wait_reuse = TimeWaitReuse::always}});
  const auto id = connects();
  REQUIRE(id);
  b.socket = *id;
  b.expect_from({.flags = {.syn = true}, .seq = 2 + 65537});  // beyond all that was used
}

TEST_CASE("a SYN that opens nothing leaves TIME-WAIT alone") {
  TcpBench b = in_time_wait();
  SECTION("nobody listens any more") {
    b.stack.close(b.now, b.listener);
    CHECK(b.receive(late_syn(200)).verdict == Verdict::dropped);
    b.expect(ack(2, 102));  // RFC 5961 section 4
  }
  SECTION("it is not beyond the old sequence") {
    CHECK(b.receive(late_syn(50)).verdict == Verdict::dropped);
    b.expect(ack(2, 102));
  }
  CHECK(b.state() == TcpState::time_wait);
}

TEST_CASE("closing a listener resets what waits to be accepted") {
  TcpBench b;
  b.listen();
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack());
  b.receive(ack(1, 1));
  b.stack.close(b.now, b.listener);
  b.expect(rst_ack(1, 1));
  CHECK_FALSE(b.accept());
  CHECK(b.receive(syn()).reason == DropReason::no_socket);
}

}  // namespace ringside::net::test
