// The queues of a stage: how much waits in each, and what it has lost.
#include <algorithm>
#include <cmath>
#include <optional>

#include "ringside/path/spoken.hpp"
#include "view/queue_loss.hpp"
#include "view/stage_sheet.hpp"
#include "view/type.hpp"

namespace ringside::view {

namespace {

// Whose the slots of a descriptor ring are. The card fills one: those that are free are its own until it
// does. Or it takes from one: those that are full are its own until it has sent them.
enum class Ring : std::uint8_t { none, card_fills, card_takes };

Ring ring_of(const path::Path& path, const path::Hop& hop) {
  const auto is_card = [&path](path::StageId stage) {
    return path.stages[stage].domain == path::Domain::hardware;
  };
  const auto& queue = std::get<path::Queue>(hop.hand);
  // A recording does not tell which slots somebody still holds after the packet has left the queue.
  if (queue.unit == path::Unit::bytes || queue.slots == path::Slots::until_freed || !queue.returns.empty() ||
      is_card(hop.from) == is_card(hop.to))
    return Ring::none;
  return is_card(hop.from) ? Ring::card_fills : Ring::card_takes;
}

// What is known of a queue at the moment, of all that have its name.
struct Filling {
  const path::Queue& queue;
  std::int64_t capacity = 0;  // in its unit
  std::int64_t waiting = 0;   // packets
  std::int64_t used = 0;      // in its unit
  std::uint64_t dropped = 0;
  Ring ring = Ring::none;

  bool is_full() const { return part() >= 0.98; }
  double part() const {
    return static_cast<double>(used) / static_cast<double>(std::max<std::int64_t>(1, capacity));
  }
};

class QueuePainter {
 public:
  explicit QueuePainter(StageSheet& sheet)
      : sheet_{sheet}, out_{sheet.out}, scene_{sheet.scene}, host_{sheet.host()}, font_{sheet.font()} {}

  void draw(const Strip& strip) {
    const Filling filling = filling_of(strip);
    const auto radius = static_cast<float>(font_ * 0.5);
    out_.add(Box{.area = strip.area, .fill = Token::ground, .radius = radius});
    outline(strip, filling, radius);
    const QRectF inside = strip.area.adjusted(font_ * 0.5, 0, -font_ * 0.5, 0);
    const bool two_lines = sheet_.tower.detail < Detail::plain;
    const double line = strip.area.height() / (two_lines ? 2 : 1);
    if (!two_lines) level_of(filling, strip.area, radius);
    const QRectF upper{inside.left(), inside.top(), inside.width(), line};
    const double lost = filling.dropped > 0 ? loss_width(filling.dropped, lesser_type(font_)) : 0;
    out_.text(upper.adjusted(0, 0, -lost, 0), strip.name, static_cast<float>(lesser_type(font_)));
    if (lost > 0) draw_loss_count(out_, upper, filling.dropped, lesser_type(font_));
    if (two_lines) slots_of(filling, upper.translated(0, line));
    out_.targets.push_back(
        {strip.area, "queue " + std::to_string(scene_.number) + "/" + strip.queue, tip(strip, filling)});
  }

 private:
  // One of several with this name may be full where all together are not: it had no room a moment ago.
  bool has_overflowed(const Strip& strip) const {
    const auto index = index_of(strip.queue);
    return index && std::ranges::any_of(scene_.falls, [&](const Dropped& fall) {
             return fall.from.place == trace::Kind::queue && fall.from.index == *index &&
                    fall.key == strip.queue;
           });
  }

  // A full one has a strong outline; for a moment, what has just been filled flashes.
  void outline(const Strip& strip, const Filling& filling, float radius) {
    const bool full = filling.is_full() || has_overflowed(strip);
    out_.add(Box{.area = strip.area,
                 .fill = Token::panel,
                 .line = full ? Token::loss : Token::pale_ink,
                 .width = full ? 2.0F : 1.0F,
                 .radius = radius});
    if (scene_.just_full && index_of(strip.queue) == scene_.just_full)
      out_.add(Box{
          .area = strip.area.adjusted(-3, -3, 3, 3), .line = Token::loss, .width = 3, .radius = radius + 3});
  }

  std::optional<std::size_t> index_of(const std::string& queue) const {
    const auto& queues = scene_.host->queues;
    const auto found = std::ranges::find(queues, queue);
    if (found == queues.end()) return std::nullopt;
    return static_cast<std::size_t>(found - queues.begin());
  }

  Filling filling_of(const Strip& strip) const {
    const path::Hop& hop = sheet_.path().hops[strip.hop];
    const auto& queue = std::get<path::Queue>(hop.hand);
    Filling filling{.queue = queue, .capacity = queue.capacity, .ring = ring_of(sheet_.path(), hop)};
    const auto index = index_of(strip.queue);
    if (!index) return filling;
    filling.capacity *= scene_.host->instances_of(*index);
    if (!host_) return filling;
    if (*index < host_->waiting.size()) filling.waiting = host_->waiting[*index];
    if (*index < host_->dropped.size()) filling.dropped = host_->dropped[*index];
    // Slots are free when work on what was in them begins; it is seen to leave the queue somewhat later.
    filling.used = queue.unit == path::Unit::bytes ? charged(queue, *index)
                                                   : std::min(filling.waiting, filling.capacity);
    return filling;
  }

