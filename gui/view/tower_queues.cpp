// The queues of a tower: at which stage each is drawn, and how wide.
#include "ringside/path/spoken.hpp"
#include "view/name.hpp"
#include "view/queue_loss.hpp"
#include "view/tower_builder.hpp"

namespace ringside::view {

using path::Lane;
using path::StageId;

// A queue is drawn at the card when one of its ends is there, else at the stage that empties it.
StageId TowerBuilder::owner(const Link& link) const {
  const bool at_producer = lanes_[link.to] != Lane::nic && lanes_[link.from] == Lane::nic;
  return at_producer ? link.from : link.to;
}

void TowerBuilder::find_strips() {
  for (const Link& link : links_) {
    const auto* queue = std::get_if<path::Queue>(&path_.hops[link.hop].hand);
    if (!queue || out_.strip(queue->name)) continue;
    out_.strips.push_back({.queue = queue->name,
                           .name = named(queue->name, names()).joined(),
                           .hop = link.hop,
                           .area = {},
                           .at = owner(link)});
    const StageId other = owner(link) == link.from ? link.to : link.from;
    out_.strips.back().on_top = lanes_[other] < lanes_[owner(link)];
  }
}

// Its name with what it loses, and below, where there is room for that, how much is in it, with a few slots.
double TowerBuilder::strip_width(const Strip& strip) const {
  const auto& queue = std::get<path::Queue>(path_.hops[strip.hop].hand);
  const auto known = wanted_.queues.find(strip.queue);
  const QueueUse use = known == wanted_.queues.end() ? QueueUse{} : known->second;
  const std::int64_t capacity = queue.capacity * use.instances;
  QString amount = QString::fromStdString(path::amount(capacity, queue.unit, options_.language));
  if (queue.unit == path::Unit::packets) amount = QStringLiteral("%1/%1").arg(capacity);
  double name = name_width(strip.name, lesser_type(font_), false);
  if (use.lost > 0) name += font_ * 0.4 + loss_width(use.lost, lesser_type(font_));
  if (!has_second_lines()) return name + font_;
  return std::max(name, width_of(amount, lesser_type(font_, smallest_type)) + font_ * 1.4) + font_;
}

// Of several above or below a stage. What waits in one stands at its outer edge; what is at the stage stands
// above it where there are queues below.
double TowerBuilder::height_of(std::size_t strips, bool on_top, std::size_t on_other_side) const {
  if (strips == 0) return 0;
  const std::size_t tokens = strips - 1 + (on_top && on_other_side > 0 ? 1 : 0);
  return static_cast<double>(strips) * strip_height() + static_cast<double>(tokens) * token_height();
}

}  // namespace ringside::view
