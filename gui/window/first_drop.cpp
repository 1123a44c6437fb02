#include "window/first_drop.hpp"

#include <utility>

#include "ringside/replay/condition.hpp"

namespace ringside::window {

FirstDrop::FirstDrop(Session& session, QObject* parent) : QObject{parent}, session_{session} {
  connect(&session, &Session::sides_changed, this, &FirstDrop::look);
  connect(&search_, &Search::found, this, &FirstDrop::go_to);
}

void FirstDrop::await(std::size_t side) {
  search_.stop();
  awaited_ = side;
  before_ = side < session_.sides().size() ? session_.sides()[side].reel : nullptr;
}

void FirstDrop::look() {
  if (!awaited_) return;
  if (*awaited_ >= session_.sides().size()) return awaited_.reset();
  const Side& side = session_.sides()[*awaited_];
  if (side.progress < 1) return;
  side_ = *std::exchange(awaited_, std::nullopt);
  const auto before = std::exchange(before_, nullptr);
  if (!side.reel || side.reel == before) return;  // the run has failed
  searched_ = side.reel;
  search_.start(searched_->file(), 0, replay::condition_of("drop", searched_->cast()));
}

void FirstDrop::go_to(std::optional<quint64> events) {
  const bool still_there = side_ < session_.sides().size() && session_.sides()[side_].reel == searched_;
  const auto reel = std::exchange(searched_, nullptr);
  if (!still_there) return;
  if (!events) {
    session_.seek_event(0);
  } else if (side_ == 0) {
    session_.seek_event(*events);
  } else {
    session_.seek(reel->event(*events - 1).at);
  }
  if (events) session_.set_packet(reel->event(*events - 1).packet, side_);
  Q_EMIT shown(events.has_value());
}

}  // namespace ringside::window
