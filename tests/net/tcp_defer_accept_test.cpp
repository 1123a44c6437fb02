// TCP_DEFER_ACCEPT: a connection is accepted with its first text.
#include "catch.hpp"
#include "socket_bench.hpp"

namespace ringside::net::test {
namespace {

using namespace option;

// The client has shaken hands and said nothing. Three seconds are two time-outs of the SYN-ACK.
void deferred(SocketBench& b) {
  b.fd = b.open_stream();
  REQUIRE(b.bind() == "0");
  CHECK(b.set(tcp_level, tcp::defer_accept, 2) == "0");
  CHECK(b.get(tcp_level, tcp::defer_accept) == "3");  // rounded up to whole time-outs
  REQUIRE(b.listen(1) == "0");
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack());
  b.receive(ack(1, 1));
  b.expect_silence();
  CHECK(b.accept() == "EAGAIN");
  CHECK(b.poll() == 0);
}

}  // namespace

TEST_CASE("text opens the connection") {
  SocketBench b;
  deferred(b);
  b.receive(data(1, 100, 1));
  CHECK(b.poll() == ready::in);
  b.accept();
  CHECK(b.recv(1000) == "100");
  CHECK(b.stack.tcp_info(b.sockets.socket_of(b.fd)).cwnd == 10000_B);  // no SYN-ACK was lost
}

TEST_CASE("at the end of the time the SYN-ACK is repeated, and its answer opens the connection") {
  SocketBench b;
  deferred(b);
  b.advance(1s);
  b.expect_silence();  // the client is known to be there
  b.advance(2s);
  b.expect(syn_ack());
  b.receive(ack(1, 1));
  CHECK(b.accept() == "4");
}

TEST_CASE("a client that never answers is forgotten") {
  SocketBench b{{.tcp = {.timestamps = false, .syn_ack_retries = 2}}};
  deferred(b);
  b.advance(1s);
  b.expect_silence();
  b.advance(2s);
  b.expect(syn_ack());
  b.advance(4s);
  b.expect_silence();
  b.receive(data(1, 100, 1));
  b.expect(rst(1));
}

TEST_CASE("a client that defers lets its text acknowledge the SYN-ACK") {
  SocketBench b;
  b.fd = b.open_stream();
  REQUIRE(b.bind() == "0");
  CHECK(b.set(tcp_level, tcp::defer_accept, 1) == "0");
  b.connect();
  b.expect(syn());
  b.receive(syn_ack().win(65535).with_mss(1000));
  b.expect_silence();
  b.send(100);
  b.expect(data(1, 100, 1));
}

}  // namespace ringside::net::test
