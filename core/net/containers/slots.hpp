// Storage of sockets: stable addresses, places used again, and a generation per place so that the id of a
// socket that is gone names nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "ringside/net/types.hpp"

namespace ringside::net {

enum class SocketKind : std::uint32_t { udp, listener, connection, request };

// An id, from the low end: 20 bits of place, 2 of kind, 10 of generation (never 0, so that no id is 0). An id
// comes again when its place has been used 1023 times more: who keeps ids of sockets long gone must know.
template <class Socket, SocketKind kind>
class Slots {
 public:
  template <class... Arguments>
  std::optional<SocketId> emplace(Arguments&&... arguments) {
    if (full()) return std::nullopt;
    if (free_.empty()) {
      free_.push_back(static_cast<std::uint32_t>(slots_.size()));
      slots_.push_back(std::make_unique<Slot>());
    }
    const std::uint32_t place = free_.back();
    free_.pop_back();
    slots_[place]->socket.emplace(std::forward<Arguments>(arguments)...);
    return id_at(place);
  }
  void erase(SocketId id) {
    const std::uint32_t place = place_of(id);
    Slot& slot = *slots_[place];
    slot.socket.reset();
    slot.generation = slot.generation % max_generation + 1;
    free_.push_back(place);
  }
  Socket* find(SocketId id) {
    const std::uint32_t place = place_of(id);
    if (place >= slots_.size() || id_at(place) != id) return nullptr;
    auto& socket = slots_[place]->socket;
    return socket ? &*socket : nullptr;
  }
  const Socket* find(SocketId id) const { return const_cast<Slots*>(this)->find(id); }

  static std::uint32_t place_of(SocketId id) { return static_cast<std::uint32_t>(id) & (max_places - 1); }
  SocketId id_at(std::uint32_t place) const {
    return SocketId{slots_[place]->generation << 22 | static_cast<std::uint32_t>(kind) << 20 | place};
  }
  Socket& at(std::uint32_t place) { return *slots_[place]->socket; }
  bool full() const { return free_.empty() && slots_.size() == max_places; }

  static constexpr std::uint32_t max_places = 1u << 20, max_generation = 1023;

 private:
  struct Slot {
    std::optional<Socket> socket{};
    std::uint32_t generation = 1;
  };
  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace ringside::net
