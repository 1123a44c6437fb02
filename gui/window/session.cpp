#include "window/session.hpp"

namespace ringside::window {

std::string Side::path() const {
  if (reel) return reel->host(reel->cast().study).path.name;
  return overrides.path;
}

std::uint64_t Session::events(std::size_t side) {
  model::Reel* its = reel(side);
  if (!its) return 0;
  if (side == 0) return playback_.events();
  return its->number_at(playback_.now());
}

void Session::set_packet(std::uint64_t packet) {
  if (packet == packet_) return;
  packet_ = packet;
  Q_EMIT selected();
}

void Session::set_theme(view::Theme theme) {
  theme_ = theme;
  Q_EMIT styled();
}

void Session::set_language(path::Language language) {
  language_ = language;
  Q_EMIT styled();
}

void Session::set_still(bool still) {
  still_ = still;
  Q_EMIT styled();
}

void Session::set_lock(Lock lock) {
  lock_ = lock;
  Q_EMIT moved();
}

void Session::set_all_stages(bool all) {
  all_stages_ = all;
  Q_EMIT sides_changed();
}

// The moment stays where it was, as far as the new recording goes.
void Session::show_side(std::size_t side, std::shared_ptr<model::Reel> reel,
                        std::optional<scenarios::RunResult> result) {
  if (side >= sides_.size()) sides_.resize(side + 1);
  Side& its = sides_[side];
  const bool first = side == 0 && !its.reel;
  const Time was = playback_.now();
  its.reel = std::move(reel);
  its.before = std::exchange(its.result, std::move(result));
  its.failure.clear();
  its.progress = 1;
  if (side == 0) {
    playback_.show(its.reel.get());
    if (!first) playback_.seek(was);
  }
  Q_EMIT sides_changed();
  Q_EMIT moved();
}

void Session::remove_side(std::size_t side) {
  if (side >= sides_.size()) return;
  sides_.erase(sides_.begin() + static_cast<std::ptrdiff_t>(side));
  if (side == 0) {
    const Time was = playback_.now();
    playback_.show(reel());
    playback_.seek(was);
  }
  Q_EMIT sides_changed();
  Q_EMIT moved();
}

void Session::clear() {
  playback_.show(nullptr);
  sides_.clear();
  packet_ = 0;
  Q_EMIT sides_changed();
  Q_EMIT selected();
  Q_EMIT moved();
}

void Session::seek(Time time) {
  playback_.seek(time);
  Q_EMIT moved();
}

void Session::seek_event(std::uint64_t events) {
  playback_.seek_event(events);
  Q_EMIT moved();
}

void Session::step(int direction) {
  playback_.pause();
  playback_.step(direction);
  Q_EMIT play_changed();
  Q_EMIT moved();
}

void Session::play(int direction) {
  playback_.play(direction);
  Q_EMIT play_changed();
}

void Session::pause() {
  playback_.pause();
  Q_EMIT play_changed();
}

void Session::advance(double seconds) {
  const bool was = playback_.playing();
  playback_.advance(seconds);
  Q_EMIT moved();
  if (was != playback_.playing()) Q_EMIT play_changed();
}

}  // namespace ringside::window
