// Two stacks over a channel that loses, reorders, duplicates and corrupts frames: whatever it does, the
// streams arrive intact and both ends close.
#include <algorithm>
#include <array>
#include <vector>

#include "catch.hpp"
#include "containers/flat_map.hpp"
#include "ringside/net/stack.hpp"

namespace ringside::net {
namespace {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_{seed} {}
  std::uint64_t next() { return mixed(state_ += 0x9e3779b97f4a7c15); }
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  bool chance(int percent) { return below(100) < static_cast<std::uint64_t>(percent); }

 private:
  std::uint64_t state_;
};

struct Damage {
  int loss = 0, reorder = 0, duplicate = 0, corrupt = 0;  // percent
};

struct InFlight {
  Time arrival{};
  std::uint64_t order = 0;
  int to = 0;
  std::vector<std::uint8_t> frame{};
  bool operator<(const InFlight& other) const {  // for a heap with the earliest on top
    return arrival != other.arrival ? arrival > other.arrival : order > other.order;
  }
};

class Channel {
 public:
  Channel(Damage damage, Dice& dice) : damage_{damage}, dice_{&dice} {}

  void send(Time now, int to, std::vector<std::uint8_t> frame) {
    if (dice_->chance(damage_.duplicate)) post(now, to, frame);
    if (dice_->chance(damage_.loss)) return;
    post(now, to, std::move(frame));
  }
  std::optional<Time> next_arrival() const {
    return frames_.empty() ? std::nullopt : std::optional{frames_.front().arrival};
  }
  InFlight take() {
    std::pop_heap(frames_.begin(), frames_.end());
    InFlight frame = std::move(frames_.back());
    frames_.pop_back();
    return frame;
  }

 private:
  void post(Time now, int to, std::vector<std::uint8_t> frame) {
    if (dice_->chance(damage_.corrupt)) flip_burst(frame);
    Duration delay = 10ms;
    if (dice_->chance(damage_.reorder))
      delay += Duration{1ms} * static_cast<std::int64_t>(1 + dice_->below(30));
    frames_.push_back({now + delay, order_++, to, std::move(frame)});
    std::push_heap(frames_.begin(), frames_.end());
  }
  // Up to 15 neighbouring bits: every such error changes a 16-bit ones' complement sum.
  void flip_burst(std::vector<std::uint8_t>& frame) {
    const std::size_t bits = 1 + dice_->below(15);
    const std::size_t first = dice_->below(frame.size() * 8 - bits);
    for (std::size_t bit = first; bit < first + bits; ++bit) {
      if (bit == first || bit == first + bits - 1 || dice_->chance(50)) {
        frame[bit / 8] = static_cast<std::uint8_t>(frame[bit / 8] ^ (0x80 >> bit % 8));
      }
    }
  }

  Damage damage_;
  Dice* dice_;
  std::vector<InFlight> frames_;
  std::uint64_t order_ = 0;
};

// One end: writes its stream in random pieces, reads and checks the other's, and half-closes when it has
// written all.
class End {
 public:
  End(StackConfig config, std::uint8_t number, std::uint64_t to_send, std::uint64_t to_receive)
      : stack{config}, number_{number}, to_send_{to_send}, to_receive_{to_receive} {
    interface = stack.add_interface({.mac = {{2, 0, 0, 0, 0, number}}, .address = {10, 0, 0, number}});
  }

  void run(Time now, Dice& dice) {
    if (!socket) return;
    write(now, dice);
    read(now, dice);
    const bool finished = shut_ && got_ == to_receive_ && stack.end_of_stream(*socket);
    if (finished && !closed_) stack.close(now, *socket), closed_ = true;
  }
  bool intact() const { return intact_ && got_ == to_receive_; }
  bool gone() const { return closed_ && stack.state(*socket) == TcpState::closed; }
  Error error() const { return socket && !closed_ ? stack.error(*socket) : Error::none; }

  Stack stack;
  InterfaceId interface {};
  std::optional<SocketId> socket{};

 private:
  static std::uint8_t octet(int writer, std::uint64_t position) {
    return static_cast<std::uint8_t>(mixed(position / 8 + static_cast<std::uint64_t>(writer) * 0x100000000) >>
                                     position % 8 * 8);
  }
  void write(Time now, Dice& dice) {
    while (sent_ < to_send_) {
      std::vector<std::uint8_t> piece(std::min<std::uint64_t>(1 + dice.below(5000), to_send_ - sent_));
      for (std::size_t i = 0; i < piece.size(); ++i) piece[i] = octet(number_, sent_ + i);
      const std::size_t taken = stack.send(now, *socket, piece);
      sent_ += taken;
      if (taken < piece.size()) return;
    }
    if (!shut_) stack.shutdown(now, *socket), shut_ = true;
  }
  void read(Time now, Dice& dice) {
    std::array<std::uint8_t, 8192> piece;
    while (const std::size_t octets =
               stack.recv(now, *socket, std::span{piece}.first(1 + dice.below(piece.size())))) {
      for (std::size_t i = 0; i < octets; ++i) intact_ = intact_ && piece[i] == octet(3 - number_, got_ + i);
      got_ += octets;
    }
  }

