#include "model/playback.hpp"

#include <algorithm>
#include <cmath>

namespace ringside::model {

void Playback::show(Reel* reel) {
  reel_ = reel;
  direction_ = 0;
  events_ = 0;
  part_ = 1;
  now_ = reel_ ? reel_->first() : Time{};
}

bool Playback::at_end() const {
  return !reel_ || (events_ >= reel_->events() && part_ >= 1 && now_ >= reel_->last());
}

void Playback::set_clock(Clock clock) {
  clock_ = clock;
  part_ = 1;
}

void Playback::set_speed(double speed) { speed_ = std::clamp(speed, slowest, fastest); }
void Playback::set_pace(double pace) { pace_ = std::clamp(pace, 0.25, 2000.0); }

void Playback::seek(Time time) {
  if (!reel_) return;
  now_ = std::clamp(time, reel_->first(), reel_->last());
  events_ = reel_->number_at(now_);
  part_ = 1;
}

void Playback::seek_event(std::uint64_t events) {
  if (!reel_) return;
  events_ = std::min(events, reel_->events());
  now_ = events_ == 0 ? reel_->first() : reel_->event(events_ - 1).at;
  part_ = 1;
}

bool Playback::tells(std::uint64_t number) { return reel_->event(number).kind != trace::Kind::busy; }

void Playback::step(int direction) {
  if (!reel_) return;
  std::uint64_t events = events_;
  if (direction > 0) {
    while (events < reel_->events() && !tells(events)) ++events;
    events = std::min(events + 1, reel_->events());
  } else {
    if (events > 0) --events;
    while (events > 0 && !tells(events - 1)) --events;
  }
  seek_event(events);
}

void Playback::play(int direction) {
  if (!reel_) return;
  if (direction > 0 && at_end()) seek_event(0);
  direction_ = direction;
}

void Playback::advance(double seconds) {
  if (!reel_ || direction_ == 0) return;
  if (clock_ == Clock::event) return advance_event(seconds * pace_ * direction_);
  const double way = seconds * speed_ * direction_;
  seek(now_ + from_seconds(way));
  if (direction_ > 0 ? now_ >= reel_->last() : now_ <= reel_->first()) pause();
}

bool Playback::go_on(int direction) {
  const std::uint64_t before = events_;
  if (halts_.empty()) {
    step(direction);
    return direction > 0 ? events_ != before && events_ < reel_->events() : events_ > 0;
  }
  const auto next =
      direction > 0 ? std::ranges::upper_bound(halts_, events_) : std::ranges::lower_bound(halts_, events_);
  if (direction > 0 ? next == halts_.end() : next == halts_.begin()) return false;
  seek_event(direction > 0 ? *next : *(next - 1));
  return true;
}

void Playback::advance_event(double events) {
  double part = part_ + events;
  while (part > 1) {
    if (!go_on(1)) return pause();
    part -= 1;
  }
  while (part < 0) {
    if (!go_on(-1)) return pause();
    part += 1;
  }
  part_ = part;
}

}  // namespace ringside::model
