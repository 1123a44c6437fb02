// What poll() says in the life of a stream: tcp_poll().
#include "catch.hpp"
#include "socket_bench.hpp"
#include "sockets/send_room.hpp"

namespace ringside::net::test {

TEST_CASE("a stream from connect to close as poll sees it") {
  SocketBench b;
  b.fd = b.open_stream();
  REQUIRE(b.bind() == "0");
  CHECK(b.poll() == (ready::out | ready::hup));
  CHECK(b.connect() == "EINPROGRESS");
  CHECK(b.poll() == 0);
  b.expect(syn());
  b.receive(syn_ack().with_mss(1000));
  b.expect(ack(1, 1));
  CHECK(b.poll() == ready::out);
  b.receive(data(1, 100, 1));
  b.expect(ack(1, 101));
  CHECK(b.poll() == (ready::in | ready::out));
  CHECK(b.recv(100) == "100");
  CHECK(b.poll() == ready::out);
  b.receive(fin(101, 1));
  CHECK(b.poll() == (ready::in | ready::out | ready::rdhup));
  CHECK(b.shutdown(Shutdown::write) == "0");
  CHECK(b.poll() == (ready::in | ready::out | ready::rdhup | ready::hup));
}

TEST_CASE("a listener is readable while somebody waits to be accepted") {
  SocketBench b;
  b.listens();
  CHECK(b.poll() == 0);
  b.receive(syn().with_mss(1000));
  b.expect(syn_ack());
  CHECK(b.poll() == 0);
  b.receive(ack(1, 1));
  CHECK(b.poll() == ready::in);
  b.accept();
  CHECK(b.poll() == ready::out);
  CHECK(b.sockets.poll(b.listening) == 0);
}

TEST_CASE("a reset is an error until it is told, and all is over") {
  SocketBench b;
  b.accepted();
  b.receive(rst(1));
  CHECK(b.poll() == (ready::in | ready::out | ready::err | ready::hup | ready::rdhup));
  CHECK(b.recv(1) == "ECONNRESET");
  CHECK(b.poll() == (ready::in | ready::out | ready::hup | ready::rdhup));
}

TEST_CASE("half a shutdown is seen from its own side") {
  SocketBench b;
  b.accepted();
  SECTION("reading") {
    CHECK(b.shutdown(Shutdown::read) == "0");
    CHECK(b.poll() == (ready::in | ready::out | ready::rdhup));
  }
  SECTION("writing") {
    CHECK(b.shutdown(Shutdown::write) == "0");
    CHECK(b.poll() == ready::out);
  }
}

TEST_CASE("a stream is writable while half of what is queued is free") {  // __sk_stream_is_writeable()
  constexpr Bytes buffer{3 * (2001 + SendRoom::itself) / 2};
  SocketBench b{{.tcp = {.timestamps = false, .window_scale = false, .send_buffer = buffer}}};
  b.connected();
  CHECK(b.send(2000) == "2000");
  CHECK(b.poll() == ready::out);
  CHECK(b.send(3) == "3");
  CHECK(b.poll() == 0);
}

TEST_CASE("a packet that is begun is filled, and none is begun without room") {  // tcp_sendmsg_locked()
  const std::int64_t packet = SendRoom::goal(1000, 6500);  // half of a window, in segments
  CHECK(packet == 3000);
  CHECK(SendRoom::goal(1000, 100) == 1000);
  CHECK(SendRoom::goal(1000, 1 << 20) == 65000);
  const auto room = [&](std::int64_t buffer, std::int64_t queued) {
    return SendRoom{.buffer = buffer, .packet = packet, .queued = queued}.room();
  };
  CHECK(room(1, 0) == 3000);
  CHECK(room(4280, 0) == 3000);
  CHECK(room(4281, 0) == 6000);
  CHECK(room(4281, 3000) == 3000);
  CHECK(room(4280, 3000) == 0);
}

}  // namespace ringside::net::test
