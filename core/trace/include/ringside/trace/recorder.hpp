// Writes a recording while a run goes on, in bounded memory.
//
// What a core did becomes known when its piece of work ends, with the times at which it was done: events come
// a little out of order. They are kept until nothing earlier can come, and put in order then, each with what
// was seen of its packet.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ringside/trace/log.hpp"
#include "ringside/trace/state.hpp"

namespace ringside::trace {

struct Block;

class Recorder : public Log {
 public:
  using Write = std::function<void(std::string_view)>;
  using Settled = std::function<Time()>;  // no event before this is to come

  // `meta`: JSON (docs/recording.md).
  Recorder(Write write, std::string_view meta, Settled settled);
  ~Recorder() override;

  void add(const Event& event) override;
  void frame(Time at, std::uint64_t packet, std::uint16_t host, std::uint16_t stage, std::uint32_t length,
             std::span<const std::uint8_t> octets) override;
  // Writes what is left, and the index. Once, and last.
  void finish();

  // Events that came after later ones had been written, and have the time of those instead. Only where a
  // piece of work is interrupted for so long that more has happened meanwhile than is kept.
  std::uint64_t late() const { return late_; }

 private:
  static constexpr std::uint32_t unseen = UINT32_MAX;
  struct Kept {
    Event event{};
    std::uint32_t seen = unseen;  // which of seen_
  };
  struct Seen {
    std::uint32_t length = 0;
    std::uint16_t stage = 0;
    std::uint16_t size = 0;
    std::array<std::uint8_t, most_octets> octets;
  };

  void settle(Time until);
  void take_into_block(const Kept&);
  void write_block();
  void write(std::string_view bytes);

  Write write_;
  Settled settled_;
  std::vector<Kept> kept_{};  // in the order in which they came
  std::vector<Seen> seen_{};
  std::vector<std::uint32_t> free_{};  // of seen_
  std::vector<Event> block_{};
  std::string block_frames_{};
  std::uint64_t frames_in_block_ = 0;
  State folded_{};  // all that was put in order
  std::string keyframe_{};
  std::vector<Block> index_;
  std::uint64_t written_ = 0;  // octets
  std::uint64_t late_ = 0;
};

}  // namespace ringside::trace
