// The heads of HTTP/1.1 messages, as text: RFC 9112.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace ringside::tap::http {

enum class Status : int {
  ok = 200,
  bad_request = 400,
  not_found = 404,
  method_not_allowed = 405,
  head_too_large = 431,
  version_not_supported = 505,
};
std::string_view reason_of(Status status);

// Field lines; names in lower case.
class Fields {
 public:
  std::optional<std::string_view> get(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  bool has_token(std::string_view name, std::string_view token) const;  // "close" in "Connection: Close, TE"
  void add(std::string name, std::string value) { lines_.emplace_back(std::move(name), std::move(value)); }

 private:
  std::vector<std::pair<std::string, std::string>> lines_;
};

struct Request {
  std::string method{};
  std::string path{};  // of the target, as it came: percent-encoded, without the query
  int minor_version = 1;
  Fields fields{};
};

struct Response {
  int status = 0;
  int minor_version = 1;
  Fields fields{};
};

// The head of a message, with the empty line that ends it: how many octets; 0: it is not there yet.
std::size_t head_of(std::string_view octets);
// Of a head. Status: what to answer to something that is no request.
std::variant<Request, Status> parse_request(std::string_view head);
std::optional<Response> parse_response(std::string_view head);
// A decimal number without sign or blanks, as Content-Length has it.
std::optional<std::uint64_t> parse_length(std::string_view text);

// "%41" is "A"; nullopt: not encoded so, or a NUL.
std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace ringside::tap::http
