#include "ringside/replay/packet_kinds.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "tcp_segment.hpp"

namespace ringside::replay {

using trace::Event;
using trace::Kind;

namespace {

PacketKind kind_of_segment(const TcpSegment& segment) {
  if (segment.syn || segment.fin || segment.rst) return PacketKind::handshake;
  return segment.ack && segment.payload == 0 ? PacketKind::ack : PacketKind::data;
}

// Which places of a flow's sequence have been sent. They are counted on where the 32 bits begin anew.
class Sent {
 public:
  struct Range {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    bool holds(const Range& other) const { return begin <= other.begin && other.end <= end; }
  };

  Range place(std::uint32_t sequence, std::uint32_t length) const {
    const auto ahead = static_cast<std::int32_t>(sequence - static_cast<std::uint32_t>(newest_));
    return {newest_ + ahead, newest_ + ahead + length};
  }

  bool any(const Range& range) const {
    const auto behind = ranges_.lower_bound(range.end);
    return behind != ranges_.begin() && std::prev(behind)->second > range.begin;
  }

  void add(Range range) {
    auto at = ranges_.upper_bound(range.begin);
    if (at != ranges_.begin() && std::prev(at)->second >= range.begin) --at;
    while (at != ranges_.end() && at->first <= range.end) {
      range = {std::min(range.begin, at->first), std::max(range.end, at->second)};
      at = ranges_.erase(at);
    }
    ranges_.emplace(range.begin, range.end);
    newest_ = std::max(newest_, range.end);
  }

 private:
  std::map<std::int64_t, std::int64_t> ranges_{};  // from, to: apart from each other
  std::int64_t newest_ = 0;
};

struct Flow {
  Sent sent{};
  bool made_here = false;  // its sender is a host of the recording, and no end of a wire
  // Large packets that are still to be cut: what is left of each. Its frames come up as packets of their own.
  std::map<std::uint64_t, Sent::Range> trains{};
};

bool was_seen_with(const Event& event, const trace::Frame& frame) {
  const bool here = event.packet == frame.packet && event.at == frame.at && event.host == frame.host;
  return here && (event.kind == Kind::drop || (event.kind == Kind::stage && event.index == frame.stage));
}

}  // namespace

// Takes events, each with what was seen with it.
class PacketSurvey {
 public:
  explicit PacketSurvey(const Cast& cast) : cast_{cast} {
    const auto wrong = std::ranges::find(cast.losses, "bad checksum");
    if (wrong != cast.losses.end()) bad_checksum_ = static_cast<int>(wrong - cast.losses.begin());
  }

  void take(const Event& event) {
    if (event.kind == Kind::birth) born_ = event.packet, parents_[event.packet] = event.other;
    if (event.kind == Kind::stage && event.packet != 0 && event.packet == born_) first_stage(event);
    const bool thrown = event.kind == Kind::drop && event.index == trace::no_queue;
    if (thrown && event.level == bad_checksum_ && event.packet != 0)
      made_.unusual_[event.packet].found_corrupt = event.host;
    if (event.kind != Kind::drop) return;
    // A train that is thrown away as a whole is never cut.
    if (const auto known = known_.find(event.packet); known != known_.end() && known->second.flow)
      known->second.flow->trains.erase(event.packet);
  }

  // Only what it was like first: later it may be a part of what it was, or what a link has made of it.
  void take(const trace::Frame& frame) {
    const auto segment = tcp_segment(frame.octets);
    if (!segment || !known_.try_emplace(frame.packet).second) return;
    const PacketKind kind = kind_of_segment(*segment);
    const bool again = sent_before(*segment, frame);
    if (kind == PacketKind::data && !again) return;
    PacketTraits& traits = made_.unusual_[frame.packet];
    traits.kind = kind;
    traits.again = again;
  }

  PacketKinds finish() { return std::move(made_); }

 private:
  struct Place {  // of what a packet carries
    Flow* flow = nullptr;
    Sent::Range range{};
  };

  void first_stage(const Event& event) {
    born_ = 0;
    if (event.host < cast_.hosts.size() && cast_.hosts[event.host].takes_clones(event.index))
      made_.unusual_[event.packet].clone_of = parents_[event.packet];
  }

