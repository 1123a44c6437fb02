#include "ip/network_errors.hpp"

#include <algorithm>

namespace ringside::net {
namespace {

constexpr std::size_t most_errors = 1024;  // Linux bounds them by each socket's receive buffer
constexpr std::size_t most_text = 576;     // RFC 1812 section 4.3.2.3: an ICMP error has no more

}  // namespace

void NetworkErrors::push(SocketId socket, NetworkError error) {
  if (entries_.size() == most_errors) return;
  if (error.text.size() > most_text) error.text.resize(most_text);
  entries_.push_back({socket, std::move(error)});
}

const NetworkError* NetworkErrors::next(SocketId socket) const {
  const auto first =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.socket == socket; });
  return first == entries_.end() ? nullptr : &first->error;
}

std::optional<NetworkError> NetworkErrors::take(SocketId socket) {
  const auto first =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.socket == socket; });
  if (first == entries_.end()) return std::nullopt;
  std::optional<NetworkError> taken{std::move(first->error)};
  entries_.erase(first);
  return taken;
}

std::size_t NetworkErrors::count(SocketId socket) const {
  return static_cast<std::size_t>(
      std::count_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.socket == socket; }));
}

void NetworkErrors::forget(SocketId socket) {
  std::erase_if(entries_, [&](const Entry& e) { return e.socket == socket; });
}

}  // namespace ringside::net
