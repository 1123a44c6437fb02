#include "window/session.hpp"

#include <algorithm>

namespace ringside::window {

std::string Side::path() const {
  if (reel) return reel->host(reel->cast().study).path.name;
  return overrides.path;
}

model::Standing Session::standing(std::size_t side) {
  if (!reel(side)) return {};
  const model::Standing first{playback_.events(), playback_.now()};
  if (side == 0) return first;
  return lockstep_.standing(side, lock(), leading_packet(), first, sides_[side].shift - sides_[0].shift);
}

std::uint64_t Session::leading_packet() const {
  const std::uint64_t chosen = packet(0);
  return chosen != 0 ? chosen : lockstep_.arrived_last(playback_.now());
}

void Session::set_packet(std::uint64_t packet, std::size_t side) {
  if (packet == packet_ && side == side_of_packet_) return;
  packet_ = packet;
  side_of_packet_ = side;
  Q_EMIT selected();
  if (lock() != Lock::time) Q_EMIT moved();
}

std::uint16_t Session::host(std::size_t side) const {
  const replay::Cast& cast = reel(side)->cast();
  const auto chosen = std::ranges::find(cast.hosts, host_, &replay::HostCast::name);
  return static_cast<std::uint16_t>(
      chosen == cast.hosts.end() ? cast.study : static_cast<std::size_t>(chosen - cast.hosts.begin()));
}

void Session::set_host(const std::string& name) {
  host_ = name;
  Q_EMIT sides_changed();
}

void Session::next_host() {
  if (!reel()) return;
  const auto& hosts = reel()->cast().hosts;
  const std::size_t now = host(0);
  for (std::size_t i = 1; i < hosts.size(); ++i)
    if (const auto& next = hosts[(now + i) % hosts.size()]; !next.path.stages.empty())
      return set_host(next.name);
}

void Session::list(const replay::Counter* counter) {
  listed_ = counter;
  Q_EMIT list_changed();
}

void Session::touch_sides() {
  std::vector<model::Reel*> reels;
  for (const Side& side : sides_) reels.push_back(side.reel.get());
  lockstep_.show(std::move(reels));
  Q_EMIT sides_changed();
}

void Session::open_point(view::SweepPlace place) {
  sweep_.chosen = place;
  Q_EMIT swept();
  Q_EMIT point_opened(place);
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
  for (Side& side : sides_) side.shift = {};
  Q_EMIT moved();
}

void Session::set_focus(std::size_t side) {
  if (side >= sides_.size()) return;
  focus_ = focus_ == side ? std::nullopt : std::optional{side};
  Q_EMIT sides_changed();
}

// The first side leads: when it is shifted it is the moment that moves, and the others stay.
void Session::shift_side(std::size_t side, Duration by) {
  if (side >= sides_.size()) return;
  sides_[side].shift += by;
  if (side == 0) return seek(playback_.now() + by);
  Q_EMIT moved();
}

void Session::set_all_stages(bool all) {
  all_stages_ = all;
  Q_EMIT sides_changed();
}

// The moment stays where it was, as far as the new recording goes, and playing goes on from there.
void Session::lead_with(model::Reel* reel, bool the_same_run) {
  const model::Standing was{playback_.events(), playback_.now()};
  const int direction = playback_.direction();
  playback_.show(reel);
  the_same_run ? playback_.seek_event(was.events) : playback_.seek(was.now);
  if (reel && !playback_.at_end()) playback_.play(direction);
}

// Once all sides can be asked again.
void Session::tell_if_it_stopped(bool played) {
  if (played != playback_.playing()) Q_EMIT play_changed();
}

void Session::show_side(std::size_t side, std::shared_ptr<model::Reel> reel,
                        std::optional<scenarios::RunResult> result) {
  if (side >= sides_.size()) sides_.resize(side + 1);
  Side& its = sides_[side];
  const bool first = !its.reel;
  const bool the_same_run = its.reel && its.reel->file() == reel->file();
  const bool played = playback_.playing();
  const bool all = seen_from_ <= run_from() && seen_to_ >= run_to();
  const replay::Traffic* traffic = its.reel && its.result ? its.reel->traffic() : nullptr;
  its.before = {std::exchange(its.result, std::move(result)),
                traffic ? traffic->curve : std::vector<replay::Traffic::Point>{}};
  its.reel = std::move(reel);
  its.failure.clear();
  its.progress = 1;
  if (side == 0) first ? playback_.show(its.reel.get()) : lead_with(its.reel.get(), the_same_run);
  keep_seen(all);
  touch_sides();
  tell_if_it_stopped(played);
  Q_EMIT moved();
}

void Session::remove_side(std::size_t side) {
  if (side >= sides_.size()) return;
  const std::uint64_t was_selected = packet(side == 0 ? 1 : 0);  // as the first side will number it
  sides_.erase(sides_.begin() + static_cast<std::ptrdiff_t>(side));
  const bool played = playback_.playing();
  if (side == 0) lead_with(reel(), false);
  side_of_packet_ = 0;
  packet_ = was_selected;
  focus_.reset();
  touch_sides();
  tell_if_it_stopped(played);
  Q_EMIT moved();
}

void Session::clear() {
  const bool played = playback_.playing();
  playback_.show(nullptr);
  sides_.clear();
  host_.clear();
  list(nullptr);
  focus_.reset();
  packet_ = 0;
  side_of_packet_ = 0;
  markers_ = {};
  bookmarks_.clear();
  seen_from_ = seen_to_ = Time{};
  touch_sides();
  tell_if_it_stopped(played);
  Q_EMIT selected();
  Q_EMIT marked();
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
  tell_if_it_stopped(was);
}

}  // namespace ringside::window
