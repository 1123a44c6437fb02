#include "ringside/trace/recorder.hpp"

#include <algorithm>

#include "encode.hpp"
#include "format.hpp"

namespace ringside::trace {

namespace {
constexpr std::size_t looked_at = 65536;    // so many events are kept before it looks which have settled,
constexpr std::size_t kept_most = 1 << 20;  // and no more than this: then they are taken as they are
}  // namespace

Recorder::Recorder(Write write, std::string_view meta, Settled settled)
    : write_{std::move(write)}, settled_{std::move(settled)} {
  this->write(magic);
  this->write(chunk(meta_chunk, meta));
  keyframe_ = encode(folded_);
}

Recorder::~Recorder() = default;

void Recorder::write(std::string_view bytes) {
  write_(bytes);
  written_ += bytes.size();
}

// The newest event stays for what is yet to be said of its packet.
void Recorder::add(const Event& event) {
  if (kept_.size() >= looked_at && kept_.size() % looked_at == 0)
    settle(kept_.size() >= kept_most ? end_of_time : settled_());
  kept_.push_back({event});
}

void Recorder::frame(Time, std::uint64_t packet, std::uint16_t, std::uint16_t stage, std::uint32_t length,
                     std::span<const std::uint8_t> octets) {
  if (kept_.empty() || kept_.back().event.packet != packet || kept_.back().seen != unseen) return;
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(seen_.size()));
    seen_.emplace_back();
  }
  kept_.back().seen = free_.back();
  free_.pop_back();
  Seen& seen = seen_[kept_.back().seen];
  const auto first = octets.first(std::min(octets.size(), most_octets));
  seen.length = length;
  seen.stage = stage;
  seen.size = static_cast<std::uint16_t>(first.size());
  std::ranges::copy(first, seen.octets.begin());
}

void Recorder::settle(Time until) {
  const auto time = [](const Kept& kept) { return kept.event.at; };
  std::ranges::stable_sort(kept_, {}, time);
  const auto end = std::ranges::lower_bound(kept_, until, {}, time);
  for (auto it = kept_.begin(); it != end; ++it) {
    late_ += it->event.at < folded_.at;
    it->event.at = std::max(it->event.at, folded_.at);
    take_into_block(*it);
  }
  kept_.erase(kept_.begin(), end);
}

void Recorder::take_into_block(const Kept& kept) {
  folded_.apply(kept.event);
  if (kept.seen != unseen) {
    const Seen& seen = seen_[kept.seen];
    put(block_frames_, SeenFrame{.event = static_cast<std::uint32_t>(block_.size()),
                                 .stage = seen.stage,
                                 .length = seen.length,
                                 .octets = {reinterpret_cast<const char*>(seen.octets.data()), seen.size}});
    ++frames_in_block_;
    free_.push_back(kept.seen);
  }
  block_.push_back(kept.event);
  if (block_.size() == block_events) write_block();
}

void Recorder::write_block() {
  std::string events;
  events.reserve(block_.size() * event_size);
  for (const Event& event : block_) put(events, event);
  Block block{.first = block_.front().at,
              .before = folded_.events - block_.size(),
              .events = block_.size(),
              .keyframe = written_};
  write(chunk(keyframe_chunk, keyframe_));
  block.chunk = written_;
  write(chunk(events_chunk, events));
  block.frames = written_;
  write(chunk(frames_chunk, encode_frames(frames_in_block_, block_frames_)));
  index_.push_back(block);
  keyframe_ = encode(folded_);
  block_.clear();
  block_frames_.clear();
  frames_in_block_ = 0;
}

void Recorder::finish() {
  settle(end_of_time);
  if (!block_.empty()) write_block();
  const std::uint64_t begin = written_;
  write(chunk(index_chunk, encode(Index{.blocks = index_, .last = folded_.at, .late = late_})));
  std::string tail;
  put(tail, begin);
  write(tail);
}

}  // namespace ringside::trace
