// epoll where a script has one event at a time: several descriptors, and datagrams.
#include "catch.hpp"
#include "socket_bench.hpp"

namespace ringside::net::test {
namespace {

struct EpollBench : SocketBench {
  Fd epoll{static_cast<std::int32_t>(sockets.epoll_create().value)};

  std::string watch(Fd of, std::uint32_t events) {
    return text(sockets.epoll_ctl(epoll, EpollControl::add, of,
                                  {events, static_cast<std::uint64_t>(static_cast<std::int32_t>(of))}));
  }
  std::vector<Fd> ready_now(std::size_t most) {
    std::vector<EpollEvent> events(most);
    const Returned told = sockets.epoll_wait(epoll, events);
    REQUIRE(told.error == Errno::none);
    std::vector<Fd> all;
    for (std::size_t i = 0; i < static_cast<std::size_t>(told.value); ++i)
      all.push_back(Fd{static_cast<std::int32_t>(events[i].data)});
    return all;
  }
};

}  // namespace

TEST_CASE("each of those that are ready has its turn") {
  EpollBench b;
  const Fd one = b.open_stream(), two = b.open_stream(), three = b.open_stream();
  for (const Fd fd : {one, two, three})
    REQUIRE(b.watch(fd, ready::out) == "0");  // all have hung up: tcp_poll()
  CHECK(b.ready_now(2) == std::vector{one, two});
  CHECK(b.ready_now(2) == std::vector{three, one});
  CHECK(b.ready_now(9) == std::vector{two, three, one});
}

TEST_CASE("an edge that found no room among the events is told by the next wait") {
  EpollBench b;
  const Fd one = b.open_stream(), two = b.open_stream();
  for (const Fd fd : {one, two}) REQUIRE(b.watch(fd, ready::out | epoll::edge_triggered) == "0");
  CHECK(b.ready_now(1) == std::vector{one});
  CHECK(b.ready_now(1) == std::vector{two});
  CHECK(b.ready_now(1).empty());
}

TEST_CASE("each datagram is an edge, and so is the end of a stream's handshake") {
  EpollBench b;
  const Fd datagrams{static_cast<std::int32_t>(b.sockets.socket(SocketType::datagram).value)};
  REQUIRE(b.watch(datagrams, ready::out | epoll::edge_triggered) == "0");
  CHECK(b.ready_now(1) == std::vector{datagrams});
  b.fd = b.open_stream();
  REQUIRE(b.bind() == "0");
  REQUIRE(b.connect() == "EINPROGRESS");
  b.expect(syn());
  REQUIRE(b.watch(b.fd, ready::out | epoll::edge_triggered) == "0");
  CHECK(b.ready_now(1).empty());
  b.receive(syn_ack().with_mss(1000));
  CHECK(b.ready_now(1) == std::vector{b.fd});
  CHECK(b.ready_now(1).empty());
}

TEST_CASE("a descriptor that is closed is nobody's any more, and its number another's") {
  EpollBench b;
  const Fd one = b.open_stream();
  REQUIRE(b.watch(one, ready::out) == "0");
  REQUIRE(SocketBench::text(b.sockets.close(b.now, one)) == "0");
  CHECK(b.open_stream() == one);
  CHECK(b.ready_now(1).empty());
  CHECK(SocketBench::text(b.sockets.epoll_ctl(b.epoll, EpollControl::remove, one, {})) == "ENOENT");
  CHECK(SocketBench::text(b.sockets.close(b.now, b.epoll)) == "0");
  CHECK(SocketBench::text(b.sockets.close(b.now, b.epoll)) == "EBADF");
}

}  // namespace ringside::net::test
