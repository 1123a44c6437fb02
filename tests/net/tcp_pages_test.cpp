// Which octets of a stream arrived in whole pages: what tcp_zerocopy_receive() could map.
#include "catch.hpp"
#include "tcp_bench.hpp"

namespace ringside::net::test {

namespace {

TcpBench with_pages() { return TcpBench{{.tcp = {.receive_buffer = 65535_B, .page = 1000_B}}}; }

}  // namespace

TEST_CASE("a segment that fills its pages can be mapped, wherever it lies in the stream") {
  TcpBench b = with_pages();
  b.connect();
  b.receive(data(1, 300, 1));
  b.receive(data(301, 2000, 1));
  b.receive(data(2301, 1000, 1));
  b.receive(data(3301, 1, 1));
  CHECK(b.stack.readable_pages(b.socket) == 0);
  CHECK(b.stack.readable_rest(b.socket) == 300);
  CHECK(b.read(300) == 300);
  CHECK(b.stack.readable_pages(b.socket) == 3000);
  CHECK(b.stack.readable_rest(b.socket) == 0);
  CHECK(b.read(1000) == 1000);
  CHECK(b.stack.readable_pages(b.socket) == 2000);
  CHECK(b.read(2000) == 2000);
  CHECK(b.stack.readable_pages(b.socket) == 0);
  CHECK(b.stack.readable_rest(b.socket) == 1);
}

TEST_CASE("segments that came out of order fill pages too, once they can be read") {
  TcpBench b = with_pages();
  b.connect();
  b.receive(data(1001, 1000, 1));
  CHECK(b.stack.readable_pages(b.socket) == 0);
  b.receive(data(1, 1000, 1));
  CHECK(b.stack.readable_pages(b.socket) == 2000);
}

TEST_CASE("what repeats a part of the stream fills no page any more") {
  TcpBench b = with_pages();
  b.connect();
  b.receive(data(1, 500, 1));
  b.receive(data(1, 1000, 1));  // its second half is new
  CHECK(b.stack.readable_pages(b.socket) == 0);
  CHECK(b.stack.readable_rest(b.socket) == 1000);
}

TEST_CASE("the end of a stream is no octet of a page") {
  TcpBench b = with_pages();
  b.connect();
  b.receive(data(1, 1000, 1));
  b.receive(fin(1001, 1));
  CHECK(b.stack.readable_pages(b.socket) == 1000);
  CHECK(b.read() == 1000);
  CHECK(b.stack.readable_pages(b.socket) == 0);
  CHECK(b.stack.readable_rest(b.socket) == 0);
}

TEST_CASE("nobody asked for pages: all has to be copied") {
  TcpBench b;
  b.connect();
  b.receive(data(1, 4096, 1));
  CHECK(b.stack.readable_pages(b.socket) == 0);
  CHECK(b.stack.readable_rest(b.socket) == 4096);
}

}  // namespace ringside::net::test
