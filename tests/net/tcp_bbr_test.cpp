// BBR over a modelled bottleneck, in virtual time: what it finds out of the path, and what it leaves to
// others.
#include <algorithm>
#include <deque>
#include <vector>

#include "catch.hpp"
#include "containers/flat_map.hpp"
#include "ringside/net/stack.hpp"

namespace ringside::net {
namespace {

// One way of the path: a rate, a queue before it, a delay behind it, and frames that are lost at random.
struct Line {
  double octets_per_second = 0;  // 0: no limit
  Duration delay{};
  std::size_t queue = 1'000'000;  // octets that may wait
  std::uint64_t loss = 0;         // of a thousand frames
  bool polices = false;           // nothing waits: what the queue would hold are the tokens of a policer
};

class Bottleneck {
 public:
  explicit Bottleneck(Line line) : line{line} {}

  void send(Time now, std::vector<std::uint8_t> frame) {
    dice_ += 0x9e3779b97f4a7c15;
    if (mixed(dice_) % 1000 < line.loss) return;
    if (waiting(now) + frame.size() > line.queue) return;
    free_ = std::max(free_, now) + time_of(frame.size());
    frames_.push_back({(line.polices ? now : free_) + line.delay, std::move(frame)});
  }
  std::optional<std::vector<std::uint8_t>> take(Time now) {
    if (next() > now) return std::nullopt;
    auto frame = std::move(frames_.front().second);
    frames_.pop_front();
    return frame;
  }
  Time next() const { return frames_.empty() ? end_of_time : frames_.front().first; }
  std::size_t waiting(Time now) const {  // octets before the bottleneck
    const double seconds = std::chrono::duration<double>(std::max(free_ - now, Duration{})).count();
    return static_cast<std::size_t>(seconds * line.octets_per_second);
  }

  Line line;

 private:
  Duration time_of(std::size_t octets) const {
    if (line.octets_per_second == 0) return {};
    const double seconds = static_cast<double>(octets) / line.octets_per_second;
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>{seconds});
  }

  std::deque<std::pair<Time, std::vector<std::uint8_t>>> frames_;
  Time free_{};
  std::uint64_t dice_ = 1;
};

// Senders that always have something to send, on one host, and one that reads it all.
class Path {
 public:
  explicit Path(Line there, CongestionControl congestion = CongestionControl::bbr)
      : forward{there},
        back{{.delay = there.delay}},
        a_{{.tcp = {.congestion = congestion}}},
        b_{{.tcp = {.receive_buffer = 4096_KiB}}} {
    on_a_ = a_.add_interface({.mac = mac_a, .address = at_a});
    on_b_ = b_.add_interface({.mac = mac_b, .address = at_b});
    a_.add_neighbor(on_a_, at_b, mac_b);
    b_.add_neighbor(on_b_, at_a, mac_a);
    listener_ = *b_.tcp_listen({{}, 80}, 10);
  }

  std::size_t connect() {
    senders_.push_back(*a_.tcp_connect(now, {at_b, 80}));
    return senders_.size() - 1;
  }
  void limit(std::uint64_t octets_per_second) {
    TcpSocketOptions options = *a_.options(senders_[0]);
    options.max_pacing_rate = octets_per_second;
    a_.set_options(now, senders_[0], options);
  }
  void until(Duration since_start) {
    run(start_of_time + since_start, [] {});
  }
  // `look` after each event.
  template <class Look>
  void run(Time end, Look look) {
    for (; now < end; step(end)) look();
  }
  TcpInfo info(std::size_t sender = 0) const { return a_.tcp_info(senders_[sender]); }
  double acknowledged(std::size_t sender = 0) const { return static_cast<double>(info(sender).bytes_acked); }

  Bottleneck forward, back;
  Time now{};

 private:
  static constexpr MacAddress mac_a{{2, 0, 0, 0, 0, 1}}, mac_b{{2, 0, 0, 0, 0, 2}};
  static constexpr Ipv4Address at_a{10, 0, 0, 1}, at_b{10, 0, 0, 2};

