#include "ringside/trace/recording.hpp"

#include <algorithm>

#include "encode.hpp"
#include "format.hpp"

namespace ringside::trace {

namespace {
constexpr std::size_t most_cached = 4;  // blocks: eight megabytes of events
}

Recording::Recording(const std::string& file)
    : file_{file, std::ios::binary | std::ios::ate}, index_{std::make_unique<Index>()} {
  if (!file_) throw RecordingError{file + ": cannot be opened"};
  size_ = static_cast<std::uint64_t>(file_.tellg());
  std::string begin(magic.size(), '\0');
  file_.seekg(0);
  file_.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  if (!file_ || begin != magic)
    throw RecordingError{file + ": no recording: expected it to begin with " + std::string{magic}};
  std::uint64_t next = magic.size();
  meta_ = read_chunk(next, meta_chunk, &next);
  if (meta_.empty()) throw RecordingError{file + ": damaged before its first event"};
  if (!find_index()) find_blocks(next);
  if (index_->blocks.empty()) throw RecordingError{file + ": no event of it is left"};
}

Recording::~Recording() = default;
Recording::Recording(Recording&&) noexcept = default;

// The payload of a chunk; empty: there is none of that name, or it is damaged.
std::string Recording::read_chunk(std::uint64_t offset, std::string_view name, std::uint64_t* next) {
  if (offset > size_ || size_ - offset < head_size) return {};
  std::string head(head_size, '\0');
  file_.clear();
  file_.seekg(static_cast<std::streamoff>(offset));
  file_.read(head.data(), static_cast<std::streamsize>(head.size()));
  Octets numbers{std::string_view{head}.substr(name.size())};
  const auto length = numbers.take<std::uint64_t>();
  const auto hash = numbers.take<std::uint64_t>();
  if (!head.starts_with(name) || length > size_ - offset - head_size) return {};
  std::string payload(length, '\0');
  file_.read(payload.data(), static_cast<std::streamsize>(length));
  if (!file_ || hash_of(payload) != hash) return {};
  if (next) *next = offset + head_size + length;
  return payload;
}

// The index is the last chunk, and says in its last eight octets where it begins.
bool Recording::find_index() {
  if (size_ < tail_size) return false;
  std::string tail(tail_size, '\0');
  file_.clear();
  file_.seekg(static_cast<std::streamoff>(size_ - tail_size));
  file_.read(tail.data(), static_cast<std::streamsize>(tail.size()));
  std::uint64_t end = 0;
  const auto payload = read_chunk(Octets{tail}.take<std::uint64_t>(), index_chunk, &end);
  auto index = end == size_ - tail_size ? decode_index(payload) : std::nullopt;
  if (!index) return false;
  *index_ = *std::move(index);
  return true;
}

// Without an index the file is read from its beginning, as far as it is sound.
void Recording::find_blocks(std::uint64_t offset) {
  std::uint64_t before = 0;
  for (;;) {
    Block block{.before = before, .keyframe = offset};
    if (read_chunk(offset, keyframe_chunk, &block.chunk).empty()) break;
    const auto events = decode_events(read_chunk(block.chunk, events_chunk, &block.frames));
    if (!events || events->empty()) break;
    if (!decode_frames(read_chunk(block.frames, frames_chunk, &offset), events->size())) break;
    block.first = events->front().at;
    block.events = events->size();
    before += block.events;
    index_->last = events->back().at;
    index_->blocks.push_back(block);
  }
  damage_ = "damaged or cut off after " + std::to_string(before) + " events: what is left is shown";
}

std::uint64_t Recording::events() const {
  return index_->blocks.back().before + index_->blocks.back().events;
}
Time Recording::first() const { return index_->blocks.front().first; }
Time Recording::last() const { return index_->last; }
std::uint64_t Recording::late() const { return index_->late; }

std::size_t Recording::block_of(std::uint64_t event) const {
  const auto after = std::ranges::upper_bound(index_->blocks, event, {}, &Block::before);
  return static_cast<std::size_t>(after - index_->blocks.begin()) - 1;
}

RecordingError Recording::damaged(std::size_t block) const {
  const Block& its = index_->blocks[block];
  return RecordingError{"damaged between events " + std::to_string(its.before) + " and " +
                        std::to_string(its.before + its.events)};
}

Recording::Loaded& Recording::load(std::size_t block) {
  const auto known = std::ranges::find(cache_, block, &Loaded::block);
  if (known != cache_.end()) {
    std::rotate(cache_.begin(), known, known + 1);
    return cache_.front();
  }
  auto events = decode_events(read_chunk(index_->blocks[block].chunk, events_chunk, nullptr));
  if (!events || events->size() != index_->blocks[block].events) throw damaged(block);
  cache_.insert(cache_.begin(), {block, *std::move(events)});
  if (cache_.size() > most_cached) cache_.pop_back();
  return cache_.front();
}

// Of one block; `from` and `to` count from its first event.
std::vector<Frame> Recording::frames_in(std::size_t block, std::optional<std::uint64_t> packet,
                                        std::uint64_t from, std::uint64_t to) {
  Loaded& its = load(block);
  if (its.frames.empty()) its.frames = read_chunk(index_->blocks[block].frames, frames_chunk, nullptr);
  const auto seen = decode_frames(its.frames, its.events.size());
  if (!seen) throw damaged(block);
  std::vector<Frame> found;
  for (const SeenFrame& frame : *seen) {
    const Event& event = its.events[frame.event];
    if ((packet && event.packet != *packet) || frame.event < from || frame.event >= to) continue;
    found.push_back({.at = event.at,
                     .packet = event.packet,
                     .host = event.host,
                     .stage = frame.stage,
                     .length = frame.length,
                     .octets = {frame.octets.begin(), frame.octets.end()}});
  }
  return found;
}

std::vector<Frame> Recording::frames(std::uint64_t packet, std::uint64_t from_event, std::uint64_t to_event) {
  return frames_of(packet, from_event, to_event);
}

std::vector<Frame> Recording::frames(std::uint64_t from_event, std::uint64_t to_event) {
  return frames_of(std::nullopt, from_event, to_event);
}

std::vector<Frame> Recording::frames_of(std::optional<std::uint64_t> packet, std::uint64_t from_event,
                                        std::uint64_t to_event) {
  std::vector<Frame> found;
  to_event = std::min(to_event, events());
  while (from_event < to_event) {
    const std::size_t number = block_of(from_event);
    const Block& block = index_->blocks[number];
    const auto more =
        frames_in(number, packet, from_event - block.before, std::min(to_event - block.before, block.events));
    found.insert(found.end(), more.begin(), more.end());
    from_event = block.before + block.events;
  }
  return found;
}

std::optional<Frame> Recording::frame_before(std::uint64_t packet, std::uint64_t event) {
  event = std::min(event, events());
  while (event > 0) {
    const std::size_t number = block_of(event - 1);
    const Block& block = index_->blocks[number];
    const auto seen = frames_in(number, packet, 0, event - block.before);
    if (!seen.empty()) return seen.back();
    event = block.before;
  }
  return std::nullopt;
}

Recording::Range Recording::block(std::uint64_t event) const {
  const Block& block = index_->blocks[block_of(event)];
  return {block.before, block.before + block.events};
}

std::optional<State> Recording::keyframe(std::size_t block) {
  return decode_state(read_chunk(index_->blocks[block].keyframe, keyframe_chunk, nullptr));
}

State Recording::after(std::uint64_t events) {
  events = std::min(events, this->events());
  const std::size_t number = block_of(events == 0 ? 0 : events - 1);
  if (const std::size_t next = number + 1;
      next < index_->blocks.size() && index_->blocks[next].before == events)
    if (auto state = keyframe(next)) return *std::move(state);  // nothing is left to fold
  const Block& block = index_->blocks[number];
  auto state = keyframe(number);
  if (!state) throw RecordingError{"damaged before event " + std::to_string(block.before)};
  const auto& list = events_of(number);
  for (std::size_t i = 0; i < events - block.before; ++i) state->apply(list[i]);
  return *std::move(state);
}

std::uint64_t Recording::number_at(Time time) {
  const auto later = std::ranges::upper_bound(index_->blocks, time, {}, &Block::first);
  if (later == index_->blocks.begin()) return 0;
  const auto number = static_cast<std::size_t>(later - index_->blocks.begin()) - 1;
  const auto& list = events_of(number);
  return index_->blocks[number].before +
         static_cast<std::uint64_t>(std::ranges::upper_bound(list, time, {}, &Event::at) - list.begin());
}

State Recording::at(Time time) { return after(number_at(time)); }

std::vector<Event> Recording::slice(std::uint64_t from, std::size_t most) {
  std::vector<Event> found;
  const std::uint64_t end = from > events() ? from : std::min<std::uint64_t>(events(), from + most);
  while (from < end) {
    const std::size_t number = block_of(from);
    const auto& list = events_of(number);
    const std::uint64_t first = from - index_->blocks[number].before;
    const std::uint64_t count = std::min<std::uint64_t>(end - from, list.size() - first);
    const auto begin = list.begin() + static_cast<std::ptrdiff_t>(first);
    found.insert(found.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
    from += count;
  }
  return found;
}

}  // namespace ringside::trace
