// Fragments of both versions, as a list of actions: which datagram, where, how long, when. What is put
// together has every octet in its place, and what is kept meanwhile is bounded.
#include <algorithm>

#include "actions.hpp"
#include "invariants.hpp"
#include "link.hpp"
#include "ringside/net/wire/udp.hpp"

namespace {

using namespace ringside;
using namespace ringside::fuzz;
namespace wire = ringside::net::wire;

constexpr std::uint16_t port = 53;
constexpr std::uint8_t udp = 17;

// A datagram is the same whoever asks for which part of it.
Octets datagram(std::size_t size, bool ipv4) {
  Octets octets(std::max(size, wire::UdpHeader::size));
  for (std::size_t i = wire::UdpHeader::size; i < octets.size(); ++i)
    octets[i] = static_cast<std::uint8_t>(i * 7);
  write(octets, wire::UdpHeader{port, port}, peers(ipv4), ours(ipv4));
  return octets;
}

struct Piece {
  std::size_t begin = 0;  // a multiple of 8
  bool more = false;
  std::uint32_t identification = 0;
};

Octets frame_of_piece(const Piece& piece, bool ipv4, std::span<const std::uint8_t> octets) {
  const auto offset = static_cast<std::uint16_t>(piece.begin);
  if (ipv4)
    return frame_of({.identification = static_cast<std::uint16_t>(piece.identification),
                     .more_fragments = piece.more,
                     .fragment_offset = offset,
                     .ttl = 64,
                     .protocol = wire::IpProtocol::udp,
                     .source = peer_ipv4,
                     .destination = our_ipv4},
                    octets);
  Octets payload(wire::FragmentHeader::size + octets.size());
  write(payload, wire::FragmentHeader{udp, offset, piece.more, piece.identification});
  std::copy(octets.begin(), octets.end(), payload.begin() + wire::FragmentHeader::size);
  return frame_of(Outer{.protocol = 44}, peer_ipv6, our_ipv6, payload);
}

class Play {
 public:
  explicit Play(Actions& actions) : actions_{actions} {
    socket_ = stack_.udp_open();
    stack_.bind(socket_, {{}, port});
  }

  void run() {
    for (int steps = 0; actions_.any() && steps < most_steps; ++steps) {
      const std::uint8_t what = actions_.octet();
      if (what < 8)
        now_ += actions_.time();
      else if (what < 24)
        odd_piece();
      else
        good_piece(what);
      invariants_.listen(now_, [](std::span<const std::uint8_t>) {});
      invariants_.check_tables();
      while (const auto came = stack_.recv_from(socket_, room_)) check(*came);
    }
  }

 private:
  static constexpr int most_steps = 1000;

  static net::StackConfig config() {
    net::StackConfig config;
    config.reassembly = {.memory = Bytes{100'000}, .datagrams = 8};
    return config;
  }

  // A part of a datagram that could be put together. Which one it is of determines how long it is.
  void good_piece(std::uint8_t which) {
    constexpr std::size_t sizes[]{8, 9, 40, 1000, 1001, 3000, 9000, 65507};
    const bool ipv4 = (which & 1) != 0;
    const std::uint32_t identification = which >> 1 & 31;
    const Octets whole = datagram(sizes[identification % std::size(sizes)], ipv4);
    const std::size_t begin = actions_.two() * 8u % whole.size() / 8 * 8;
    const std::size_t size =
        std::min<std::size_t>((actions_.octet() + 1) * 8u * (actions_.yes() ? 1 : 20), whole.size() - begin);
    const Piece piece{begin, begin + size < whole.size(), identification};
    receive(frame_of_piece(piece, ipv4, std::span{whole}.subspan(begin, size)));
  }
  // Any.
  void odd_piece() {
    const bool ipv4 = actions_.yes(), more = actions_.yes();
    const std::size_t begin = actions_.two() & 0xfff8u;
    const std::uint32_t identification = actions_.octet() % 40;
    const auto octets = actions_.octets(actions_.octet());
    spoiled_ = true;
    receive(frame_of_piece({begin, more, identification}, ipv4, octets));
  }
  void receive(const Octets& frame) { stack_.receive(now_, net::InterfaceId{}, frame); }

  // UDP's checksum has been verified; that the octets are ours proves that of two that overlap, none wins.
  void check(const net::Datagram& came) {
    if (spoiled_) return;
    for (std::size_t i = 0; i < came.size; ++i)
      demand(room_[i] == static_cast<std::uint8_t>((i + wire::UdpHeader::size) * 7),
             "every octet is in its place");
  }

  Actions& actions_;
  net::Stack stack_{make_stack(config(), true)};
  Invariants invariants_{stack_};
  net::SocketId socket_{};
  Time now_{};
  Octets room_ = Octets(65536);
  bool spoiled_ = false;  // a piece was not ours
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Actions actions{{data, size}};
  Play{actions}.run();
  return 0;
}
