// Peers that want a connection to cost much: memory and frames are counted.
#include "catch.hpp"
#include "raw_peer.hpp"

namespace ringside::net::test {
namespace {}  // namespace

TEST_CASE("an idle connection costs two kilobytes at most, and no buffer") {
  constexpr int connections = 1000;
  TwoHosts hosts;
  const auto listener = hosts.b.tcp_listen({address_b, 80}, connections);
  REQUIRE(listener);
  const auto connect = [&] {
    REQUIRE(hosts.a.tcp_connect(hosts.now, {address_b, 80}));
    hosts.exchange();
    REQUIRE(hosts.b.accept(*listener));
  };
  connect();  // what is there once
  const std::size_t before = octets_in_use();
  for (int i = 0; i < connections; ++i) connect();
  // Both ends, with their share of the tables that find them, about 150 octets.
  CHECK((octets_in_use() - before) / (2 * connections) <= 2048);
}

// Linux charges each segment that waits with what its buffer takes, and takes no more of them than the
// receive buffer holds (tcp_try_rmem_schedule()).
TEST_CASE("four hundred thousand segments of one octet with gaps between them are bounded in memory") {
  RawPeer peer{{.tcp = {.receive_buffer = 4096_KiB}}, 1000};
  const std::size_t before = octets_in_use();
  std::uint32_t at = 12345;
  for (int i = 0; i < 400'000; ++i) {
    at = at * 1664525 + 1013904223;  // anywhere in the window: each has its place in the middle
    peer.say({.flags = {.ack = true}}, peer.seq + 2 + (at >> 8) % 4'000'000 / 2 * 2, 1);
    peer.drain();
  }
  CHECK(octets_in_use() - before < 5u << 20);  // the buffer has 4 MiB of it
  CHECK(peer.stack.readable(peer.socket) == 0);
  peer.say({.flags = {.ack = true}}, peer.seq, 1000);  // what is in order is taken as ever
  CHECK(peer.stack.readable(peer.socket) >= 1000);
}

// CVE-2019-11477 and its relatives: segments of 48 octets, every second one of which is SACKed. The least
// segment is Linux's tcp_min_snd_mss.
TEST_CASE("a peer that SACKs every second of many tiny segments is bounded in memory") {
  RawPeer peer{{.tcp = {.send_buffer = 4096_KiB}}, 1};
  const std::vector<std::uint8_t> text(4 << 20);
  const std::size_t before = octets_in_use();
  peer.stack.send(peer.now, peer.socket, text);
  const SeqNum first = peer.heard;
  std::uint64_t frames = peer.drain();
  for (int round = 0; round < 12; ++round) {  // the window opens
    peer.now += 1ms;
    peer.say({.flags = {.ack = true}});
    frames += peer.drain();
  }
  const int segment = peer.stack.tcp_info(peer.socket).mss;
  CHECK(segment >= 36);
  SeqNum at = peer.heard - static_cast<std::uint32_t>(peer.stack.tcp_info(peer.socket).in_flight.count);
  const SeqNum una = at;
  for (; at.before(peer.heard); at = at + 8u * static_cast<std::uint32_t>(segment)) {
    wire::TcpHeader header{.ack = una, .flags = {.ack = true}};
    for (std::uint32_t i = 0; i < 4; ++i) {
      const SeqNum begin = at + (2 * i + 1) * static_cast<std::uint32_t>(segment);
      header.options.sack.add({begin, begin + static_cast<std::uint32_t>(segment)});
    }
    peer.say(header);
    frames += peer.drain();
  }
  for (int i = 0; i < 20; ++i) {  // time-outs repeat all of it, one window at a time
    peer.now = peer.stack.deadline().value_or(peer.now + 1s);
    frames += peer.drain();
  }
  CHECK(first.before(una));
  CHECK(frames < 1'000'000);
  CHECK(octets_in_use() - before < 40u << 20);
}

TEST_CASE("a window that stays closed is probed ever more seldom, and costs the text that waits") {
  RawPeer peer{{.tcp = {.send_buffer = 64_KiB}}, 1000};
  std::size_t frames = 0;
  const std::vector<std::uint8_t> text(1 << 20);
  peer.window = 0;
  peer.say({.flags = {.ack = true}});
  CHECK(peer.stack.send(peer.now, peer.socket, text) == 64 << 10);
  const Time end = peer.now + 24h;
  for (int turns = 0; turns < 10'000 && peer.now < end; ++turns) {
    frames += peer.drain();
    peer.say({.flags = {.ack = true}});
    frames += peer.drain();
    const auto deadline = peer.stack.deadline();
    if (!deadline) break;
    peer.now = std::max(peer.now, *deadline);
  }
  CHECK(peer.now >= end);
  CHECK(peer.stack.state(peer.socket) == TcpState::established);  // who answers is there: RFC 9293 3.8.6.1
  CHECK(frames > 700);                                            // one in two minutes
  CHECK(frames < 800);
}

}  // namespace ringside::net::test
