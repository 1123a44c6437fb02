// tcp-flows: finding the connection of a segment. A listener with many connections hears an old ACK on one
// after the other, in an order that no cache foresees.
//   bench_tcp_flows [--segments N]
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "measure.hpp"
#include "ringside/net/stack.hpp"
#include "ringside/net/wire/ethernet.hpp"
#include "ringside/net/wire/ipv4.hpp"
#include "ringside/net/wire/tcp.hpp"

namespace {

using namespace ringside;
using namespace ringside::net;
using Frame = std::vector<std::uint8_t>;

constexpr MacAddress own_mac{{2, 0, 0, 0, 0, 1}}, peer_mac{{2, 0, 0, 0, 0, 2}};
constexpr Ipv4Address own{10, 0, 0, 1}, gateway{10, 0, 0, 2};
constexpr std::uint16_t port = 80;

Ipv4Address peer(std::uint32_t number) { return Ipv4Address{0x0b000000 + number}; }

Frame frame_of(std::uint32_t from, const wire::TcpHeader& header) {
  constexpr std::size_t headers = wire::EthernetHeader::size + wire::Ipv4Header::size;
  Frame frame(headers + header.encoded_size());
  const wire::ByteSpan all{frame};
  wire::write(all, wire::EthernetHeader{own_mac, peer_mac, wire::EtherType::ipv4});
  wire::write(all.subspan(headers), header, peer(from), own);
  wire::write(all.subspan(wire::EthernetHeader::size),
              wire::Ipv4Header{
                  .ttl = 64, .protocol = wire::IpProtocol::tcp, .source = peer(from), .destination = own},
              header.encoded_size());
  return frame;
}

// The numbers of the stack's SYN, answered: an ACK that was sent once more says nothing new.
Frame open(Stack& stack, InterfaceId in, std::uint32_t number) {
  const Time now{};
  wire::TcpHeader header{.source_port = 1234, .destination_port = port, .seq = SeqNum{1}, .window = 1000};
  header.flags.syn = true;
  stack.receive(now, in, frame_of(number, header));
  Frame answer(2000);
  const auto sent = stack.transmit(now, answer);
  if (!sent) std::abort();
  header.flags = {.ack = true};
  header.seq = SeqNum{2};
  const std::size_t tcp_at = wire::EthernetHeader::size + wire::Ipv4Header::size;
  header.ack = SeqNum{wire::load32(answer, tcp_at + 4) + 1};
  const Frame ack = frame_of(number, header);
  if (!stack.receive(now, in, ack).acceptable) std::abort();
  return ack;
}

void run(std::uint32_t connections, std::size_t segments) {
  Stack stack{{.tcp = {.send_buffer = 4_KiB, .receive_buffer = 4_KiB}}};
  const InterfaceId in = stack.add_interface({.mac = own_mac, .address = own});
  stack.add_route({}, 0, in, gateway);
  stack.add_neighbor(in, gateway, peer_mac);
  const auto listener = stack.tcp_listen({own, port}, 1 << 20);
  std::vector<Frame> acks;
  for (std::uint32_t i = 0; i < connections; ++i) {
    acks.push_back(open(stack, in, i));
    stack.accept(*listener);
  }
  std::uint64_t state = 1, dropped = 0;
  const double before = bench::cpu_seconds();
  for (std::size_t i = 0; i < segments; ++i) {
    state = state * 6364136223846793005 + 1442695040888963407;
    dropped += stack.receive(Time{}, in, acks[(state >> 33) % connections]).verdict == Verdict::dropped;
  }
  const double nanoseconds = (bench::cpu_seconds() - before) * 1e9 / static_cast<double>(segments);
  if (dropped > 0) std::abort();
  std::printf(
      "{\"benchmark\":\"tcp-flows\",\"connections\":%u,\"ns_per_segment\":%.1f,\"peak_rss_bytes\":%lld}\n",
      connections, nanoseconds, static_cast<long long>(bench::peak_rss_bytes()));
}

}  // namespace

int main(int argc, char** argv) {
  const bool told = argc == 3 && std::strcmp(argv[1], "--segments") == 0;
  const auto segments = static_cast<std::size_t>(told ? std::atoll(argv[2]) : 10'000'000);
  for (const std::uint32_t connections : {10u, 1'000u, 30'000u}) run(connections, segments);
}
