// Reads a recording: any moment of it, at once.
#pragma once

#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "ringside/trace/state.hpp"

namespace ringside::trace {

struct RecordingError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Index;

struct Frame {  // the first octets of a packet
  Time at{};
  std::uint64_t packet = 0;
  std::uint16_t host = 0;
  std::uint16_t stage = 0;
  std::uint32_t length = 0;  // of the whole packet
  std::vector<std::uint8_t> octets{};
  bool operator==(const Frame&) const = default;
};

class Recording {
 public:
  // Reads where everything is, and little else. What is damaged or missing at the end is left out, and said
  // in damage(). Throws RecordingError if it is no recording, or nothing of it is left.
  explicit Recording(const std::string& file);
  ~Recording();
  Recording(Recording&&) noexcept;

  const std::string& meta() const { return meta_; }      // JSON
  const std::string& damage() const { return damage_; }  // empty: it is whole
  std::uint64_t events() const;
  Time first() const;  // of its events
  Time last() const;
  // Events whose times are wrong: those of later ones. Unknown, and 0, if the index is not whole.
  std::uint64_t late() const;

  // What was the case at that time: after every event up to it, that one included.
  State at(Time time);
  // After so many events, at most all of them.
  State after(std::uint64_t events);
  // The events from number `from` on, in order, `most` at most.
  std::vector<Event> slice(std::uint64_t from, std::size_t most);
  // How many events there are up to a time, that one included.
  std::uint64_t number_at(Time time);
  // What was seen of a packet with the events of these numbers, `to_event` excluded, in order: where it came
  // up first, and wherever it came to with other octets than before.
  std::vector<Frame> frames(std::uint64_t packet, std::uint64_t from_event, std::uint64_t to_event);
  std::vector<Frame> frames(std::uint64_t from_event, std::uint64_t to_event);  // of all packets
  // The newest of a packet before an event: what the packet looks like then. Reads backwards from there.
  std::optional<Frame> frame_before(std::uint64_t packet, std::uint64_t event);
  // Events lie in blocks; the state before one is at hand. The block that event number `event` lies in, by
  // the numbers of its first event and of the first behind it.
  struct Range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
  };
  Range block(std::uint64_t event) const;

 private:
  std::string read_chunk(std::uint64_t offset, std::string_view name, std::uint64_t* next);
  bool find_index();
  void find_blocks(std::uint64_t offset);
  std::size_t block_of(std::uint64_t event) const;
  struct Loaded;
  Loaded& load(std::size_t block);
  const std::vector<Event>& events_of(std::size_t block) { return load(block).events; }
  std::vector<Frame> frames_of(std::optional<std::uint64_t> packet, std::uint64_t from, std::uint64_t to);
  std::vector<Frame> frames_in(std::size_t block, std::optional<std::uint64_t> packet, std::uint64_t from,
                               std::uint64_t to);
  RecordingError damaged(std::size_t block) const;
  std::optional<State> keyframe(std::size_t block);

  std::ifstream file_;
  std::uint64_t size_ = 0;
  std::string meta_{};
  std::string damage_{};
  std::unique_ptr<Index> index_;
  struct Loaded {
    std::size_t block = 0;
    std::vector<Event> events{};
    std::string frames{};  // as they are in the file; empty: nobody has asked for them
  };
  std::vector<Loaded> cache_{};  // the last ones that were asked for, the newest first
};

}  // namespace ringside::trace
