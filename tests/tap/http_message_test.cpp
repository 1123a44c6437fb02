#include "catch.hpp"
#include "http/chunks.hpp"
#include "http/message.hpp"

namespace ringside::tap::http::test {
namespace {

// "GET /path", or the number of the answer.
std::string read(std::string_view head) {
  const auto parsed = parse_request(head);
  if (const Status* const fault = std::get_if<Status>(&parsed))
    return std::to_string(static_cast<int>(*fault));
  const auto& request = std::get<Request>(parsed);
  return request.method + " " + request.path;
}

}  // namespace

TEST_CASE("a head ends with an empty line") {
  CHECK(head_of("GET / HTTP/1.1\r\nHost: a\r\n\r\nrest") == 27);
  CHECK(head_of("GET / HTTP/1.1\nHost: a\n\nrest") == 24);
  CHECK(head_of("GET / HTTP/1.1\r\nHost: a\r\n") == 0);
  CHECK(head_of("") == 0);
}

TEST_CASE("requests, and what is none") {
  struct Case {
    std::string_view head, means;
  };
  const auto [head, means] = GENERATE(values<Case>({
      {"GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a.txt"},
      {"GET /a.txt HTTP/1.0\r\n\r\n", "GET /a.txt"},
      {"GET /a?b=c HTTP/1.1\r\nHost:h\r\n\r\n", "GET /a"},
      {"HEAD http://h:80/a/b HTTP/1.1\r\nhost: h\r\n\r\n", "HEAD /a/b"},
      {"GET http://h HTTP/1.1\r\nHost: h\r\n\r\n", "GET /"},
      {"BREW /pot HTTP/1.1\r\nHost: h\r\n\r\n", "BREW /pot"},
      {"GET /a HTTP/1.1\r\n\r\n", "400"},                        // no Host
      {"GET /a HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n", "400"},  // two of them
      {"GET /a HTTP/1.1\r\nHost : h\r\n\r\n", "400"},            // a blank before the colon
      {"GET /a HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n", "400"},  // RFC 9112 section 5.2
      {"GET /a HTTP/1.1\r\nHost: h\r\nnonsense\r\n\r\n", "400"},
      {"GET  /a HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
      {"GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
      {"GET /a\r\nHost: h\r\n\r\n", "400"},
      {"GET a HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
      {"G(T /a HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
      {"GET /a HTTP/2.0\r\nHost: h\r\n\r\n", "505"},
      {"GET /a HTTX/1.1\r\nHost: h\r\n\r\n", "400"},
      {"\r\n\r\n", "400"},
  }));
  INFO(head);
  CHECK(read(head) == means);
}

TEST_CASE("field values are lists of tokens") {
  Fields fields;
  fields.add("connection", "Keep-Alive, Close");
  CHECK(fields.has_token("connection", "close"));
  CHECK(fields.has_token("connection", "keep-alive"));
  CHECK_FALSE(fields.has_token("connection", "clo"));
  CHECK_FALSE(fields.has_token("upgrade", "close"));
}

TEST_CASE("percent-encoding") {
  CHECK(percent_decoded("/a%20b%2Fc") == "/a b/c");
  CHECK(percent_decoded("%") == std::nullopt);
  CHECK(percent_decoded("%4") == std::nullopt);
  CHECK(percent_decoded("%4g") == std::nullopt);
  CHECK(percent_decoded("%-4") == std::nullopt);
  CHECK(percent_decoded("%00") == std::nullopt);
}

TEST_CASE("lengths") {
  CHECK(parse_length("0") == 0U);
  CHECK(parse_length("18446744073709551615") == 18446744073709551615U);
  CHECK_FALSE(parse_length("18446744073709551616"));
  CHECK_FALSE(parse_length("+1"));
  CHECK_FALSE(parse_length("1, 1"));
  CHECK_FALSE(parse_length(""));
}

TEST_CASE("status lines") {
  CHECK(parse_response("HTTP/1.1 200 OK\r\n\r\n")->status == 200);
  CHECK(parse_response("HTTP/1.0 404\r\n\r\n")->status == 404);
  CHECK_FALSE(parse_response("HTTP/1.1 20\r\n\r\n"));
  CHECK_FALSE(parse_response("HTTP/1.1 2x0 OK\r\n\r\n"));
  CHECK_FALSE(parse_response("ICY 200 OK\r\n\r\n"));
}

TEST_CASE("chunks are joined, however they come") {
  const std::string_view coded = "5;name=value\r\nhello\r\n0A\r\n, world...\r\n0\r\nTrailer: x\r\n\r\n";
  for (std::size_t cut = 0; cut <= coded.size(); ++cut) {
    Chunks chunks;
    std::string content;
    chunks.take(coded.substr(0, cut), content);
    CHECK(chunks.complete() == (cut == coded.size()));
    chunks.take(coded.substr(cut), content);
    CHECK(chunks.complete());
    CHECK(content == "hello, world...");
  }
}

TEST_CASE("chunks that are none") {
  const std::string_view coded = GENERATE(
      values<std::string_view>({"x\r\n", "\r\n", "-1\r\n", "5\r\nhello!\r\n", "fffffffffffffffff\r\n"}));
  Chunks chunks;
  std::string content;
  chunks.take(coded, content);
  CHECK(chunks.broken());
}

}  // namespace ringside::tap::http::test
