// Two stations back to back in virtual time: the server, and a client whose link may do harm.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "catch.hpp"
#include "session.hpp"
#include "station.hpp"
#include "tcp_client.hpp"
#include "text_octets.hpp"

namespace ringside::tap::test {

using namespace std::chrono_literals;

inline constexpr net::Ipv4Address server_address{10, 0, 0, 1}, client_address{10, 0, 0, 2};

struct Harm {
  hw::LinkConfig link{};
  net::TcpConfig tcp{};
  int mtu = 1500;
  std::uint64_t seed = 1;
};

class TwoStations {
 public:
  explicit TwoStations(const Harm& harm = {})
      : server{config(1, server_address, {.tcp = harm.tcp, .mtu = harm.mtu}), into(to_client_)},
        client{config(2, client_address, harm), into(to_server_)} {}

  // Until `holds`; false: it did not within ten minutes, or nothing more would happen.
  template <class Holds>
  bool until(Holds holds) {
    while (now < start_of_time + 600s) {
      step();
      if (holds()) return true;
      if (!to_client_.empty() || !to_server_.empty()) continue;
      const auto a = server.deadline(), b = client.deadline();
      if (!a && !b) return false;
      now = std::max(now, std::min(a.value_or(end_of_time), b.value_or(end_of_time)));
    }
    return false;
  }
  TcpClient& connect(std::uint16_t port, std::unique_ptr<Session> session) {
    auto program = std::make_unique<TcpClient>(client.sockets(), now, net::Endpoint{server_address, port},
                                               std::move(session));
    TcpClient& connected = *program;
    client.add(std::move(program));
    return connected;
  }

  Time now{};
  std::uint64_t frames = 0;  // a hash of all, and of when they came, in order

 private:
  using Frames = std::deque<std::vector<std::uint8_t>>;
  Frames to_server_, to_client_;

  static StationConfig config(std::uint8_t number, net::Ipv4Address address, const Harm& harm) {
    return {.stack = {.tcp = harm.tcp, .seed = number},
            .interface = {.mac = {{2, 0, 0, 0, 0, number}}, .address = address, .mtu = harm.mtu},
            .link = harm.link,
            .seed = harm.seed};
  }
  Station::Send into(Frames& queue) {
    return [this, &queue](Time at, std::span<const std::uint8_t> frame) {
      frames = frames * 31 + static_cast<std::uint64_t>(at.time_since_epoch().count());
      for (const std::uint8_t octet : frame) frames = frames * 31 + octet;
      queue.emplace_back(frame.begin(), frame.end());
    };
  }
  void step() {
    for (const auto& [station, queue] : {std::pair{&server, &to_server_}, std::pair{&client, &to_client_}}) {
      for (; !queue->empty(); queue->pop_front()) station->receive(now, queue->front());
      station->run(now);
    }
  }

 public:
  Station server, client;
};

// Says a text, hears what is answered.
class Talk : public Session {
 public:
  enum class Then { listens, finishes };  // and listens
  Talk(std::string text, std::string& heard, Then then = Then::finishes)
      : text_{std::move(text)}, heard_{heard}, then_{then} {}
  bool run(Time now, Stream& stream) override {
    text_.erase(0, stream.write(now, octets_of(text_)));
    if (text_.empty() && !finished_ && then_ == Then::finishes) stream.finish(now), finished_ = true;
    std::array<std::uint8_t, 4096> piece;
    while (const std::size_t octets = stream.read(now, piece))
      heard_ += text_of(std::span{piece}.first(octets));
    return stream.ended();
  }

 private:
  std::string text_;
  std::string& heard_;
  Then then_;
  bool finished_ = false;
};

// `text` to a port, and what is answered until the end.
inline std::string ask(TwoStations& both, std::uint16_t port, std::string text,
                       Talk::Then then = Talk::Then::finishes) {
  std::string heard;
  const TcpClient& client = both.connect(port, std::make_unique<Talk>(std::move(text), heard, then));
  const bool over = both.until([&] { return client.over(); });
  CHECK(over);
  CHECK(client.failure().value_or("") == "");
  return heard;
}

}  // namespace ringside::tap::test