  int number_;
  std::uint64_t to_send_, to_receive_, sent_ = 0, got_ = 0;
  bool shut_ = false, closed_ = false, intact_ = true;
};

struct Outcome {
  bool intact = false, closed = false;
  Error error = Error::none;
  Time finished{};
  std::uint64_t frames = 0;  // a hash of what was sent, when and by whom, in order
  Counters client{}, server{};
};

Outcome transfer(const TcpConfig& tcp, Damage damage, std::uint64_t seed) {
  Dice dice{seed};
  const std::uint64_t up = dice.below(200'000), down = dice.below(200'000);
  std::array<End, 2> ends{End{{.tcp = tcp, .seed = seed}, 1, up, down},
                          End{{.tcp = tcp, .seed = seed + 1}, 2, down, up}};
  Channel channel{damage, dice};
  const auto listener = ends[1].stack.tcp_listen({{}, 80}, 1);
  Time now{};
  // ARP is not retransmitted for ever, so that it is not part of this.
  ends[0].stack.add_neighbor(ends[0].interface, {10, 0, 0, 2}, {{2, 0, 0, 0, 0, 2}});
  ends[1].stack.add_neighbor(ends[1].interface, {10, 0, 0, 1}, {{2, 0, 0, 0, 0, 1}});
  ends[0].socket = *ends[0].stack.tcp_connect(now, {{10, 0, 0, 2}, 80});

  std::vector<std::uint8_t> frame(1514);
  std::uint64_t hash = 0;
  const auto settled = [&] { return ends[0].gone() && ends[1].gone(); };
  for (int events = 0; events < 200'000 && !settled(); ++events) {
    if (!ends[1].socket) ends[1].socket = ends[1].stack.accept(*listener);
    for (std::size_t i = 0; i < 2; ++i) {
      ends[i].run(now, dice);
      while (const auto sent = ends[i].stack.transmit(now, frame)) {
        hash = mixed(hash + static_cast<std::uint64_t>(now.time_since_epoch().count()) * 2 + i);
        for (std::size_t at = 0; at < sent->bytes; ++at) hash = (hash ^ frame[at]) * 0x100000001b3;  // FNV-1a
        channel.send(now, 1 - static_cast<int>(i),
                     {frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(sent->bytes)});
      }
    }
    Time next = end_of_time;
    for (const auto& at : {channel.next_arrival(), ends[0].stack.deadline(), ends[1].stack.deadline()}) {
      next = std::min(next, at.value_or(end_of_time));
    }
    if (next == end_of_time) break;
    now = std::max(now, next);
    while (channel.next_arrival() && *channel.next_arrival() <= now) {
      const InFlight arrived = channel.take();
      End& end = ends[static_cast<std::size_t>(arrived.to)];
      end.stack.receive(now, end.interface, arrived.frame);
    }
  }
  return {.intact = ends[0].intact() && ends[1].intact(),
          .closed = settled(),
          .error = std::max(ends[0].error(), ends[1].error()),
          .finished = now,
          .frames = hash,
          .client = ends[0].stack.counters(),
          .server = ends[1].stack.counters()};
}

TcpConfig variant(std::uint64_t seed) {
  const auto of_losses = seed % 2 == 0 ? CongestionControl::cubic : CongestionControl::reno;
  return {.congestion = seed % 6 == 5 ? CongestionControl::bbr : of_losses,
          .sack = seed % 4 < 3,
          .timestamps = seed % 3 != 0,
          .window_scale = seed % 5 != 0,
          .nagle = seed % 7 != 0,
          .send_buffer = seed % 8 == 0 ? 3000_B : 256_KiB,
          .receive_buffer = seed % 9 == 0 ? 5000_B : 256_KiB,
          .retries = 30};  // at 20 % loss in both directions, 15 in a row do happen
}

}  // namespace

TEST_CASE("streams survive any channel, and both ends close") {
  const Damage damage =
      GENERATE(Damage{}, Damage{.loss = 1}, Damage{.loss = 5, .reorder = 2},
               Damage{.reorder = 10, .duplicate = 5}, Damage{.loss = 10, .duplicate = 5, .corrupt = 1},
               Damage{.loss = 20, .reorder = 10, .duplicate = 5, .corrupt = 1});
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Outcome outcome = transfer(variant(seed), damage, seed);
    INFO("loss " << damage.loss << " %, reorder " << damage.reorder << " %, seed " << seed << ", finished at "
                 << to_seconds(outcome.finished.time_since_epoch()) << " s");
    CHECK(outcome.error == Error::none);
    CHECK(outcome.intact);
    CHECK(outcome.closed);
  }
}

TEST_CASE("the same seed gives the same run, bit for bit") {
  const Damage damage{.loss = 10, .reorder = 10, .duplicate = 5, .corrupt = 1};
  const Outcome first = transfer(variant(2), damage, 2), second = transfer(variant(2), damage, 2);
  CHECK(first.finished == second.finished);
  CHECK(first.frames == second.frames);
  CHECK(transfer(variant(2), damage, 3).frames != first.frames);
}

TEST_CASE("a clean channel needs no retransmission") {
  const Outcome outcome = transfer({}, {}, 5);
  CHECK(outcome.intact);
  CHECK(outcome.client.retransmits + outcome.server.retransmits == 0);
}

}  // namespace ringside::net
