#include "http/fetch.hpp"

#include <fmt/format.h>

#include <array>

#include "text_octets.hpp"

namespace ringside::tap::http {
namespace {

constexpr std::size_t longest_head = 65536;

std::string text_of(const Url& url) {
  return fmt::format("http://{}{}", net::to_string(url.server), url.path);
}

}  // namespace

Fetch::Fetch(const Url& url, std::string out, Say say)
    : url_{text_of(url)},
      request_{fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: ringside\r\nConnection: close\r\n\r\n",
                           url.path, net::to_string(url.server))},
      file_{std::move(out)},
      say_{std::move(say)} {}

bool Fetch::run(Time now, Stream& stream) {
  request_.erase(0, stream.write(now, octets_of(request_)));
  std::array<std::uint8_t, 16384> piece;
  while (const std::size_t octets = stream.read(now, piece))
    if (take(tap::text_of(std::span{piece}.first(octets)))) return true;
  return stream.ended() && end_of_stream();
}

bool Fetch::take(std::string_view octets) {
  if (response_) return take_content(octets);
  received_ += octets;
  return take_head();
}

// Answers that say "wait" (RFC 9110 section 15.2) have a head and no more.
bool Fetch::take_head() {
  for (std::size_t size = head_of(received_); size > 0; size = head_of(received_)) {
    auto response = parse_response(std::string_view{received_}.substr(0, size));
    received_.erase(0, size);
    if (!response) return fail("the answer is not HTTP/1");
    if (response->status < 200) continue;
    if (response->status != 200) return fail(fmt::format("the server answers {}", response->status));
    response_ = std::move(response);
    if (response_->fields.has_token("transfer-encoding", "chunked")) {
      chunks_.emplace();
    } else if (const auto length = response_->fields.get("content-length")) {
      length_ = parse_length(*length);
      if (!length_) return fail("the answer has a Content-Length that is no number");
    }
    return take_content(received_);
  }
  return received_.size() > longest_head && fail("the head of the answer has no end");
}

bool Fetch::take_content(std::string_view octets) {
  std::string content;
  if (chunks_)
    chunks_->take(octets, content);
  else
    content = octets.substr(0, length_ ? *length_ - octets_ : octets.size());
  file_.write(content);
  digest_.add(octets_of(content));
  octets_ += content.size();
  if (chunks_ && chunks_->broken()) return fail("the answer has a chunk without a size");
  const bool all = chunks_ ? chunks_->complete() : length_ == octets_;
  return all && complete();
}

bool Fetch::end_of_stream() {
  if (response_ && !chunks_ && !length_) return complete();
  return fail(fmt::format("the answer ends after {} octets", octets_));
}

bool Fetch::complete() {
  file_.finish();
  say_(fmt::format("fetched: {}, {} octets, sha256 {}", url_, octets_, digest_.hex()));
  return true;
}

bool Fetch::fail(std::string why) {
  failure_ = fmt::format("{}: {}", url_, why);
  return true;
}

}  // namespace ringside::tap::http
