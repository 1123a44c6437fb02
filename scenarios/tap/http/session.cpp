#include "http/session.hpp"

#include <fmt/format.h>

#include "text_octets.hpp"

namespace ringside::tap::http {

bool FileSession::run(Time now, Stream& stream) {
  for (;;) {
    if (answering_) {
      if (!answered(now, stream)) return false;
      answering_ = false;
      if (last_) return true;
    }
    read(now, stream);
    if (!take_request()) return stream.ended();
  }
}

void FileSession::read(Time now, Stream& stream) {
  std::array<std::uint8_t, 4096> piece;
  while (received_.size() < longest_head) {
    const std::size_t octets = stream.read(now, piece);
    if (octets == 0) return;
    received_ += text_of(std::span{piece}.first(octets));
  }
}

bool FileSession::take_request() {
  while (received_.starts_with("\r\n")) received_.erase(0, 2);  // RFC 9112 section 2.2
  const std::size_t size = head_of(received_);
  if (size == 0 && received_.size() < longest_head) return false;
  answering_ = last_ = true;
  if (size == 0) return refuse(Status::head_too_large), true;
  const auto parsed = parse_request(std::string_view{received_}.substr(0, size));
  received_.erase(0, size);
  if (const Status* const fault = std::get_if<Status>(&parsed))
    refuse(*fault);
  else
    answer(std::get<Request>(parsed));
  return true;
}

// A request with content is the last one: nobody reads the content to find the next.
void FileSession::answer(const Request& request) {
  const auto length = request.fields.get("content-length");
  const bool content = (length && length != "0") || request.fields.get("transfer-encoding").has_value();
  last_ = content || request.minor_version == 0 || request.fields.has_token("connection", "close");
  path_ = request.path;
  const bool head = request.method == "HEAD";
  if (!head && request.method != "GET") return refuse(Status::method_not_allowed);
  if (const auto file = files_->find(request.path)) return answer_file(*file, !head);
  refuse(percent_decoded(request.path) ? Status::not_found : Status::bad_request, !head);
}

void FileSession::begin_head(Status status, std::uint64_t length, std::string_view type) {
  head_ = fmt::format(
      "HTTP/1.1 {} {}\r\nDate: {}\r\nServer: ringside\r\nContent-Length: {}\r\nContent-Type: {}\r\n",
      static_cast<int>(status), reason_of(status), http_date(calendar_()), length, type);
  if (status == Status::method_not_allowed) head_ += "Allow: GET, HEAD\r\n";
  if (last_) head_ += "Connection: close\r\n";
  head_ += "\r\n";
}

void FileSession::answer_file(const std::filesystem::path& file, bool with_body) {
  const std::uint64_t length = readable_size(file).value_or(0);
  begin_head(Status::ok, length, content_type(file));
  if (with_body) body_.emplace(std::make_unique<FileOctets>(file, length));
  length_ = length;
}

void FileSession::refuse(Status status, bool with_body) {
  const auto text = fmt::format("{}\n", reason_of(status));
  begin_head(status, text.size(), "text/plain; charset=utf-8");
  if (with_body) head_ += text;
}

bool FileSession::answered(Time now, Stream& stream) {
  head_.erase(0, stream.write(now, octets_of(head_)));
  if (!head_.empty() || (body_ && !body_->run(now, stream))) return false;
  if (body_) {
    say_(fmt::format("http: {}, {} octets to {}, sha256 {}", path_, body_->taken(),
                     net::to_string(stream.remote()), body_->sha256()));
    last_ = last_ || body_->taken() < length_;  // the file has shrunk: only the end of the stream says so
  }
  body_.reset();
  return true;
}

}  // namespace ringside::tap::http
