// A TCP connection on the bench: segments in, expected segments out, on virtual time. The stack under test is
// A at 10.0.0.1, the test plays its peer B at 10.0.0.2. Sequence numbers are relative: each side's SYN is 0.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ringside/net/stack.hpp"
#include "ringside/net/wire/tcp.hpp"

namespace ringside::net::test {

using namespace std::chrono_literals;

struct Block {
  std::uint32_t begin = 0, end = 0;
};

// A segment as a test writes it. What is left open (nullopt) is not compared.
struct Seg {
  wire::TcpFlags flags{};
  std::uint32_t seq = 0, length = 0, ack = 0;
  std::optional<std::uint16_t> window{};
  std::vector<Block> sack{};
  std::optional<std::uint16_t> mss{};
  std::optional<std::uint8_t> window_scale{};
  std::optional<bool> sack_permitted{};
  std::optional<wire::TcpTimestamps> timestamps{};

  Seg win(std::uint16_t octets) const {
    return with([&](Seg& s) { s.window = octets; });
  }
  Seg sacking(std::vector<Block> blocks) const {
    return with([&](Seg& s) { s.sack = std::move(blocks); });
  }
  Seg with_mss(std::uint16_t octets) const {
    return with([&](Seg& s) { s.mss = octets; });
  }
  Seg scaling(std::uint8_t shift) const {
    return with([&](Seg& s) { s.window_scale = shift; });
  }
  Seg sack_ok(bool yes = true) const {
    return with([&](Seg& s) { s.sack_permitted = yes; });
  }
  Seg stamped(std::uint32_t value, std::uint32_t echo) const {
    return with([&](Seg& s) { s.timestamps = {value, echo}; });
  }
  Seg push() const {
    return with([](Seg& s) { s.flags.psh = true; });
  }

 private:
  template <class Change>
  Seg with(Change change) const {
    Seg changed = *this;
    change(changed);
    return changed;
  }
};

// The stream in both directions: octet n is the low byte of 7 n.
inline std::uint8_t octet(std::uint64_t position) { return static_cast<std::uint8_t>(position * 7); }

inline Seg syn() { return {.flags = {.syn = true}}; }
inline Seg syn_ack() { return {.flags = {.syn = true, .ack = true}, .ack = 1}; }
inline Seg ack(std::uint32_t seq, std::uint32_t ack) {
  return {.flags = {.ack = true}, .seq = seq, .ack = ack};
}
inline Seg data(std::uint32_t seq, std::uint32_t length, std::uint32_t ack) {
  return {.flags = {.ack = true}, .seq = seq, .length = length, .ack = ack};
}
inline Seg fin(std::uint32_t seq, std::uint32_t ack) {
  return {.flags = {.fin = true, .ack = true}, .seq = seq, .ack = ack};
}
inline Seg rst(std::uint32_t seq) { return {.flags = {.rst = true}, .seq = seq}; }
inline Seg rst_ack(std::uint32_t seq, std::uint32_t ack) {
  return {.flags = {.rst = true, .ack = true}, .seq = seq, .ack = ack};
}

class TcpBench {
 public:
  struct Setup {
    TcpConfig tcp{
        .timestamps = false, .window_scale = false, .send_buffer = 1024_KiB, .receive_buffer = 65535_B};
    std::uint32_t peer_isn = 7000;
    std::optional<std::uint32_t> isn{};  // of A: the bench starts at the time at which A would choose it
    std::uint16_t peer_mss = 1000;
    bool peer_sack = true;
  };
  TcpBench();
  explicit TcpBench(const Setup& setup);

  // The application of A.
  void open();  // active
  void listen(int backlog = 1);
  bool accept();   // true: `socket` is the accepted connection
  void connect();  // open(), and the handshake with the peer's default window of 65535
  std::size_t write(std::size_t octets);
  std::size_t read(std::size_t most = 1'000'000);  // checks the octets, too
  void shutdown();
  void close();
  void abort();
  TcpState state() const { return stack.state(socket); }
  TcpInfo info() const { return stack.tcp_info(socket); }

  // The peer and the clock.
  Received receive(const Seg& segment);
  void expect(const Seg& segment);  // the next segment that A sends now
  // The same for a SYN that does not begin a new count: its number relative to the SYN before.
  void expect_from(const Seg& segment);
  void expect_silence();
  void advance(Duration by);
  Duration until_due() const;  // to the next deadline; from Duration::max() if there is none
  void drain();                // takes all that A sends now
  void wait();                 // in silence, until A has something to do

  Stack stack;
  SocketId socket{}, listener{};
  Time now{};

 private:
  std::optional<std::vector<std::uint8_t>> next_frame();
  std::string describe(const Seg& segment, const Seg& as) const;
  Seg relative(const wire::TcpHeader& header, std::size_t length) const;
  void note(const std::string& line);

  Setup setup_;
  InterfaceId interface_{};
  Endpoint local_, remote_;
  std::optional<SeqNum> iss_{};
  std::uint64_t written_ = 0, read_ = 0;
  std::string trace_;
};

}  // namespace ringside::net::test
