#include "small_services.hpp"
#include "datagram_server.hpp"
#include "daytime.hpp"
#include "tcp_server.hpp"
#include "two_stations.hpp"

namespace ringside::tap::test {
namespace {

constexpr std::uint16_t port = 7;

template <class Service>
void serve(TwoStations& both) {
  both.server.add(std::make_unique<TcpServer>(both.server.sockets(), both.now, port,
                                              [] { return std::make_unique<Service>(); }));
}

std::string long_text(std::size_t letters) {
  std::string text(letters, ' ');
  for (std::size_t i = 0; i < letters; ++i) text[i] = static_cast<char>('a' + i * i / 7 % 26);
  return text;
}

// Writes as much as is taken, and reads nothing until it is let.
class Reluctant : public Session {
 public:
  Reluctant(std::string text, std::string& heard, const bool& may_read)
      : text_{std::move(text)}, talk_{"", heard, Talk::Then::listens}, may_read_{may_read} {}
  bool run(Time now, Stream& stream) override {
    text_.erase(0, stream.write(now, octets_of(text_)));
    if (text_.empty() && !finished_) stream.finish(now), finished_ = true;
    return may_read_ && talk_.run(now, stream);
  }
  std::size_t left() const { return text_.size(); }

 private:
  std::string text_;
  Talk talk_;
  const bool& may_read_;
  bool finished_ = false;
};

}  // namespace

TEST_CASE("echo says what it hears, and finishes when its peer has") {
  TwoStations both;
  serve<Echo>(both);
  CHECK(ask(both, port, "") == "");
  CHECK(ask(both, port, "hello") == "hello");
  const std::string text = long_text(500'000);
  CHECK(ask(both, port, text) == text);
}

TEST_CASE("echo reads nothing from a peer that does not read, and loses nothing") {
  TwoStations both{{.tcp = {.send_buffer = 20000_B, .receive_buffer = 40000_B}}};
  serve<Echo>(both);
  std::string heard;
  bool may_read = false;
  const std::string text = long_text(400'000);
  auto session = std::make_unique<Reluctant>(text, heard, may_read);
  const Reluctant& reluctant = *session;
  const TcpClient& client = both.connect(port, std::move(session));
  const Time patience = both.now + 60s;
  CHECK(both.until([&] { return both.now > patience; }));
  // Two buffers each way, and the one of the program between them.
  CHECK(text.size() - reluctant.left() <= 2 * 20000 + 2 * 40000 + 65536);
  CHECK(text.size() - reluctant.left() > 65536);
  may_read = true;
  CHECK(both.until([&] { return client.over(); }));
  CHECK(heard == text);
}

TEST_CASE("discard hears all and says nothing") {
  TwoStations both;
  serve<Discard>(both);
  CHECK(ask(both, port, long_text(300'000)) == "");
}

TEST_CASE("chargen goes on for as long as somebody reads, whether or not he writes") {  // RFC 864
  TwoStations both;
  serve<Chargen>(both);
  std::string heard;
  both.connect(port, std::make_unique<Talk>("unheard", heard));
  CHECK(both.until([&] { return heard.size() > 3 * Chargen::period; }));
  CHECK(heard.substr(0, 74) ==
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg\r\n");
  CHECK(heard.substr(74, 74) ==
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefgh\r\n");
  CHECK(heard.substr(94 * 74, 4) == "~ !\"");
  CHECK(heard.substr(Chargen::period, Chargen::period) == heard.substr(0, Chargen::period));
}

TEST_CASE("daytime says the date and the time, and finishes first") {
  TwoStations both;
  both.server.add(std::make_unique<TcpServer>(both.server.sockets(), both.now, port, [] {
    return std::make_unique<Daytime>([] { return std::time_t{784111777}; });
  }));
  CHECK(ask(both, port, "", Talk::Then::listens) == "Sun, 06 Nov 1994 08:49:37 GMT\r\n");
}

TEST_CASE("a datagram is answered, or not") {
  TwoStations both{{.mtu = 576}};  // the large one travels in pieces
  std::vector<std::size_t> sizes;
  both.server.add(std::make_unique<DatagramServer>(
      both.server.sockets(), port,
      [&](std::span<const std::uint8_t> datagram) -> std::optional<std::vector<std::uint8_t>> {
        sizes.push_back(datagram.size());
        if (datagram.empty()) return std::nullopt;
        return std::vector<std::uint8_t>{datagram.rbegin(), datagram.rend()};
      }));
  net::Sockets& sockets = both.client.sockets();
  const net::Fd fd{static_cast<std::int32_t>(sockets.socket(net::SocketType::datagram).value)};
  std::vector<std::uint8_t> datagram(3000), answer(4000);
  datagram.front() = 1, datagram.back() = 2;
  sockets.send_to(both.now, fd, {}, {server_address, port});
  sockets.send_to(both.now, fd, datagram, {server_address, port});
  CHECK(both.until([&] { return sizes.size() == 2 && sockets.poll(fd) & net::ready::in; }));
  CHECK(sizes == std::vector<std::size_t>{0, 3000});
  net::Endpoint from{};
  CHECK(sockets.recv_from(both.now, fd, answer, from).value == 3000);
  CHECK(from == net::Endpoint{server_address, port});
  CHECK(answer[0] == 2);
  CHECK(answer[2999] == 1);
}

TEST_CASE("a connection that is reset is forgotten, and the service goes on") {
  TwoStations both;
  serve<Chargen>(both);
  net::Stack& stack = both.client.stack();
  for (int i = 0; i < 3; ++i) {
    const auto socket = *stack.tcp_connect(both.now, {server_address, port});
    CHECK(both.until([&] { return stack.readable(socket) > 100'000; }));
    stack.abort(both.now, socket);
  }
  std::string heard;
  both.connect(port, std::make_unique<Talk>("", heard));
  CHECK(both.until([&] { return heard.size() > 1000; }));
}

}  // namespace ringside::tap::test
