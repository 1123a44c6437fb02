// Of the session: the part of the run that is seen, and what the user has marked in it.
#include <algorithm>

#include "window/session.hpp"

namespace ringside::window {

Session::Session() { connect(this, &Session::moved, this, &Session::keep_in_sight); }

Time Session::run_from() const {
  Time from = end_of_time;
  for (const Side& side : sides_)
    if (side.reel) from = std::min(from, side.reel->first());
  return from == end_of_time ? Time{} : from;
}

Time Session::run_to() const {
  Time to{};
  for (const Side& side : sides_)
    if (side.reel) to = std::max(to, side.reel->last());
  return to;
}

// As much as is asked for, moved into the run where it sticks out.
void Session::see(Time from, Time to) {
  const Duration run = run_to() - run_from();
  if (run <= Duration{0}) return;
  const Duration width = std::clamp(to - from, std::min(shortest_seen, run), run);
  from = std::clamp(from, run_from(), run_to() - width);
  if (from == seen_from_ && from + width == seen_to_) return;
  seen_from_ = from;
  seen_to_ = from + width;
  Q_EMIT range_changed();
}

void Session::zoom(double factor, Time about) {
  const auto width = static_cast<double>((seen_to_ - seen_from_).count());
  const double least = static_cast<double>(shortest_seen.count());
  const double wanted = std::max(width / factor, least);
  const double before = static_cast<double>((about - seen_from_).count()) / std::max(width, 1.0);
  const Time from = about - Duration{static_cast<std::int64_t>(wanted * before)};
  see(from, from + Duration{static_cast<std::int64_t>(wanted)});
}

void Session::pan(double widths) {
  const Duration width = seen_to_ - seen_from_;
  const Duration by{static_cast<std::int64_t>(static_cast<double>(width.count()) * widths)};
  see(seen_from_ + by, seen_to_ + by);
}

// The picture follows the moment: a page on, or a page back.
void Session::keep_in_sight() {
  const Time now = playback_.now();
  if (!reel() || (now >= seen_from_ && now <= seen_to_)) return;
  const Duration width = seen_to_ - seen_from_;
  const bool backwards = playback_.direction() < 0;
  const Time from = now - width * (backwards ? 9 : 1) / 10;
  see(from, from + width);
}

void Session::keep_seen(bool all) {
  if (all)
    see_all();
  else
    see(seen_from_, seen_to_);
  Q_EMIT range_changed();
}

// A, then B; then A again, and no B.
void Session::mark(Time time) {
  if (markers_[0] && !markers_[1])
    markers_[1] = time;
  else
    markers_ = {time, std::nullopt};
  Q_EMIT marked();
}

void Session::clear_markers() {
  markers_ = {};
  Q_EMIT marked();
}

void Session::toggle_bookmark(Time time) {
  const auto at = std::ranges::lower_bound(bookmarks_, time);
  if (at != bookmarks_.end() && *at == time)
    bookmarks_.erase(at);
  else
    bookmarks_.insert(at, time);
  Q_EMIT marked();
}

void Session::set_bookmarks(std::vector<Time> bookmarks) {
  bookmarks_ = std::move(bookmarks);
  Q_EMIT marked();
}

std::size_t Session::bookmarks_passed() const {
  return static_cast<std::size_t>(std::ranges::upper_bound(bookmarks_, playback_.now()) - bookmarks_.begin());
}

void Session::step_bookmark(int direction) {
  pause();
  const std::size_t passed = bookmarks_passed();
  if (direction > 0 && passed < bookmarks_.size()) return seek(bookmarks_[passed]);
  const auto before = std::ranges::lower_bound(bookmarks_, playback_.now());
  if (direction < 0 && before != bookmarks_.begin()) seek(*std::prev(before));
}

std::optional<std::uint64_t> Session::next_stop() {
  model::Reel* its = reel();
  if (!its) return std::nullopt;
  const std::size_t passed = bookmarks_passed();
  if (passed < bookmarks_.size()) return its->number_at(bookmarks_[passed]);
  const bool more = bookmarks_.empty() && playback_.events() < its->events();
  return more ? std::optional{playback_.events() + 1} : std::nullopt;
}

}  // namespace ringside::window
