// A recording as octets (docs/recording.md): a magic word, then chunks, each of which can be checked by
// itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ringside/trace/state.hpp"

namespace ringside::trace {

inline constexpr std::string_view magic = "RSTRACE1";
inline constexpr std::string_view meta_chunk = "META";      // JSON: what was run, and the names of places
inline constexpr std::string_view keyframe_chunk = "KEYF";  // the state before the events that follow
inline constexpr std::string_view events_chunk = "EVNT";
inline constexpr std::string_view frames_chunk = "FRAM";  // octets of packets, with those events
inline constexpr std::string_view index_chunk = "INDX";   // the last one: where the others are
inline constexpr std::size_t head_size =
    4 + 8 + 8;                               // of a chunk: its name, the length and the hash of the rest
inline constexpr std::size_t tail_size = 8;  // behind the last chunk: where it begins
inline constexpr std::size_t event_size = 32;
inline constexpr std::size_t block_events = 65536;  // between two keyframes

std::string chunk(std::string_view name, std::string_view payload);
void put(std::string& to, const Event&);
std::string encode(const State&);
std::optional<State> decode_state(std::string_view payload);  // nullopt: damaged
std::optional<std::vector<Event>> decode_events(std::string_view payload);

struct SeenFrame {          // the first octets of a packet
  std::uint32_t event = 0;  // with which they were seen, by its number in the block
  std::uint16_t stage = 0;
  std::uint32_t length = 0;  // of the packet
  std::string_view octets{};
};
void put(std::string& to, const SeenFrame&);
std::string encode_frames(std::uint64_t count, std::string_view frames);  // each of which has been put
std::optional<std::vector<SeenFrame>> decode_frames(std::string_view payload, std::size_t events);

struct Block {               // a keyframe, the events behind it, and what was seen of packets
  Time first{};              // of its events
  std::uint64_t before = 0;  // events in the blocks before it
  std::uint64_t events = 0;
  std::uint64_t keyframe = 0;  // where its chunks begin in the file
  std::uint64_t chunk = 0;
  std::uint64_t frames = 0;
};
struct Index {
  std::vector<Block> blocks{};
  Time last{};
  std::uint64_t late = 0;
};
std::string encode(const Index&);
std::optional<Index> decode_index(std::string_view payload);

}  // namespace ringside::trace
