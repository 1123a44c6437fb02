#include "message.hpp"

#include <algorithm>
#include <charconv>

namespace ringside::tap::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string low{text};
  std::ranges::transform(low, low.begin(), [](char c) { return lower(c); });
  return low;
}

// RFC 9110 section 5.6.2
bool is_token(std::string_view text) {
  const auto allowed = [](char c) {
    const char low = lower(c);
    return (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
  };
  return !text.empty() && std::ranges::all_of(text, allowed);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
  return first == std::string_view::npos ? std::string_view{} : text.substr(first, last - first + 1);
}

// The next line without its end; RFC 9112 section 2.2 lets a lone LF end a line.
std::string_view next_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// RFC 9112 section 5. A blank before the colon, or at the front of a line (which once continued the one
// before it), is refused.
std::optional<Fields> parse_fields(std::string_view rest) {
  Fields fields;
  for (std::string_view line = next_line(rest); !line.empty(); line = next_line(rest)) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return std::nullopt;
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (value.find_first_of(std::string_view{"\0\r", 2}) != std::string_view::npos) return std::nullopt;
    fields.add(lower(line.substr(0, colon)), std::string{value});
  }
  return fields;
}

// "HTTP/1.x"; -1: another version, nullopt: none.
std::optional<int> minor_version(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != 8 || !text.starts_with("HTTP/") || !digit(text[5]) || text[6] != '.' || !digit(text[7]))
    return std::nullopt;
  return text[5] == '1' ? text[7] - '0' : -1;
}

// RFC 9112 section 3.2: "/path?query", or "http://host/path?query", which a server must take, too.
std::optional<std::string_view> path_of(std::string_view target) {
  if (lower(target.substr(0, 7)) == "http://") {
    const std::size_t slash = target.find('/', 7);
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  if (!target.starts_with('/')) return std::nullopt;
  return target.substr(0, target.find_first_of("?#"));
}

}  // namespace

std::string_view reason_of(Status status) {
  switch (status) {
    case Status::ok: return "OK";
    case Status::bad_request: return "Bad Request";
    case Status::not_found: return "Not Found";
    case Status::method_not_allowed: return "Method Not Allowed";
    case Status::head_too_large: return "Request Header Fields Too Large";
    case Status::version_not_supported: return "HTTP Version Not Supported";
  }
  return "";
}

std::optional<std::string_view> Fields::get(std::string_view name) const {
  for (const auto& [line, value] : lines_)
    if (line == name) return value;
  return std::nullopt;
}

std::size_t Fields::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(lines_, [&](const auto& l) { return l.first == name; }));
}

bool Fields::has_token(std::string_view name, std::string_view token) const {
  for (const auto& [line, value] : lines_) {
    if (line != name) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t comma = rest.find(',');
      if (lower(trimmed(rest.substr(0, comma))) == token) return true;
      rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
  }
  return false;
}

std::size_t head_of(std::string_view octets) {
  for (std::size_t end = octets.find('\n'); end != std::string_view::npos; end = octets.find('\n', end + 1)) {
    const std::string_view behind = octets.substr(end + 1);
    if (behind.starts_with('\n')) return end + 2;
    if (behind.starts_with("\r\n")) return end + 3;
  }
  return 0;
}

std::variant<Request, Status> parse_request(std::string_view head) {
  const std::string_view line = next_line(head);
  const std::size_t first = line.find(' '), last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return Status::bad_request;
  const std::string_view method = line.substr(0, first), target = line.substr(first + 1, last - first - 1);
  const auto path = path_of(target);
  const auto minor = minor_version(line.substr(last + 1));
  auto fields = parse_fields(head);
  if (!is_token(method) || target.find(' ') != std::string_view::npos || !minor) return Status::bad_request;
  if (*minor < 0) return Status::version_not_supported;
  if (!path || !fields) return Status::bad_request;
  const std::size_t hosts = fields->count("host");
  if (hosts > 1 || (hosts == 0 && *minor > 0)) return Status::bad_request;  // RFC 9112 section 3.2
  return Request{std::string{method}, std::string{*path}, *minor, *std::move(fields)};
}

std::optional<Response> parse_response(std::string_view head) {
  const std::string_view line = next_line(head);
  const auto minor = minor_version(line.substr(0, 8));
  auto fields = parse_fields(head);
  if (!minor || *minor < 0 || line.size() < 12 || line[8] != ' ' || !fields) return std::nullopt;
  const auto status = parse_length(line.substr(9, 3));
  if (!status || *status < 100) return std::nullopt;
  return Response{static_cast<int>(*status), *minor, *std::move(fields)};
}

std::optional<std::uint64_t> parse_length(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  return error == std::errc{} && rest == end && !text.empty() ? std::optional{number} : std::nullopt;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      if (at + 2 >= text.size()) return std::nullopt;
      unsigned value = 0;
      const char* const end = text.data() + at + 3;
      if (std::from_chars(text.data() + at + 1, end, value, 16).ptr != end) return std::nullopt;
      c = static_cast<char>(value);
      at += 2;
    }
    if (c == '\0') return std::nullopt;
    decoded.push_back(c);
  }
  return decoded;
}

}  // namespace ringside::tap::http
