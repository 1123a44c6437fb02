// Much data over links that do harm: it arrives as it was sent, and the chances are the seed's.
#include "bulk.hpp"
#include "tcp_server.hpp"
#include "two_stations.hpp"

namespace ringside::tap::test {
namespace {

constexpr std::uint16_t source_port = 5001, sink_port = 5002;

std::string digest(Supply& supply) {
  scenarios::Sha256 sha;
  std::array<std::uint8_t, 1000> piece;
  while (const std::size_t octets = supply.read(piece)) sha.add(std::span{piece}.first(octets));
  return sha.hex();
}

std::string digest(const std::string& text) {
  scenarios::Sha256 sha;
  sha.add(octets_of(text));
  return sha.hex();
}

struct Bulk : TwoStations {
  explicit Bulk(const Harm& harm, std::uint64_t octets) : TwoStations{harm} {
    const Say say = [this](std::string_view sentence) { said.emplace_back(sentence); };
    server.add(std::make_unique<TcpServer>(server.sockets(), now, source_port, [octets, say] {
      return std::make_unique<BulkSender>("source", std::make_unique<GeneratedOctets>(1, octets), say);
    }));
    server.add(std::make_unique<TcpServer>(server.sockets(), now, sink_port,
                                           [say] { return std::make_unique<Sink>(say); }));
  }
  std::vector<std::string> said;
};

std::string upload(Bulk& bulk, std::uint64_t octets) {
  std::string heard;
  bool sent = false;
  // The answer is what the sink says behind the peer's end.
  const TcpClient& client = bulk.connect(
      sink_port,
      std::make_unique<BulkSender>("sent", std::make_unique<GeneratedOctets>(2, octets),
                                   [&](std::string_view sentence) { heard = sentence, sent = true; }));
  CHECK(bulk.until([&] { return client.over(); }));
  CHECK(client.failure().value_or("") == "");
  CHECK(sent);
  return heard;
}

}  // namespace

TEST_CASE("octets are the seed's, however they are read") {
  GeneratedOctets first{1, 12345}, same{1, 12345}, other{2, 12345};
  std::array<std::uint8_t, 3> three;
  scenarios::Sha256 by_threes;
  while (const std::size_t octets = same.read(three)) by_threes.add(std::span{three}.first(octets));
  const std::string whole = digest(first);
  CHECK(whole == by_threes.hex());
  CHECK(whole != digest(other));
}

TEST_CASE("a transfer each way survives what the link does") {
  const auto tcp =
      GENERATE(net::TcpConfig{}, net::TcpConfig{.sack = false, .timestamps = false, .window_scale = false},
               net::TcpConfig{.congestion = net::CongestionControl::reno, .receive_buffer = 6000_B});
  const auto link =
      GENERATE(hw::LinkConfig{}, hw::LinkConfig{.rate = 50_Mbps, .delay = 5ms, .queue = 20},
               hw::LinkConfig{.delay = 1ms, .loss = 0.1},
               hw::LinkConfig{.delay = 1ms, .reorder = 0.2, .duplicate = 0.1, .reorder_delay = 3ms},
               hw::LinkConfig{.delay = 1ms, .loss = 0.02, .corrupt = 0.02});
  const int mtu = GENERATE(576, 1500, 9000);
  INFO("loss " << link.loss << ", reorder " << link.reorder << ", corrupt " << link.corrupt << ", MTU " << mtu
               << ", SACK " << tcp.sack);
  constexpr std::uint64_t octets = 60'000;
  Bulk bulk{{.link = link, .tcp = tcp, .mtu = mtu}, octets};
  const std::string down = ask(bulk, source_port, "");
  GeneratedOctets sent{1, octets};
  CHECK(down.size() == octets);
  CHECK(digest(down) == digest(sent));
  const std::string up = upload(bulk, octets);
  GeneratedOctets given{2, octets};
  const std::string sha = digest(given);
  CHECK(up == "sent: 60000 octets to 10.0.0.1:5002, sha256 " + sha);
  REQUIRE(bulk.said.size() == 2);
  CHECK(bulk.said[1].ends_with("sha256 " + sha));
}

TEST_CASE("the sink answers with what it has got") {
  Bulk bulk{{}, 0};
  CHECK(ask(bulk, sink_port, "abc") ==
        "3 octets, sha256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
}

TEST_CASE("what the link does is the seed's") {
  const auto frames = [](std::uint64_t seed) {
    Bulk bulk{{.link = {.delay = 1ms,
                        .loss = 0.05,
                        .reorder = 0.05,
                        .duplicate = 0.05,
                        .corrupt = 0.01,
                        .reorder_delay = 2ms},
               .seed = seed},
              100'000};
    ask(bulk, source_port, "");
    return bulk.frames;
  };
  CHECK(frames(1) == frames(1));
  CHECK(frames(1) != frames(2));
}

TEST_CASE("a link is as slow as its rate") {
  constexpr std::uint64_t octets = 1'000'000;
  Bulk bulk{{.link = {.rate = 8_Mbps}}, octets};
  ask(bulk, source_port, "");
  const double seconds = to_seconds(bulk.now.time_since_epoch());
  CHECK(seconds > 1.0);
  CHECK(seconds < 1.2);
}

TEST_CASE("nobody there is told as a failure") {
  TwoStations both;
  std::string heard;
  const TcpClient& client = both.connect(81, std::make_unique<Talk>("x", heard));
  CHECK(both.until([&] { return client.over(); }));
  CHECK(client.failure() == "connecting to 10.0.0.1:81: ECONNREFUSED");
}

}  // namespace ringside::tap::test
