#include "window/pursuit.hpp"

#include <algorithm>

namespace ringside::window {

Pursuit::Pursuit(Session& session, QObject* parent) : QObject{parent}, session_{session} {
  connect(&session_, &Session::selected, this, &Pursuit::set_halts);
  connect(&session_, &Session::sides_changed, this, &Pursuit::set_halts);
}

void Pursuit::add_to(Commands& commands, QMenu* menu) {
  commands.add("milestone forth", QT_TRANSLATE_NOOP("Command", "Next milestone of the packet"),
               Qt::SHIFT | Qt::Key_Right, menu, [this] { step_milestone(1); });
  commands.add("milestone back", QT_TRANSLATE_NOOP("Command", "Milestone of the packet before"),
               Qt::SHIFT | Qt::Key_Left, menu, [this] { step_milestone(-1); });
  commands.add("packet forth", QT_TRANSLATE_NOOP("Command", "Next packet"), Qt::CTRL | Qt::Key_Right, menu,
               [this] { step_packet(1); });
  commands.add("packet back", QT_TRANSLATE_NOOP("Command", "Packet before"), Qt::CTRL | Qt::Key_Left, menu,
               [this] { step_packet(-1); });
  QAction* follow_it = commands.add("follow", QT_TRANSLATE_NOOP("Command", "Follow the packet while playing"),
                                    Qt::Key_F, menu, [this] { follow(!following_); });
  follow_it->setCheckable(true);
}

void Pursuit::step_packet(int direction) {
  model::Reel* reel = session_.reel();
  const replay::Arrivals* arrivals = reel ? reel->arrivals() : nullptr;
  if (!arrivals || arrivals->in_order().empty()) return;
  const auto& in_order = arrivals->in_order();
  const auto last = static_cast<std::ptrdiff_t>(in_order.size()) - 1;
  std::ptrdiff_t rank = 0;
  if (const auto its = arrivals->rank(session_.packet())) {
    rank = static_cast<std::ptrdiff_t>(*its) + direction;
  } else {
    const auto later =
        std::ranges::upper_bound(in_order, session_.playback().now(), {}, &replay::Arrival::at);
    rank = later - in_order.begin() - (direction < 0 ? 1 : 0);
  }
  const replay::Arrival& arrival =
      in_order[static_cast<std::size_t>(std::clamp(rank, std::ptrdiff_t{0}, last))];
  session_.set_packet(arrival.packet);
  session_.pause();
  session_.seek(arrival.at);
}

std::vector<std::uint64_t> Pursuit::milestones() {
  std::vector<std::uint64_t> moments;
  model::Reel* reel = session_.reel();
  const model::Passenger* passenger = reel ? reel->passenger(session_.packet()) : nullptr;
  if (!passenger) return moments;
  for (const replay::Step& step : passenger->journey.steps) moments.push_back(step.number + 1);
  return moments;
}

void Pursuit::step_milestone(int direction) {
  const auto moments = milestones();
  const std::uint64_t now = session_.playback().events();
  session_.pause();
  if (direction > 0) {
    const auto next = std::ranges::upper_bound(moments, now);
    if (next != moments.end()) session_.seek_event(*next);
  } else {
    const auto here = std::ranges::lower_bound(moments, now);
    if (here != moments.begin()) session_.seek_event(*(here - 1));
  }
}

void Pursuit::follow(bool on) {
  following_ = on;
  set_halts();
}

void Pursuit::set_halts() {
  session_.playback().halt_at(following_ ? milestones() : std::vector<std::uint64_t>{});
}

}  // namespace ringside::window
