// What holds of a stack whatever has happened to it. What does not ends the program, which is how libFuzzer
// hears of it.
#pragma once

#include <map>
#include <vector>

#include "ringside/net/stack.hpp"

namespace ringside::net {
class Connection;
}

namespace ringside::fuzz {

// Says what does not hold, and ends the program.
void demand(bool holds, const char* what);

class Invariants {
 public:
  explicit Invariants(net::Stack& stack) : stack_{&stack} {}

  // All that the stack says now, frame by frame, to `heard`. It must fall silent, and then have its next
  // deadline in the future.
  template <class Heard>
  void listen(Time now, Heard heard) {
    frame_.resize(65536);
    for (std::size_t frames = 0;; ++frames) {
      demand(frames < most_frames_at_once, "the stack falls silent");
      const auto sent = stack_->transmit(now, frame_);
      if (!sent) break;
      demand(sent->bytes <= frame_.size(), "a frame is no longer than its room");
      heard(std::span<const std::uint8_t>{frame_}.first(sent->bytes));
    }
    const auto deadline = stack_->deadline();
    demand(!deadline || *deadline > now, "nothing is due once everything was said");
  }

  // Of a connection, or of anything else, of which then nothing is looked at.
  void check(net::SocketId socket);
  void check_tables();  // their bounds

 private:
  // Buffers of the targets are small: this many frames are more than any of them could hold.
  static constexpr std::size_t most_frames_at_once = 20'000;

  struct Before {
    std::uint32_t edge = 0, nxt = 0;
  };
  net::Stack* stack_;
  std::vector<std::uint8_t> frame_;
  std::map<net::SocketId, Before> before_;
};

}  // namespace ringside::fuzz