  bool arrives(const trace::Frame& frame) const {
    if (frame.host >= cast_.hosts.size()) return true;
    const auto& stages = cast_.hosts[frame.host].path.stages;
    return frame.stage >= stages.size() || stages[frame.stage].work == path::Work::arrive;
  }

  // How many octets of the sequence it takes up. A train has the headers of its first frame, and all but its
  // last are as long as that.
  static std::uint32_t length_of(const TcpSegment& segment, const trace::Frame& frame) {
    const std::size_t frames = std::max<std::size_t>(1, (frame.length + segment.frame - 1) / segment.frame);
    const std::size_t headers = segment.frame - segment.payload;
    const std::size_t payload = frames == 1 ? segment.payload : frame.length - frames * headers;
    return static_cast<std::uint32_t>(payload) + segment.syn + segment.fin;
  }

  bool sent_before(const TcpSegment& segment, const trace::Frame& frame) {
    const std::uint32_t length = length_of(segment, frame);
    if (length == 0) return false;
    const bool comes_in = arrives(frame);
    Flow& flow = flows_[segment.flow];
    // What first comes up behind a link was doubled there, or was under way when the recording began.
    if (comes_in && flow.made_here) return false;
    flow.made_here |= !comes_in;
    Sent::Range range = flow.sent.place(segment.sequence, length);
    if (segment.syn && !flow.sent.any(range)) {  // the same ports as a connection before
      flow.sent = {};
      range = flow.sent.place(segment.sequence, length);
    }
    known_[frame.packet] = {&flow, range};
    if (const std::uint64_t whole = whole_of(frame.packet)) return made_.of(whole).again;
    if (length > segment.payload + segment.syn + segment.fin)
      flow.trains[frame.packet] = {range.begin + segment.payload, range.end};
    const bool before = flow.sent.any(range);
    flow.sent.add(range);
    return before;
  }

  // The train out of which it was cut, or what it is a clone of; 0: it is neither.
  std::uint64_t whole_of(std::uint64_t packet) {
    const Place& own = known_.at(packet);
    if (const auto parent = parents_.find(packet); parent != parents_.end()) {
      const auto whole = known_.find(parent->second);
      if (whole != known_.end() && whole->second.flow == own.flow && whole->second.range.holds(own.range))
        return parent->second;
    }
    auto& trains = own.flow->trains;
    const auto next = [&own](const auto& t) {
      return t.second.begin == own.range.begin && t.second.holds(own.range);
    };
    const auto train = std::ranges::find_if(trains, next);
    if (train == trains.end()) return 0;
    const std::uint64_t whole = train->first;
    train->second.begin = own.range.end;
    if (train->second.begin == train->second.end) trains.erase(train);
    return whole;
  }

  const Cast& cast_;
  int bad_checksum_ = -1;  // its number among the losses
  PacketKinds made_{};
  std::map<std::array<std::uint8_t, 12>, Flow> flows_{};
  std::unordered_map<std::uint64_t, Place> known_{};
  std::unordered_map<std::uint64_t, std::uint64_t> parents_{};
  std::uint64_t born_ = 0;  // the last packet, until it has come to a stage
};

PacketKind kind_of(std::span<const std::uint8_t> frame) {
  const auto segment = tcp_segment(frame);
  return segment ? kind_of_segment(*segment) : PacketKind::data;
}

std::optional<PacketKinds> PacketKinds::of(trace::Recording& recording, const Cast& cast,
                                           const Progress& progress) {
  PacketSurvey survey{cast};
  const std::uint64_t all = recording.events();
  for (std::uint64_t from = 0; from < all;) {
    if (progress && !progress(static_cast<double>(from) / static_cast<double>(all))) return std::nullopt;
    const std::uint64_t end = recording.block(from).end;
    const auto seen = recording.frames(from, end);
    auto next = seen.begin();
    for (const Event& event : recording.slice(from, end - from)) {
      survey.take(event);
      for (; next != seen.end() && was_seen_with(event, *next); ++next) survey.take(*next);
    }
    from = end;
  }
  return survey.finish();
}

PacketTraits PacketKinds::of(std::uint64_t packet) const {
  const auto found = unusual_.find(packet);
  return found == unusual_.end() ? PacketTraits{} : found->second;
}

}  // namespace ringside::replay