  void step(Time end) {
    static const std::vector<std::uint8_t> text(100'000);
    for (const SocketId sender : senders_)
      while (a_.state(sender) == TcpState::established && a_.send(now, sender, text) == text.size()) continue;
    while (const auto reader = b_.accept(listener_)) readers_.push_back(*reader);
    std::vector<std::uint8_t> octets(65536);
    for (const SocketId reader : readers_)
      while (b_.recv(now, reader, octets) > 0) continue;
    drain(a_, forward);
    drain(b_, back);
    const Time due = std::min(a_.deadline().value_or(end_of_time), b_.deadline().value_or(end_of_time));
    now = std::clamp(std::min({due, forward.next(), back.next()}), now, end);
    while (const auto frame = forward.take(now)) b_.receive(now, on_b_, *frame);
    while (const auto frame = back.take(now)) a_.receive(now, on_a_, *frame);
  }
  void drain(Stack& stack, Bottleneck& line) {
    std::vector<std::uint8_t> frame(1514);
    while (const auto sent = stack.transmit(now, frame))
      line.send(now, {frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(sent->bytes)});
  }

  Stack a_, b_;
  InterfaceId on_a_{}, on_b_{};
  SocketId listener_{};
  std::vector<SocketId> senders_, readers_;
};

constexpr double rate = 1'250'000;                // 10 Mbit/s, in octets per second
constexpr double text_rate = rate * 1448 / 1514;  // without headers

}  // namespace

TEST_CASE("BBR finds the bottleneck's rate, and drains the queue that this made") {
  Path path{{.octets_per_second = rate, .delay = 20ms}};
  path.connect();
  std::size_t longest = 0;
  path.run(start_of_time + 2s, [&] { longest = std::max(longest, path.forward.waiting(path.now)); });
  CHECK(longest > 30'000);  // more than the path holds
  const auto found = static_cast<double>(path.info().bbr->bandwidth);
  CHECK(found > 0.97 * text_rate);
  CHECK(found < 1.03 * text_rate);
  CHECK(path.info().bbr->least_rtt < 44ms);
  longest = 0;
  const double before = path.acknowledged();
  path.run(start_of_time + 8s, [&] { longest = std::max(longest, path.forward.waiting(path.now)); });
  CHECK(longest < 30'000);
  CHECK(path.acknowledged() - before > 0.95 * 6 * text_rate);
}

TEST_CASE("every ten seconds BBR looks how long the path is without a queue") {
  Path path{{.octets_per_second = rate, .delay = 20ms}};
  path.connect();
  path.until(5s);
  path.forward.line.delay = path.back.line.delay = 40ms;  // by another way from now on
  std::vector<Time> begun, ended;
  path.run(start_of_time + 36s, [&] {
    const bool low = path.info().cwnd <= Bytes{4 * path.info().mss};
    if (low && begun.size() == ended.size()) begun.push_back(path.now);
    if (!low && begun.size() > ended.size()) ended.push_back(path.now);
  });
  REQUIRE(ended.size() == begun.size());
  REQUIRE(begun.size() >= 3);
  CHECK(path.info().bbr->least_rtt > 80ms);
  CHECK(path.info().bbr->least_rtt < 84ms);
  for (std::size_t i = 0; i < begun.size(); ++i) {
    CHECK(ended[i] - begun[i] > 200ms);
    CHECK(ended[i] - begun[i] < 500ms);
    if (i > 0) CHECK(begun[i] - ended[i - 1] > 9900ms);
    if (i > 0) CHECK(begun[i] - ended[i - 1] < 10500ms);
  }
}

TEST_CASE("where one segment in a hundred is lost, BBR still fills the path, and CUBIC does not") {
  const auto share = [](CongestionControl congestion) {
    Path path{{.octets_per_second = rate, .delay = 50ms, .loss = 10}, congestion};
    path.connect();
    path.until(20s);
    return path.acknowledged() / (20 * text_rate);
  };
  CHECK(share(CongestionControl::bbr) > 0.85);
  CHECK(share(CongestionControl::cubic) < 0.3);
}

TEST_CASE("two flows of BBR come to share the path, none with half as much again as the other") {
  Path path{{.octets_per_second = rate, .delay = 20ms, .queue = 100'000}};
  path.connect();
  path.until(3s);
  path.connect();
  path.until(30s);
  const double first = path.acknowledged(0), second = path.acknowledged(1);
  path.until(60s);
  const double a = path.acknowledged(0) - first, b = path.acknowledged(1) - second;
  CHECK(a + b > 0.9 * 30 * text_rate);
  CHECK(a < 1.5 * b);
  CHECK(b < 1.5 * a);
}

TEST_CASE("BBR finds the rate of a policer, and stays below it") {
  Path path{{.octets_per_second = rate, .delay = 20ms, .queue = 100'000, .polices = true}};
  path.connect();
  path.until(20s);
  const TcpInfo before = path.info();
  path.until(50s);
  const TcpInfo after = path.info();
  const auto arrived = static_cast<double>(after.bytes_acked - before.bytes_acked);
  const auto again = static_cast<double>(after.bytes_retransmitted - before.bytes_retransmitted);
  CHECK(arrived > 0.8 * 30 * text_rate);
  CHECK(again < 0.1 * arrived);
}

TEST_CASE("a limit of the rate holds for CUBIC as well") {
  Path path{{.octets_per_second = rate, .delay = 20ms}, CongestionControl::cubic};
  path.connect();
  path.until(1s);
  path.limit(200'000);
  const double before = path.acknowledged();
  path.until(3s);  // the queue of before is gone
  const double begun = path.acknowledged();
  CHECK(begun > before);
  path.until(13s);
  CHECK(path.acknowledged() - begun > 0.97 * 10 * 200'000);
  CHECK(path.acknowledged() - begun < 1.03 * 10 * 200'000);
  CHECK(path.forward.waiting(path.now) <= 2 * 1514);
}

}  // namespace ringside::net
