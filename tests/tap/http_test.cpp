// The HTTP server and client against each other, and against peers that are out of order.
#include <filesystem>
#include <fstream>

#include "http/fetch.hpp"
#include "http/session.hpp"
#include "tcp_server.hpp"
#include "two_stations.hpp"

namespace ringside::tap::http::test {
namespace {

using namespace tap::test;
constexpr std::uint16_t port = 80;
constexpr std::string_view dated = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: ringside\r\n";

std::string contents(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

// A folder that is served, with a secret beside it.
struct Site {
  Site() {
    std::filesystem::create_directories(root / "www/sub");
    write("www/a.txt", "hello\n");
    write("www/big.bin", std::string(300'000, 'x'));
    write("www/sub/index.html", "<p>index</p>");
    write("www/a b", "blank");
    write("secret", "secret");
    std::filesystem::create_symlink("../secret", root / "www/link");
    std::filesystem::create_symlink("a.txt", root / "www/inside");
  }
  ~Site() { std::filesystem::remove_all(root); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream{root / name, std::ios::binary} << text;
  }

  std::filesystem::path root = [] {
    std::string name = (std::filesystem::temp_directory_path() / "ringside-http-XXXXXX").string();
    return std::filesystem::path{::mkdtemp(name.data())};
  }();
};

struct Served : TwoStations {
  explicit Served(const Harm& harm = {}) : TwoStations{harm} {
    const auto files = std::make_shared<const Files>(site.root / "www");
    server.add(std::make_unique<TcpServer>(server.sockets(), now, port, [files] {
      return std::make_unique<FileSession>(
          files, [] { return std::time_t{784111777}; }, [](std::string_view) {});
    }));
  }
  std::string answer(const std::string& request) { return ask(*this, port, request); }
  std::string status(const std::string& path) {
    return answer("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").substr(9, 3);
  }
  Site site;
};

// A server that says one thing to whatever it hears.
class Says : public Session {
 public:
  explicit Says(std::string text) : text_{std::move(text)} {}
  bool run(Time now, Stream& stream) override {
    text_.erase(0, stream.write(now, octets_of(text_)));
    return text_.empty();
  }

 private:
  std::string text_;
};

// What a fetch leaves behind: its failure, or what is in the file.
std::string fetched(TwoStations& both, const std::string& path = "/") {
  const Site scratch;
  const auto out = scratch.root / "out";
  const TcpClient& client = both.connect(
      port,
      std::make_unique<Fetch>(Url{{server_address, port}, path}, out.string(), [](std::string_view) {}));
  CHECK(both.until([&] { return client.over(); }));
  if (!client.failure()) return contents(out);
  CHECK(std::distance(std::filesystem::directory_iterator{scratch.root}, {}) == 2);  // no half of a file
  return "failure: " + *client.failure();
}

std::string fetched_from(std::string answer) {
  TwoStations both;
  both.server.add(std::make_unique<TcpServer>(both.server.sockets(), both.now, port,
                                              [answer] { return std::make_unique<Says>(answer); }));
  return fetched(both);
}

}  // namespace

TEST_CASE("GET has the file, HEAD its head alone") {
  Served served;
  const std::string head = "HTTP/1.1 200 OK\r\n" + std::string{dated} +
                           "Content-Length: 6\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
  CHECK(served.answer("GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n") == head + "hello\n");
  CHECK(served.answer("HEAD /a.txt HTTP/1.1\r\nHost: h\r\n\r\n") == head);
}

TEST_CASE("a connection serves request after request, in order, until one asks to close") {
  Served served;
  const std::string get = "GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n";
  const std::string one = served.answer(get);
  CHECK(served.answer(get + get + "\r\n" + get) == one + one + one);
  const std::string last = served.answer("GET /a.txt HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  CHECK(last.find("\r\nConnection: close\r\n") != std::string::npos);
  CHECK(served.answer("GET /a.txt HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + get) == last);
  CHECK(ask(served, port, "GET /a.txt HTTP/1.0\r\n\r\n", Talk::Then::listens) == last);
}

TEST_CASE("paths: folders, encoding, queries, and no way out") {
  Served served;
  CHECK(served.status("/a.txt?x=y") == "200");
  CHECK(served.status("/a%20b") == "200");
  CHECK(served.status("/sub/") == "200");
  CHECK(served.status("/sub/../a.txt") == "200");
  CHECK(served.status("/inside") == "200");
  CHECK(served.status("/") == "404");  // no index.html
  CHECK(served.status("/nothing") == "404");
  CHECK(served.status("/a.txt/") == "404");
  CHECK(served.status("/../secret") == "404");
  CHECK(served.status("/%2e%2e/secret") == "404");
  CHECK(served.status("/sub/..%2f..%2fsecret") == "404");
  CHECK(served.status("//etc/passwd") == "404");
  CHECK(served.status("/link") == "404");
  CHECK(served.status("/a%") == "400");
  CHECK(served.status("/a.txt%00") == "400");
}

TEST_CASE("what is refused, and whether the connection goes on") {
  Served served;
  const auto begins = [&](const std::string& request) { return served.answer(request).substr(9, 3); };
  CHECK(begins("nonsense\r\n\r\n") == "400");
  CHECK(begins("GET /a.txt HTTP/3.0\r\nHost: h\r\n\r\n") == "505");
  CHECK(begins("GET /" + std::string(20'000, 'a')) == "431");
  const std::string post = served.answer("POST /a.txt HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
  CHECK(post.substr(9, 3) == "405");
  CHECK(post.find("\r\nAllow: GET, HEAD\r\n") != std::string::npos);
  CHECK(post.find("\r\nConnection: close\r\n") != std::string::npos);
  const std::string get = "GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n";
  const std::string missing = served.answer(get);
  CHECK(served.answer(get + get) == missing + missing);
  // The answer to a request that is far too long arrives, although nobody reads the rest.
  CHECK(begins("GET /" + std::string(500'000, 'a')) == "431");
}

TEST_CASE("the client has what the server has") {
  Served served;
  CHECK(fetched(served, "/a.txt") == "hello\n");
  CHECK(fetched(served, "/big.bin") == std::string(300'000, 'x'));
  CHECK(fetched(served, "/nothing") == "failure: http://10.0.0.1:80/nothing: the server answers 404");
  Served harmed{{.link = {.delay = 1ms, .loss = 0.05, .duplicate = 0.05}}};
  CHECK(fetched(harmed, "/big.bin") == std::string(300'000, 'x'));
}

TEST_CASE("answers of all forms, and broken ones") {
  CHECK(fetched_from("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi, and more") == "hi");
  CHECK(fetched_from("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") == "");
  CHECK(fetched_from("HTTP/1.0 200 OK\r\n\r\nuntil the end") == "until the end");
  CHECK(fetched_from("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "2\r\nhi\r\n0\r\n\r\n") == "hi");
  const std::string failure = "failure: http://10.0.0.1:80/: ";
  CHECK(fetched_from("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi") ==
        failure + "the answer ends after 2 octets");
  CHECK(fetched_from("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n") ==
        failure + "the answer ends after 2 octets");
  CHECK(fetched_from("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n") ==
        failure + "the answer has a chunk without a size");
  CHECK(fetched_from("HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n") ==
        failure + "the answer has a Content-Length that is no number");
  CHECK(fetched_from("SSH-2.0\r\n\r\n") == failure + "the answer is not HTTP/1");
  CHECK(fetched_from("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n") == failure + "the server answers 500");
  CHECK(fetched_from("HTTP/1.1 200 OK\r\n") == failure + "the answer ends after 0 octets");
}

}  // namespace ringside::tap::http::test
