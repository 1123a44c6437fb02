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

void Recorder::add(const Event& event) {
  kept_.push_back(event);
  if (kept_.size() % looked_at == 0) settle(kept_.size() >= kept_most ? end_of_time : settled_());
}

void Recorder::settle(Time until) {
  const auto earlier = [](const Event& a, const Event& b) { return a.at < b.at; };
  std::ranges::stable_sort(kept_, earlier);
  const auto end = std::ranges::lower_bound(kept_, until, {}, &Event::at);
  for (auto it = kept_.begin(); it != end; ++it) {
    late_ += it->at < folded_.at;
    it->at = std::max(it->at, folded_.at);
    folded_.apply(*it);
    block_.push_back(*it);
    if (block_.size() == block_events) write_block();
  }
  kept_.erase(kept_.begin(), end);
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
  index_.push_back(block);
  keyframe_ = encode(folded_);
  block_.clear();
}

void Recorder::finish() {
  settle(end_of_time);
  if (!block_.empty()) write_block();
  const std::uint64_t begin = written_;
  write(chunk(index_chunk, encode(index_, folded_.at)));
  std::string tail;
  put(tail, begin);
  write(tail);
}

}  // namespace ringside::trace