  // What a queue that is measured in bytes holds: each packet with what the kernel charges for it besides.
  std::int64_t charged(const path::Queue& queue, std::size_t index) const {
    std::int64_t sum = 0;
    for (const auto& [packet, where] : scene_.state->packets)
      if (where.host == scene_.number && where.place == trace::Kind::queue && where.index == index)
        sum += where.bytes + queue.overhead;
    return sum;
  }

  QString tip(const Strip& strip, const Filling& filling) const {
    const QString each =
        QString::fromStdString(path::amount(filling.queue.capacity, filling.queue.unit, scene_.language));
    const auto instances = filling.capacity / std::max<std::int64_t>(1, filling.queue.capacity);
    const QString size = instances > 1 ? QStringLiteral("%1 × %2").arg(instances).arg(each) : each;
    QString tip = QStringLiteral("%1: %2").arg(strip.name, size);
    if (sheet_.tower.detail < Detail::plain || !host_) return tip;
    return tip + QLatin1Char{'\n'} + amount_of(filling);
  }

  QString amount_of(const Filling& filling) const {
    const bool packets = filling.queue.unit == path::Unit::packets;
    if (host_ && !packets) return QString::number(filling.waiting);
    if (host_) return QStringLiteral("%1/%2").arg(filling.used).arg(filling.capacity);
    return packets
               ? QString::number(filling.capacity)
               : QString::fromStdString(path::amount(filling.capacity, filling.queue.unit, scene_.language));
  }

  // Where there is no room for slots, behind the name.
  void level_of(const Filling& filling, const QRectF& area, float radius) {
    const double width = area.width() * std::clamp(filling.part(), 0.0, 1.0);
    if (width >= 1)
      out_.add(Box{.area = {area.left(), area.top(), width, area.height()},
                   .fill = filling.is_full() ? Token::loss : Token::nic,
                   .tone = 0.3F,
                   .radius = radius});
  }

  // The little slots, filled as the queue is, and how much is in it.
  void slots_of(const Filling& filling, const QRectF& room) {
    const QString amount = amount_of(filling);
    const double width = width_of(amount, lesser_type(font_, smallest_type));
    out_.text({room.right() - width, room.top(), width, room.height() - 2}, amount,
              static_cast<float>(lesser_type(font_, smallest_type)), Token::pale_ink, Align::right);
    const double pitch = std::max(5.0, font_ * 0.5);
    const int most = std::max(2, static_cast<int>((room.width() - width - 4) / pitch));
    const int shown = filling.queue.unit == path::Unit::packets
                          ? static_cast<int>(std::min<std::int64_t>(most, filling.capacity))
                          : std::min(most, 4);
    const int full = filling.waiting == 0 ? 0
                                          : std::clamp(static_cast<int>(std::lround(filling.part() * shown)),
                                                       1, std::max(1, shown));
    const QRectF first{room.left(), room.top() + room.height() * 0.1, pitch - 1.5, room.height() * 0.46};
    for (int i = 0; i < shown; ++i) slot(first.translated(i * pitch, 0), filling, i < full);
    if (filling.ring == Ring::none || !host_) return;
    // What is taken next, and where the next comes in.
    mark({first.left() + first.width() / 2, first.bottom() + 1}, Token::ink);
    if (full > 0 && full < shown)
      mark({first.left() + full * pitch + first.width() / 2, first.bottom() + 1}, Token::none);
  }

  // Square what the host has, round what is the card's.
  void slot(const QRectF& area, const Filling& filling, bool full) {
    const bool cards = filling.ring == (full ? Ring::card_takes : Ring::card_fills);
    const Token fill = filling.is_full() ? Token::loss : cards ? Token::nic : Token::ink;
    if (!cards) return out_.add(Box{.area = area, .fill = full ? fill : Token::faint});
    const auto round = static_cast<float>(area.width() / 2);
    if (full) return out_.add(Box{.area = area, .fill = fill, .radius = round});
    out_.add(Box{.area = area.adjusted(0.5, 0.5, -0.5, -0.5), .line = Token::nic, .radius = round});
  }

  void mark(QPointF tip, Token fill) {
    const double half = font_ * 0.18, height = font_ * 0.22;
    out_.add(Line{.points = {tip, tip + QPointF{half, height}, tip + QPointF{-half, height}},
                  .colour = Token::ink,
                  .closed = true,
                  .fill = fill});
  }

  StageSheet& sheet_;
  Picture& out_;
  const StageScene& scene_;
  const trace::HostState* host_;
  double font_;
};

}  // namespace

void draw_queues(StageSheet& sheet) {
  QueuePainter painter{sheet};
  for (const Strip& strip : sheet.tower.strips) painter.draw(strip);
}

}  // namespace ringside::view
